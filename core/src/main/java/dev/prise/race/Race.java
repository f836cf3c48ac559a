package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.net.Inet6Address;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The race of connection attempts (RFC 8305), as a pure state machine.
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
 *   <li><b>Getters</b>: {@link #nextDeadlineNanos}, {@link #isDone}, {@link #isLastAttempt}, {@link #trace}.
 * </ul>
 *
 * States: RESOLVING (no address yet), GATED (only addresses of the other family or without a way there,
 * Resolution Delay runs), RACING, DONE. Racing with
 * nothing left but lookups pending is not failure.
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
 *   <li>An address of the preferred family that comes first, and that this machine has a way to, is attempted at the same instant.
 *   <li>While racing and below the caps, one more address behind the others of its family postpones any other start by at most that
 *       address's delay.
 *   <li>A replay of the same inputs gives the same outputs.
 *   <li>Extra polls change nothing.
 *   <li>When all lookups are negative, the dial fails at the last of them, not at the deadline.
 *   <li>Of First Address Family Count + 1 starts in a row both families appear, while both have addresses left that are not demoted.
 *   <li>{@code nextDeadlineNanos} lies after the last poll.
 *   <li>Unknown and stale numbers are ignored.
 * </ol>
 *
 * <p>Not thread-safe: one driver, one race.
 */
public final class Race {
    /** More addresses of one family than this are not even remembered; a name server that sends them wastes our time. */
    private static final int MAX_REMEMBERED_PER_FAMILY = 500;

    private static final long NEVER = Long.MAX_VALUE;

    private final RaceSettings settings;
    private final TraceRecorder recorder;
    private final List<LookupState> lookups = new ArrayList<>(2);
    private final List<Entry> entries = new ArrayList<>(4);
    private final Set<AddressKey> known = new HashSet<>();
    private final List<AttemptState> attempts = new ArrayList<>(4);
    private final List<Entry> startedEntries = new ArrayList<>(4);
    private final ArrayDeque<RaceAction> out = new ArrayDeque<>(4);

    /** All entries, tried ones included, in the order of destination address selection. */
    private List<Entry> order = List.of();

    private final AddressFamily preferred;
    private boolean started;
    private boolean done;
    private int inFlight;
    private long startedAtNanos;
    private long deadlineAtNanos = NEVER;
    private long resolutionDelayEndsAtNanos = NEVER;
    private @Nullable ErrorCode cancelled;
    private boolean bug;

    private enum LookupPhase {
        PENDING,
        EMPTY,
        ANSWERED,
        FAILED
    }

    private enum AttemptPhase {
        IN_FLIGHT,
        CONNECTED,
        FAILED,
        CANCELLED
    }

    private static final class LookupState {
        final int id;
        final AddressFamily family;
        LookupPhase phase = LookupPhase.PENDING;
        boolean positive;

        @Nullable
        ErrorCode error;

        LookupState(int id, AddressFamily family) {
            this.id = id;
            this.family = family;
        }
    }

    private static final class Entry {
        final Candidate candidate;
        final long arrivedAtNanos;
        String why = "";
        int rank;
        boolean attempted;
        boolean demoted;
        boolean kept = true;

        Entry(Candidate candidate, long arrivedAtNanos) {
            this.candidate = candidate;
            this.arrivedAtNanos = arrivedAtNanos;
        }

        AddressFamily family() {
            return candidate.address().family();
        }

        boolean isOpen() {
            return kept && !attempted;
        }

        /** RFC 6724 section 6, rule 1: this machine has a way there. */
        boolean isUsable() {
            return candidate.source() != null;
        }
    }

    private static final class AttemptState {
        final int id;
        final Entry entry;
        final long startedAtNanos;
        /** When its first packet left: what comes next is paced from here. */
        long sentAtNanos;

        boolean sent;
        long endedAtNanos;
        AttemptPhase phase = AttemptPhase.IN_FLIGHT;
        boolean reachedNetwork = true;

        @Nullable
        ErrorCode error;

        AttemptState(int id, Entry entry, long startedAtNanos) {
            this.id = id;
            this.entry = entry;
            this.startedAtNanos = startedAtNanos;
            this.sentAtNanos = startedAtNanos;
        }

        boolean isLocal() {
            return entry.candidate.address().isLocal();
        }
    }

    /** {@link Inet6Address#equals} passes over the zone, so the zone is a part of the key. */
    private record AddressKey(SocketAddress address, int scope) {
        static AddressKey of(AddressInfo info) {
            return new AddressKey(
                    info.address(), info.inetAddress() instanceof Inet6Address six ? six.getScopeId() : 0);
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
        this.preferred = settings.preferredFamily() == AddressFamily.UNSPEC
                ? settings.policyTable().preferredFamily()
                : settings.preferredFamily();
    }

    // ---- getters

    /** Whether the terminal action has been decided; it may still have to be polled. */
    public boolean isDone() {
        return done;
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
        return started && !done && out.isEmpty() && inFlight == 1 && !anyPending() && next() == null;
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
        if (lookups.size() > 1 && anyPending()) {
            wakeAt = Math.min(wakeAt, plus(startedAtNanos, settings.lookupTimeoutNanos()));
        }
        Entry next = next();
        if (next != null) {
            long gate = gateOpensAt();
            if (gate != NEVER) {
                wakeAt = Math.min(wakeAt, Math.max(gate, earliestStart(next)));
            }
        }
        return wakeAt;
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
            case CONNECTED -> connected(((RaceEvent.Connected) event).attempt(), nowNanos);
            case ATTEMPT_FAILED -> attemptFailed((RaceEvent.AttemptFailed) event, nowNanos);
            case CANCEL -> {
                if (cancelled == null) {
                    cancelled = ((RaceEvent.Cancel) event).code();
                }
            }
        }
    }

    private void start(RaceEvent.Start start, long now) {
        started = true;
        startedAtNanos = now;
        deadlineAtNanos = plus(now, settings.deadlineNanos());
        for (AddressFamily family : start.lookups()) {
            LookupState lookup = new LookupState(lookups.size() + 1, family);
            lookups.add(lookup);
            recorder.lookupStarted(lookup.id, family, now);
            out.add(new RaceAction.StartLookup(lookup.id, family));
        }
        merge(start.known(), now);
    }

    private void answered(RaceEvent.Answered answer, long now) {
        LookupState lookup = pending(answer.lookup());
        if (lookup == null) {
            return;
        }
        List<Candidate> wanted = new ArrayList<>(answer.candidates().size());
        for (Candidate candidate : answer.candidates()) {
            if (lookup.family.admits(candidate.address().family())) {
                wanted.add(candidate);
            }
        }
        lookup.positive |= !wanted.isEmpty();
        recorder.lookupAnswered(
                lookup.id, wanted.stream().map(Candidate::address).toList());
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
        AttemptState attempt = inFlight(id);
        if (attempt != null && !attempt.sent) {
            attempt.sent = true;
            attempt.sentAtNanos = now;
        }
    }

    private void connected(int id, long now) {
        AttemptState attempt = inFlight(id);
        if (attempt != null) {
            attempt.phase = AttemptPhase.CONNECTED;
            attempt.endedAtNanos = now;
            inFlight--;
        }
    }

    private void attemptFailed(RaceEvent.AttemptFailed failed, long now) {
        AttemptState attempt = inFlight(failed.attempt());
        if (attempt == null) {
            return;
        }
        attempt.phase = AttemptPhase.FAILED;
        attempt.endedAtNanos = now;
        attempt.error = failed.code();
        attempt.reachedNetwork = failed.failure() == RaceEvent.FailureKind.NETWORK;
        inFlight--;
        recorder.attemptEnded(
                attempt.id, Trace.AttemptOutcome.FAILED, new Trace.Failure(failed.code(), failed.message()), now);
        switch (failed.failure()) {
            case LOCAL_FAMILY -> {
                for (Entry entry : entries) {
                    entry.demoted |= entry.family() == attempt.entry.family();
                }
            }
            case BUG -> bug = true;
            case LOCAL, NETWORK -> {}
        }
    }

    /** RFC 8305 section 6 and v3 section 7: new addresses are sorted together with all others, tried ones included. */
    private void merge(List<Candidate> candidates, long now) {
        boolean added = false;
        for (Candidate candidate : candidates) {
            AddressFamily own = candidate.address().family();
            if (countOf(own) < MAX_REMEMBERED_PER_FAMILY && known.add(AddressKey.of(candidate.address()))) {
                Entry entry = new Entry(candidate, now);
                entry.demoted = isDemoted(own);
                entries.add(entry);
                added = true;
            }
        }
        if (!added) {
            return;
        }
        sort();
        keepWithinCap();
        // RFC 8305 section 3: the delay runs from the first positive answer that does not open the gate by itself
        if (resolutionDelayEndsAtNanos == NEVER && !hasUsablePreferred()) {
            resolutionDelayEndsAtNanos = plus(now, settings.resolutionDelayNanos());
        }
    }

    private boolean hasUsablePreferred() {
        for (Entry entry : entries) {
            if (entry.family() == preferred && entry.isUsable()) {
                return true;
            }
        }
        return false;
    }

    private int countOf(AddressFamily family) {
        int count = 0;
        for (Entry entry : entries) {
            if (entry.family() == family) {
                count++;
            }
        }
        return count;
    }

    private boolean isDemoted(AddressFamily family) {
        for (Entry entry : entries) {
            if (entry.demoted && entry.family() == family) {
                return true;
            }
        }
        return false;
    }

    private void sort() {
        DestinationOrder destinations = DestinationOrder.of(entries, entry -> entry.candidate, settings.policyTable());
        List<Entry> sorted = new ArrayList<>(entries.size());
        for (int rank = 0; rank < entries.size(); rank++) {
            Entry entry = entries.get(destinations.indexAt(rank));
            entry.rank = rank;
            entry.why = destinations.why(rank);
            sorted.add(entry);
        }
        order = sorted;
    }

    /** At most {@code maxAddresses}; those attempted count first, then by rank, a third of the places being kept for each family. */
    private void keepWithinCap() {
        int max = settings.maxAddresses();
        if (entries.size() <= max) {
            return;
        }
        int six = 0;
        int other = 0;
        for (Entry entry : entries) {
            if (entry.family() == AddressFamily.INET6) {
                six++;
            } else {
                other++;
            }
        }
        int sixQuota = max - Math.min(other, max / 3);
        int otherQuota = max - Math.min(six, max / 3);
        for (Entry entry : entries) {
            entry.kept = entry.attempted;
            if (entry.attempted) {
                max--;
                if (entry.family() == AddressFamily.INET6) {
                    sixQuota--;
                } else {
                    otherQuota--;
                }
            }
        }
        for (Entry entry : order) {
            boolean isSix = entry.family() == AddressFamily.INET6;
            if (!entry.attempted && max > 0 && (isSix ? sixQuota : otherQuota) > 0) {
                entry.kept = true;
                max--;
                if (isSix) {
                    sixQuota--;
                } else {
                    otherQuota--;
                }
            }
        }
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
        AttemptState winner = bestConnected();
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
            if (!startNext(now) && inFlight == 0 && !anyPending() && next() == null) {
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
        if (lookups.size() < 2 || now < plus(startedAtNanos, settings.lookupTimeoutNanos())) {
            return;
        }
        for (LookupState lookup : lookups) {
            if (lookup.phase == LookupPhase.PENDING) {
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

    private boolean startNext(long now) {
        Entry next = next();
        if (next == null || now < gateOpensAt() || now < earliestStart(next)) {
            return false;
        }
        Trace.Why why = whyNow(next);
        if (inFlight >= settings.maxInFlight()) {
            evictOldest(now);
            why = Trace.Why.EVICTION;
        }
        AttemptState attempt = new AttemptState(attempts.size() + 1, next, now);
        next.attempted = true;
        startedEntries.add(next);
        attempts.add(attempt);
        inFlight++;
        recorder.attemptStarted(attempt.id, next.candidate.address(), why, now);
        out.add(new RaceAction.StartAttempt(attempt.id, next.candidate, why));
        return true;
    }

    /**
     * When the gate of v3 section 4.2 opens: at once, at the end of the Resolution Delay, or never without an answer. The preferred
     * family is one that this machine has a way to, so an address without a source waits as one of the other family does.
     */
    private long gateOpensAt() {
        if (entries.isEmpty()) {
            return NEVER;
        }
        if (!attempts.isEmpty() || !anyPending() || hasUsablePreferred()) {
            return 0;
        }
        return hasUsable() && !isPreferredPending() ? 0 : resolutionDelayEndsAtNanos;
    }

    private boolean hasUsable() {
        for (Entry entry : entries) {
            if (entry.isUsable()) {
                return true;
            }
        }
        return false;
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
    private long earliestStart(Entry next) {
        long at = paceAllowsAt();
        // RFC 8305 section 5: never within 10 ms of the previous attempt; what failed locally has sent nothing
        for (AttemptState earlier : attempts) {
            boolean bothLocal = earlier.isLocal() && next.candidate.address().isLocal();
            if (earlier.reachedNetwork && !bothLocal) {
                at = Math.max(at, plus(earlier.sentAtNanos, settings.attemptFloorNanos()));
            }
        }
        if (inFlight >= settings.maxInFlight()) {
            at = Math.max(at, plus(oldestInFlight().startedAtNanos, settings.evictAfterNanos()));
        }
        return at;
    }

    /** Only the newest attempt counts: its failure starts the next at once, or else the delay after its first packet does. */
    private long paceAllowsAt() {
        if (attempts.isEmpty()) {
            return 0;
        }
        AttemptState newest = attempts.get(attempts.size() - 1);
        return newest.phase == AttemptPhase.FAILED ? newest.endedAtNanos : plus(newest.sentAtNanos, delayAfter(newest));
    }

    private long delayAfter(AttemptState attempt) {
        return attempt.isLocal()
                ? Math.min(settings.attemptDelayNanos(), settings.loopbackAttemptDelayNanos())
                : settings.attemptDelayNanos();
    }

    private Trace.Why whyNow(Entry next) {
        if (attempts.isEmpty()) {
            return Trace.Why.FIRST;
        }
        if (next.arrivedAtNanos > paceAllowsAt()) {
            return Trace.Why.LATE_ANSWER;
        }
        AttemptState newest = attempts.get(attempts.size() - 1);
        return newest.phase == AttemptPhase.FAILED ? Trace.Why.FAILURE : Trace.Why.DELAY;
    }

    /**
     * RFC 8305 section 4: the family changes with every start, after an opening run of First Address Family Count; within a family the
     * order of destination address selection holds. Demoted families come last.
     */
    private @Nullable Entry next() {
        return following(startedEntries);
    }

    /** Who follows when these have been started, in this order. */
    private @Nullable Entry following(List<Entry> before) {
        AddressFamily last =
                before.isEmpty() ? null : before.get(before.size() - 1).family();
        boolean opening = isOpeningRun(before);
        Entry fallback = null;
        Entry demoted = null;
        for (Entry entry : order) {
            // attempted ones are not open; those that only would have been stand in the list
            if (!entry.isOpen() || before.contains(entry)) {
                continue;
            }
            if (entry.demoted) {
                demoted = demoted == null ? entry : demoted;
            } else if (last == null || opening == (entry.family() == last)) {
                return entry;
            } else if (fallback == null) {
                fallback = entry;
            }
        }
        return fallback != null ? fallback : demoted;
    }

    private boolean isOpeningRun(List<Entry> before) {
        if (before.isEmpty() || before.size() >= settings.firstFamilyCount()) {
            return false;
        }
        AddressFamily first = before.get(0).family();
        return before.stream().allMatch(entry -> entry.family() == first);
    }

    private void evictOldest(long now) {
        AttemptState oldest = oldestInFlight();
        cancel(oldest, RaceAction.CancelReason.EVICTED, "gave way to a newer attempt", now);
    }

    private void win(AttemptState winner, long now) {
        for (AttemptState attempt : attempts) {
            if (attempt.phase == AttemptPhase.IN_FLIGHT) {
                cancel(attempt, RaceAction.CancelReason.LOST, null, now);
            } else if (attempt.phase == AttemptPhase.CONNECTED && attempt != winner) {
                attempt.phase = AttemptPhase.CANCELLED;
                recorder.attemptEnded(attempt.id, Trace.AttemptOutcome.CANCELLED, null, attempt.endedAtNanos);
                out.add(new RaceAction.CloseLate(attempt.id));
            }
        }
        cancelLookups(now);
        recorder.attemptEnded(winner.id, Trace.AttemptOutcome.CONNECTED, null, winner.endedAtNanos);
        out.add(new RaceAction.Won(winner.id));
        end(null, now);
    }

    private void fail(RaceAction.FailReason reason, ErrorCode code, long now) {
        boolean deadline = reason == RaceAction.FailReason.DEADLINE;
        for (AttemptState attempt : attempts) {
            if (attempt.phase == AttemptPhase.IN_FLIGHT) {
                cancel(
                        attempt,
                        deadline ? RaceAction.CancelReason.DEADLINE : RaceAction.CancelReason.CANCELLED,
                        deadline ? "no answer" : null,
                        now);
            }
        }
        cancelLookups(now);
        out.add(new RaceAction.Failed(reason));
        end(code, now);
    }

    private void cancel(AttemptState attempt, RaceAction.CancelReason reason, @Nullable String unanswered, long now) {
        attempt.phase = AttemptPhase.CANCELLED;
        attempt.endedAtNanos = now;
        inFlight--;
        Trace.Failure failure = unanswered == null ? null : new Trace.Failure(ErrorCode.TIMED_OUT, unanswered);
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
        recorder.end(candidatesInOrderOfTrial(), error, now);
    }

    /** Those attempted in the order of their start, then the others as they would have followed, then those over the cap. */
    private List<Trace.Candidate> candidatesInOrderOfTrial() {
        List<Entry> trial = new ArrayList<>(startedEntries);
        for (Entry next = following(trial); next != null; next = following(trial)) {
            trial.add(next);
        }
        List<Trace.Candidate> result = new ArrayList<>(entries.size());
        for (Entry entry : trial) {
            result.add(told(entry, entry.rank != result.size() ? ", interleaved" : ""));
        }
        for (Entry entry : order) {
            if (!entry.kept) {
                result.add(told(entry, ", not tried: over the limit of " + settings.maxAddresses() + " addresses"));
            }
        }
        return result;
    }

    private static Trace.Candidate told(Entry entry, String addition) {
        return new Trace.Candidate(entry.candidate.address(), entry.why + addition);
    }

    /** The error of the most preferred address that reached the network, or, when none did, of the most preferred one. */
    private ErrorCode connectError() {
        return attempts.stream()
                .filter(attempt -> attempt.error != null)
                .min(Comparator.comparing((AttemptState attempt) -> !attempt.reachedNetwork)
                        .thenComparingInt(attempt -> attempt.entry.rank))
                .map(attempt -> attempt.error)
                .orElse(ErrorCode.TIMED_OUT);
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

    private @Nullable AttemptState bestConnected() {
        AttemptState best = null;
        for (AttemptState attempt : attempts) {
            if (attempt.phase == AttemptPhase.CONNECTED && (best == null || attempt.entry.rank < best.entry.rank)) {
                best = attempt;
            }
        }
        return best;
    }

    private AttemptState oldestInFlight() {
        for (AttemptState attempt : attempts) {
            if (attempt.phase == AttemptPhase.IN_FLIGHT) {
                return attempt;
            }
        }
        throw new IllegalStateException("nothing in flight");
    }

    private @Nullable LookupState pending(int id) {
        LookupState lookup = id >= 1 && id <= lookups.size() ? lookups.get(id - 1) : null;
        return lookup != null && lookup.phase == LookupPhase.PENDING ? lookup : null;
    }

    private @Nullable AttemptState inFlight(int id) {
        AttemptState attempt = id >= 1 && id <= attempts.size() ? attempts.get(id - 1) : null;
        return attempt != null && attempt.phase == AttemptPhase.IN_FLIGHT ? attempt : null;
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
