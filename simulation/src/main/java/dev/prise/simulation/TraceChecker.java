package dev.prise.simulation;

import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.RaceAction;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks what a race tells its listener, and the whole story at its end. */
final class TraceChecker {
    private final Account account;

    /** What the listener was told of, by number: 0 for nothing, 1 for a start, 2 for an end. */
    private final List<Integer> lookups = new ArrayList<>(2);

    private final List<Integer> attempts = new ArrayList<>(8);
    private int reached;
    private boolean dialStarted;
    private boolean dialEnded;

    TraceChecker(Account account) {
        this.account = account;
    }

    /** The listener of the race is told something. */
    void told(TraceEvent event) {
        require(!dialEnded, "told after the end", event);
        switch (event) {
            case TraceEvent.DialStarted e -> {
                require(!dialStarted, "started twice", e);
                dialStarted = true;
            }
            case TraceEvent.LookupStarted e -> begun(lookups, e.id(), e);
            case TraceEvent.LookupEnded e -> ended(lookups, e.lookup().id(), e);
            case TraceEvent.AttemptStarted e -> begun(attempts, e.id(), e);
            case TraceEvent.AttemptReached e -> reached(e);
            case TraceEvent.AttemptEnded e -> ended(attempts, e.attempt().id(), e);
            case TraceEvent.DialEnded e -> {
                require(!lookups.contains(1) && !attempts.contains(1), "without an end", e);
                dialEnded = true;
            }
        }
    }

    private static void begun(List<Integer> told, int id, TraceEvent event) {
        require(id == told.size() + 1, "numbers go up by one", event);
        told.add(1);
    }

    private static void ended(List<Integer> told, int id, TraceEvent event) {
        require(id >= 1 && id <= told.size() && told.get(id - 1) == 1, "ended without a start, or twice", event);
        told.set(id - 1, 2);
    }

    /** The checker was told before the race was. */
    private void reached(TraceEvent.AttemptReached event) {
        Account.Attempt attempt = account.attempt(event.id());
        boolean right = attempt != null
                && attempt.hasToShow
                && attempt.state == Account.State.READYING
                && attempt.reachedAt == event.atNanos();
        require(right, "reached, but it was not so", event);
        reached++;
    }

    /** The dial is over and this is its story. */
    void whole(@Nullable Trace trace, @Nullable RaceAction terminal, long terminalAt) {
        if (trace == null || !dialStarted || !dialEnded || terminal == null) {
            throw new Violation(Invariant.TRACE, "it came before the end, or never");
        }
        require(trace.elapsedNanos() == terminalAt, "length of the dial", trace.elapsedNanos());
        require(trace.lookups().size() == account.lookups.size(), "lookups", trace.lookups());
        require(trace.attempts().size() == account.attempts.size(), "attempts", trace.attempts());
        int hadToShow = 0;
        for (Account.Attempt attempt : account.attempts) {
            attempt(trace.attempts().get(attempt.id - 1), attempt);
            hadToShow += attempt.hasToShow ? 1 : 0;
        }
        require(reached == hadToShow, "not told of all that were reached", reached);
        Trace.Attempt winner = trace.winner();
        require((terminal.kind() == RaceAction.Kind.WON) == (winner != null), "winner", winner);
        Trace.Failure error = trace.error();
        ErrorCode expected = terminal instanceof RaceAction.Failed failed ? errorOf(failed.reason()) : null;
        require((error == null ? null : error.code()) == expected, "not the error of the dial", error);
        candidates(trace.candidates());
    }

    private static void attempt(Trace.Attempt told, Account.Attempt attempt) {
        Trace.AttemptOutcome expected = switch (attempt.state) {
            case WON -> Trace.AttemptOutcome.CONNECTED;
            case FAILED -> Trace.AttemptOutcome.FAILED;
            case CANCELLED, CLOSED_LATE, CONNECTING, READYING, CONNECTED -> Trace.AttemptOutcome.CANCELLED;
        };
        Long reached = told.reachedNanos();
        boolean right = told.id() == attempt.id
                && told.outcome() == expected
                && told.startNanos() == attempt.startedAt
                && told.endNanos() == attempt.endedAt
                && told.address().equals(attempt.address.candidate.address())
                && (attempt.hasToShow ? reached != null && reached == attempt.reachedAt : reached == null);
        require(right, "not as it was", told);
    }

    /** Those that were tried in the order of their start, then the others. */
    private void candidates(List<Trace.Candidate> candidates) {
        require(candidates.size() == account.addresses.size(), "candidates", candidates);
        Set<AddressInfo> told = HashSet.newHashSet(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            AddressInfo address = candidates.get(i).address();
            told.add(address);
            require(account.address(address) != null, "an unknown candidate", address);
            require(
                    i >= account.attempts.size()
                            || account.attempts
                                    .get(i)
                                    .address
                                    .candidate
                                    .address()
                                    .equals(address),
                    "not in the order of trial",
                    candidates);
        }
        require(told.size() == candidates.size(), "candidates twice", candidates);
    }

    private @Nullable ErrorCode errorOf(RaceAction.FailReason reason) {
        return switch (reason) {
            case DEADLINE -> ErrorCode.TIMED_OUT;
            case CANCELLED -> account.cancelled;
            case BUG -> ErrorCode.UNKNOWN;
            case RESOLUTION -> resolutionError();
            case CONNECT -> connectError();
        };
    }

    /** No answer at all says most, no data says least. */
    private ErrorCode resolutionError() {
        ErrorCode error = ErrorCode.NO_DATA;
        for (Account.Lookup lookup : account.lookups.reversed()) {
            if (lookup.error != null && error != ErrorCode.TRY_AGAIN) {
                error = lookup.error;
            }
        }
        return error;
    }

    /** The error of the best ranked address whose peer was reached, or else of one that reached the network, or else of any. */
    private ErrorCode connectError() {
        ErrorCode error = bestError(attempt -> attempt.hasToShow);
        error = error != null ? error : bestError(attempt -> attempt.reachedNetwork);
        error = error != null ? error : bestError(attempt -> true);
        return error != null ? error : ErrorCode.TIMED_OUT;
    }

    private @Nullable ErrorCode bestError(Predicate<Account.Attempt> among) {
        Account.Attempt best = null;
        for (Account.Attempt attempt : account.attempts) {
            boolean counts = attempt.error != null && among.test(attempt);
            if (counts && (best == null || attempt.address.isBetterThan(best.address))) {
                best = attempt;
            }
        }
        return best == null ? null : best.error;
    }

    private static void require(boolean condition, String message, @Nullable Object detail) {
        if (!condition) {
            throw new Violation(Invariant.TRACE, message + ": " + detail);
        }
    }
}
