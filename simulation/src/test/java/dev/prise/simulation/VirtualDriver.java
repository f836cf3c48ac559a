package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.contract.RaceDriverContract;
import dev.prise.race.Candidate;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.TraceEvent;
import dev.prise.trace.TraceRecorder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The driver of one dial on a virtual clock. */
final class VirtualDriver {
    private final VirtualWorld world;
    private final RaceDriverContract.Order order;
    private final long beganAtNanos;
    private final Race race;
    private final Queue<RaceEvent> inbox = new ArrayDeque<>();
    private final Map<Integer, Resolver.Lookup> lookups = new HashMap<>();
    private final Map<Integer, VirtualWorld.VirtualSocket> sockets = new HashMap<>();
    private VirtualWorld.@Nullable VirtualSocket winner;

    VirtualDriver(VirtualWorld world, RaceDriverContract.Order order) {
        this.world = world;
        this.order = order;
        this.beganAtNanos = world.now();
        this.race = new Race(
                RaceSettings.DEFAULT.withDeadlineNanos(order.deadline().toNanos()),
                new TraceRecorder("contract.test", "" + order.port(), "contract", null, guarded(order.listener())));
    }

    private static Consumer<TraceEvent> guarded(Consumer<TraceEvent> listener) {
        return event -> {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        };
    }

    /** Dials to the end; the socket that won, null when there is none. */
    VirtualWorld.@Nullable VirtualSocket dial() {
        order.begun().accept(() -> inbox.add(new RaceEvent.Cancel(ErrorCode.CANCELLED)));
        race.handle(new RaceEvent.Start(order.resolver().lookups(AddressFamily.UNSPEC), List.of()), 0);
        drive();
        while (!race.isDone()) {
            if (inbox.isEmpty()) {
                world.advance(beganAtNanos + race.nextDeadlineNanos());
            }
            drive();
        }
        return winner;
    }

    private long now() {
        return world.now() - beganAtNanos;
    }

    private void drive() {
        for (RaceEvent event = inbox.poll(); event != null; event = inbox.poll()) {
            race.handle(event, now());
            if (event instanceof RaceEvent.AttemptFailed failed) {
                close(failed.attempt());
            }
        }
        for (RaceAction action = race.poll(now()); action != null; action = race.poll(now())) {
            perform(action);
        }
    }

    private void perform(RaceAction action) {
        switch (action) {
            case RaceAction.StartLookup start -> look(start);
            case RaceAction.CancelLookup cancel ->
                Objects.requireNonNull(lookups.remove(cancel.lookup())).cancel();
            case RaceAction.StartAttempt start -> connect(start);
            case RaceAction.CancelAttempt cancel -> close(cancel.attempt());
            case RaceAction.CloseLate late -> close(late.attempt());
            case RaceAction.Learn learn -> {}
            case RaceAction.Won won -> winner = sockets.remove(won.attempt());
            case RaceAction.Failed failed -> {}
        }
    }

    private void look(RaceAction.StartLookup start) {
        Sink sink = new Sink(start.lookup());
        lookups.put(start.lookup(), Resolver.Lookup.ENDED);
        try {
            lookups.put(
                    start.lookup(), order.resolver().resolve(new ResolveQuery("contract.test", start.family()), sink));
        } catch (RuntimeException e) {
            sink.fail(ErrorCode.NO_RECOVERY, "the resolver failed: " + e);
        }
    }

    private void connect(RaceAction.StartAttempt start) {
        int id = start.attempt();
        InetAddress address = Objects.requireNonNull(start.candidate().address().inetAddress());
        race.handle(new RaceEvent.AttemptSent(id), now());
        sockets.put(
                id,
                world.connect(
                        address,
                        () -> inbox.add(new RaceEvent.Connected(id)),
                        () -> inbox.add(new RaceEvent.AttemptFailed(
                                id, RaceEvent.FailureKind.NETWORK, ErrorCode.CONNECTION_REFUSED, "refused"))));
    }

    private void close(int attempt) {
        VirtualWorld.VirtualSocket socket = sockets.remove(attempt);
        if (socket != null) {
            socket.close();
        }
    }

    private final class Sink implements ResolveSink {
        private final int id;

        Sink(int id) {
            this.id = id;
        }

        private List<Candidate> candidates(List<InetAddress> addresses) {
            return addresses.stream()
                    .map(address -> new Candidate(info(address), address))
                    .toList();
        }

        private AddressInfo info(InetAddress address) {
            return AddressInfo.stream(new InetSocketAddress(address, order.port()));
        }

        @Override
        public void removed(List<InetAddress> addresses) {
            inbox.add(new RaceEvent.AddressesRemoved(
                    addresses.stream().map(this::info).toList()));
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
        public void end() {
            inbox.add(new RaceEvent.LookupEnded(id));
        }

        @Override
        public void fail(ErrorCode code, String message) {
            inbox.add(new RaceEvent.LookupFailed(id, code, message));
        }
    }
}
