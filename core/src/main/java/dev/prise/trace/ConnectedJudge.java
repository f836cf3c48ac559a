package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdict on a dial that connected: what it has lost on the way there. */
final class ConnectedJudge {
    /** Less is noise of the machine, not a loss. */
    private static final long LEAST_COST_NANOS = 10_000_000;

    private static final long SLOW_LOOKUP_NANOS = 200_000_000;

    /** A lost packet is sent again after a second (RFC 6298 section 2). */
    private static final long SLOW_CONNECT_NANOS = 950_000_000L;

    private final Trace trace;
    private final Trace.Attempt winner;
    private final String winnerName;
    private final List<Trace.Attempt> before = new ArrayList<>();
    private final List<Verdict.Cost> costs = new ArrayList<>();

    /** The last lookup that the first attempt had to wait for, and how long; null when it waited for none. */
    private Trace.@Nullable Lookup waitedFor;

    /** What that one, or it and another, asked for. */
    private String waitedQuestion = "";

    private long waitedNanos;

    /** How long it waited for all of them. */
    private long lookupsNanos;

    ConnectedJudge(Trace trace, Trace.Attempt winner) {
        this.trace = trace;
        this.winner = winner;
        this.winnerName = Spoken.address(winner.address());
        for (Trace.Attempt attempt : trace.attempts()) {
            if (attempt.id() < winner.id()) {
                before.add(attempt);
            }
        }
    }

    Verdict verdict() {
        lookupCost();
        long attemptsCost = attemptCosts();
        if (before.stream().anyMatch(attempt -> AttemptEnd.of(attempt, winner) != AttemptEnd.SLOWER)) {
            return fallback(attemptsCost);
        }
        Trace.Lookup failed = failedLookup(trace);
        Trace.Lookup half = failed == null && waitedFor != null && isGivenUp(waitedFor) ? waitedFor : failed;
        if (half != null) {
            return halfALookup(half);
        }
        if (waitedFor != null && lookupsNanos >= SLOW_LOOKUP_NANOS) {
            return verdict(
                    Verdict.Kind.SLOW_LOOKUP,
                    "Connected to " + winnerName + ", but the name server took "
                            + Elapsed.text(waitedFor.endNanos() - waitedFor.startNanos()) + " for "
                            + waitedQuestion + ".",
                    "Look at the name servers of this machine (as in /etc/resolv.conf): their load, the way to them, and whether"
                            + " the first of them answers at all.");
        }
        return slowConnect();
    }

    private Verdict verdict(Verdict.Kind kind, String sentence, @Nullable String advice) {
        return new Verdict(kind, sentence, advice, costs);
    }

    // ---- lookups

    /** What held the first attempt up. */
    private void lookupCost() {
        long began = trace.attempts().isEmpty()
                ? winner.startNanos()
                : trace.attempts().get(0).startNanos();
        Trace.Lookup first = null;
        Trace.Lookup last = null;
        for (Trace.Lookup lookup : trace.lookups()) {
            if (lookup.outcome() == Trace.LookupOutcome.ANSWERED
                    && (first == null || lookup.endNanos() < first.endNanos())) {
                first = lookup;
            }
            if (lookup.endNanos() >= began - LEAST_COST_NANOS
                    && (last == null || lookup.endNanos() > last.endNanos())) {
                last = lookup;
            }
        }
        if (first == null) {
            return;
        }
        boolean waitedForAnother = last != null && !first.equals(last) && began - first.endNanos() >= LEAST_COST_NANOS;
        Trace.Lookup another = waitedForAnother ? last : null;
        long answeredNanos = another == null ? began : first.endNanos();
        if (answeredNanos >= SLOW_LOOKUP_NANOS) {
            Trace.Lookup twin = twin(first);
            waited(
                    twin == null || twin.endNanos() < first.endNanos() ? first : twin,
                    twin == null ? Spoken.question(first.family()) : Spoken.BOTH_QUESTIONS,
                    answeredNanos,
                    "the name server was slow for ");
        }
        if (another != null) {
            waited(
                    another,
                    Spoken.question(another.family()),
                    began - first.endNanos(),
                    "the name server had not answered for ");
        }
    }

    /** The lookup of the other family, where it ended as late as this one, so that neither alone is to blame; else null. */
    private Trace.@Nullable Lookup twin(Trace.Lookup lookup) {
        for (Trace.Lookup other : trace.lookups()) {
            boolean told =
                    other.outcome() == Trace.LookupOutcome.ANSWERED || other.outcome() == Trace.LookupOutcome.EMPTY;
            if (told
                    && other.family() != lookup.family()
                    && Math.abs(other.endNanos() - lookup.endNanos()) < LEAST_COST_NANOS) {
                return other;
            }
        }
        return null;
    }

    private void waited(Trace.Lookup lookup, String question, long nanos, String why) {
        waitedFor = lookup;
        waitedQuestion = question;
        waitedNanos = nanos;
        lookupsNanos += nanos;
        costs.add(new Verdict.Cost(nanos, why + question));
    }

    private static boolean isGivenUp(Trace.Lookup lookup) {
        return lookup.outcome() == Trace.LookupOutcome.CANCELLED;
    }

    /**
     * A lookup that failed, other than with the word that there is no such name or address: some systems say so of a name that has addresses
     * of the other family only. Null when there is none.
     */
    static Trace.@Nullable Lookup failedLookup(Trace trace) {
        for (Trace.Lookup lookup : trace.lookups()) {
            Trace.Failure failure = lookup.error();
            if (lookup.outcome() == Trace.LookupOutcome.FAILED
                    && failure != null
                    && failure.code() != ErrorCode.HOST_NOT_FOUND
                    && failure.code() != ErrorCode.NO_DATA) {
                return lookup;
            }
        }
        return null;
    }

