package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.Nat64Prefix;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.SourceAddress;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.telemetry.Faults;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import dev.prise.trace.TraceRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The driver of one dial: performs the race's actions, tells it what happened, owns the sockets until one is handed over.
 *
 * <p>At any time one thread drives: first, for a blocking dial, the caller's, later the loop's. Others only {@link #post} events and
 * wake the driver. The race is told all events at hand before it is asked, so that connections of one batch compete by rank.
 */
final class DialTask {
    final DialRequest request;

    private final long beganAtNanos = System.nanoTime();
    private final DialMemory memory;
    private final TraceRecorder recorder;
    private final Race race;
    private final Crowding crowding = new Crowding(Unanswered.shared());
    private final Queue<RaceEvent> inbox = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Attempt> inFlight = new HashMap<>(4);
    private final Map<Integer, Resolver.Lookup> lookups = new HashMap<>(4);
    private final List<Throwable> causes = new ArrayList<>(2);

    /** What the resolver threw when it was asked for its lookups. */
    private @Nullable RuntimeException resolverFault;

    /** Who drives; set before the former driver stops reading the inbox. */
    private volatile Driver driver;

    /** The channel that a blocking call is connecting, null while there is none. */
    private volatile @Nullable SocketChannel blocking;

    /** Set before {@link #blocking} is looked at, as that is set before this is. */
    private volatile boolean stopped;

    /** Whether the outcome is out; what comes later is of no interest. */
    private volatile boolean over;

    private @Nullable Attempt winner;
    private RaceAction.@Nullable FailReason reason;

    /** The thread that drives a task, as the task sees it. */
    interface Driver {
        /** An event is in the inbox: have it driven soon. Called on any thread. */
        void wake(DialTask task);

        /** This attempt is connecting: post its outcome. Called on the driver's thread. */
        void watch(Attempt attempt);

        /**
         * Whether an attempt that nothing can start beside may be waited for in a blocking call.
         */
        boolean mayBlock();
    }

    /**
     * A dial that begins.
     *
     * @param listener told each event, null for nobody
     */
    DialTask(DialRequest request, Driver driver, @Nullable Consumer<TraceEvent> listener) {
        this.request = request;
        this.driver = driver;
        this.memory = new DialMemory(request.memory());
        this.recorder = new TraceRecorder(
                request.host(),
                request.service(),
                request.resolver().name(),
                request.resolver().fallbackReason(),
                listener);
        this.race = new Race(memory.adjust(request.settings()), recorder);
    }

    // ---- any thread

    /** Something happened; the driver will tell the race. */
    void post(RaceEvent event) {
        if (!over) {
            inbox.add(event);
            driver.wake(this);
        }
    }

    /** Stops the dial, also while it waits in a blocking call. */
    void cancel() {
        stopped = true;
        post(new RaceEvent.Cancel(ErrorCode.CANCELLED));
        SocketChannel waitedFor = blocking;
        if (waitedFor != null) {
            Attempt.closeQuietly(waitedFor);
        }
    }

    // ---- the driver's thread

    /** Begins the dial. */
    void begin() {
        // the deadline counts from the call, not from when this thread came to it
        boolean waits = waitsForPrefix();
        List<AddressFamily> families = new ArrayList<>(waits ? List.of(AddressFamily.UNSPEC) : lookupFamilies());
        List<AddressFamily> reserve = outOfReach(families);
        families.removeAll(reserve);
        List<Candidate> known = waits ? List.of() : candidates(request.known());
        crowding.know(known);
        race.handle(new RaceEvent.Start(families, reserve, known), 0);
        drive();
        Nat64 nat64 = request.nat64();
        if (nat64 != null && !lookups.isEmpty()) {
            nat64.prepare();
        }
    }

    /** RFC 8305 section 7.1: a literal that only a NAT64 leads to is taken for the answer of a lookup, that of the prefix. */
    private boolean waitsForPrefix() {
        Nat64 nat64 = request.nat64();
        return nat64 != null && request.lookupHost() == null && nat64.isBeingFoundFor(request.known());
    }

    /** v3 section 4.1: a name server is not asked for a family that leads nowhere, unless there is nothing else. */
    private List<AddressFamily> outOfReach(List<AddressFamily> families) {
        if (families.size() < 2 || !costsQuestions()) {
            return List.of();
        }
        Connectivity connectivity = Connectivity.now();
        // v3 section 4.1: with a known NAT64 prefix A is asked for as well
        boolean isTranslated = request.nat64() != null && request.nat64().isKnown();
        List<AddressFamily> reserve = new ArrayList<>(1);
        for (AddressFamily family : families) {
            boolean translates = isTranslated && family == AddressFamily.INET;
            if (!connectivity.reaches(family) && !translates) {
                reserve.add(family);
            }
        }
        return reserve;
    }

    private boolean costsQuestions() {
        try {
            return request.resolver().asksNameServers(Objects.requireNonNull(request.lookupHost()));
        } catch (RuntimeException e) {
            resolverFault = e;
            return false;
        }
    }

    private List<AddressFamily> lookupFamilies() {
        if (request.lookupHost() == null) {
            return List.of();
        }
        try {
            return List.copyOf(request.resolver().lookups(request.family()));
        } catch (RuntimeException e) {
            resolverFault = e;
            return List.of(request.family());
        }
    }

    /** Another driver takes over; sockets under way are watched by it. To be called by the new driver. */
    void adopt() {
        for (Attempt attempt : List.copyOf(inFlight.values())) {
            driver.watch(attempt);
        }
        drive();
    }

    void setDriver(Driver newDriver) {
        driver = newDriver;
    }

    /** Tells the race all that has been posted, and performs what it wants, until both are exhausted. */
    void drive() {
        boolean again = true;
        while (again) {
            again = false;
            for (RaceEvent event = inbox.poll(); event != null; event = inbox.poll()) {
                race.handle(event, now());
                follow(event);
            }
            for (RaceEvent news : crowding.news(System.nanoTime())) {
                race.handle(news, now());
            }
            for (RaceAction action = race.poll(now()); action != null; action = race.poll(now())) {
                again = true;
                perform(action);
            }
        }
        if (!lookups.isEmpty() && inFlight.isEmpty() && !isDone() && inbox.isEmpty()) {
            FirstUse.prepare();
            memory.prepare();
        }
    }

    /** What an event means to what is kept here. */
    private void follow(RaceEvent event) {
        switch (event.kind()) {
            case ANSWERED -> crowding.know(((RaceEvent.Answered) event).candidates());
            case CONNECTED -> answered(((RaceEvent.Connected) event).attempt());
            case TRANSPORT_CONNECTED -> answered(((RaceEvent.TransportConnected) event).attempt());
            case ATTEMPT_FAILED -> discard(((RaceEvent.AttemptFailed) event).attempt());
            case START, LOOKUP_ENDED, LOOKUP_FAILED, ATTEMPT_SENT, ADDRESSES_REMOVED, CROWDED, CANCEL -> {}
        }
    }

    private void answered(int id) {
        Attempt attempt = inFlight.get(id);
        if (attempt != null) {
            attempt.answered();
        }
    }

    /** An attempt has failed; to be called on the driver's thread. */
    void postFailure(int id, Throwable cause, boolean beforeConnecting) {
        causes.add(cause);
        post(Attempt.failed(id, cause, beforeConnecting));
    }

    /** An attempt that was connected will not be ready; to be called on the driver's thread. */
    void postNotReady(int id, Throwable cause) {
        causes.add(cause);
        post(Attempt.notReady(id, cause));
    }

    /** All attempts under way have failed, since nobody can watch them; to be called on the driver's thread. */
    void failAll(Throwable cause) {
        for (int id : List.copyOf(inFlight.keySet())) {
            postFailure(id, cause, true);
        }
    }

    /** Closes everything after a fault of the program; there will be no outcome, but the story has an end. Never throws. */
    void abandon(Throwable fault) {
        over = true;
        lookups.values().forEach(DialTask::giveUp);
        lookups.clear();
        inFlight.values().forEach(Attempt::close);
        inFlight.clear();
        if (winner != null) {
            winner.close();
        }
        try {
            recorder.breakOff("the dial broke off: " + fault, now());
        } catch (RuntimeException | Error e) {
            // no memory is left for the story's end
            Faults.tell(e);
        }
    }

    /** A resolver's fault is none of the dial's. */
    private static void giveUp(Resolver.Lookup lookup) {
        try {
            lookup.cancel();
        } catch (RuntimeException | Error e) {
            Faults.tell(e);
        }
    }

    boolean hasMail() {
        return !inbox.isEmpty();
    }

    boolean isDone() {
        return winner != null || reason != null;
    }

    boolean hasInFlight() {
        return !inFlight.isEmpty();
    }

    /** When to drive again, as a reading of {@link System#nanoTime}; null when only an event can change anything. */
    @Nullable
    Long wakeAtNanoTime() {
        long deadline = race.nextDeadlineNanos();
        return deadline == Long.MAX_VALUE ? null : Long.valueOf(beganAtNanos + deadline);
    }

    /** How it ended, once {@link #isDone}; puts the winner's channel into blocking mode, so it must have left the selector. */
    DialOutcome outcome() {
        over = true;
        Trace trace = Objects.requireNonNull(race.trace(), "not done");
        Attempt connected = winner;
        if (connected == null) {
            return new DialOutcome(null, null, reason, () -> trace, null, causes);
        }
        SocketChannel channel = connected.channel;
        try {
            channel.configureBlocking(true);
        } catch (IOException e) {
            // the channel is closed: whoever uses it is told so
            causes.add(e);
        }
        return new DialOutcome(channel, connected.address, null, () -> trace, connected.check, causes);
    }

    /** The whole story, null before its end. */
    @Nullable
    Trace trace() {
        return recorder.trace();
    }

    private long now() {
        return System.nanoTime() - beganAtNanos;
    }

    private void perform(RaceAction action) {
        switch (action.kind()) {
            case START_LOOKUP -> startLookup((RaceAction.StartLookup) action);
            case CANCEL_LOOKUP -> {
                Resolver.Lookup lookup = lookups.remove(((RaceAction.CancelLookup) action).lookup());
                if (lookup != null) {
                    giveUp(lookup);
                }
            }
            case START_ATTEMPT -> startAttempt((RaceAction.StartAttempt) action);
            case CANCEL_ATTEMPT -> discard(((RaceAction.CancelAttempt) action).attempt());
            case CLOSE_LATE -> discard(((RaceAction.CloseLate) action).attempt());
            case LEARN -> memory.learn((RaceAction.Learn) action);
            case WON -> {
                Attempt attempt = Objects.requireNonNull(inFlight.remove(((RaceAction.Won) action).attempt()));
                if (attempt.key != null) {
                    attempt.key.cancel();
                }
                winner = attempt;
                memory.won(attempt.address);
            }
            case FAILED -> reason = ((RaceAction.Failed) action).reason();
        }
    }

    private void discard(int id) {
        Attempt attempt = inFlight.remove(id);
        if (attempt != null) {
            attempt.close();
        }
    }

    private void startLookup(RaceAction.StartLookup start) {
        Nat64 nat64 = request.nat64();
        ResolveSink sink = new Sink(start.lookup());
        sink = nat64 == null ? sink : nat64.holding(sink);
        if (request.lookupHost() == null) {
            sink.lastAnswer(
                    List.of(Objects.requireNonNull(request.known().get(0).inetAddress())), null);
            return;
        }
        ResolveQuery query = new ResolveQuery(Objects.requireNonNull(request.lookupHost()), start.family());
        try {
            if (resolverFault != null) {
                throw resolverFault;
            }
            Resolver.Lookup lookup = request.resolver().resolve(query, sink);
            lookups.put(start.lookup(), Objects.requireNonNull(lookup, "no handle"));
        } catch (RuntimeException e) {
            sink.fail(ErrorCode.NO_RECOVERY, "the resolver failed: " + e);
        }
    }

    private void startAttempt(RaceAction.StartAttempt start) {
        int id = start.attempt();
        boolean blocks = false;
        memory.prepare();
        try {
            Attempt attempt = Attempt.open(id, start.candidate().connectAddress(), this);
            inFlight.put(id, attempt);
            if (driver.mayBlock()
                    && request.readiness() == null
                    && race.isLastAttempt()
                    && attempt.address.family() != AddressFamily.UNIX) {
                blocks = true;
                connectBlocking(attempt);
            } else {
                boolean connected = attempt.connect();
                race.handle(new RaceEvent.AttemptSent(id), now());
                if (connected) {
                    inbox.add(reached(attempt));
                } else {
                    attempt.waits(request.settings().attemptDelayNanos());
                }
                if (!connected || request.readiness() != null) {
                    driver.watch(attempt);
                }
            }
        } catch (IOException | RuntimeException e) {
            // a refusal may be back before the call returns; its SYN has left, too
            race.handle(new RaceEvent.AttemptSent(id), now());
            causes.add(e);
            AddressInfo address = start.candidate().connectAddress();
            inbox.add(Attempt.failed(id, e, blocks ? Attempt.isLocal(address, e) : !isSent(id)));
        }
    }

    /** Whether an attempt's first packet had left when it failed. */
    private boolean isSent(int id) {
        Attempt attempt = inFlight.get(id);
        return attempt != null && attempt.sent;
    }

    /** What it means that an attempt's channel is connected. */
    RaceEvent reached(Attempt attempt) {
        if (request.readiness() == null) {
            return new RaceEvent.Connected(attempt.id);
        }
        attempt.reached = true;
        return new RaceEvent.TransportConnected(attempt.id);
    }

    /** Waits for the only attempt in the caller's own thread: no selector, no other thread. */
    private void connectBlocking(Attempt attempt) throws IOException {
        long remaining = request.settings().deadlineNanos();
        if (remaining != Long.MAX_VALUE) {
            remaining -= now();
        }
        blocking = attempt.channel;
        if (stopped) {
            // told again, since the event of who stopped the dial may not be in yet
            blocking = null;
            inbox.add(new RaceEvent.Cancel(ErrorCode.CANCELLED));
            return;
        }
        BlockingConnect.Result result = BlockingConnect.connect(attempt.channel, attempt.address.address(), remaining);
        blocking = null;
        switch (result) {
            case CONNECTED -> inbox.add(new RaceEvent.Connected(attempt.id));
            case INTERRUPTED -> inbox.add(new RaceEvent.Cancel(ErrorCode.INTERRUPTED));
            case CLOSED -> inbox.add(new RaceEvent.Cancel(ErrorCode.CANCELLED));
            case OUT_OF_TIME -> {
                // the race sees by itself that the deadline has passed
            }
        }
    }

    private List<Candidate> candidates(List<AddressInfo> addresses) {
        Nat64 nat64 = request.nat64();
        // an address that no other will join needs no rank, and so neither source nor memory
        boolean needsSource = request.lookupHost() != null;
        List<Nat64Prefix> prefixes = nat64 == null ? List.of() : nat64.prefixesFor(addresses, needsSource);
        List<Candidate> candidates = new ArrayList<>(addresses.size());
        try (SourceProbe probe = new SourceProbe()) {
            for (AddressInfo address : addresses) {
                KnownPath path = needsSource ? memory.path(address) : KnownPath.NONE;
                Candidate translated =
                        prefixes.isEmpty() ? null : Nat64.translated(address, prefixes, each -> sourceFor(each, probe));
                SourceAddress source = needsSource && translated == null ? sourceFor(address, probe) : null;
                candidates.add(
                        translated == null
                                ? new Candidate(address, source, path, null)
                                : translated.withPath(needsSource ? memory.path(translated.connectAddress()) : path));
            }
        }
        return candidates;
    }

    private @Nullable SourceAddress sourceFor(AddressInfo address, SourceProbe probe) {
        InetSocketAddress given = request.source();
        if (given == null || given.getAddress().isAnyLocalAddress()) {
            return SourceAddresses.of(address, probe, request.settings().policyTable());
        }
        return AddressFamily.of(given) == address.family() ? LocalAddresses.described(given.getAddress()) : null;
    }

    /** Posts a lookup's answers, on whatever thread they come. */
    private final class Sink implements ResolveSink {
        private final int id;
        private final AtomicBoolean ended = new AtomicBoolean();

        Sink(int id) {
            this.id = id;
        }

        @Override
        public void answer(List<InetAddress> addresses, @Nullable Duration ttl) {
            List<Candidate> candidates = resolved(addresses);
            if (!ended.get()) {
                post(new RaceEvent.Answered(id, candidates, false));
            }
        }

        @Override
        public void lastAnswer(List<InetAddress> addresses, @Nullable Duration ttl) {
            List<Candidate> candidates = resolved(addresses);
            if (!ended.getAndSet(true)) {
                post(new RaceEvent.Answered(id, candidates, true));
            }
        }

        @Override
        public void removed(List<InetAddress> addresses) {
            List<AddressInfo> infos = read(addresses, each -> each);
            if (!ended.get()) {
                post(new RaceEvent.AddressesRemoved(infos));
            }
        }

        private List<Candidate> resolved(List<InetAddress> addresses) {
            return read(addresses, DialTask.this::candidates);
        }

        private <T> List<T> read(List<InetAddress> addresses, Function<List<AddressInfo>, List<T>> use) {
            try {
                List<AddressInfo> infos = new ArrayList<>(addresses.size());
                for (InetAddress address : addresses) {
                    infos.add(AddressInfo.stream(new InetSocketAddress(
                            Objects.requireNonNull(address, "an address that is null"), request.port())));
                }
                return use.apply(infos);
            } catch (RuntimeException e) {
                // the promise is not to throw, and a dial must not wait for an answer that cannot be read
                fail(ErrorCode.NO_RECOVERY, "the resolver failed: " + e);
                return List.of();
            }
        }

        @Override
        public void end() {
            if (!ended.getAndSet(true)) {
                post(new RaceEvent.LookupEnded(id));
            }
        }

        @Override
        public void fail(ErrorCode code, String message) {
            if (!ended.getAndSet(true)) {
                boolean told = message != null && !message.isEmpty();
                post(new RaceEvent.LookupFailed(id, code, told ? message : code.meaning()));
            }
        }
    }
}
