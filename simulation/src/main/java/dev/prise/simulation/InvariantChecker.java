package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.race.Candidate;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks a race from the outside, after every step. It is told what the race is told and what the race does, keeps its own account of
 * what was started when and what has become of it, and throws a {@link Violation} when the two do not fit.
 *
 * <p>What takes more than one run (a replay, extra polls, one more address) is checked by {@link SimWorld} and {@link BigWorld}.
 */
final class InvariantChecker {
    private static final long NEVER = Long.MAX_VALUE;

    private final RaceSettings settings;
    /** The policy table is that of RFC 6724 here, which prefers IPv6. */
    private final AddressFamily preferred;

    private final ToIntFunction<Candidate> preference;
    private final List<Lookup> lookups = new ArrayList<>();
    private final Map<AddressInfo, Address> addresses = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Set<AddressFamily> demoted = EnumSet.noneOf(AddressFamily.class);
    /** What the listener was told of: attempts by their number, lookups by its negative; whether it has ended. */
    private final Map<Integer, Boolean> told = new HashMap<>();

    private long startedAt = -1;
    private long firstAddressAt = NEVER;
    private long newestAddressAt = -1;
    private boolean cancelled;
    private boolean bug;
    private boolean evicting;
    private boolean lookupsGivenUp;
    private int sameFamilyRun;
    private RaceAction.@Nullable CancelReason ending;

    @Nullable
    private RaceAction terminal;

    private long terminalAt;
    private boolean dialEndedTold;

    private enum State {
        OPEN,
        CONNECTED,
        FAILED,
        CANCELLED,
        CLOSED_LATE,
        WON
    }

    private static final class Lookup {
        final AddressFamily family;
        boolean asked;
        boolean pending = true;

        Lookup(AddressFamily family) {
            this.family = family;
        }
    }

    private static final class Address {
        final Candidate candidate;
        final int preference;
        final int arrival;
        final long arrivedAt;
        /** How many attempts had been started before. */
        final int arrivedAfter;

        boolean tried;
        boolean kept;

        Address(Candidate candidate, int preference, int arrival, long arrivedAt, int arrivedAfter) {
            this.candidate = candidate;
            this.preference = preference;
            this.arrival = arrival;
            this.arrivedAt = arrivedAt;
            this.arrivedAfter = arrivedAfter;
        }

        AddressFamily family() {
            return candidate.address().family();
        }

        boolean isBetterThan(@Nullable Address other) {
            return other == null
                    || preference < other.preference
                    || (preference == other.preference && arrival < other.arrival);
        }

        @Override
        public String toString() {
            return candidate.address().toString();
        }
    }

    private static final class Attempt {
        final Address address;
        final long startedAt;
        long sentAt;
        boolean sent;
        long failedAt;
        State state = State.OPEN;
        boolean reachedNetwork = true;

        Attempt(Address address, long startedAt) {
            this.address = address;
            this.startedAt = startedAt;
            this.sentAt = startedAt;
        }

        boolean isLoopback() {
            return address.candidate.address().isLocal();
        }
    }

    /**
     * A checker for one dial.
     *
     * @param settings the numbers of the race
     * @param preference the rank of a candidate in destination address selection, the lowest first; equal ones keep their order
     */
    InvariantChecker(RaceSettings settings, ToIntFunction<Candidate> preference) {
        this.settings = settings;
        this.preferred =
                settings.preferredFamily() == AddressFamily.UNSPEC ? AddressFamily.INET6 : settings.preferredFamily();
        this.preference = preference;
    }

    boolean isOver() {
        return terminal != null;
    }

    /** When the terminal action came. */
    long overAtNanos() {
        return terminalAt;
    }

    boolean hasWon() {
        return terminal instanceof RaceAction.Won;
    }

    /** When which address was attempted. */
    Map<AddressInfo, Long> starts() {
        Map<AddressInfo, Long> starts = new HashMap<>();
        for (Attempt attempt : attempts) {
            starts.put(attempt.address.candidate.address(), attempt.startedAt);
        }
        return starts;
    }

    // ---- what the race is told

