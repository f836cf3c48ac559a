package dev.prise.simulation;

import static dev.prise.simulation.Millis.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The checker lets a right log pass and finds what is wrong in wrong ones, each written by hand. Times are milliseconds. */
class InvariantCheckerTest {
    private static final Candidate SIX_A = candidate(Place.Kind.GLOBAL_6, 0);
    private static final Candidate SIX_B = candidate(Place.Kind.GLOBAL_6, 1);
    private static final Candidate SIX_C = candidate(Place.Kind.GLOBAL_6, 2);
    private static final Candidate FOUR_A = candidate(Place.Kind.GLOBAL_4, 0);
    private static final Candidate FOUR_B = candidate(Place.Kind.GLOBAL_4, 1);
    private static final Candidate FOUR_C = candidate(Place.Kind.GLOBAL_4, 2);

    private static Candidate candidate(Place.Kind kind, int number) {
        return Place.of(kind, number).candidate();
    }

    private InvariantChecker checker = checker(RaceSettings.DEFAULT);

    private static InvariantChecker checker(RaceSettings settings) {
        return new InvariantChecker(settings, candidate -> candidate.address().family() == AddressFamily.INET6 ? 1 : 2);
    }

    // ---- a log, line by line

    private void literals(Candidate... known) {
        checker.event(new RaceEvent.Start(List.of(), List.of(known)), 0);
    }

    private void name() {
        checker.event(new RaceEvent.Start(List.of(AddressFamily.INET6, AddressFamily.INET), List.of()), 0);
        checker.action(new RaceAction.StartLookup(1, AddressFamily.INET6), 0);
        checker.action(new RaceAction.StartLookup(2, AddressFamily.INET), 0);
    }

    private void answer(long millis, int lookup, Candidate... candidates) {
        checker.event(new RaceEvent.Answered(lookup, List.of(candidates)), millis * MILLI);
        checker.event(new RaceEvent.LookupEnded(lookup), millis * MILLI);
    }

    /** An answer with which the lookup ends. */
    private void lastAnswer(long millis, int lookup, Candidate... candidates) {
        checker.event(new RaceEvent.Answered(lookup, List.of(candidates), true), millis * MILLI);
    }

    private void connected(long millis, int attempt) {
        checker.event(new RaceEvent.Connected(attempt), millis * MILLI);
    }

    private void refused(long millis, int attempt) {
        checker.event(
                new RaceEvent.AttemptFailed(
                        attempt, RaceEvent.FailureKind.NETWORK, ErrorCode.CONNECTION_REFUSED, "refused"),
                millis * MILLI);
    }

    private void start(long millis, int attempt, Candidate candidate, Trace.Why why) {
        checker.action(new RaceAction.StartAttempt(attempt, candidate, why), millis * MILLI);
    }

    private void cancel(long millis, int attempt, RaceAction.CancelReason reason) {
        checker.action(new RaceAction.CancelAttempt(attempt, reason), millis * MILLI);
    }

    private void won(long millis, int attempt) {
        checker.action(new RaceAction.Won(attempt), millis * MILLI);
    }

    private void failed(long millis, RaceAction.FailReason reason) {
        checker.action(new RaceAction.Failed(reason), millis * MILLI);
    }

    private void idle(long millis, long wakeAtMillis) {
        checker.idle(wakeAtMillis * MILLI, false, millis * MILLI);
    }

