package dev.prise.simulation;

import static dev.prise.simulation.Account.plus;

import dev.prise.address.ErrorCode;
import dev.prise.race.Lesson;
import dev.prise.race.RaceAction;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Which lessons a race must give, and when: what an event has taught comes before all else that is done, what a cancelled attempt has
 * taught comes right before its cancel. Each that is due comes once.
 */
final class Lessons {
    private final Account account;
    private final Queue<Due> due = new ArrayDeque<>(4);

    /** Given, and to be followed by the cancel of its attempt. */
    private RaceAction.@Nullable Learn held;

    private record Due(Account.Attempt attempt, Lesson lesson) {
        @Override
        public String toString() {
            return lesson + " of attempt " + attempt.id;
        }
    }

    Lessons(Account account) {
        this.account = account;
    }

    // ---- what the race is told

    void reached(Account.Attempt attempt, long now) {
        due.add(new Due(attempt, new Lesson(Lesson.Kind.ROUND_TRIP, now - attempt.sentAt, null)));
    }

    void failed(Account.Attempt attempt, Lesson.Kind kind, ErrorCode code, long now) {
        due.add(new Due(attempt, new Lesson(kind, now - attempt.sentAt, code)));
    }

    // ---- what the race does

    void given(RaceAction.Learn learn) {
        checkFollowed(null);
        Due next = due.poll();
        if (next == null) {
            held = learn;
            return;
        }
        boolean same = learn.attempt() == next.attempt.id
                && learn.lesson().equals(next.lesson)
                && learn.candidate().equals(next.attempt.address.candidate);
        require(same, "another one was due", next);
    }

    /** Any other action. */
    void other(RaceAction action) {
        require(due.isEmpty(), "not given", due.peek());
        checkFollowed(action);
    }

    /** A lesson that no event has taught is that of an attempt which is given up next. */
    private void checkFollowed(@Nullable RaceAction action) {
        if (held == null || (action instanceof RaceAction.CancelAttempt cancel && cancel.attempt() == held.attempt())) {
            return;
        }
        boolean inVain = account.inFlight(held.attempt()) != null
                && held.lesson().kind() != Lesson.Kind.ROUND_TRIP
                && held.lesson().kind() != Lesson.Kind.FAILED;
        throw new Violation(inVain ? Invariant.ONE_END : Invariant.LESSONS, "given, and not given up: " + held);
    }

    /** An attempt is given up; it has not been marked as such yet. */
    void cancelled(Account.Attempt attempt, RaceAction.CancelReason reason, long now) {
        Lesson given = held == null ? null : held.lesson();
        Lesson expected = ofCancelled(attempt, reason, now);
        if (!Objects.equals(given, expected)) {
            throw new Violation(
                    Invariant.LESSONS, "attempt " + attempt.id + " taught " + given + " and not " + expected);
        }
        require(held == null || held.candidate().equals(attempt.address.candidate), "not of this address", held);
        held = null;
    }

    void idle() {
        require(due.isEmpty(), "never given", due.peek());
        require(held == null, "given without a reason", held);
    }

    private @Nullable Lesson ofCancelled(Account.Attempt attempt, RaceAction.CancelReason reason, long now) {
        long waited = now - attempt.sentAt;
        if (attempt.state == Account.State.READYING) {
            return now >= attempt.readyBy ? new Lesson(Lesson.Kind.NOT_READY, waited, ErrorCode.TIMED_OUT) : null;
        }
        long expected = plus(attempt.sentAt, attempt.delay);
        if (reason == RaceAction.CancelReason.LOST) {
            Account.Attempt winner = account.best(Account.State.CONNECTED);
            if (winner == null) {
                throw new Violation(Invariant.REASONS, attempt.address + " lost to nobody");
            }
            expected = Math.max(expected, attempt.sentAt + 2 * (winner.reachedAt - winner.sentAt));
        }
        return new Lesson(now >= expected ? Lesson.Kind.UNANSWERED : Lesson.Kind.LONGER_THAN, waited, null);
    }

    private static void require(boolean condition, String message, @Nullable Object detail) {
        if (!condition) {
            throw new Violation(Invariant.LESSONS, message + ": " + detail);
        }
    }
}