    void event(RaceEvent event, long now) {
        if (terminal != null) {
            return;
        }
        switch (event) {
            case RaceEvent.Start start -> {
                startedAt = now;
                start.lookups().forEach(family -> lookups.add(new Lookup(family)));
                add(start.known(), now);
            }
            case RaceEvent.Answered answer -> {
                Lookup lookup = pending(answer.lookup());
                if (lookup != null) {
                    add(
                            answer.candidates().stream()
                                    .filter(c ->
                                            lookup.family.admits(c.address().family()))
                                    .toList(),
                            now);
                    lookup.pending = !answer.last();
                }
            }
            case RaceEvent.LookupEnded ended -> lookupOver(ended.lookup());
            case RaceEvent.LookupFailed failed -> lookupOver(failed.lookup());
            case RaceEvent.AttemptSent sent -> {
                Attempt attempt = open(sent.attempt());
                if (attempt != null && !attempt.sent) {
                    attempt.sent = true;
                    attempt.sentAt = now;
                }
            }
            case RaceEvent.Connected connected -> {
                Attempt attempt = open(connected.attempt());
                if (attempt != null) {
                    attempt.state = State.CONNECTED;
                }
            }
            case RaceEvent.AttemptFailed failed -> attemptFailed(failed, now);
            case RaceEvent.TransportConnected reached -> {}
            case RaceEvent.AddressesRemoved removed -> {}
            case RaceEvent.Crowded crowded -> {}
            case RaceEvent.Cancel cancel -> cancelled = true;
        }
    }

    private void add(List<Candidate> candidates, long now) {
        int before = addresses.size();
        for (Candidate candidate : candidates) {
            addresses.computeIfAbsent(
                    candidate.address(),
                    info -> new Address(
                            candidate, preference.applyAsInt(candidate), addresses.size(), now, attempts.size()));
        }
        if (addresses.size() > before) {
            firstAddressAt = Math.min(firstAddressAt, now);
            newestAddressAt = now;
            share();
        }
    }

    /**
     * Gives the places that are left to the best ranked addresses, except that neither family takes the other's share; what it has taken
     * before the other was there stays taken.
     */
    private void share() {
        List<Address> waiting = new ArrayList<>(addresses.size());
        for (Address address : addresses.values()) {
            address.kept = false;
            if (!address.tried) {
                waiting.add(address);
            }
        }
        waiting.sort((a, b) -> a.isBetterThan(b) ? -1 : 1);
        int places = settings.maxAddresses() - attempts.size();
        int six = mostOf(AddressFamily.INET6) - triedOf(AddressFamily.INET6);
        int four = mostOf(AddressFamily.INET) - triedOf(AddressFamily.INET);
        for (Address address : waiting) {
            boolean isSix = address.family() == AddressFamily.INET6;
            if (places > 0 && (isSix ? six > 0 : four > 0)) {
                address.kept = true;
                places--;
                six -= isSix ? 1 : 0;
                four -= isSix ? 0 : 1;
            }
        }
    }

    /** How many addresses are kept for this family whatever the other has: a third of the places, or all that it has. */
    private int shareOf(AddressFamily family) {
        return Math.min(countOf(family), settings.maxAddresses() / 3);
    }

    /** How many addresses of this family may be tried. */
    private int mostOf(AddressFamily family) {
        return settings.maxAddresses() - shareOf(otherFamily(family));
    }

    private int countOf(AddressFamily family) {
        int count = 0;
        for (Address address : addresses.values()) {
            count += address.family() == family ? 1 : 0;
        }
        return count;
    }

    private int triedOf(AddressFamily family) {
        int count = 0;
        for (Attempt attempt : attempts) {
            count += attempt.address.family() == family ? 1 : 0;
        }
        return count;
    }

    private void lookupOver(int id) {
        Lookup lookup = pending(id);
        if (lookup != null) {
            lookup.pending = false;
        }
    }

    private void attemptFailed(RaceEvent.AttemptFailed failed, long now) {
        Attempt attempt = open(failed.attempt());
        if (attempt == null) {
            return;
        }
        attempt.state = State.FAILED;
        attempt.failedAt = now;
        attempt.reachedNetwork = failed.failure() == RaceEvent.FailureKind.NETWORK;
        if (failed.failure() == RaceEvent.FailureKind.LOCAL_FAMILY) {
            demoted.add(attempt.address.family());
        }
        bug |= failed.failure() == RaceEvent.FailureKind.BUG;
    }

    // ---- what the race does

