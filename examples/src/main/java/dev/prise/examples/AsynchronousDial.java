package dev.prise.examples;

import dev.prise.Destinations;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.race.Candidate;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import dev.prise.trace.TraceRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A dial with {@link AsynchronousSocketChannel}: a race decides, and this class does the input and output. It shows how to drive a race from
 * another I/O library; docs/driving-the-race.md explains it.
 *
 * <p>One instance dials once, in the thread that calls {@link #dial}. Only {@link #cancel} may be called by another thread.
 */
public final class AsynchronousDial {
    private final String host;
    private final int port;
    private final Resolver resolver;
    private final Race race;
    private final long beganAtNanos = System.nanoTime();

    /** What has happened and has not been told to the race yet; filled by any thread. */
    private final BlockingQueue<RaceEvent> inbox = new LinkedBlockingQueue<>();

    private final Map<Integer, Resolver.Lookup> lookups = new HashMap<>();
    private final Map<Integer, AsynchronousSocketChannel> channels = new HashMap<>();
    private @Nullable AsynchronousSocketChannel winner;

    /**
     * A dial that has not begun.
     *
     * @param host a name or an address
     * @param port the port
     * @param resolver who knows the name's addresses
     * @param settings the numbers of the race
     * @param listener told each event, on the thread that dials; must not block
     */
    public AsynchronousDial(
            String host, int port, Resolver resolver, RaceSettings settings, Consumer<? super TraceEvent> listener) {
        this.host = host;
        this.port = port;
        this.resolver = resolver;
        this.race = new Race(
                settings,
                new TraceRecorder(
                        host, Integer.toString(port), resolver.name(), resolver.fallbackReason(), guarded(listener)));
    }

    /** Ends the dial, soon. */
    public void cancel() {
        inbox.add(new RaceEvent.Cancel(ErrorCode.CANCELLED));
    }

    /**
     * Dials; blocks until connected, failed or out of time.
     *
     * @throws IOException when it is not connected; the message names every address that was tried
     */
    public AsynchronousSocketChannel dial() throws IOException {
        race.handle(start(), now());
        act();
        while (!race.isDone()) {
            await();
            act();
        }
        if (winner != null) {
            return winner;
        }
        Trace trace = Objects.requireNonNull(race.trace());
        throw new IOException(Objects.requireNonNull(trace.error()).message());
    }

    // ---- what happens

    private RaceEvent start() {
        AddressLiteral literal = AddressLiteral.parse(host);
        InetAddress address = literal == null ? null : literal.address();
        return address == null
                ? new RaceEvent.Start(resolver.lookups(AddressFamily.UNSPEC), List.of())
                : new RaceEvent.Start(List.of(), candidates(List.of(address)));
    }

    /** Waits for an event or the next deadline, then tells the race all that has happened, before it is asked again. */
    private void await() {
        try {
            RaceEvent event = inbox.poll(race.nextDeadlineNanos() - now(), TimeUnit.NANOSECONDS);
            for (; event != null; event = inbox.poll()) {
                tell(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tell(new RaceEvent.Cancel(ErrorCode.INTERRUPTED));
        }
    }

    private void tell(RaceEvent event) {
        race.handle(event, now());
        if (event instanceof RaceEvent.AttemptFailed failed) {
            close(failed.attempt());
        }
    }

    private long now() {
        return System.nanoTime() - beganAtNanos;
    }

    // ---- what the race wants

    private void act() {
        for (RaceAction action = race.poll(now()); action != null; action = race.poll(now())) {
            switch (action) {
                case RaceAction.StartLookup start -> look(start.lookup(), start.family());
                case RaceAction.CancelLookup cancel -> giveUp(cancel.lookup());
                case RaceAction.StartAttempt start -> connect(start.attempt(), start.candidate());
                case RaceAction.CancelAttempt cancel -> close(cancel.attempt());
                case RaceAction.CloseLate late -> close(late.attempt());
                case RaceAction.Learn learn -> {
                    // this dial has no memory
                }
                case RaceAction.Won won -> winner = channels.remove(won.attempt());
                case RaceAction.Failed failed -> {
                    // the trace says why
                }
            }
        }
    }

    private void look(int id, AddressFamily family) {
        try {
            lookups.put(id, resolver.resolve(new ResolveQuery(host, family), new Sink(id)));
        } catch (RuntimeException e) {
            inbox.add(new RaceEvent.LookupFailed(id, ErrorCode.NO_RECOVERY, "the resolver failed: " + e));
        }
    }

    private void giveUp(int id) {
        Resolver.Lookup lookup = lookups.remove(id);
        if (lookup != null) {
            lookup.cancel();
        }
    }

    private void connect(int id, Candidate candidate) {
        try {
            AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
            channels.put(id, channel);
            channel.connect(candidate.connectAddress().address(), id, new Connecting());
            race.handle(new RaceEvent.AttemptSent(id), now());
        } catch (IOException | RuntimeException e) {
            inbox.add(failed(id, e));
        }
    }

    private static RaceEvent failed(int id, Throwable failure) {
        ErrorCode code = ErrorCodes.of(failure);
        RaceEvent.FailureKind kind = switch (code) {
            case NETWORK_UNREACHABLE, FAMILY_NOT_SUPPORTED -> RaceEvent.FailureKind.LOCAL_FAMILY;
            case ADDRESS_NOT_AVAILABLE, PERMISSION_DENIED, TOO_MANY_OPEN_FILES -> RaceEvent.FailureKind.LOCAL;
            default -> failure instanceof IOException ? RaceEvent.FailureKind.NETWORK : RaceEvent.FailureKind.BUG;
        };
        return new RaceEvent.AttemptFailed(id, kind, code, failure.toString());
    }

    private void close(int id) {
        AsynchronousSocketChannel channel = channels.remove(id);
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // the socket is gone either way, and nobody waits for it
        }
    }

    // ---- on other threads

    /** How a connect ended. */
    private final class Connecting implements CompletionHandler<@Nullable Void, Integer> {
        @Override
        public void completed(@Nullable Void nothing, Integer id) {
            inbox.add(new RaceEvent.Connected(id));
        }

        @Override
        public void failed(Throwable failure, Integer id) {
            inbox.add(AsynchronousDial.failed(id, failure));
        }
    }

    /** What a lookup brings. */
    private final class Sink implements ResolveSink {
        private final int id;

        Sink(int id) {
            this.id = id;
        }

        @Override
        public void answer(List<InetAddress> addresses, @Nullable Duration ttl) {
            inbox.add(new RaceEvent.Answered(id, candidates(addresses)));
        }

        @Override
        public void lastAnswer(List<InetAddress> addresses, @Nullable Duration ttl) {
            inbox.add(new RaceEvent.Answered(id, candidates(addresses), true));
        }

        @Override
        public void removed(List<InetAddress> addresses) {
            inbox.add(new RaceEvent.AddressesRemoved(infos(addresses)));
        }

        @Override
        public void end() {
            inbox.add(new RaceEvent.LookupEnded(id));
        }

        @Override
        public void fail(ErrorCode code, String message) {
            inbox.add(new RaceEvent.LookupFailed(id, code, message));
        }
    }

    /** The addresses, each with the one that this machine would connect from: the race orders them by both. */
    private List<Candidate> candidates(List<InetAddress> addresses) {
        return Destinations.rank(infos(addresses)).stream()
                .map(ranked -> new Candidate(ranked.address(), ranked.source()))
                .toList();
    }

    private List<AddressInfo> infos(List<InetAddress> addresses) {
        return addresses.stream()
                .map(address -> AddressInfo.stream(new InetSocketAddress(address, port)))
                .toList();
    }

    /** What a listener throws is its own affair. */
    private static Consumer<TraceEvent> guarded(Consumer<? super TraceEvent> listener) {
        return event -> {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        };
    }
}