    private Verdict halfALookup(Trace.Lookup dead) {
        String question = Spoken.question(dead.family());
        String how = isGivenUp(dead)
                ? "the name server had not answered for " + question + " after "
                        + Elapsed.text(dead.endNanos() - dead.startNanos())
                : "the lookup of " + question + " failed";
        AddressFamily other = dead.family() == AddressFamily.INET6 ? AddressFamily.INET : AddressFamily.INET6;
        return verdict(
                Verdict.Kind.HALF_A_LOOKUP,
                "Connected to " + winnerName + ", but " + how + (dead.equals(waitedFor) ? price(waitedNanos) : "")
                        + ".",
                "See why the name server has no answer to that question; until that is mended, "
                        + (dead.family() == AddressFamily.UNSPEC ? "another resolver" : Spoken.alone(other))
                        + " does without it.");
    }

    // ---- attempts

    /** What those before the winner have cost together, without the waiting for a late answer. */
    private long attemptCosts() {
        long sum = 0;
        for (int i = 0; i < before.size(); i++) {
            Trace.Attempt attempt = before.get(i);
            Trace.Attempt next = i + 1 < before.size() ? before.get(i + 1) : winner;
            long lost = next.startNanos() - attempt.startNanos();
            if (lost >= LEAST_COST_NANOS) {
                boolean late = next.why() == Trace.Why.LATE_ANSWER;
                costs.add(new Verdict.Cost(
                        lost,
                        late
                                ? "the answer with " + Spoken.address(next.address()) + " came late"
                                : Spoken.attempt(attempt, winner)));
                sum += late ? 0 : lost;
            }
        }
        return sum;
    }

    private static String price(long nanos) {
        return nanos >= LEAST_COST_NANOS ? ", which cost " + Elapsed.text(nanos) : "";
    }

    private Verdict fallback(long cost) {
        AddressFamily mine = winner.address().family();
        AddressFamily other = before.get(0).address().family();
        boolean otherAlone = mine != other
                && before.stream().allMatch(attempt -> attempt.address().family() == other);
        String what = Spoken.attempts(before, winner) + price(cost);
        if (!otherAlone) {
            return verdict(
                    Verdict.Kind.SOME_ADDRESSES_BROKEN,
                    "Connected only after fallback to " + winnerName + ": " + what + ".",
                    "Mend the addresses that do not work, or take them out of the name.");
        }
        boolean noWay = before.stream().allMatch(attempt -> AttemptEnd.isWithoutWay(attempt, winner));
        boolean sixFailed = other == AddressFamily.INET6;
        Verdict.Kind kind = noWay && sixFailed
                ? Verdict.Kind.NO_IPV6_ROUTE
                : sixFailed ? Verdict.Kind.IPV6_BROKEN : Verdict.Kind.IPV4_BROKEN;
        return verdict(
                kind,
                "Connected only after fallback from " + Spoken.family(other) + " to " + Spoken.family(mine) + ": "
                        + what + ".",
                fallbackAdvice(noWay, other, mine));
    }

    private String fallbackAdvice(boolean noWay, AddressFamily other, AddressFamily mine) {
        String around = "; until that is mended, " + Spoken.alone(mine) + " goes around it.";
        String failing = Spoken.family(other);
        if (noWay) {
            return "Give this machine " + failing + around;
        }
        return switch (AttemptEnd.of(before.get(0), winner)) {
            case REFUSED ->
                "Let the server listen on its " + failing + " address too, or take that out of the name" + around;
            case SILENT, SLOWER, NO_ROUTE, UNREACHABLE, NOT_ALLOWED ->
                failing + " may be broken on this machine, on the way or at the server: try " + Spoken.alone(other)
                        + " to see" + around;
            case NO_FILE, RESET, CERTIFICATE, TLS, NOT_READY, LOCAL, OTHER ->
                "See what is wrong at that address, or take it out of the name" + around;
        };
    }

    // ---- no trouble

    private Verdict slowConnect() {
        Long reached = winner.reachedNanos();
        long tookNanos = winner.endNanos() - winner.startNanos();
        if (reached != null && winner.endNanos() - reached >= SLOW_CONNECT_NANOS) {
            return verdict(
                    Verdict.Kind.SLOW_CONNECT,
                    "Connected to " + winnerName + ", but its TLS handshake or greeting took "
                            + Elapsed.text(winner.endNanos() - reached) + ".",
                    "Look at the server's load, and at what it looks up before it answers.");
        }
        if (tookNanos >= SLOW_CONNECT_NANOS) {
            return verdict(
                    Verdict.Kind.SLOW_CONNECT,
                    "Connected to " + winnerName + ", but it took " + Elapsed.text(tookNanos) + " to answer.",
                    "Look at the way there and at the server's load: so long takes a lost packet, a very long way or a full queue.");
        }
        String when = before.isEmpty()
                ? " answered at the first attempt"
                : " answered sooner than "
                        + (before.size() == 1 ? Spoken.address(before.get(0).address()) : "the others");
        long lostNanos = costs.stream().mapToLong(Verdict.Cost::nanos).sum();
        String well = costs.isEmpty() ? "All is well: " : "All is well but for " + Elapsed.text(lostNanos) + " lost: ";
        return verdict(Verdict.Kind.HEALTHY, well + winnerName + when + ".", null);
    }
}