    void action(RaceAction action, long now) {
        if (terminal != null) {
            boolean starts =
                    action.kind() == RaceAction.Kind.START_ATTEMPT || action.kind() == RaceAction.Kind.START_LOOKUP;
            throw new Violation(
                    starts ? Invariant.NOTHING_AFTER_THE_END : Invariant.ONE_TERMINAL, action + " after " + terminal);
        }
        require(
                !evicting || action.kind() == RaceAction.Kind.START_ATTEMPT,
                Invariant.REASONS,
                "nothing came in place of what was evicted");
        switch (action) {
            case RaceAction.StartLookup start -> startLookup(start);
            case RaceAction.CancelLookup cancel -> cancelLookup(cancel, now);
            case RaceAction.StartAttempt start -> startAttempt(start, now);
            case RaceAction.CancelAttempt cancel -> cancelAttempt(cancel, now);
            case RaceAction.CloseLate late -> closeLate(late);
            case RaceAction.Learn learn -> {}
            case RaceAction.Won won -> won(won, now);
            case RaceAction.Failed failed -> failed(failed, now);
        }
    }

    private void startLookup(RaceAction.StartLookup start) {
        Lookup lookup = present(pending(start.lookup()), Invariant.REASONS, "not asked for", start);
        require(!lookup.asked && lookup.family == start.family(), Invariant.REASONS, "not asked for", start);
        require(!isDecided(), Invariant.NOTHING_AFTER_THE_END, "started", start);
        lookup.asked = true;
    }

    private void cancelLookup(RaceAction.CancelLookup cancel, long now) {
        Lookup lookup = present(pending(cancel.lookup()), Invariant.ONE_END, "no pending lookup", cancel);
        lookup.pending = false;
        if (lookups.size() < 2 || now < plus(startedAt, settings.lookupTimeoutNanos())) {
            boolean over = cancelled || bug || now >= deadlineAt() || best(State.CONNECTED) != null;
            require(over, Invariant.REASONS, "a lookup is given up for no reason", cancel);
            lookupsGivenUp = true;
        }
    }

    private void startAttempt(RaceAction.StartAttempt start, long now) {
        Address address =
                present(addresses.get(start.candidate().address()), Invariant.REASONS, "unknown address", start);
        require(start.attempt() == attempts.size() + 1, Invariant.REASONS, "numbers go up by one", start);
        require(!isDecided(), Invariant.NOTHING_AFTER_THE_END, "started", start);
        require(!address.tried, Invariant.ONCE, "again", start);
        require(now < deadlineAt(), Invariant.DEADLINE, "started at the deadline", start);
        require(
                !cancelled && !bug && best(State.CONNECTED) == null,
                Invariant.START_RULE,
                "the dial is decided",
                start);
        checkFloor(address, now);
        require(inFlight() < settings.maxInFlight(), Invariant.IN_FLIGHT_CAP, "one too many", start);
        require(attempts.size() < settings.maxAddresses(), Invariant.START_RULE, "more addresses than allowed", start);
        require(now >= gateOpensAt(), Invariant.START_RULE, "before the Resolution Delay was over", start);
        boolean late = isLate(address) || newestAddressAt == now;
        require(
                now >= paceAllowsAt(),
                late ? Invariant.LATE_ANSWER : Invariant.START_RULE,
                "before the attempt delay was over",
                start);
        require(
                triedOf(address.family()) < mostOf(address.family()),
                Invariant.FAMILY_SHARE,
                "in a place that is kept for the other family",
                start);
        require(address.kept, Invariant.START_RULE, "not one of those that are kept", start);
        checkBothFamilies(address);
        checkOrder(address);
        checkWhy(start.why(), address);
        address.tried = true;
        attempts.add(new Attempt(address, now));
        evicting = false;
    }

    private void checkFloor(Address address, long now) {
        long allowedAt = floorAllowsAt(address.candidate.address().isLocal());
        if (now < allowedAt) {
            throw new Violation(
                    Invariant.FLOOR,
                    address + " started at " + Millis.text(now) + ", allowed at " + Millis.text(allowedAt));
        }
    }

    private void checkOrder(Address address) {
        Address bestOfFamily = bestUntried(address.family(), demoted.contains(address.family()));
        require(bestOfFamily == address, Invariant.ORDER, "better ranked in its family", bestOfFamily);
        if (expectedNext() != address) {
            throw new Violation(Invariant.ORDER, address + " was started before " + expectedNext());
        }
    }

