package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.cli.Style.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table of a waterfall, before anything is shortened. Its texts are as they came and have to be cleaned.
 *
 * @param label what it is
 * @param brief the same in fewer words
 * @param startNanos when it began, -1 for what never did
 * @param reachedNanos where the bar's second part begins
 * @param endNanos when it ended
 * @param why why it was begun, empty when there is nothing to tell
 * @param outcome how it ended
 * @param briefOutcome the same in fewer words
 * @param tone the colour of bar and outcome
 * @param won whether it is the winner
 * @param over whether it has ended
 */
record WaterfallRow(
        String label,
        String brief,
        long startNanos,
        long reachedNanos,
        long endNanos,
        String why,
        String outcome,
        String briefOutcome,
        Tone tone,
        boolean won,
        boolean over) {

    String start() {
        return startNanos < 0 ? "" : Elapsed.text(startNanos);
    }

    String took() {
        return startNanos < 0 ? "" : Elapsed.text(endNanos - startNanos);
    }

    static WaterfallRow of(Trace.Lookup lookup) {
        int count = lookup.addresses().size();
        Trace.Failure error = lookup.error();
        String outcome = switch (lookup.outcome()) {
            case ANSWERED -> count == 1 ? "1 address" : count + " addresses";
            case EMPTY -> "no such address";
            case FAILED -> reason(error);
            case CANCELLED -> "given up";
        };
        Tone tone = switch (lookup.outcome()) {
            case ANSWERED -> Tone.PLAIN;
            case EMPTY, FAILED -> Tone.BAD;
            case CANCELLED -> Tone.FAINT;
        };
        String brief = lookup.outcome() == Trace.LookupOutcome.FAILED ? briefReason(error) : outcome;
        return lookup(
                label(lookup.family(), lookup.resolver()),
                label(lookup.family(), null),
                lookup.startNanos(),
                lookup.endNanos(),
                outcome,
                brief,
                tone,
                true);
    }

    /** A lookup that has no answer yet. */
    static WaterfallRow open(TraceEvent.LookupStarted start, long nowNanos) {
        return lookup(
                label(start.family(), start.resolver()),
                label(start.family(), null),
                start.atNanos(),
                nowNanos,
                "no answer yet",
                "waiting",
                Tone.PLAIN,
                false);
    }

    private static WaterfallRow lookup(
            String label,
            String brief,
            long start,
            long end,
            String outcome,
            String briefOutcome,
            Tone tone,
            boolean over) {
        return new WaterfallRow(label, brief, start, end, end, "", outcome, briefOutcome, tone, false, over);
    }

    private static String label(AddressFamily family, @Nullable String resolver) {
        String words = switch (family) {
            case INET6 -> "lookup IPv6";
            case INET -> "lookup IPv4";
            default -> "lookup";
        };
        return resolver == null ? words : words + " (" + resolver + ")";
    }

    static WaterfallRow of(Trace.Attempt attempt, Trace.@Nullable Attempt winner) {
        Long reached = attempt.reachedNanos();
        boolean won = attempt.outcome() == Trace.AttemptOutcome.CONNECTED;
        Tone tone = switch (attempt.outcome()) {
            case CONNECTED -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case CANCELLED -> cancelled(attempt, winner);
        };
        return attempt(
                attempt.id(),
                attempt.address(),
                attempt.why(),
                attempt.startNanos(),
                reached == null ? attempt.endNanos() : reached,
                attempt.endNanos(),
                outcome(attempt, winner),
                briefOutcome(attempt, winner),
                tone,
                won,
                true);
    }

    /** What was begun before the winner has been waited for; without a winner it has its share in the failure. */
    private static Tone cancelled(Trace.Attempt attempt, Trace.@Nullable Attempt winner) {
        if (winner != null) {
            return attempt.id() < winner.id() ? Tone.LOST : Tone.FAINT;
        }
        Trace.Failure error = attempt.error();
        return error == null || error.code() == ErrorCode.CANCELLED ? Tone.FAINT : Tone.BAD;
    }

    /** An attempt that is under way; {@code reachedNanos} is null as long as it has not reached its peer. */
    static WaterfallRow open(TraceEvent.AttemptStarted start, @Nullable Long reachedNanos, long nowNanos) {
        return attempt(
                start.id(),
                start.address(),
                start.why(),
                start.atNanos(),
                reachedNanos == null ? nowNanos : reachedNanos,
                nowNanos,
                reachedNanos == null ? "no answer yet" : "connected, not ready yet",
                reachedNanos == null ? "waiting" : "not ready",
                Tone.PLAIN,
                false,
                false);
    }

    private static WaterfallRow attempt(
            int id,
            AddressInfo address,
            Trace.Why why,
            long start,
            long reached,
            long end,
            String outcome,
            String briefOutcome,
            Tone tone,
            boolean won,
            boolean over) {
        String label = id + ". " + address.addressText();
        String words = why.jsonName().replace('_', ' ');
        return new WaterfallRow(label, label, start, reached, end, words, outcome, briefOutcome, tone, won, over);
    }

    static WaterfallRow notTried(AddressInfo address) {
        String label = "-  " + address.addressText();
        return new WaterfallRow(label, label, -1, -1, -1, "", "not tried", "not tried", Tone.FAINT, false, true);
    }

    private static String outcome(Trace.Attempt attempt, Trace.@Nullable Attempt winner) {
        Trace.Failure error = attempt.error();
        Long reached = attempt.reachedNanos();
        String ready = reached == null ? "" : ", TLS " + Elapsed.text(attempt.endNanos() - reached);
        return switch (attempt.outcome()) {
            case CONNECTED -> "connected" + ready;
            case FAILED -> reason(error);
            case CANCELLED -> {
                if (winner != null) {
                    yield "given up, " + winner.id() + ". was first" + ready;
                }
                yield (error == null ? "given up" : reached == null ? reason(error) : notReady(error)) + ready;
            }
        };
    }

    private static String briefOutcome(Trace.Attempt attempt, Trace.@Nullable Attempt winner) {
        Trace.Failure error = attempt.error();
        return switch (attempt.outcome()) {
            case CONNECTED -> "connected";
            case FAILED -> briefReason(error);
            case CANCELLED ->
                winner != null || error == null
                        ? "given up"
                        : attempt.reachedNanos() == null ? briefReason(error) : "not ready";
        };
    }

    /** The message says that it was connected, which the code's meaning denies. */
    private static String notReady(Trace.Failure failure) {
        return failure.message() + " (" + failure.code().shortName() + ")";
    }

    private static String reason(Trace.@Nullable Failure failure) {
        if (failure == null) {
            return "failed";
        }
        String words = switch (failure.code()) {
            case TLS_CERTIFICATE, TLS_HANDSHAKE -> failure.message();
            default -> briefReason(failure);
        };
        return words + " (" + failure.code().shortName() + ")";
    }

    private static String briefReason(Trace.@Nullable Failure failure) {
        if (failure == null) {
            return "failed";
        }
        return failure.code() == ErrorCode.UNKNOWN
                ? failure.message()
                : failure.code().meaning();
    }
}
