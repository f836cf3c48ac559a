package dev.prise.simulation;

import static dev.prise.simulation.Millis.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.prise.address.AddressFamily;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private final List<RaceAction.StartAttempt> started = new ArrayList<>();
    private final List<Long> startedAtMillis = new ArrayList<>();

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

    /** It connects, and its lesson is given. */
    private void connected(long millis, int attempt) {
        checker.event(new RaceEvent.Connected(attempt), millis * MILLI);
        learn(millis, attempt, Lesson.Kind.ROUND_TRIP, null);
    }

    /** It reaches its peer and has to show that it is ready, and its lesson is given. */
    private void reached(long millis, int attempt) {
        checker.event(new RaceEvent.TransportConnected(attempt), millis * MILLI);
        learn(millis, attempt, Lesson.Kind.ROUND_TRIP, null);
    }

    /** It is refused, and its lesson is given. */
    private void refused(long millis, int attempt) {
        checker.event(
                new RaceEvent.AttemptFailed(
                        attempt, RaceEvent.FailureKind.NETWORK, ErrorCode.CONNECTION_REFUSED, "refused"),
                millis * MILLI);
        learn(millis, attempt, Lesson.Kind.FAILED, ErrorCode.CONNECTION_REFUSED);
    }

    /** A lesson whose time is that since the start of the attempt. */
    private void learn(long millis, int attempt, Lesson.Kind kind, @Nullable ErrorCode code) {
        RaceAction.StartAttempt start = started.get(attempt - 1);
        long nanos = (millis - startedAtMillis.get(attempt - 1)) * MILLI;
        checker.action(new RaceAction.Learn(attempt, start.candidate(), new Lesson(kind, nanos, code)), millis * MILLI);
    }

    private void start(long millis, int attempt, Candidate candidate, Trace.Why why) {
        RaceAction.StartAttempt start = new RaceAction.StartAttempt(attempt, candidate, why);
        checker.action(start, millis * MILLI);
        started.add(start);
        startedAtMillis.add(millis);
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
        learn(300, 1, Lesson.Kind.UNANSWERED, null);
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
        learn(500, 2, Lesson.Kind.LONGER_THAN, null);
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
    @DisplayName("16: an address that was taken back, until it is given again")
    void takenBack() {
        name();
        answer(0, 1, SIX_A, SIX_B);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        checker.event(new RaceEvent.AddressesRemoved(List.of(SIX_A.address(), SIX_B.address())), 100 * MILLI);
        assertViolates(Invariant.TAKEN_BACK, () -> start(250, 2, SIX_B, Trace.Why.DELAY));
        idle(250, 10_000);
        checker.event(new RaceEvent.Answered(2, List.of(FOUR_A)), 300 * MILLI);
        start(300, 2, FOUR_A, Trace.Why.LATE_ANSWER);
    }

    @Test
    @DisplayName("17: an address is left out for what is remembered of it")
    void leftOut() {
        Candidate troubled = FOUR_A.withPath(new KnownPath(KnownPath.NO_RTT, KnownPath.NO_RTT, false, "refused"));
        literals(SIX_A, troubled);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        refused(20, 1);
        assertViolates(Invariant.MEMORY, () -> failed(20, RaceAction.FailReason.CONNECT));
        start(20, 2, troubled, Trace.Why.FAILURE);
    }

    @Test
    @DisplayName(
            "an attempt that has to show that it is ready: wins before, does not put the next one off, or too long")
    void readiness() {
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        reached(100, 1);
        assertViolates(Invariant.READINESS, () -> won(100, 1));
        assertViolates(Invariant.START_RULE, () -> start(250, 2, FOUR_A, Trace.Why.DELAY));
        assertViolates(Invariant.WAKES_IN_TIME, () -> idle(100, 351));
        idle(100, 350);
        start(350, 2, FOUR_A, Trace.Why.DELAY);
        reached(590, 2);
        // two round trips and 50 ms are longer than the delay
        checker.idle(30_000 * MILLI, false, 590 * MILLI);
        checker.event(new RaceEvent.Connected(2), 600 * MILLI);
        learn(600, 1, Lesson.Kind.NOT_READY, ErrorCode.TIMED_OUT);
        cancel(600, 1, RaceAction.CancelReason.LOST);
        won(600, 2);
    }

    @Test
    @DisplayName("quickening: too soon, too late, or not ended by an answer")
    void quickening() {
        checker = checker(RaceSettings.builder().quickenAfter(1).build());
        literals(SIX_A, SIX_B, FOUR_A, FOUR_B);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.START_RULE, () -> start(249, 2, FOUR_A, Trace.Why.DELAY));
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        idle(250, 425);
        assertViolates(Invariant.START_RULE, () -> start(424, 3, SIX_B, Trace.Why.DELAY));
        assertViolates(Invariant.START_RULE, () -> idle(425, 500));
        refused(300, 1);
        assertViolates(Invariant.START_RULE, () -> start(425, 3, SIX_B, Trace.Why.DELAY));
        idle(425, 500);
        start(500, 3, SIX_B, Trace.Why.DELAY);
        idle(500, 750);
    }

    @Test
    @DisplayName("a known round trip and attempts under way make the delay")
    void delays() {
        checker = checker(RaceSettings.EAGER);
        Candidate warm = SIX_A.withPath(new KnownPath(200 * MILLI, 30 * MILLI, true, null));
        literals(warm, FOUR_A, SIX_B);
        start(0, 1, warm, Trace.Why.FIRST);
        assertViolates(Invariant.WAKES_IN_TIME, () -> idle(0, 331));
        idle(0, 330);
        start(330, 2, FOUR_A, Trace.Why.DELAY);
        assertViolates(Invariant.START_RULE, () -> start(430, 3, SIX_B, Trace.Why.DELAY));
        start(530, 3, SIX_B, Trace.Why.DELAY);
    }

    @Test
    @DisplayName("a crowded address before another one, and both families with crowded ones between")
    void crowded() {
        literals(SIX_A, FOUR_A, SIX_B);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        checker.event(new RaceEvent.Crowded(FOUR_A.address(), true), 10 * MILLI);
        assertViolates(Invariant.ORDER, () -> start(250, 2, FOUR_A, Trace.Why.DELAY));
        start(250, 2, SIX_B, Trace.Why.DELAY);
        start(500, 3, FOUR_A, Trace.Why.DELAY);
    }

    @Test
    @DisplayName("the reserve: too soon, never, or another family")
    void reserve() {
        checker.event(new RaceEvent.Start(List.of(AddressFamily.INET), List.of(AddressFamily.INET6), List.of()), 0);
        checker.action(new RaceAction.StartLookup(1, AddressFamily.INET), 0);
        RaceAction ask = new RaceAction.StartLookup(2, AddressFamily.INET6);
        assertViolates(Invariant.RESERVE, () -> checker.action(ask, 10 * MILLI));
        lastAnswer(20, 1);
        assertViolates(Invariant.RESERVE, () -> idle(20, 30_000));
        assertViolates(Invariant.RESERVE, () -> failed(20, RaceAction.FailReason.RESOLUTION));
        checker.action(ask, 20 * MILLI);
        idle(20, 30_000);
        lastAnswer(30, 2);
        failed(30, RaceAction.FailReason.RESOLUTION);
    }

    @Test
    @DisplayName("sequential: an attempt beside another one, and the share of the time")
    void sequential() {
        checker = checker(RaceSettings.builder()
                .sequential(true)
                .deadlineNanos(12_000 * MILLI)
                .build());
        literals(SIX_A, FOUR_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        assertViolates(Invariant.START_RULE, () -> start(250, 2, FOUR_A, Trace.Why.DELAY));
        assertViolates(Invariant.ATTEMPT_TIME, () -> cancel(5_999, 1, RaceAction.CancelReason.TIMEOUT));
        assertViolates(Invariant.ATTEMPT_TIME, () -> idle(6_000, 12_000));
        idle(0, 6_000);
        learn(6_000, 1, Lesson.Kind.UNANSWERED, null);
        cancel(6_000, 1, RaceAction.CancelReason.TIMEOUT);
        start(6_000, 2, FOUR_A, Trace.Why.FAILURE);
    }

    @Test
    @DisplayName("sequential: an address that comes while an attempt runs shares its time")
    void sequentialLateAddress() {
        checker = checker(RaceSettings.builder()
                .sequential(true)
                .deadlineNanos(12_000 * MILLI)
                .build());
        name();
        answer(0, 1, SIX_A);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        idle(0, 10_000);
        answer(1_000, 2, FOUR_A);
        assertViolates(Invariant.ATTEMPT_TIME, () -> cancel(5_999, 1, RaceAction.CancelReason.TIMEOUT));
        assertViolates(Invariant.ATTEMPT_TIME, () -> idle(6_000, 12_000));
        idle(1_000, 6_000);
    }

    @Test
    @DisplayName("lessons: none, a wrong time, twice, one without a reason, a loser that had no chance")
    void lessons() {
        literals(SIX_A, FOUR_A, SIX_B);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        start(500, 3, SIX_B, Trace.Why.DELAY);
        learn(500, 1, Lesson.Kind.UNANSWERED, null);
        assertViolates(Invariant.LESSONS, () -> checker.idle(30_000 * MILLI, false, 500 * MILLI));
        assertViolates(Invariant.ONE_END, () -> learn(500, 2, Lesson.Kind.UNANSWERED, null));
    }

    @Test
    @DisplayName("lessons of a connection and of those that lost to it")
    void lessonsOfTheEnd() {
        literals(SIX_A, FOUR_A, SIX_B);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        start(500, 3, SIX_B, Trace.Why.DELAY);
        checker.event(new RaceEvent.Connected(2), 510 * MILLI);
        assertViolates(Invariant.LESSONS, () -> cancel(510, 1, RaceAction.CancelReason.LOST));
        assertViolates(Invariant.LESSONS, () -> learn(511, 2, Lesson.Kind.ROUND_TRIP, null));
    }

    @Test
    @DisplayName("lessons of an attempt that lost: without its delay and twice the winner's round trip it says little")
    void lessonsOfALoser() {
        literals(SIX_A, FOUR_A, SIX_B);
        start(0, 1, SIX_A, Trace.Why.FIRST);
        start(250, 2, FOUR_A, Trace.Why.DELAY);
        start(500, 3, SIX_B, Trace.Why.DELAY);
        connected(510, 2);
        // twice the winner's round trip are 520 ms
        learn(510, 1, Lesson.Kind.UNANSWERED, null);
        assertViolates(Invariant.LESSONS, () -> cancel(510, 1, RaceAction.CancelReason.LOST));
    }

    @Test
    @DisplayName("a state that it is not in")
    void state() {
        name();
        idle(0, 10_000);
        checker.state(Race.State.RESOLVING);
        assertViolates(Invariant.STATE, () -> checker.state(Race.State.GATED));
        answer(10, 2, FOUR_A);
        checker.state(Race.State.GATED);
        start(60, 1, FOUR_A, Trace.Why.FIRST);
        checker.state(Race.State.RACING);
        refused(80, 1);
        checker.state(Race.State.STARVED);
        answer(90, 1);
        failed(90, RaceAction.FailReason.CONNECT);
        checker.state(Race.State.DONE);
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