    private void checkBothFamilies(Address address) {
        Address other = bestUntried(otherFamily(address.family()), false);
        Attempt newest = newest();
        if (other == null || demoted.contains(address.family())) {
            sameFamilyRun = 0;
        } else if (newest == null || newest.address.family() != address.family()) {
            sameFamilyRun = 1;
        } else {
            sameFamilyRun++;
        }
        require(
                sameFamilyRun <= settings.firstFamilyCount(),
                Invariant.BOTH_FAMILIES,
                "too many starts in a row while another family waited",
                other);
    }

    private void checkWhy(Trace.Why why, Address address) {
        Attempt newest = newest();
        Trace.Why expected;
        if (evicting) {
            expected = Trace.Why.EVICTION;
        } else if (newest == null) {
            expected = Trace.Why.FIRST;
        } else if (newest.state == State.FAILED) {
            expected = address.arrivedAt > newest.failedAt ? Trace.Why.LATE_ANSWER : Trace.Why.FAILURE;
        } else {
            expected = address.arrivedAt > delayEndsAt(newest) ? Trace.Why.LATE_ANSWER : Trace.Why.DELAY;
        }
        require(why == expected, Invariant.REASONS, "not the reason", why);
    }

    /** Whether it arrived after the newest attempt had been started. */
    private boolean isLate(Address address) {
        return !attempts.isEmpty() && address.arrivedAfter == attempts.size();
    }

    private void cancelAttempt(RaceAction.CancelAttempt cancel, long now) {
        Attempt attempt = present(open(cancel.attempt()), Invariant.ONE_END, "not under way", cancel);
        if (cancel.reason() == RaceAction.CancelReason.EVICTED) {
            require(!isDecided(), Invariant.NOTHING_AFTER_THE_END, "evicted", cancel);
            require(startDueAt() <= now, Invariant.REASONS, "nothing was to be started", cancel);
            require(inFlight() == settings.maxInFlight(), Invariant.REASONS, "there was room", cancel);
            require(attempt == oldestInFlight(), Invariant.REASONS, "not the oldest", cancel);
            evicting = true;
        } else {
            require(ending == null || ending == cancel.reason(), Invariant.REASONS, "two reasons", cancel);
            ending = cancel.reason();
        }
        attempt.state = State.CANCELLED;
    }

    private void closeLate(RaceAction.CloseLate late) {
        Attempt attempt = present(attempt(late.attempt()), Invariant.ONE_END, "unknown", late);
        require(attempt.state == State.CONNECTED, Invariant.ONE_END, "not connected", late);
        require(
                ending == null || ending == RaceAction.CancelReason.LOST,
                Invariant.REASONS,
                "closed late although nobody won",
                late);
        ending = RaceAction.CancelReason.LOST;
        attempt.state = State.CLOSED_LATE;
    }

    private void won(RaceAction.Won won, long now) {
        Attempt attempt = present(attempt(won.attempt()), Invariant.ONE_END, "unknown", won);
        require(attempt.state == State.CONNECTED, Invariant.ONE_END, "not connected", won);
        Attempt better = best(State.CLOSED_LATE);
        require(
                better == null || attempt.address.isBetterThan(better.address),
                Invariant.ORDER,
                "a better ranked connection was closed",
                won);
        attempt.state = State.WON;
        require(
                ending == null || ending == RaceAction.CancelReason.LOST,
                Invariant.REASONS,
                "won, but attempts were given up for",
                ending);
        over(won, now);
    }

    private void failed(RaceAction.Failed failed, long now) {
        boolean exhausted = expectedNext() == null && lookups.stream().noneMatch(lookup -> lookup.pending);
        if (failed.reason() == RaceAction.FailReason.CONNECT && addresses.size() > settings.maxAddresses()) {
            checkShare(AddressFamily.INET6, failed);
            checkShare(AddressFamily.INET, failed);
        }
        boolean fits = switch (failed.reason()) {
            case RESOLUTION -> exhausted && attempts.isEmpty();
            case CONNECT -> exhausted && !attempts.isEmpty();
            case DEADLINE -> now >= deadlineAt();
            case CANCELLED -> cancelled;
            case BUG -> bug;
        };
        require(fits, Invariant.REASONS, "not the reason", failed);
        boolean reasonOfCancels = switch (failed.reason()) {
            case RESOLUTION, CONNECT -> !isDecided();
            case DEADLINE -> ending == null || ending == RaceAction.CancelReason.DEADLINE;
            case CANCELLED, BUG -> ending == null || ending == RaceAction.CancelReason.CANCELLED;
        };
        require(reasonOfCancels, Invariant.REASONS, "failed, but attempts were given up for", ending);
        require(best(State.CONNECTED) == null, Invariant.REACH, "a connection was at hand", failed);
        require(best(State.CLOSED_LATE) == null, Invariant.REACH, "a connection was thrown away", failed);
        over(failed, now);
    }