    private static void assertViolates(Invariant invariant, Runnable last) {
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(last::run)
                .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(invariant));
    }

    // ---- right

    @Test
    @DisplayName("a right log passes")
    void right() {
        name();
        idle(0, 10_000);
        answer(10, 2, FOUR_A);
        idle(10, 60);
        answer(30, 1, SIX_A);
        start(30, 1, SIX_A, Trace.Why.FIRST);
        idle(30, 280);
        start(280, 2, FOUR_A, Trace.Why.DELAY);
        checker.idle(30_000 * MILLI, false, 280 * MILLI);
        connected(300, 2);
        cancel(300, 1, RaceAction.CancelReason.LOST);
        won(300, 2);
        checker.idle(Long.MAX_VALUE, false, 300 * MILLI);
        assertThat(checker.hasWon()).isTrue();
        assertThat(checker.overAtNanos()).isEqualTo(300 * MILLI);
        assertThat(checker.starts()).hasSize(2);
    }

    @Test
    @DisplayName("a right log passes in which lookups end together with their answers")
    void rightWithLastAnswers() {
        name();
        lastAnswer(10, 2, FOUR_A);
        idle(10, 60);
        lastAnswer(30, 1);
        start(30, 1, FOUR_A, Trace.Why.FIRST);
        // neither counts any more
        lastAnswer(40, 1, SIX_A);
        answer(40, 2, FOUR_B);
        checker.idle(30_000 * MILLI, true, 40 * MILLI);
        refused(50, 1);
        failed(50, RaceAction.FailReason.CONNECT);
    }

    @Test
    @DisplayName("a right log passes in which a family comes too late for its share")
    void rightWithoutAShare() {
        checker = checker(RaceSettings.DEFAULT.withCaps(20, 3));
        name();
        lastAnswer(0, 1, SIX_A, SIX_B, SIX_C);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, SIX_B, Trace.Why.DELAY);
        start(500, 3, SIX_C, Trace.Why.DELAY);
        lastAnswer(600, 2, FOUR_A);
        idle(600, 30_000);
        refused(700, 1);
        refused(700, 2);
        refused(700, 3);
        failed(700, RaceAction.FailReason.CONNECT);
    }

    // ---- wrong

    @Test
    @DisplayName("1: two starts 5 ms apart")
    void floor() {
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        refused(1, 1);
        assertViolates(Invariant.FLOOR, () -> start(5, 2, FOUR_A, Trace.Why.FAILURE));
    }

    @Test
    @DisplayName("2: one more in flight than the cap")
    void cap() {
        checker = checker(RaceSettings.DEFAULT.withCaps(1, 20));
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.IN_FLIGHT_CAP, () -> start(4_000, 2, FOUR_A, Trace.Why.DELAY));
    }

    @Test
    @DisplayName("3: an address twice")
    void once() {
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.ONCE, () -> start(250, 2, SIX_A, Trace.Why.DELAY));
    }

    @Test
    @DisplayName("4: two terminal actions, or none")
    void oneTerminal() {
        literals(SIX_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        refused(20, 1);
        assertViolates(Invariant.ONE_TERMINAL, () -> idle(20, 30_000));
        failed(20, RaceAction.FailReason.CONNECT);
        assertViolates(Invariant.ONE_TERMINAL, () -> failed(20, RaceAction.FailReason.CONNECT));
    }

    @Test
    @DisplayName("5: an attempt without an end, or with two")
    void oneEnd() {
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        refused(260, 2);
        assertViolates(Invariant.ONE_END, () -> cancel(260, 2, RaceAction.CancelReason.LOST));
        assertViolates(Invariant.ONE_END, () -> won(260, 1));
        assertViolates(Invariant.ONE_END, () -> won(260, 3));
        checker.event(new RaceEvent.Cancel(ErrorCode.CANCELLED), 270 * MILLI);
        assertViolates(Invariant.ONE_END, () -> failed(270, RaceAction.FailReason.CANCELLED));
    }

    @Test
    @DisplayName("5: a lookup left running")
    void lookupLeftRunning() {
        name();
        answer(10, 1, SIX_A);
        start(10, 1, SIX_A, Trace.Why.FIRST);
        connected(20, 1);
        assertViolates(Invariant.ONE_END, () -> won(20, 1));
    }

    @Test
    @DisplayName("6: a start after the end, and after the losers were cancelled")
    void nothingAfterTheEnd() {
        literals(SIX_A, SIX_B, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        connected(500, 1);
        cancel(500, 2, RaceAction.CancelReason.LOST);
        assertViolates(Invariant.NOTHING_AFTER_THE_END, () -> start(500, 3, SIX_B, Trace.Why.DELAY));
        won(500, 1);
        assertViolates(Invariant.NOTHING_AFTER_THE_END, () -> start(750, 3, SIX_B, Trace.Why.DELAY));
    }

    @Test
    @DisplayName("7: a wait beyond the Resolution Delay")
    void resolutionDelay() {
        name();
        answer(10, 2, FOUR_A);
        idle(59, 60);
        assertViolates(Invariant.RESOLUTION_DELAY, () -> idle(60, 61));
    }

    @Test
    @DisplayName("7: no wait at all")
    void noResolutionDelay() {
        name();
        answer(10, 2, FOUR_A);
        assertViolates(Invariant.START_RULE, () -> start(59, 1, FOUR_A, Trace.Why.FIRST));
    }

    @Test
    @DisplayName("8: a preferred address that is not attempted at once")
    void preferredAtOnce() {
        name();
        answer(10, 1, SIX_A);
        assertViolates(Invariant.PREFERRED_AT_ONCE, () -> idle(10, 11));
    }

    @Test
    @DisplayName("12: all negative and not over")
    void negativeEnds() {
        name();
        answer(10, 1);
        idle(10, 10_000);
        answer(30, 2);
        assertViolates(Invariant.NEGATIVE_ENDS, () -> idle(30, 30_000));
    }

    @Test
    @DisplayName("12: all negative in answers that are the last, and not over")
    void emptyLastAnswersEnd() {
        name();
        lastAnswer(10, 1);
        idle(10, 10_000);
        lastAnswer(30, 2);
        assertViolates(Invariant.NEGATIVE_ENDS, () -> idle(30, 30_000));
    }

    @Test
    @DisplayName("7: a wait for a lookup that has ended with its answer")
    void waitForAnEndedLookup() {
        name();
        lastAnswer(10, 2, FOUR_A);
        lastAnswer(30, 1);
        assertViolates(Invariant.RESOLUTION_DELAY, () -> idle(30, 60));
    }

    @Test
    @DisplayName("15: an address of an answer after the last one")
    void answerAfterTheLast() {
        name();
        lastAnswer(10, 1);
        answer(20, 1, SIX_A);
        assertViolates(Invariant.REASONS, () -> start(20, 1, SIX_A, Trace.Why.FIRST));
        lastAnswer(30, 2, FOUR_A);
        assertViolates(Invariant.ONE_END, () -> checker.action(new RaceAction.CancelLookup(2), 30 * MILLI));
    }

    @Test
    @DisplayName("the share of a family: its places are taken by the other")
    void familyShareTaken() {
        checker = checker(RaceSettings.DEFAULT.withFirstFamilyCount(8).withCaps(20, 3));
        literals(SIX_A, SIX_B, SIX_C, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, SIX_B, Trace.Why.DELAY);
        assertViolates(Invariant.FAMILY_SHARE, () -> start(500, 3, SIX_C, Trace.Why.DELAY));
        start(500, 3, FOUR_A, Trace.Why.DELAY);
    }

    @Test
    @DisplayName("the share of a family: its places stay empty")
    void familyShareNotUsed() {
        checker = checker(RaceSettings.DEFAULT.withCaps(20, 3));
        literals(SIX_A, FOUR_A, FOUR_B, FOUR_C);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        refused(20, 1);
        assertViolates(Invariant.FAMILY_SHARE, () -> failed(20, RaceAction.FailReason.CONNECT));
        start(20, 2, FOUR_A, Trace.Why.FAILURE);
        refused(40, 2);
        // the share has been used, but not all places
        assertViolates(Invariant.REASONS, () -> failed(40, RaceAction.FailReason.CONNECT));
        start(40, 3, FOUR_B, Trace.Why.FAILURE);
        refused(60, 3);
        assertViolates(Invariant.START_RULE, () -> start(60, 4, FOUR_C, Trace.Why.FAILURE));
        failed(60, RaceAction.FailReason.CONNECT);
    }

    @Test
    @DisplayName("the share of a family counts from when it is there, for what is left")
    void familyShareOfALateFamily() {
        checker = checker(RaceSettings.DEFAULT.withFirstFamilyCount(8).withCaps(20, 3));
        name();
        lastAnswer(0, 1, SIX_A, SIX_B, SIX_C);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, SIX_B, Trace.Why.DELAY);
        lastAnswer(300, 2, FOUR_A);
        assertViolates(Invariant.FAMILY_SHARE, () -> start(500, 3, SIX_C, Trace.Why.DELAY));
        start(500, 3, FOUR_A, Trace.Why.DELAY);
    }

    @Test
    @DisplayName("a late answer pulls a start forward, its own or another one's, or the timer")
    void lateAnswerPullsForward() {
        name();
        answer(0, 1, SIX_A, SIX_B);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        answer(100, 2, FOUR_A);
        assertViolates(Invariant.LATE_ANSWER, () -> start(100, 2, FOUR_A, Trace.Why.LATE_ANSWER));
        assertViolates(Invariant.LATE_ANSWER, () -> start(100, 2, SIX_B, Trace.Why.LATE_ANSWER));
        assertViolates(Invariant.LATE_ANSWER, () -> start(249, 2, FOUR_A, Trace.Why.LATE_ANSWER));
        assertViolates(Invariant.LATE_ANSWER, () -> idle(100, 249));
        idle(100, 250);
        start(250, 2, FOUR_A, Trace.Why.DELAY);
    }

    @Test
    @DisplayName("a late answer starts at once when the newest attempt has failed, and after the delay")
    void lateAnswerInTime() {
        name();
        answer(0, 1, SIX_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        checker.event(new RaceEvent.Answered(2, List.of(FOUR_A)), 300 * MILLI);
        assertViolates(Invariant.START_RULE, () -> idle(300, 400));
        assertViolates(Invariant.REASONS, () -> start(300, 2, FOUR_A, Trace.Why.DELAY));
        start(300, 2, FOUR_A, Trace.Why.LATE_ANSWER);
        refused(320, 2);
        lastAnswer(330, 2, FOUR_B);
        assertViolates(Invariant.START_RULE, () -> idle(330, 550));
        assertViolates(Invariant.REASONS, () -> start(330, 3, FOUR_B, Trace.Why.FAILURE));
        start(330, 3, FOUR_B, Trace.Why.LATE_ANSWER);
    }

    @Test
    @DisplayName("an answer that was there in time is not late")
    void notLate() {
        name();
        answer(0, 1, SIX_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        answer(100, 2, FOUR_A, FOUR_B);
        assertViolates(Invariant.REASONS, () -> start(250, 2, FOUR_A, Trace.Why.LATE_ANSWER));
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        refused(300, 2);
        assertViolates(Invariant.REASONS, () -> start(300, 3, FOUR_B, Trace.Why.LATE_ANSWER));
    }

    @Test
    @DisplayName("13: one family only, while the other waits")
    void bothFamilies() {
        checker = checker(RaceSettings.DEFAULT.withFirstFamilyCount(2));
        literals(SIX_A, SIX_B, SIX_C, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, SIX_B, Trace.Why.DELAY);
        assertViolates(Invariant.BOTH_FAMILIES, () -> start(500, 3, SIX_C, Trace.Why.DELAY));
    }

    @Test
    @DisplayName("14: wants to be woken at the time of the poll")
    void wakesLater() {
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.WAKES_LATER, () -> idle(100, 100));
    }

    @Test
    @DisplayName("wants to be woken after what is due")
    void wakesInTime() {
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        idle(0, 250);
        assertViolates(Invariant.WAKES_IN_TIME, () -> idle(0, 251));
    }

    @Test
    @DisplayName("the start rule: too early, too late, after an older one's failure, after a connection")
    void startRule() {
        literals(SIX_A, SIX_B, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.START_RULE, () -> start(249, 2, FOUR_A, Trace.Why.DELAY));
        assertViolates(Invariant.START_RULE, () -> idle(250, 251));
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        refused(300, 1);
        assertViolates(Invariant.START_RULE, () -> start(300, 3, SIX_B, Trace.Why.DELAY));
        connected(310, 2);
        assertViolates(Invariant.START_RULE, () -> start(600, 3, SIX_B, Trace.Why.DELAY));
        assertViolates(Invariant.REACH, () -> idle(310, 500));
    }

    @Test
    @DisplayName("an address out of its order, and the lesser of two connections")
    void order() {
        literals(SIX_A, SIX_B, FOUR_A, FOUR_B);
        assertViolates(Invariant.ORDER, () -> start(0, 1, FOUR_A, Trace.Why.FIRST));
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.ORDER, () -> start(250, 2, FOUR_B, Trace.Why.DELAY));
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        connected(300, 1);
        connected(300, 2);
        checker.action(new RaceAction.CloseLate(1), 300 * MILLI);
        assertViolates(Invariant.ORDER, () -> won(300, 2));
    }

    @Test
    @DisplayName("the deadline passes")
    void deadline() {
        literals(SIX_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        checker.idle(30_000 * MILLI, true, 0);
        assertViolates(Invariant.DEADLINE, () -> idle(30_000, 30_001));
    }

    @Test
    @DisplayName("reasons that are not so")
    void reasons() {
        literals(SIX_A, FOUR_A);
        assertViolates(Invariant.REASONS, () -> start(0, 1, SIX_A, Trace.Why.DELAY));
        assertViolates(Invariant.REASONS, () -> start(0, 2, SIX_A, Trace.Why.FIRST));
        assertViolates(Invariant.REASONS, () -> start(0, 1, SIX_B, Trace.Why.FIRST));
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.REASONS, () -> cancel(250, 1, RaceAction.CancelReason.EVICTED));
        assertViolates(Invariant.REASONS, () -> failed(250, RaceAction.FailReason.CONNECT));
        assertViolates(Invariant.REASONS, () -> failed(250, RaceAction.FailReason.DEADLINE));
        assertViolates(Invariant.REASONS, () -> failed(250, RaceAction.FailReason.CANCELLED));
        assertViolates(Invariant.REASONS, () -> checker.idle(250 * MILLI, true, 0));
    }

    @Test
    @DisplayName("a lookup given up for no reason")
    void lookupGivenUp() {
        name();
        assertViolates(Invariant.REASONS, () -> checker.action(new RaceAction.CancelLookup(1), 10 * MILLI));
    }

    @Test
    @DisplayName("a connection thrown away")
    void reach() {
        literals(SIX_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        connected(20, 1);
        checker.event(new RaceEvent.Cancel(ErrorCode.CANCELLED), 20 * MILLI);
        assertViolates(Invariant.REACH, () -> failed(20, RaceAction.FailReason.CANCELLED));
    }

    @Test
    @DisplayName("a listener that is told of a start and not of an end")
    void trace() {
        TraceEvent begun = new TraceEvent.AttemptStarted(1, SIX_A.address(), Trace.Why.FIRST, 0);
        Trace.Attempt attempt =
                new Trace.Attempt(1, SIX_A.address(), Trace.Why.FIRST, 0, 1, Trace.AttemptOutcome.CANCELLED, null);
        assertViolates(Invariant.TRACE, () -> checker.traceEvent(new TraceEvent.AttemptEnded(attempt)));
        checker = checker(RaceSettings.DEFAULT);
        checker.traceEvent(begun);
        assertViolates(Invariant.TRACE, () -> checker.traceEvent(begun));
        Trace story = new Trace("h", "1", Trace.Outcome.FAILED, 1, null, null, List.of(), List.of(), List.of());
        assertViolates(Invariant.TRACE, () -> checker.traceEvent(new TraceEvent.DialEnded(story)));
        assertViolates(Invariant.TRACE, () -> checker.trace(null));
    }
}
