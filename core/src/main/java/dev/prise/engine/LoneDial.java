package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A blocking dial of one address that nobody is told of while it runs. What the race does with it is known beforehand, so the address is
 * connected to first, and the race is run over what happened when somebody asks: at once when the dial has failed, otherwise not before the
 * story is read.
 */
final class LoneDial implements Dials.Handle, Supplier<Trace> {
    private static final int ID = 1;

    private final DialRequest request;
    private final AddressInfo address;

    /** Asked for before it connects, since they may throw. */
    private final String resolver;

    private final @Nullable String fallbackReason;
    private final DialMemory memory;
    private final long beganAtNanos = System.nanoTime();

    /** When the attempt started, and when all was over. */
    private long startedAtNanos;

    private long endedAtNanos;

    /** What the race is told of the attempt, null for nothing. */
    private @Nullable RaceEvent end;

    /** Null until somebody asks; several threads that do so at once make the same. */
    private volatile @Nullable Trace trace;

    /** The channel that is being connected, null while there is none. */
    private volatile @Nullable SocketChannel blocking;

    /** Set before {@link #blocking} is looked at, as that is set before this is. */
    private volatile boolean stopped;

    /** To be asked only when the request {@link #fits}. */
    LoneDial(DialRequest request) {
        this.request = request;
        this.address = request.known().get(0);
        this.resolver = request.resolver().name();
        this.fallbackReason = request.resolver().fallbackReason();
        this.memory = new DialMemory(request.memory());
    }

    /** Whether a dial may be made so: with one address, by this machine's own way, that is ready once it is connected. */
    static boolean fits(DialRequest request) {
        if (request.lookupHost() != null
                || request.known().size() != 1
                || request.readiness() != null
                || request.settings().attemptTimeoutNanos() != Long.MAX_VALUE
                || request.known().get(0).family() == AddressFamily.UNIX) {
            return false;
        }
        Nat64 nat64 = request.nat64();
        return nat64 == null || !nat64.concerns(request.known());
    }

    @Override
    public void cancel() {
        stopped = true;
        SocketChannel waitedFor = blocking;
        if (waitedFor != null) {
            Attempt.closeQuietly(waitedFor);
        }
    }

    /** Connects or fails; to be called once. */
    DialOutcome dial() {
        memory.prepare();
        startedAtNanos = now();
        SocketChannel channel = null;
        List<Throwable> causes = List.of();
        try {
            channel = Attempt.openChannel(address, request);
            end = connect(channel);
            endedAtNanos = now();
        } catch (IOException | RuntimeException e) {
            endedAtNanos = now();
            causes = List.of(e);
            end = Attempt.failed(ID, e, channel == null || Attempt.isLocal(address, e));
        } finally {
            if (channel != null && !(end instanceof RaceEvent.Connected)) {
                Attempt.closeQuietly(channel);
            }
        }
        if (end instanceof RaceEvent.Connected) {
            memory.learnRoundTrip(address, endedAtNanos - startedAtNanos);
            return new DialOutcome(channel, address, null, this, null, causes);
        }
        return failed(causes);
    }

    /** What came of it; null when time has run out, which the race sees by itself. */
    private @Nullable RaceEvent connect(SocketChannel channel) throws IOException {
        long deadline = request.settings().deadlineNanos();
        blocking = channel;
        try {
            if (stopped) {
                return new RaceEvent.Cancel(ErrorCode.CANCELLED);
            }
            long remaining = deadline == Long.MAX_VALUE ? deadline : deadline - now();
            return switch (BlockingConnect.connect(channel, address.address(), remaining)) {
                case CONNECTED -> new RaceEvent.Connected(ID);
                case INTERRUPTED -> new RaceEvent.Cancel(ErrorCode.INTERRUPTED);
                case CLOSED -> new RaceEvent.Cancel(ErrorCode.CANCELLED);
                case OUT_OF_TIME -> null;
            };
        } finally {
            blocking = null;
        }
    }

    private DialOutcome failed(List<Throwable> causes) {
        if (end == null) {
            endedAtNanos = Math.max(endedAtNanos, request.settings().deadlineNanos());
        }
        List<RaceAction.FailReason> reasons = new ArrayList<>(1);
        trace = race(action -> {
            if (action instanceof RaceAction.Learn learn) {
                memory.learn(learn);
            } else if (action instanceof RaceAction.Failed failed) {
                reasons.add(failed.reason());
            }
        });
        return new DialOutcome(null, null, reasons.get(0), this, null, causes);
    }

    /** The story. */
    @Override
    public Trace get() {
        Trace told = trace;
        if (told == null) {
            told = race(action -> {});
            trace = told;
        }
        return told;
    }

    /** Runs the race over what happened. */
    private Trace race(Consumer<? super RaceAction> actions) {
        TraceRecorder recorder = new TraceRecorder(request.host(), request.service(), resolver, fallbackReason, null);
        Race race = new Race(request.settings(), recorder);
        Candidate candidate = new Candidate(address, null, KnownPath.NONE, null);
        race.handle(new RaceEvent.Start(List.of(), List.of(), List.of(candidate)), 0);
        poll(race, startedAtNanos, actions);
        RaceEvent event = end;
        if (event != null) {
            race.handle(event, endedAtNanos);
        }
        poll(race, endedAtNanos, actions);
        return Objects.requireNonNull(race.trace(), "a dial that goes on");
    }

    private static void poll(Race race, long nowNanos, Consumer<? super RaceAction> actions) {
        for (RaceAction action = race.poll(nowNanos); action != null; action = race.poll(nowNanos)) {
            actions.accept(action);
        }
    }

    private long now() {
        return System.nanoTime() - beganAtNanos;
    }
}