    /** A family that has not had its share was late: the other had all places but its own. */
    private void checkShare(AddressFamily family, RaceAction.Failed failed) {
        boolean had = triedOf(family) >= shareOf(family) || attempts.size() >= settings.maxAddresses();
        require(had, Invariant.FAMILY_SHARE, "not all of the places kept for " + family + " were used", failed);
    }

    private void over(RaceAction action, long now) {
        terminal = action;
        terminalAt = now;
        for (Attempt attempt : attempts) {
            require(
                    attempt.state != State.OPEN && attempt.state != State.CONNECTED,
                    Invariant.ONE_END,
                    "without an end",
                    attempt.address);
        }
        require(
                lookups.stream().noneMatch(lookup -> lookup.pending),
                Invariant.ONE_END,
                "a lookup is left running after",
                action);
    }

    // ---- when it has nothing to do

    /** The race has been polled until it had nothing to do. */
    void idle(long nextDeadline, boolean lastAttempt, long now) {
        if (terminal != null) {
            require(nextDeadline == NEVER, Invariant.ONE_TERMINAL, "it is over and still wants to be woken");
            return;
        }
        require(!isDecided(), Invariant.ONE_TERMINAL, "all is given up, but there is no end");
        require(!evicting, Invariant.REASONS, "nothing came in place of what was evicted");
        require(now < deadlineAt(), Invariant.DEADLINE, "not over at the deadline");
        require(best(State.CONNECTED) == null, Invariant.REACH, "connected and not won");
        require(!cancelled && !bug, Invariant.ONE_TERMINAL, "given up and not over");
        checkNothingIsDue(now);
        boolean pending = lookups.stream().anyMatch(lookup -> lookup.pending);
        boolean left = expectedNext() != null;
        require(
                pending || left || inFlight() > 0,
                attempts.isEmpty() ? Invariant.NEGATIVE_ENDS : Invariant.ONE_TERMINAL,
                "nothing is left and it is not over");
        require(
                lastAttempt == (!pending && !left && inFlight() == 1),
                Invariant.REASONS,
                "the last attempt is not told rightly",
                lastAttempt);
        require(nextDeadline > now, Invariant.WAKES_LATER, "nanoseconds", nextDeadline);
        long due = Math.min(startDueAt(), deadlineAt());
        if (pending && lookups.size() > 1) {
            due = Math.min(due, plus(startedAt, settings.lookupTimeoutNanos()));
        }
        if (nextDeadline > due) {
            throw new Violation(
                    Invariant.WAKES_IN_TIME, "wakes at " + Millis.text(nextDeadline) + ", due at " + Millis.text(due));
        }
        if (nextDeadline < due && addresses.values().stream().anyMatch(this::isLate)) {
            throw new Violation(
                    Invariant.LATE_ANSWER, "wakes at " + Millis.text(nextDeadline) + ", due at " + Millis.text(due));
        }
    }

    private void checkNothingIsDue(long now) {
        if (startDueAt() <= now) {
            Invariant broken = !attempts.isEmpty()
                    ? Invariant.START_RULE
                    : hasSource(preferred) ? Invariant.PREFERRED_AT_ONCE : Invariant.RESOLUTION_DELAY;
            throw new Violation(broken, "a start was due at " + Millis.text(startDueAt()) + ": " + expectedNext());
        }
        require(
                lookups.size() < 2
                        || now < plus(startedAt, settings.lookupTimeoutNanos())
                        || lookups.stream().noneMatch(lookup -> lookup.pending),
                Invariant.START_RULE,
                "a lookup is waited for longer than allowed");
    }

    // ---- the trace

