package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The race of connection attempts (RFC 8305, and what draft-ietf-happy-happyeyeballs-v3 adds for TCP), as a pure state machine.
 *
 * <h2>How it works</h2>
 *
 * A race owns no socket, thread, clock or random source. It is told what happened and when ({@link #handle}), is asked what to do
 * next ({@link #poll}, until it answers null) and when to be asked again ({@link #nextDeadlineNanos}). All times are nanoseconds since
 * the dial began, and never go back. Timers fire by comparison, so waking it early or late does no harm. The same inputs give the same
 * outputs.
 *
 * <ul>
 *   <li><b>Commands and handlers</b> (the world tells it): {@link #handle}. It notes facts and decides nothing, so that of two
 *       connections in one batch of events the better ranked one wins.
 *   <li><b>Polls</b> (it asks the world): {@link #poll}, which decides.
 *   <li><b>Getters</b>: {@link #nextDeadlineNanos}, {@link #isDone}, {@link #isLastAttempt}, {@link #state}, {@link #trace}.
 * </ul>
 *
 * Which addresses there are and in which order is kept by {@code RaceCandidates}, how long to wait after an attempt is computed by
 * {@code AttemptPace}. The states are those of {@link State}; docs/race.md draws what leads from one to the other.
 *
 * <h2>Invariants</h2>
 *
 * The simulation checks them after every step.
 *
 * <ol>
 *   <li>An attempt that reaches the network never starts sooner after the first packet of another one than the floor, except when both go
 *       to loopback.
 *   <li>No more attempts are in flight than the cap.
 *   <li>No address is attempted twice.
 *   <li>There is exactly one terminal action, {@code Won} or {@code Failed}.
 *   <li>Every attempt started ends exactly once: won, failed, cancelled or closed late.
 *   <li>Nothing is started after the terminal action.
 *   <li>With an address in hand, nothing waits for another answer longer than the Resolution Delay.
 *   <li>An address of the preferred family that comes first, that this machine has a way to and against which nothing is known, is
 *       attempted at the same instant.
 *   <li>While racing and below the caps, one more address behind the others of its family postpones any other start by at most that
 *       address's delay; unless the delays of others depend on it, as with quickening, a delay multiplier or readiness.
 *   <li>A replay of the same inputs gives the same outputs.
 *   <li>Extra polls change nothing.
 *   <li>When all lookups are negative, the dial fails at the last of them, not at the deadline.
 *   <li>Of First Address Family Count + 1 starts in a row both families appear, while both have addresses left that are neither demoted
 *       nor crowded.
 *   <li>{@code nextDeadlineNanos} lies after the last poll.
 *   <li>Unknown and stale numbers are ignored.
 *   <li>An address that was taken back before its turn is not attempted, unless it is given again.
 *   <li>What is remembered reorders and paces; no address is left out for it.
 * </ol>
 *
 * <p>Experimental: it may change between minor versions. Not thread-safe: one driver, one race.
 */
public final class Race {
    private static final long NEVER = Long.MAX_VALUE;

    /** Go's net.Dialer divides the time left likewise, and never gives an address less. */
    private static final long LEAST_SHARE_NANOS = 2_000_000_000L;

    private final RaceSettings settings;
    private final TraceRecorder recorder;
    private final AddressFamily preferred;
    private final AttemptPace pace;
    private final RaceCandidates candidates;
    private final List<LookupState> lookups = new ArrayList<>(2);
    private final List<RaceAttempt> attempts = new ArrayList<>(4);
    private final ArrayDeque<RaceAction> out = new ArrayDeque<>(4);

    private List<AddressFamily> reserve = List.of();
    private boolean started;
    private boolean done;
    private int inFlight;

    /** How many attempts in a row nothing has answered, and the first of them. */
    private int unanswered;

    private int unansweredFromId = 1;
    private long deadlineAtNanos = NEVER;
    private long resolutionDelayEndsAtNanos = NEVER;
    private @Nullable ErrorCode cancelled;
    private boolean bug;

    /** Where a race stands. */
    public enum State {
        /** Before {@link RaceEvent.Start}. */
        NEW,
        /** No address yet. */
        RESOLVING,
        /** There are only addresses of the other family, without a way there or with something against them: Resolution Delay runs. */
        GATED,
        /** Attempts are under way, or the next one is about to start. */
        RACING,
        /** All attempts have failed, and lookups are pending: that is not failure yet. */
        STARVED,
        /** The terminal action has been decided. */
        DONE
    }

    private enum LookupPhase {
        PENDING,
        EMPTY,
        ANSWERED,
        FAILED
    }

    private static final class LookupState {
        final int id;
        final AddressFamily family;
        /** When it counts as unanswered, never when it is the only one. */
        final long timesOutAtNanos;

        LookupPhase phase = LookupPhase.PENDING;
        boolean positive;

        @Nullable
        ErrorCode error;

        LookupState(int id, AddressFamily family, long timesOutAtNanos) {
            this.id = id;
            this.family = family;
            this.timesOutAtNanos = timesOutAtNanos;
        }
    }

    /**
     * A race that has not begun; its first event is {@link RaceEvent.Start}.
     *
     * @param settings the numbers
     * @param recorder where the story is written down
     */
    public Race(RaceSettings settings, TraceRecorder recorder) {
        this.settings = settings;
        this.recorder = recorder;
        this.pace = new AttemptPace(settings);
        this.preferred = settings.preferredFamily() == AddressFamily.UNSPEC
                ? settings.policyTable().preferredFamily()
                : settings.preferredFamily();
        this.candidates = new RaceCandidates(settings, preferred);
    }

    // ---- getters

    /** Whether the terminal action has been decided; it may still have to be polled. */
    public boolean isDone() {
        return done;
    }

    /** Where it stands; to be asked after {@link #poll} has answered null. */
    public State state() {
        if (!started) {
            return State.NEW;
        }
        if (done) {
            return State.DONE;
        }
        boolean hasNext = candidates.next() != null;
        if (attempts.isEmpty()) {
            return hasNext ? State.GATED : State.RESOLVING;
        }
        return inFlight > 0 || hasNext ? State.RACING : State.STARVED;
    }

    /** The story, null before the end. */
    public @Nullable Trace trace() {
        return recorder.trace();
    }

    /**
     * Whether one attempt is in flight and nothing can ever be started beside it, so that a driver may simply wait for it until the
     * deadline.
     */
    public boolean isLastAttempt() {
        return started
                && !done
                && out.isEmpty()
                && inFlight == 1
                && timesOutAt(oldestInFlight()) == NEVER
                && !anyPending()
                && candidates.next() == null;
    }

    /**
     * When to poll again if nothing happens before: an absolute time that replaces the former one, {@link Long#MAX_VALUE} when only
     * an event can change anything. To be asked after {@link #poll} has answered null.
     */
    public long nextDeadlineNanos() {
        if (!started || done) {
            return NEVER;
        }
        long wakeAt = deadlineAtNanos;
        for (LookupState lookup : lookups) {
            if (lookup.phase == LookupPhase.PENDING) {
                wakeAt = Math.min(wakeAt, lookup.timesOutAtNanos);
            }
        }
        for (RaceAttempt attempt : attempts) {
            if (attempt.isInFlight()) {
                wakeAt = Math.min(wakeAt, timesOutAt(attempt));
            }
        }
        RaceCandidates.Entry next = candidates.next();
        return next == null ? wakeAt : Math.min(wakeAt, Math.max(gateOpensAt(), earliestStart(next)));
    }

    // ---- handlers

    /**
     * Tells the race what happened.
     *
     * @throws IllegalStateException when an event comes before {@link RaceEvent.Start}, or that one comes twice
     */
    public void handle(RaceEvent event, long nowNanos) {
        if (started == (event.kind() == RaceEvent.Kind.START)) {
            throw new IllegalStateException("Start comes first and once: " + event);
        }
        if (done) {
            return;
        }
        switch (event.kind()) {
            case START -> start((RaceEvent.Start) event, nowNanos);
            case ANSWERED -> answered((RaceEvent.Answered) event, nowNanos);
            case LOOKUP_ENDED -> lookupEnded(((RaceEvent.LookupEnded) event).lookup(), nowNanos);
            case LOOKUP_FAILED -> lookupFailed((RaceEvent.LookupFailed) event, nowNanos);
            case ATTEMPT_SENT -> attemptSent(((RaceEvent.AttemptSent) event).attempt(), nowNanos);
            case TRANSPORT_CONNECTED -> transportConnected(((RaceEvent.TransportConnected) event).attempt(), nowNanos);
            case CONNECTED -> connected(((RaceEvent.Connected) event).attempt(), nowNanos);
            case ATTEMPT_FAILED -> attemptFailed((RaceEvent.AttemptFailed) event, nowNanos);
            case ADDRESSES_REMOVED -> candidates.remove(((RaceEvent.AddressesRemoved) event).addresses());
            case CROWDED ->
                candidates.crowd(((RaceEvent.Crowded) event).address(), ((RaceEvent.Crowded) event).crowded());
            case CANCEL -> {
                if (cancelled == null) {
                    cancelled = ((RaceEvent.Cancel) event).code();
                }
            }
        }
    }

    private void start(RaceEvent.Start start, long now) {
        started = true;
        deadlineAtNanos = plus(now, settings.deadlineNanos());
        reserve = start.reserve();
        startLookups(start.lookups(), now);
        merge(start.known(), now);
    }

    /** A lookup has a limit of its own only beside another one, which it must not hold up. */
    private void startLookups(List<AddressFamily> families, long now) {
        long timesOutAt = families.size() > 1 ? plus(now, settings.lookupTimeoutNanos()) : NEVER;
        for (AddressFamily family : families) {
            LookupState lookup = new LookupState(lookups.size() + 1, family, timesOutAt);
            lookups.add(lookup);
            recorder.lookupStarted(lookup.id, family, now);
            out.add(new RaceAction.StartLookup(lookup.id, family));
        }
    }

    private void answered(RaceEvent.Answered answer, long now) {
        LookupState lookup = pending(answer.lookup());
        if (lookup == null) {
            return;
        }
        List<Candidate> wanted = new ArrayList<>(answer.candidates().size());
        List<AddressInfo> addresses = new ArrayList<>(answer.candidates().size());
        for (Candidate candidate : answer.candidates()) {
            // an IPv6 answer of a NAT64 stands for an IPv4 address
            if (lookup.family.admits(candidate.address().family())
                    || lookup.family.admits(candidate.connectAddress().family())) {
                wanted.add(candidate);
                addresses.add(candidate.address());
            }
        }
        lookup.positive |= !wanted.isEmpty();
        recorder.lookupAnswered(lookup.id, addresses);
        merge(wanted, now);
        if (answer.last()) {
            lookupEnded(lookup.id, now);
        }
    }

    private void lookupEnded(int id, long now) {
        LookupState lookup = pending(id);
        if (lookup != null) {
            lookup.phase = lookup.positive ? LookupPhase.ANSWERED : LookupPhase.EMPTY;
            Trace.LookupOutcome outcome = lookup.positive ? Trace.LookupOutcome.ANSWERED : Trace.LookupOutcome.EMPTY;
            recorder.lookupEnded(id, outcome, null, now);
        }
    }

    private void lookupFailed(RaceEvent.LookupFailed failed, long now) {
        LookupState lookup = pending(failed.lookup());
        if (lookup != null) {
            lookup.phase = LookupPhase.FAILED;
            lookup.error = failed.code();
            recorder.lookupEnded(
                    lookup.id, Trace.LookupOutcome.FAILED, new Trace.Failure(failed.code(), failed.message()), now);
        }
    }

    private void attemptSent(int id, long now) {
        RaceAttempt attempt = inFlight(id);
        if (attempt != null && !attempt.sent) {
            attempt.sent = true;
            attempt.sentAtNanos = now;
        }
    }

    /** v3 section 6.1: it is not won yet, but the next attempt is put off until it should be. */
    private void transportConnected(int id, long now) {
        RaceAttempt attempt = inFlight(id);
        if (attempt != null && attempt.phase == RaceAttempt.Phase.CONNECTING) {
            attempt.phase = RaceAttempt.Phase.READYING;
            recorder.attemptReached(id, now);
            reached(attempt, now);
            attempt.readyByNanos = plus(now, pace.readyEstimate(attempt.roundTripNanos(), attempt.plainDelayNanos));
        }
    }

    private void connected(int id, long now) {
        RaceAttempt attempt = inFlight(id);
        if (attempt != null) {
            if (attempt.phase == RaceAttempt.Phase.CONNECTING) {
                reached(attempt, now);
            }
            attempt.phase = RaceAttempt.Phase.CONNECTED;
            attempt.endedAtNanos = now;
            inFlight--;
        }
    }

    private void reached(RaceAttempt attempt, long now) {
        attempt.transportAtNanos = now;
        networkAnswered();
        learn(attempt, Lesson.Kind.ROUND_TRIP, attempt.roundTripNanos(), null);
    }

    private void attemptFailed(RaceEvent.AttemptFailed failed, long now) {
        RaceAttempt attempt = inFlight(failed.attempt());
        if (attempt == null) {
            return;
        }
        attempt.reachedNetwork = failed.failure() == RaceEvent.FailureKind.NETWORK
                || failed.failure() == RaceEvent.FailureKind.NOT_READY;
        switch (failed.failure()) {
            case LOCAL_FAMILY ->
                candidates.demote(attempt.entry.candidate.connectAddress().family());
            case BUG -> bug = true;
            case NETWORK -> {
                if (failed.code() != ErrorCode.TIMED_OUT) {
                    networkAnswered();
                }
                learn(attempt, Lesson.Kind.FAILED, now - attempt.sentAtNanos, failed.code());
            }
            case NOT_READY -> {
                networkAnswered();
                learn(attempt, Lesson.Kind.NOT_READY, now - attempt.sentAtNanos, failed.code());
            }
            case LOCAL -> {}
        }
        if (!attempt.reachedNetwork && attempt.id >= unansweredFromId) {
            // it has sent nothing, so there was nothing to answer
            unanswered--;
        }
        ended(attempt, failed.code(), failed.message(), now);
    }

    private void ended(RaceAttempt attempt, ErrorCode code, String message, long now) {
        attempt.phase = RaceAttempt.Phase.FAILED;
        attempt.endedAtNanos = now;
        attempt.error = code;
        inFlight--;
        recorder.attemptEnded(attempt.id, Trace.AttemptOutcome.FAILED, new Trace.Failure(code, message), now);
    }

    /** Any answer ends the quickening, also of the delay that is running. */
    private void networkAnswered() {
        unanswered = 0;
        unansweredFromId = attempts.size() + 1;
        RaceAttempt newest = newest();
        newest.delayNanos = newest.plainDelayNanos;
    }

    private void merge(List<Candidate> found, long now) {
        // RFC 8305 section 3: the delay runs from the first positive answer
        if (candidates.add(found, now) && resolutionDelayEndsAtNanos == NEVER) {
            resolutionDelayEndsAtNanos = plus(now, settings.resolutionDelayNanos());
        }
    }

    private void learn(RaceAttempt attempt, Lesson.Kind kind, long nanos, @Nullable ErrorCode code) {
        out.add(new RaceAction.Learn(attempt.id, attempt.entry.candidate, new Lesson(kind, nanos, code)));
    }

    // ---- polls

    /** What to do next; null when there is nothing to do now. To be repeated until null. */
    public @Nullable RaceAction poll(long nowNanos) {
        RaceAction action = out.poll();
        if (action == null && started && !done) {
            decide(nowNanos);
            action = out.poll();
        }
        return action;
    }

    private void decide(long now) {
        RaceAttempt winner = bestConnected();
        if (winner != null) {
            win(winner, now);
        } else if (bug) {
            fail(RaceAction.FailReason.BUG, ErrorCode.UNKNOWN, now);
        } else if (cancelled != null) {
            fail(RaceAction.FailReason.CANCELLED, cancelled, now);
        } else if (now >= deadlineAtNanos) {
            fail(RaceAction.FailReason.DEADLINE, ErrorCode.TIMED_OUT, now);
        } else {
            giveUpSlowLookups(now);
            giveUpSlowAttempts(now);
            if (!askReserve(now) && !startNext(now) && inFlight == 0 && !anyPending() && candidates.next() == null) {
                failExhausted(now);
            }
        }
    }

    private void failExhausted(long now) {
        if (attempts.isEmpty()) {
            fail(RaceAction.FailReason.RESOLUTION, resolutionError(), now);
        } else {
            fail(RaceAction.FailReason.CONNECT, connectError(), now);
        }
    }

    /** One dead family must not hold back the failure of the other for the whole deadline. */
    private void giveUpSlowLookups(long now) {
        for (LookupState lookup : lookups) {
            if (lookup.phase == LookupPhase.PENDING && now >= lookup.timesOutAtNanos) {
                lookup.phase = LookupPhase.FAILED;
                lookup.error = ErrorCode.TRY_AGAIN;
                recorder.lookupEnded(
                        lookup.id,
                        Trace.LookupOutcome.FAILED,
                        new Trace.Failure(ErrorCode.TRY_AGAIN, "no answer in time"),
                        now);
                out.add(new RaceAction.CancelLookup(lookup.id));
            }
        }
    }

    private void giveUpSlowAttempts(long now) {
        for (RaceAttempt attempt : attempts) {
            if (attempt.isInFlight() && now >= timesOutAt(attempt)) {
                learnInVain(attempt, now);
                ended(attempt, ErrorCode.TIMED_OUT, "no answer in its time", now);
                out.add(new RaceAction.CancelAttempt(attempt.id, RaceAction.CancelReason.TIMEOUT));
            }
        }
    }

    /** A name without an address that this machine can reach may still stand for one of its own. */
    private boolean askReserve(long now) {
        if (reserve.isEmpty() || anyPending() || !attempts.isEmpty() || candidates.next() != null) {
            return false;
        }
        startLookups(reserve, now);
        reserve = List.of();
        return true;
    }

    private boolean startNext(long now) {
        RaceCandidates.Entry next = candidates.next();
        if (next == null || now < gateOpensAt() || now < earliestStart(next)) {
            return false;
        }
        Trace.Why why = whyNow(next);
        if (inFlight >= settings.maxInFlight()) {
            evictOldest(now);
            why = Trace.Why.EVICTION;
        }
        inFlight++;
        unanswered++;
        long plainDelay = pace.plainDelay(next, inFlight);
        RaceAttempt attempt = new RaceAttempt(
                attempts.size() + 1,
                next,
                now,
                plainDelay,
                pace.quickenedDelay(next, plainDelay, unanswered, delayBefore(plainDelay)));
        candidates.start(next);
        attempts.add(attempt);
        recorder.attemptStarted(attempt.id, next.candidate.address(), why, now);
        out.add(new RaceAction.StartAttempt(attempt.id, next.candidate, why));
        return true;
    }

    /** The delay to shorten: what failed on this machine has asked nothing, so its delay is none. */
    private long delayBefore(long plainDelay) {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).reachedNetwork) {
                return attempts.get(i).delayNanos;
            }
        }
        return plainDelay;
    }

    /**
     * When an attempt is given up, never when only the dial ends it. A sequential one has its share of the time that was left when it
     * started, among itself and the addresses that are open now: those that come while it runs share that time as well.
     */
    private long timesOutAt(RaceAttempt attempt) {
        if (settings.attemptTimeoutNanos() != NEVER) {
            return plus(attempt.startedAtNanos, settings.attemptTimeoutNanos());
        }
        if (!settings.sequential() || deadlineAtNanos == NEVER) {
            return NEVER;
        }
        long share = (deadlineAtNanos - attempt.startedAtNanos) / (1 + candidates.countOpen());
        long at = plus(attempt.startedAtNanos, Math.max(LEAST_SHARE_NANOS, share));
        return at >= deadlineAtNanos ? NEVER : at;
    }

    /**
     * When the gate of v3 section 4.2 opens: at once, or at the end of the Resolution Delay. The preferred family is one that this machine
     * has a way to and has no trouble with, so other addresses of it wait as those of the other family do.
     */
    private long gateOpensAt() {
        if (!attempts.isEmpty() || !anyPending() || candidates.hasPromisingPreferred()) {
            return 0;
        }
        return candidates.hasPromising() && !isPreferredPending() ? 0 : resolutionDelayEndsAtNanos;
    }

    private boolean isPreferredPending() {
        for (LookupState lookup : lookups) {
            if (lookup.phase == LookupPhase.PENDING && lookup.family.admits(preferred)) {
                return true;
            }
        }
        return false;
    }

    /** The start rule: when an attempt to this entry may start at the earliest, as things are. */
    private long earliestStart(RaceCandidates.Entry next) {
        long at = paceAllowsAt();
        // RFC 8305 section 5: never within 10 ms of the previous attempt; what failed locally has sent nothing
        for (RaceAttempt earlier : attempts) {
            boolean bothLocal = earlier.isLocal() && next.isLocal();
            if (earlier.reachedNetwork && !bothLocal) {
                at = Math.max(at, plus(earlier.sentAtNanos, settings.attemptFloorNanos()));
            }
        }
        if (inFlight >= settings.maxInFlight()) {
            at = Math.max(at, plus(oldestInFlight().startedAtNanos, settings.evictAfterNanos()));
        }
        return at;
    }

    /**
     * Only the newest attempt counts: its failure starts the next at once, or else the delay after its first packet does. An attempt that
     * has reached its peer puts that off until it should be ready.
     */
    private long paceAllowsAt() {
        if (attempts.isEmpty()) {
            return 0;
        }
        RaceAttempt newest = newest();
        if (newest.phase == RaceAttempt.Phase.FAILED) {
            return newest.endedAtNanos;
        }
        if (settings.sequential()) {
            return NEVER;
        }
        long at = plus(newest.sentAtNanos, newest.delayNanos);
        for (RaceAttempt attempt : attempts) {
            if (attempt.phase == RaceAttempt.Phase.READYING) {
                at = Math.max(at, attempt.readyByNanos);
            }
        }
        return at;
    }

    private Trace.Why whyNow(RaceCandidates.Entry next) {
        if (attempts.isEmpty()) {
            return Trace.Why.FIRST;
        }
        if (next.arrivedAtNanos > paceAllowsAt()) {
            return Trace.Why.LATE_ANSWER;
        }
        return newest().phase == RaceAttempt.Phase.FAILED ? Trace.Why.FAILURE : Trace.Why.DELAY;
    }

    private void evictOldest(long now) {
        RaceAttempt oldest = oldestInFlight();
        learnInVain(oldest, now);
        cancel(oldest, RaceAction.CancelReason.EVICTED, "gave way to a newer attempt", now);
    }

    private void win(RaceAttempt winner, long now) {
        for (RaceAttempt attempt : attempts) {
            if (attempt.isInFlight()) {
                learnFromLoser(attempt, winner, now);
                cancel(attempt, RaceAction.CancelReason.LOST, null, now);
            } else if (attempt.phase == RaceAttempt.Phase.CONNECTED && attempt != winner) {
                attempt.phase = RaceAttempt.Phase.CANCELLED;
                recorder.attemptEnded(attempt.id, Trace.AttemptOutcome.CANCELLED, null, attempt.endedAtNanos);
                out.add(new RaceAction.CloseLate(attempt.id));
            }
        }
        cancelLookups(now);
        recorder.attemptEnded(winner.id, Trace.AttemptOutcome.CONNECTED, null, winner.endedAtNanos);
        out.add(new RaceAction.Won(winner.id));
        end(null, now);
    }

    /** A loser that has had its chance counts against its path: its own delay, and twice what the winner took. */
    private void learnFromLoser(RaceAttempt loser, RaceAttempt winner, long now) {
        long waited = now - loser.sentAtNanos;
        if (loser.phase == RaceAttempt.Phase.READYING || waited >= 2 * winner.roundTripNanos()) {
            learnInVain(loser, now);
        } else {
            learn(loser, Lesson.Kind.LONGER_THAN, waited, null);
        }
    }

    /** What was waited for in vain, as long as one may expect. */
    private void learnInVain(RaceAttempt attempt, long now) {
        long waited = now - attempt.sentAtNanos;
        if (attempt.phase == RaceAttempt.Phase.READYING) {
            if (now >= attempt.readyByNanos) {
                learn(attempt, Lesson.Kind.NOT_READY, waited, ErrorCode.TIMED_OUT);
            }
        } else {
            boolean expected = waited >= attempt.delayNanos;
            learn(attempt, expected ? Lesson.Kind.UNANSWERED : Lesson.Kind.LONGER_THAN, waited, null);
        }
    }

    private void fail(RaceAction.FailReason reason, ErrorCode code, long now) {
        boolean deadline = reason == RaceAction.FailReason.DEADLINE;
        for (RaceAttempt attempt : attempts) {
            if (attempt.isInFlight()) {
                learnInVain(attempt, now);
                cancel(
                        attempt,
                        deadline ? RaceAction.CancelReason.DEADLINE : RaceAction.CancelReason.CANCELLED,
                        deadline ? unansweredText(attempt) : null,
                        now);
            }
        }
        cancelLookups(now);
        out.add(new RaceAction.Failed(reason));
        end(code, now);
    }

    private static String unansweredText(RaceAttempt attempt) {
        return attempt.phase == RaceAttempt.Phase.READYING ? "connected, but not ready in time" : "no answer";
    }

    private void cancel(RaceAttempt attempt, RaceAction.CancelReason reason, @Nullable String failed, long now) {
        attempt.phase = RaceAttempt.Phase.CANCELLED;
        attempt.endedAtNanos = now;
        inFlight--;
        Trace.Failure failure = failed == null ? null : new Trace.Failure(ErrorCode.TIMED_OUT, failed);
        recorder.attemptEnded(attempt.id, Trace.AttemptOutcome.CANCELLED, failure, now);
        out.add(new RaceAction.CancelAttempt(attempt.id, reason));
    }

    private void cancelLookups(long now) {
        for (LookupState lookup : lookups) {
            if (lookup.phase == LookupPhase.PENDING) {
                lookup.phase = LookupPhase.FAILED;
                recorder.lookupEnded(lookup.id, Trace.LookupOutcome.CANCELLED, null, now);
                out.add(new RaceAction.CancelLookup(lookup.id));
            }
        }
    }

    private void end(@Nullable ErrorCode error, long now) {
        done = true;
        recorder.end(candidates.inOrderOfTrial(), error, now);
    }

    /** The error of the attempt that came furthest; of those, of the most preferred address. */
    private ErrorCode connectError() {
        RaceAttempt best = null;
        for (RaceAttempt attempt : attempts) {
            if (attempt.error != null && (best == null || saysMore(attempt, best))) {
                best = attempt;
            }
        }
        return best == null || best.error == null ? ErrorCode.TIMED_OUT : best.error;
    }

    private static boolean saysMore(RaceAttempt attempt, RaceAttempt than) {
        return attempt.reach() == than.reach()
                ? attempt.entry.rank < than.entry.rank
                : attempt.reach().compareTo(than.reach()) > 0;
    }

    /** A name server that does not answer says more than an empty answer, and an error more than no data. */
    private ErrorCode resolutionError() {
        ErrorCode first = null;
        for (LookupState lookup : lookups) {
            if (lookup.error == ErrorCode.TRY_AGAIN) {
                return ErrorCode.TRY_AGAIN;
            }
            first = first == null ? lookup.error : first;
        }
        return first == null ? ErrorCode.NO_DATA : first;
    }

    // ---- helpers

    private @Nullable RaceAttempt bestConnected() {
        RaceAttempt best = null;
        for (RaceAttempt attempt : attempts) {
            if (attempt.phase == RaceAttempt.Phase.CONNECTED
                    && (best == null || attempt.entry.rank < best.entry.rank)) {
                best = attempt;
            }
        }
        return best;
    }

    private RaceAttempt newest() {
        return attempts.get(attempts.size() - 1);
    }

    private RaceAttempt oldestInFlight() {
        for (RaceAttempt attempt : attempts) {
            if (attempt.isInFlight()) {
                return attempt;
            }
        }
        throw new IllegalStateException("nothing in flight");
    }

    private @Nullable LookupState pending(int id) {
        LookupState lookup = id >= 1 && id <= lookups.size() ? lookups.get(id - 1) : null;
        return lookup != null && lookup.phase == LookupPhase.PENDING ? lookup : null;
    }

    private @Nullable RaceAttempt inFlight(int id) {
        RaceAttempt attempt = id >= 1 && id <= attempts.size() ? attempts.get(id - 1) : null;
        return attempt != null && attempt.isInFlight() ? attempt : null;
    }

    private boolean anyPending() {
        for (LookupState lookup : lookups) {
            if (lookup.phase == LookupPhase.PENDING) {
                return true;
            }
        }
        return false;
    }

    /** A sum of times that stops at "never". */
    private static long plus(long at, long nanos) {
        long sum = at + nanos;
        return sum < at ? NEVER : sum;
    }
}
