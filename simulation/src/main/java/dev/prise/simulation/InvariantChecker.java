package dev.prise.simulation;

import static dev.prise.simulation.Account.NEVER;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.Lesson;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks a race from the outside, after every step. It is told what the race is told and what the race does, keeps its own account of
 * what was started when and what has become of it, and throws a {@link Violation} when the two do not fit.
 *
 * <p>What takes more than one run (a replay, extra polls, one more address) is checked by {@link SimWorld} and {@link BigWorld}.
 */
final class InvariantChecker {
    private final Account account;
    private final StartRule rule;
    private final Lessons lessons;
    private final TraceChecker story;
    private final RaceSettings settings;

    /** A wake-up that nothing asks for does no harm by itself; what comes of it says more. */
    private @Nullable String wakesInVain;

    private boolean evicting;
    private boolean lookupsGivenUp;
    private int sameFamilyRun;
    private RaceAction.@Nullable CancelReason ending;

    @Nullable
    private RaceAction terminal;

    private long terminalAt;

    /**
     * A checker for one dial.
     *
     * @param settings the numbers of the race
     * @param preference the rank of a candidate in destination address selection, the lowest first; equal ones keep their order
     */
    InvariantChecker(RaceSettings settings, ToIntFunction<Candidate> preference) {
        this.settings = settings;
        this.account = new Account(settings, preference);
        this.rule = new StartRule(account);
        this.lessons = new Lessons(account);
        this.story = new TraceChecker(account);
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
        Map<AddressInfo, Long> starts = HashMap.newHashMap(account.attempts.size());
        for (Account.Attempt attempt : account.attempts) {
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
                account.startedAt = now;
                account.reserve = start.reserve();
                account.expectLookups(start.lookups(), now);
                account.add(start.known(), null, now);
            }
            case RaceEvent.Answered answer -> {
                Account.Lookup lookup = account.pending(answer.lookup());
                if (lookup != null) {
                    account.add(answer.candidates(), lookup, now);
                    lookup.pending = !answer.last();
                }
            }
            case RaceEvent.LookupEnded ended -> lookupOver(ended.lookup(), null);
            case RaceEvent.LookupFailed failed -> lookupOver(failed.lookup(), failed.code());
            case RaceEvent.AttemptSent sent -> attemptSent(sent.attempt(), now);
            case RaceEvent.TransportConnected reached -> transportConnected(reached.attempt(), now);
            case RaceEvent.Connected connected -> connected(connected.attempt(), now);
            case RaceEvent.AttemptFailed failed -> attemptFailed(failed, now);
            case RaceEvent.AddressesRemoved removed -> account.remove(removed.addresses());
            case RaceEvent.Crowded crowded -> account.crowd(crowded.address(), crowded.crowded());
            case RaceEvent.Cancel cancel ->
                account.cancelled = account.cancelled == null ? cancel.code() : account.cancelled;
        }
    }

    private void lookupOver(int id, @Nullable ErrorCode error) {
        Account.Lookup lookup = account.pending(id);
        if (lookup != null) {
            lookup.pending = false;
            lookup.error = error;
        }
    }

    private void attemptSent(int id, long now) {
        Account.Attempt attempt = account.inFlight(id);
        if (attempt != null && !attempt.sent) {
            attempt.sent = true;
            attempt.sentAt = now;
        }
    }

    private void transportConnected(int id, long now) {
        Account.Attempt attempt = account.inFlight(id);
        if (attempt != null && attempt.state == Account.State.CONNECTING) {
            attempt.state = Account.State.READYING;
            attempt.hasToShow = true;
            attempt.readyBy = StartRule.readyBy(attempt, now);
            reached(attempt, now);
        }
    }

    private void connected(int id, long now) {
        Account.Attempt attempt = account.inFlight(id);
        if (attempt != null) {
            if (attempt.state == Account.State.CONNECTING) {
                reached(attempt, now);
            }
            attempt.state = Account.State.CONNECTED;
            attempt.endedAt = now;
        }
    }

    private void reached(Account.Attempt attempt, long now) {
        attempt.reachedAt = now;
        account.networkAnswered();
        lessons.reached(attempt, now);
    }

    private void attemptFailed(RaceEvent.AttemptFailed failed, long now) {
        Account.Attempt attempt = account.inFlight(failed.attempt());
        if (attempt == null) {
            return;
        }
        attempt.state = Account.State.FAILED;
        attempt.endedAt = now;
        attempt.error = failed.code();
        switch (failed.failure()) {
            case NETWORK -> {
                lessons.failed(attempt, Lesson.Kind.FAILED, failed.code(), now);
                // the system has given up: nothing has come
                if (failed.code() != ErrorCode.TIMED_OUT) {
                    account.networkAnswered();
                }
            }
            case NOT_READY -> {
                lessons.failed(attempt, Lesson.Kind.NOT_READY, failed.code(), now);
                account.networkAnswered();
            }
            case LOCAL -> attempt.reachedNetwork = false;
            case LOCAL_FAMILY -> {
                attempt.reachedNetwork = false;
                account.demoted.add(attempt.address.family);
            }
            case BUG -> {
                attempt.reachedNetwork = false;
                account.bug = true;
            }
        }
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
        if (action instanceof RaceAction.Learn learn) {
            lessons.given(learn);
            return;
        }
        switch (action) {
            case RaceAction.StartLookup start -> startLookup(start, now);
            case RaceAction.CancelLookup cancel -> cancelLookup(cancel, now);
            case RaceAction.StartAttempt start -> startAttempt(start, now);
            case RaceAction.CancelAttempt cancel -> cancelAttempt(cancel, now);
            case RaceAction.CloseLate late -> closeLate(late);
            case RaceAction.Learn learn -> {}
            case RaceAction.Won won -> won(won, now);
            case RaceAction.Failed failed -> failed(failed, now);
        }
    }

    private void startLookup(RaceAction.StartLookup start, long now) {
        lessons.other(start);
        if (start.lookup() > account.lookups.size()) {
            require(rule.isReserveDue(), Invariant.RESERVE, "not to be asked for now", start);
            account.expectLookups(account.reserve, now);
            account.reserve = List.of();
        }
        Account.Lookup lookup = present(account.pending(start.lookup()), Invariant.REASONS, "not asked for", start);
        require(!lookup.asked && lookup.family == start.family(), Invariant.REASONS, "not asked for", start);
        require(!isDecided(), Invariant.NOTHING_AFTER_THE_END, "started", start);
        lookup.asked = true;
    }

    private void cancelLookup(RaceAction.CancelLookup cancel, long now) {
        Account.Lookup lookup =
                present(account.pending(cancel.lookup()), Invariant.ONE_END, "no pending lookup", cancel);
        lookup.pending = false;
        lookup.error = ErrorCode.TRY_AGAIN;
        if (now < lookup.timesOutAt) {
            boolean over = account.cancelled != null
                    || account.bug
                    || now >= account.deadlineAt()
                    || account.best(Account.State.CONNECTED) != null;
            require(over, Invariant.REASONS, "a lookup is given up for no reason", cancel);
            lookupsGivenUp = true;
        }
        lessons.other(cancel);
    }

    private void startAttempt(RaceAction.StartAttempt start, long now) {
        Account.Address address =
                present(account.address(start.candidate().address()), Invariant.REASONS, "unknown address", start);
        require(start.attempt() == account.attempts.size() + 1, Invariant.REASONS, "numbers go up by one", start);
        require(start.candidate().equals(address.candidate), Invariant.REASONS, "another candidate", start);
        require(!isDecided(), Invariant.NOTHING_AFTER_THE_END, "started", start);
        require(!address.tried, Invariant.ONCE, "again", start);
        require(!address.removed, Invariant.TAKEN_BACK, "it is not there", start);
        require(now < account.deadlineAt(), Invariant.DEADLINE, "started at the deadline", start);
        require(
                account.cancelled == null && !account.bug && account.best(Account.State.CONNECTED) == null,
                Invariant.START_RULE,
                "the dial is decided",
                start);
        checkTime(address, now);
        checkPlace(address);
        checkBothFamilies(address);
        checkOrder(address);
        checkWhy(start.why(), address);
        begin(address, now);
        lessons.other(start);
    }

    private void checkTime(Account.Address address, long now) {
        long floor = rule.floorAllowsAt(address.isLoopback);
        if (now < floor) {
            throw new Violation(
                    Invariant.FLOOR,
                    address + " started at " + Millis.text(now) + ", allowed at " + Millis.text(floor));
        }
        require(account.inFlight() < settings.maxInFlight(), Invariant.IN_FLIGHT_CAP, "one too many", address);
        require(now >= rule.gateOpensAt(), Invariant.START_RULE, "before the Resolution Delay was over", address);
        long pace = rule.paceAllowsAt();
        if (now < pace) {
            boolean late = isLate(address) || account.newestAddressAt == now;
            throw new Violation(
                    late ? Invariant.LATE_ANSWER : Invariant.START_RULE,
                    address + " started at " + Millis.text(now) + ", the pace allows " + Millis.text(pace));
        }
    }

    private void checkPlace(Account.Address address) {
        require(
                account.attempts.size() < settings.maxAddresses(),
                Invariant.START_RULE,
                "more addresses than allowed",
                address);
        require(
                account.triedOf(address.family) < Share.mostOf(account, address.family),
                Invariant.FAMILY_SHARE,
                "in a place that is kept for the other family",
                address);
        require(address.kept, Invariant.START_RULE, "not one of those that are kept", address);
    }

    private void checkOrder(Account.Address address) {
        if (rule.next() != address) {
            throw new Violation(Invariant.ORDER, address + " was started before " + rule.next());
        }
    }

    private void checkBothFamilies(Account.Address address) {
        Account.Address other = rule.best(otherFamily(address.family), false, false);
        Account.Attempt newest = account.newest();
        boolean free = account.demoted.contains(address.family)
                || (address.crowded && rule.best(address.family, false, false) == null);
        if (other == null || free) {
            sameFamilyRun = 0;
        } else if (newest == null || newest.address.family != address.family) {
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

    private void checkWhy(Trace.Why why, Account.Address address) {
        Account.Attempt newest = account.newest();
        Trace.Why expected;
        if (evicting) {
            expected = Trace.Why.EVICTION;
        } else if (newest == null) {
            expected = Trace.Why.FIRST;
        } else if (address.arrivedAt > rule.paceAllowsAt()) {
            expected = Trace.Why.LATE_ANSWER;
        } else {
            expected = newest.state == Account.State.FAILED ? Trace.Why.FAILURE : Trace.Why.DELAY;
        }
        require(why == expected, Invariant.REASONS, "not the reason", why);
    }

    private void begin(Account.Address address, long now) {
        Account.Attempt attempt = new Account.Attempt(account.attempts.size() + 1, address, now);
        attempt.plainDelay = rule.plainDelay(address, account.inFlight() + 1);
        attempt.delay = rule.delay(address, attempt.plainDelay);
        address.tried = true;
        account.attempts.add(attempt);
        evicting = false;
    }

    /** Whether it arrived after the newest attempt had been started. */
    private boolean isLate(Account.Address address) {
        return !account.attempts.isEmpty() && address.arrivedAfter == account.attempts.size();
    }

    private void cancelAttempt(RaceAction.CancelAttempt cancel, long now) {
        Account.Attempt attempt =
                present(account.inFlight(cancel.attempt()), Invariant.ONE_END, "not under way", cancel);
        Account.State after = Account.State.CANCELLED;
        switch (cancel.reason()) {
            case EVICTED -> {
                require(!isDecided(), Invariant.NOTHING_AFTER_THE_END, "evicted", cancel);
                require(rule.dueAt() <= now, Invariant.REASONS, "nothing was to be started", cancel);
                require(account.inFlight() == settings.maxInFlight(), Invariant.REASONS, "there was room", cancel);
                require(attempt == account.oldestInFlight(), Invariant.REASONS, "not the oldest", cancel);
                evicting = true;
            }
            case TIMEOUT -> {
                require(!isDecided(), Invariant.NOTHING_AFTER_THE_END, "timed out", cancel);
                require(now >= rule.timesOutAt(attempt), Invariant.ATTEMPT_TIME, "before its time", cancel);
                attempt.error = ErrorCode.TIMED_OUT;
                after = Account.State.FAILED;
            }
            case LOST, DEADLINE, CANCELLED -> {
                require(ending == null || ending == cancel.reason(), Invariant.REASONS, "two reasons", cancel);
                ending = cancel.reason();
            }
        }
        lessons.other(cancel);
        lessons.cancelled(attempt, cancel.reason(), now);
        attempt.state = after;
        attempt.endedAt = now;
    }

    private void closeLate(RaceAction.CloseLate late) {
        Account.Attempt attempt = present(account.attempt(late.attempt()), Invariant.ONE_END, "unknown", late);
        require(attempt.state == Account.State.CONNECTED, Invariant.ONE_END, "not connected", late);
        require(
                ending == null || ending == RaceAction.CancelReason.LOST,
                Invariant.REASONS,
                "closed late although nobody won",
                late);
        ending = RaceAction.CancelReason.LOST;
        attempt.state = Account.State.CLOSED_LATE;
        lessons.other(late);
    }

    private void won(RaceAction.Won won, long now) {
        Account.Attempt attempt = present(account.attempt(won.attempt()), Invariant.ONE_END, "unknown", won);
        require(attempt.state != Account.State.READYING, Invariant.READINESS, "not ready yet", won);
        require(attempt.state == Account.State.CONNECTED, Invariant.ONE_END, "not connected", won);
        Account.Attempt better = account.best(Account.State.CLOSED_LATE);
        require(
                better == null || attempt.address.isBetterThan(better.address),
                Invariant.ORDER,
                "a better ranked connection was closed",
                won);
        attempt.state = Account.State.WON;
        require(
                ending == null || ending == RaceAction.CancelReason.LOST,
                Invariant.REASONS,
                "won, but attempts were given up for",
                ending);
        over(won, now);
    }

    private void failed(RaceAction.Failed failed, long now) {
        Account.Address left = rule.next();
        boolean exhausted = left == null && !account.anyPending();
        require(
                account.reserveIsAsked() || failed.reason() != RaceAction.FailReason.RESOLUTION,
                Invariant.RESERVE,
                "not asked for",
                failed);
        if (failed.reason() == RaceAction.FailReason.CONNECT && account.addresses.size() > settings.maxAddresses()) {
            checkShare(AddressFamily.INET6, failed);
            checkShare(AddressFamily.INET, failed);
        }
        boolean fits = switch (failed.reason()) {
            case RESOLUTION -> exhausted && account.attempts.isEmpty();
            case CONNECT -> exhausted && !account.attempts.isEmpty();
            case DEADLINE -> now >= account.deadlineAt();
            case CANCELLED -> account.cancelled != null;
            case BUG -> account.bug;
        };
        boolean remembered = left != null && !left.candidate.path().equals(KnownPath.NONE);
        require(fits || !remembered, Invariant.MEMORY, "left out", left);
        require(fits, Invariant.REASONS, "not the reason", failed);
        boolean reasonOfCancels = switch (failed.reason()) {
            case RESOLUTION, CONNECT -> !isDecided();
            case DEADLINE -> ending == null || ending == RaceAction.CancelReason.DEADLINE;
            case CANCELLED, BUG -> ending == null || ending == RaceAction.CancelReason.CANCELLED;
        };
        require(reasonOfCancels, Invariant.REASONS, "failed, but attempts were given up for", ending);
        require(account.best(Account.State.CONNECTED) == null, Invariant.REACH, "a connection was at hand", failed);
        require(
                account.best(Account.State.CLOSED_LATE) == null,
                Invariant.REACH,
                "a connection was thrown away",
                failed);
        over(failed, now);
    }

    /** A family that has not had its share was late: the other had all places but its own. */
    private void checkShare(AddressFamily family, RaceAction.Failed failed) {
        boolean had = account.triedOf(family) >= Share.of(account, family)
                || account.attempts.size() >= settings.maxAddresses();
        require(had, Invariant.FAMILY_SHARE, "not all of the places kept for a family were used", failed);
    }

    private void over(RaceAction action, long now) {
        terminal = action;
        terminalAt = now;
        for (Account.Attempt attempt : account.attempts) {
            require(
                    !attempt.isInFlight() && attempt.state != Account.State.CONNECTED,
                    Invariant.ONE_END,
                    "without an end",
                    attempt.address);
        }
        require(!account.anyPending(), Invariant.ONE_END, "a lookup is left running after", action);
        lessons.other(action);
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
        require(now < account.deadlineAt(), Invariant.DEADLINE, "not over at the deadline");
        require(account.best(Account.State.CONNECTED) == null, Invariant.REACH, "connected and not won");
        require(account.cancelled == null && !account.bug, Invariant.ONE_TERMINAL, "given up and not over");
        lessons.idle();
        checkNothingIsDue(now);
        boolean pending = account.anyPending();
        boolean left = rule.next() != null;
        int inFlight = account.inFlight();
        require(
                pending || left || inFlight > 0,
                account.attempts.isEmpty() ? Invariant.NEGATIVE_ENDS : Invariant.ONE_TERMINAL,
                "nothing is left and it is not over");
        boolean isLast = !pending && !left && inFlight == 1 && rule.timesOutAt(account.oldestInFlight()) == NEVER;
        require(lastAttempt == isLast, Invariant.REASONS, "the last attempt is not told rightly", lastAttempt);
        require(nextDeadline > now, Invariant.WAKES_LATER, "nanoseconds", nextDeadline);
        checkWakesInTime(nextDeadline);
    }

    private void checkWakesInTime(long nextDeadline) {
        long due = Math.min(rule.dueAt(), account.deadlineAt());
        for (Account.Lookup lookup : account.lookups) {
            due = lookup.pending ? Math.min(due, lookup.timesOutAt) : due;
        }
        for (Account.Attempt attempt : account.attempts) {
            due = attempt.isInFlight() ? Math.min(due, rule.timesOutAt(attempt)) : due;
        }
        if (nextDeadline > due) {
            throw new Violation(Invariant.WAKES_IN_TIME, wakes(nextDeadline, due));
        }
        if (nextDeadline < due && account.addresses.stream().anyMatch(this::isLate)) {
            throw new Violation(Invariant.LATE_ANSWER, wakes(nextDeadline, due));
        }
        if (nextDeadline < due && wakesInVain == null) {
            wakesInVain = wakes(nextDeadline, due);
        }
    }

    private static String wakes(long at, long due) {
        return "wakes at " + Millis.text(at) + ", due at " + Millis.text(due);
    }

    private void checkNothingIsDue(long now) {
        long due = rule.dueAt();
        if (due <= now) {
            Invariant broken = !account.attempts.isEmpty()
                    ? Invariant.START_RULE
                    : rule.hasPromising(account.preferred) ? Invariant.PREFERRED_AT_ONCE : Invariant.RESOLUTION_DELAY;
            throw new Violation(broken, "a start was due at " + Millis.text(due) + ": " + rule.next());
        }
        require(!rule.isReserveDue(), Invariant.RESERVE, "not asked for", account.reserve);
        for (Account.Lookup lookup : account.lookups) {
            require(lookup.asked, Invariant.REASONS, "not asked", lookup.family);
            require(
                    !lookup.pending || now < lookup.timesOutAt,
                    Invariant.START_RULE,
                    "a lookup is waited for longer than allowed");
        }
        for (Account.Attempt attempt : account.attempts) {
            require(
                    !attempt.isInFlight() || now < rule.timesOutAt(attempt),
                    Invariant.ATTEMPT_TIME,
                    "waited for longer than allowed",
                    attempt.address);
        }
    }

    /** What the race says of itself; to be told after {@link #idle}. */
    void state(Race.State state) {
        Race.State expected;
        if (terminal != null) {
            expected = Race.State.DONE;
        } else if (account.attempts.isEmpty()) {
            expected = rule.next() == null ? Race.State.RESOLVING : Race.State.GATED;
        } else {
            expected = account.inFlight() > 0 || rule.next() != null ? Race.State.RACING : Race.State.STARVED;
        }
        require(state == expected, Invariant.STATE, "not so", state);
    }

    // ---- the trace

    /** The listener of the race is told something. */
    void traceEvent(TraceEvent event) {
        story.told(event);
    }

    /** The dial is over and this is its story. */
    void trace(@Nullable Trace trace) {
        story.whole(trace, terminal, terminalAt);
        if (wakesInVain != null) {
            throw new Violation(Invariant.WAKES_IN_TIME, wakesInVain);
        }
    }

    // ---- helpers

    private static AddressFamily otherFamily(AddressFamily family) {
        return family == AddressFamily.INET6 ? AddressFamily.INET : AddressFamily.INET6;
    }

    /** Whether the race has begun to clear up. */
    private boolean isDecided() {
        return ending != null || lookupsGivenUp;
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