    /** The listener of the race is told something. */
    void traceEvent(TraceEvent event) {
        require(!dialEndedTold, Invariant.TRACE, "told after the end", event);
        switch (event) {
            case TraceEvent.LookupStarted e -> begun(-e.id());
            case TraceEvent.LookupEnded e -> ended(-e.lookup().id());
            case TraceEvent.AttemptStarted e -> begun(e.id());
            case TraceEvent.AttemptReached e -> {}
            case TraceEvent.AttemptEnded e -> ended(e.attempt().id());
            case TraceEvent.DialEnded e -> {
                require(told.values().stream().allMatch(isEnded -> isEnded), Invariant.TRACE, "without an end", told);
                dialEndedTold = true;
            }
        }
    }

    private void begun(int what) {
        require(told.put(what, false) == null, Invariant.TRACE, "begun twice", what);
    }

    private void ended(int what) {
        Boolean before = told.put(what, true);
        require(before != null && !before, Invariant.TRACE, "ended without a start, or twice", what);
    }

    /** The dial is over and this is its story. */
    void trace(@Nullable Trace story) {
        Trace trace = present(story, Invariant.TRACE, "there is none after", "the end");
        require(dialEndedTold && terminal != null, Invariant.TRACE, "it came before the end");
        require(trace.elapsedNanos() == terminalAt, Invariant.TRACE, "length of the dial");
        require(trace.lookups().size() == lookups.size(), Invariant.TRACE, "lookups", trace.lookups());
        require(trace.attempts().size() == attempts.size(), Invariant.TRACE, "attempts", trace.attempts());
        for (int i = 0; i < attempts.size(); i++) {
            checkTold(trace.attempts().get(i), attempts.get(i), i + 1);
        }
        Trace.Attempt winner = trace.winner();
        require(hasWon() == (winner != null), Invariant.TRACE, "winner");
        require(hasWon() == (trace.error() == null), Invariant.TRACE, "error");
        Set<AddressInfo> candidates = new HashSet<>();
        trace.candidates().forEach(candidate -> candidates.add(candidate.address()));
        require(
                candidates.equals(addresses.keySet()) && trace.candidates().size() == addresses.size(),
                Invariant.TRACE,
                "candidates",
                trace.candidates());
    }

    private static void checkTold(Trace.Attempt told, Attempt attempt, int id) {
        Trace.AttemptOutcome expected = switch (attempt.state) {
            case WON -> Trace.AttemptOutcome.CONNECTED;
            case FAILED -> Trace.AttemptOutcome.FAILED;
            case CANCELLED, CLOSED_LATE, OPEN, CONNECTED -> Trace.AttemptOutcome.CANCELLED;
        };
        require(
                told.id() == id
                        && told.outcome() == expected
                        && told.startNanos() == attempt.startedAt
                        && told.endNanos() >= told.startNanos()
                        && told.address().equals(attempt.address.candidate.address()),
                Invariant.TRACE,
                "not as it was",
                told);
    }

    // ---- the start rule, computed anew

    /** When an attempt must start if nothing else happens; NEVER when there is nothing to start. */
    private long startDueAt() {
        Address next = expectedNext();
        if (next == null) {
            return NEVER;
        }
        boolean loopback = next.candidate.address().isLocal();
        long at = Math.max(Math.max(gateOpensAt(), paceAllowsAt()), floorAllowsAt(loopback));
        return inFlight() >= settings.maxInFlight()
                ? Math.max(at, plus(oldestInFlight().startedAt, settings.evictAfterNanos()))
                : at;
    }

    private long gateOpensAt() {
        boolean pending = lookups.stream().anyMatch(lookup -> lookup.pending);
        boolean preferredPending =
                lookups.stream().anyMatch(lookup -> lookup.pending && lookup.family.admits(preferred));
        boolean anythingUsable = hasSource(AddressFamily.INET6) || hasSource(AddressFamily.INET);
        boolean answered = anythingUsable && !preferredPending;
        if (!attempts.isEmpty() || hasSource(preferred) || answered || !pending) {
            return 0;
        }
        return plus(firstAddressAt, settings.resolutionDelayNanos());
    }

    private boolean hasSource(AddressFamily family) {
        return addresses.values().stream()
                .anyMatch(address -> address.family() == family && address.candidate.source() != null);
    }

    private long paceAllowsAt() {
        Attempt newest = newest();
        if (newest == null || newest.state == State.FAILED || inFlight() == 0) {
            return 0;
        }
        return delayEndsAt(newest);
    }

