package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The verdict on a dial that came to no attempt. */
final class UnresolvedJudge {
    /** A resolver of a system that waits in vain waits longer; one that is told of a failure is mostly told sooner. */
    private static final long PATIENCE_NANOS = 950_000_000L;

    private static final String UNANSWERED_ADVICE =
            "See whether the name servers of this machine (as in /etc/resolv.conf) can be reached and are not overloaded;"
                    + " a failure of theirs that comes late (SERVFAIL) looks the same from here.";

    private final Trace trace;
    private final ErrorCode code;
    private final String host;

    UnresolvedJudge(Trace trace, ErrorCode code) {
        this.trace = trace;
        this.code = code;
        this.host = Spoken.name(trace.host());
    }

    Verdict verdict() {
        return switch (code) {
            case HOST_NOT_FOUND -> unknown();
            case NO_DATA -> withoutAddress();
            case TIMED_OUT -> Judge.isResolving(trace) ? unanswered(trace.elapsedNanos()) : outOfTime();
            case TRY_AGAIN -> again();
            case NO_RECOVERY -> lookupFailed();
            default -> other();
        };
    }

    private Verdict unknown() {
        String family = onlyFamily();
        return Judge.failed(
                Verdict.Kind.NAME_UNKNOWN,
                // some systems say of a name without an address of the family that it is not known
                "No host named " + host + " is known"
                        + (family.isEmpty() ? "" : ", or it has no " + family + " address") + ".",
                "Check the spelling; a name that only another network knows needs that network or its name server.");
    }

    private Verdict withoutAddress() {
        String family = onlyFamily();
        return family.isEmpty()
                ? Judge.failed(
                        Verdict.Kind.NAME_WITHOUT_ADDRESS,
                        "The name " + host + " exists, but has no address.",
                        "Give the name an A or AAAA record, or see whether another name is meant.")
                : Judge.failed(
                        Verdict.Kind.NAME_WITHOUT_ADDRESS,
                        "The name " + host + " exists, but has no " + family + " address.",
                        "Allow the other family too, or give the name an " + family + " address.");
    }

    /** The one family that was asked for; empty where both were. */
    private String onlyFamily() {
        AddressFamily family = null;
        for (Trace.Lookup lookup : trace.lookups()) {
            if (family != null && family != lookup.family()) {
                return "";
            }
            family = lookup.family();
        }
        return family == null ? "" : Spoken.family(family);
    }

    /** EAI_AGAIN stands for a failure that a name server has told and for silence; only the time tells them apart. */
    private Verdict again() {
        long longest = 0;
        for (Trace.Lookup lookup : trace.lookups()) {
            Trace.Failure failure = lookup.error();
            if (failure != null && failure.code() == ErrorCode.TRY_AGAIN) {
                longest = Math.max(longest, lookup.endNanos() - lookup.startNanos());
            }
        }
        return longest >= PATIENCE_NANOS ? unanswered(longest) : lookupFailed();
    }

    private Verdict unanswered(long nanos) {
        return Judge.failed(
                Verdict.Kind.LOOKUP_TIMEOUT,
                "No name server gave an answer for " + wanted() + " within " + Elapsed.text(nanos) + ".",
                UNANSWERED_ADVICE);
    }

    private Verdict lookupFailed() {
        return Judge.failed(
                Verdict.Kind.LOOKUP_FAILED,
                "The lookup of " + wanted() + " failed: no name server gave an answer that is of use.",
                "A name server told a failure (SERVFAIL, REFUSED) or cannot be reached: ask it directly, as with dig, and see"
                        + " its log and whether it reaches the servers of the domain.");
    }

    /** The host, or the part of its addresses for which there was no answer when nothing else was asked or there was one for the other. */
    private String wanted() {
        Trace.Lookup unanswered = null;
        boolean answered = false;
        for (Trace.Lookup lookup : trace.lookups()) {
            if (lookup.outcome() == Trace.LookupOutcome.EMPTY) {
                answered = true;
            } else if (unanswered == null) {
                unanswered = lookup;
            }
        }
        boolean part = answered || (trace.lookups().size() == 1 && !onlyFamily().isEmpty());
        return part && unanswered != null ? "the " + Spoken.question(unanswered.family()) + " of " + host : host;
    }

    private Verdict outOfTime() {
        return Judge.failed(
                Verdict.Kind.OTHER,
                "The time of " + Elapsed.text(trace.elapsedNanos()) + " was over before the first attempt.",
                "Allow more time.");
    }

    private Verdict other() {
        return Judge.failed(
                Verdict.Kind.OTHER,
                (Judge.isResolving(trace) ? "Not resolved: " : "Not connected: ") + reason() + ".",
                Judge.adviceOf(code));
    }

    /** The words of the lookup that failed with this code, where they are not those of the table. */
    private String reason() {
        for (Trace.Lookup lookup : trace.lookups()) {
            Trace.@Nullable Failure failure = lookup.error();
            if (failure != null && failure.code() == code) {
                return AttemptEnd.reason(failure);
            }
        }
        return code.meaning();
    }
}