    private long delayEndsAt(Attempt attempt) {
        long delay = attempt.isLoopback()
                ? Math.min(settings.loopbackAttemptDelayNanos(), settings.attemptDelayNanos())
                : settings.attemptDelayNanos();
        return plus(attempt.sentAt, delay);
    }

    private long floorAllowsAt(boolean loopback) {
        long at = 0;
        for (Attempt attempt : attempts) {
            if (attempt.reachedNetwork && !(loopback && attempt.isLoopback())) {
                at = Math.max(at, plus(attempt.sentAt, settings.attemptFloorNanos()));
            }
        }
        return at;
    }

    /** RFC 8305 section 4, among the addresses that are kept. */
    private @Nullable Address expectedNext() {
        Address six = bestUntried(AddressFamily.INET6, false);
        Address four = bestUntried(AddressFamily.INET, false);
        if (six == null && four == null) {
            six = bestUntried(AddressFamily.INET6, true);
            four = bestUntried(AddressFamily.INET, true);
            return six != null && six.isBetterThan(four) ? six : four;
        }
        if (six == null || four == null) {
            return six == null ? four : six;
        }
        Attempt newest = newest();
        if (newest == null) {
            return six.isBetterThan(four) ? six : four;
        }
        AddressFamily last = newest.address.family();
        boolean opening = attempts.size() < settings.firstFamilyCount()
                && attempts.stream().allMatch(attempt -> attempt.address.family() == last);
        return (last == AddressFamily.INET6) == opening ? six : four;
    }

    private @Nullable Address bestUntried(AddressFamily family, boolean isDemoted) {
        if (demoted.contains(family) != isDemoted) {
            return null;
        }
        Address best = null;
        for (Address address : addresses.values()) {
            if (address.family() == family && address.kept && !address.tried && address.isBetterThan(best)) {
                best = address;
            }
        }
        return best;
    }

    // ---- helpers

    private static AddressFamily otherFamily(AddressFamily family) {
        return family == AddressFamily.INET6 ? AddressFamily.INET : AddressFamily.INET6;
    }

    /** Whether the race has begun to clear up. */
    private boolean isDecided() {
        return ending != null || lookupsGivenUp;
    }

    private long deadlineAt() {
        return plus(startedAt, settings.deadlineNanos());
    }

    private @Nullable Attempt newest() {
        return attempts.isEmpty() ? null : attempts.getLast();
    }

    private int inFlight() {
        int count = 0;
        for (Attempt attempt : attempts) {
            if (attempt.state == State.OPEN) {
                count++;
            }
        }
        return count;
    }

    private Attempt oldestInFlight() {
        for (Attempt attempt : attempts) {
            if (attempt.state == State.OPEN) {
                return attempt;
            }
        }
        throw new IllegalStateException("nothing in flight");
    }

    private @Nullable Attempt best(State state) {
        Attempt best = null;
        for (Attempt attempt : attempts) {
            if (attempt.state == state && (best == null || attempt.address.isBetterThan(best.address))) {
                best = attempt;
            }
        }
        return best;
    }

    private @Nullable Lookup pending(int id) {
        Lookup lookup = id >= 1 && id <= lookups.size() ? lookups.get(id - 1) : null;
        return lookup != null && lookup.pending ? lookup : null;
    }

    private @Nullable Attempt attempt(int id) {
        return id >= 1 && id <= attempts.size() ? attempts.get(id - 1) : null;
    }

    private @Nullable Attempt open(int id) {
        Attempt attempt = attempt(id);
        return attempt != null && attempt.state == State.OPEN ? attempt : null;
    }

    private static long plus(long at, long nanos) {
        return at > NEVER - nanos ? NEVER : at + nanos;
    }

    private static void require(boolean condition, Invariant invariant, String message) {
        if (!condition) {
            throw new Violation(invariant, message);
        }
    }

    /** The text is put together only when it is needed. */
    private static void require(boolean condition, Invariant invariant, String message, @Nullable Object detail) {
        if (!condition) {
            throw new Violation(invariant, message + ": " + detail);
        }
    }

    private static <T> T present(@Nullable T value, Invariant invariant, String message, Object detail) {
        if (value == null) {
            throw new Violation(invariant, message + ": " + detail);
        }
        return value;
    }
}
