package dev.prise.contract;

import static dev.prise.contract.ContractWorld.Kind.ACCEPTS;
import static dev.prise.contract.ContractWorld.Kind.HOLE;
import static dev.prise.contract.ContractWorld.Kind.REFUSES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every driver of a race must do, whatever it does its input and output with. A driver's test inherits this class and says how to dial.
 *
 * <p>After each dial it is checked that there was one start and one end, that each start between them had one end of its own, that nothing
 * came before the start or after the end, and that no socket is left open. What a readiness hook must do is tested where there is one.
 */
@Timeout(120)
public abstract class RaceDriverContract {
    private static final Duration LONG = Duration.ofSeconds(20);

    /**
     * What is to be dialled.
     *
     * @param resolver knows the addresses of any name
     * @param deadline for the whole dial
     * @param listener to be told each event, on the driver's thread
     * @param begun to be given, at any time, what cancels the dial from any thread
     */
    public record Order(
            int port, Resolver resolver, Duration deadline, Consumer<TraceEvent> listener, Consumer<Runnable> begun) {}

    /** A connection that was handed over. */
    public interface Connected extends AutoCloseable {
        /** What it is connected to. */
        InetAddress address();

        @Override
        void close() throws Exception;
    }

    /** A world of this driver. */
    protected abstract ContractWorld world(ContractWorld.Kind... kinds) throws Exception;

    /** Dials in a world and waits for the end; null when it did not connect. */
    protected abstract @Nullable Connected dial(ContractWorld world, Order order) throws Exception;

    /** Whether what has happened while a listener was held up is seen as one batch for certain. */
    protected boolean batchesAreCertain() {
        return true;
    }

    /**
     * A dial that is over.
     *
     * @param events those so far: what came later would be seen
     * @param address what it connected to, null when it did not or nobody took it
     */
    private record Story(List<TraceEvent> events, @Nullable InetAddress address) {
        Trace trace() {
            return ((TraceEvent.DialEnded) events.get(events.size() - 1)).trace();
        }

        Trace.@Nullable Failure error() {
            return trace().error();
        }
    }

    // ---- order and batches

    @Test
    @DisplayName("attempts are made in the order of the race")
    protected void order() throws Exception {
        try (ContractWorld world = world(REFUSES, HOLE, ACCEPTS)) {
            Story story = run(world, answering(world, 0, 1, 2));
            assertThat(story.address).isEqualTo(world.address(2));
            assertThat(story.trace().attempts())
                    .extracting(attempt -> attempt.address().inetAddress())
                    .containsExactly(world.address(0), world.address(1), world.address(2));
            assertThat(story.trace().attempts())
                    .extracting(Trace.Attempt::why)
                    .containsExactly(Trace.Why.FIRST, Trace.Why.FAILURE, Trace.Why.DELAY);
        }
    }

    @Test
    @DisplayName(
            "case 95 (Go): two are connected in one batch: the better ranked is handed over, the other closed without a word")
    protected void twoInOneBatch() throws Exception {
        try (ContractWorld world = world(HOLE, HOLE, HOLE)) {
            AtomicInteger attempts = new AtomicInteger();
            Story story = run(world, answering(world, 0, 1, 2), LONG, event -> {
                if (event.kind() == TraceEvent.Kind.ATTEMPT_STARTED && attempts.incrementAndGet() == 3) {
                    letThrough(world, 0, 1);
                }
            });
            assertThat(story.address).isIn(world.address(0), world.address(1));
            if (batchesAreCertain()) {
                assertThat(story.address).isEqualTo(world.address(0));
            }
            world.awaitClosedByClient(0);
            world.awaitClosedByClient(1);
        }
    }

    private static void letThrough(ContractWorld world, int... indexes) {
        try {
            world.letThrough(indexes);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // ---- ends

    @Test
    @DisplayName("every address refuses: failed, with each attempt's error")
    protected void allRefuse() throws Exception {
        try (ContractWorld world = world(REFUSES, REFUSES)) {
            Story story = run(world, answering(world, 0, 1));
            assertThat(story.address).isNull();
            assertThat(Objects.requireNonNull(story.error()).code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
            assertThat(story.trace().attempts())
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(
                                    Objects.requireNonNull(attempt.error()).code())
                            .isEqualTo(ErrorCode.CONNECTION_REFUSED));
        }
    }

    @Test
    @DisplayName("the deadline ends everything: all attempts and lookups")
    protected void deadline() throws Exception {
        try (ContractWorld world = world(HOLE, HOLE)) {
            Resolver goingOn = resolver((query, sink) -> sink.answer(addresses(world, 0, 1), null));
            Story story = run(world, goingOn, Duration.ofMillis(400), event -> {});
            assertThat(story.address).isNull();
            assertThat(Objects.requireNonNull(story.error()).code()).isEqualTo(ErrorCode.TIMED_OUT);
            assertThat(story.trace().elapsedNanos()).isGreaterThanOrEqualTo(400_000_000L);
            assertThat(story.trace().attempts())
                    .hasSize(2)
                    .extracting(Trace.Attempt::outcome)
                    .containsOnly(Trace.AttemptOutcome.CANCELLED);
        }
    }

    @Test
    @DisplayName("a cancel at every step: over soon, nothing left open")
    protected void cancelAtEveryStep() throws Exception {
        try (ContractWorld world = world(REFUSES, HOLE, ACCEPTS)) {
            Story whole = run(world, answering(world, 0, 1, 2));
            for (int step = 1; step <= whole.events.size(); step++) {
                Story story = runCancelled(world, step);
                // a cancel that comes with the connection may still close it
                if (story.trace().outcome() == Trace.Outcome.FAILED) {
                    assertThat(story.address).isNull();
                    assertThat(Objects.requireNonNull(story.error()).code())
                            .as("cancelled at event %s", step)
                            .isIn(ErrorCode.CANCELLED, ErrorCode.INTERRUPTED);
                }
            }
        }
    }

    private Story runCancelled(ContractWorld world, int step) throws Exception {
        CompletableFuture<Runnable> cancel = new CompletableFuture<>();
        AtomicInteger told = new AtomicInteger();
        return run(
                world,
                answering(world, 0, 1, 2),
                LONG,
                event -> {
                    if (told.incrementAndGet() != step) {
                        return;
                    }
                    if (event.kind() == TraceEvent.Kind.DIAL_STARTED) {
                        // the driver may not have handed out yet what cancels
                        CompletableFuture<Void> unused = cancel.thenAccept(Runnable::run);
                    } else {
                        cancel.join().run();
                    }
                },
                cancel::complete);
    }

    @Test
    @DisplayName("ten dials with a loser each leave nothing open")
    protected void nothingLeftOpen() throws Exception {
        try (ContractWorld world = world(HOLE, ACCEPTS)) {
            for (int i = 0; i < 10; i++) {
                assertThat(run(world, answering(world, 0, 1)).address).isEqualTo(world.address(1));
            }
        }
    }

    // ---- listeners

    @Test
    @DisplayName("a listener that throws at each event disturbs nothing, and is told of")
    protected void listenerThrows() throws Exception {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> uncaught.add(fault));
        try (ContractWorld world = world(REFUSES, HOLE, ACCEPTS)) {
            Story story = run(world, answering(world, 0, 1, 2), LONG, event -> {
                throw new IllegalStateException("broken listener");
            });
            assertThat(story.address).isEqualTo(world.address(2));
            assertThat(uncaught)
                    .hasSize(story.events.size())
                    .allSatisfy(fault -> assertThat(fault).hasMessage("broken listener"));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    // ---- resolvers

    @Test
    @DisplayName("a resolver that answers on another thread, in parts")
    protected void resolverElsewhere() throws Exception {
        try (ContractWorld world = world(REFUSES, ACCEPTS)) {
            Resolver elsewhere = resolver((query, sink) -> world.later(() -> {
                sink.answer(addresses(world, 0), null);
                world.later(() -> sink.lastAnswer(addresses(world, 1), null));
            }));
            Story story = run(world, elsewhere);
            assertThat(story.address).isEqualTo(world.address(1));
            assertThat(story.trace().attempts()).hasSize(2);
        }
    }

    @Test
    @DisplayName("a resolver that ends twice")
    protected void resolverTwice() throws Exception {
        try (ContractWorld world = world(REFUSES, ACCEPTS)) {
            Resolver twice = resolver((query, sink) -> {
                sink.lastAnswer(addresses(world, 0), null);
                sink.end();
                sink.lastAnswer(addresses(world, 1), null);
                sink.fail(ErrorCode.NO_RECOVERY, "once more");
            });
            Story story = run(world, twice);
            assertThat(story.address).isNull();
            assertThat(story.trace().attempts()).hasSize(1);
            assertThat(story.trace().lookups())
                    .extracting(Trace.Lookup::outcome)
                    .containsExactly(Trace.LookupOutcome.ANSWERED);
        }
    }

    @Test
    @DisplayName("a resolver that never answers: the deadline, and it is told that nobody waits any more")
    protected void resolverNever() throws Exception {
        try (ContractWorld world = world(ACCEPTS)) {
            AtomicInteger given = new AtomicInteger();
            Resolver silent = resolver((query, sink) -> {}, given::incrementAndGet);
            Story story = run(world, silent, Duration.ofMillis(100), event -> {});
            assertThat(Objects.requireNonNull(story.error()).code()).isEqualTo(ErrorCode.TIMED_OUT);
            assertThat(story.trace().lookups())
                    .extracting(Trace.Lookup::outcome)
                    .containsExactly(Trace.LookupOutcome.CANCELLED);
            assertThat(given).hasValue(1);
        }
    }

    @Test
    @DisplayName("a resolver that throws is a lookup that fails")
    protected void resolverThrows() throws Exception {
        try (ContractWorld world = world(ACCEPTS)) {
            Resolver broken = resolver((query, sink) -> {
                throw new IllegalStateException("broken resolver");
            });
            Story story = run(world, broken);
            assertThat(Objects.requireNonNull(story.error()).code()).isEqualTo(ErrorCode.NO_RECOVERY);
            assertThat(story.trace().lookups())
                    .extracting(Trace.Lookup::outcome)
                    .containsExactly(Trace.LookupOutcome.FAILED);
        }
    }

    @Test
    @DisplayName("what a resolver brings after the end is ignored")
    protected void lateAnswer() throws Exception {
        try (ContractWorld world = world(ACCEPTS)) {
            CompletableFuture<ResolveSink> held = new CompletableFuture<>();
            Story story =
                    run(world, resolver((query, sink) -> held.complete(sink)), Duration.ofMillis(50), event -> {});
            long open = world.countOpen();
            int events = story.events.size();
            held.get().lastAnswer(addresses(world, 0), null);
            held.get().fail(ErrorCode.NO_RECOVERY, "late");
            // one more dial has gone through the same driver, so that what was posted would have been read
            assertThat(run(world, answering(world, 0)).address).isEqualTo(world.address(0));
            assertThat(story.events).hasSize(events);
            world.awaitOpen(open);
        }
    }

    @Test
    @DisplayName("an address that the resolver takes back before its turn is not tried (RFC 8305 section 6)")
    protected void takenBack() throws Exception {
        try (ContractWorld world = world(HOLE, ACCEPTS, ACCEPTS)) {
            CompletableFuture<ResolveSink> held = new CompletableFuture<>();
            Resolver resolver = resolver((query, sink) -> {
                held.complete(sink);
                sink.answer(addresses(world, 0, 1, 2), null);
            });
            Story story = run(world, resolver, LONG, event -> {
                if (event.kind() == TraceEvent.Kind.ATTEMPT_STARTED) {
                    held.join().removed(addresses(world, 1));
                }
            });
            assertThat(story.address).isEqualTo(world.address(2));
            assertThat(story.trace().attempts())
                    .extracting(attempt -> attempt.address().inetAddress())
                    .containsExactly(world.address(0), world.address(2));
        }
    }

    // ---- running

    private static Resolver answering(ContractWorld world, int... indexes) {
        return resolver((query, sink) -> sink.lastAnswer(addresses(world, indexes), null));
    }

    private static List<InetAddress> addresses(ContractWorld world, int... indexes) {
        return Arrays.stream(indexes).mapToObj(world::address).toList();
    }

    private static Resolver resolver(BiConsumer<ResolveQuery, ResolveSink> body) {
        return resolver(body, () -> {});
    }

    private static Resolver resolver(BiConsumer<ResolveQuery, ResolveSink> body, Runnable cancelled) {
        return new Resolver() {
            @Override
            public String name() {
                return "contract";
            }

            @Override
            public List<AddressFamily> lookups(AddressFamily family) {
                return List.of(AddressFamily.INET);
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                body.accept(query, sink);
                return cancelled::run;
            }
        };
    }

    private Story run(ContractWorld world, Resolver resolver) throws Exception {
        return run(world, resolver, LONG, event -> {});
    }

    private Story run(ContractWorld world, Resolver resolver, Duration deadline, Consumer<TraceEvent> also)
            throws Exception {
        return run(world, resolver, deadline, also, cancel -> {});
    }

    private Story run(
            ContractWorld world,
            Resolver resolver,
            Duration deadline,
            Consumer<TraceEvent> also,
            Consumer<Runnable> begun)
            throws Exception {
        warmUp();
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        Consumer<TraceEvent> listener = event -> {
            events.add(event);
            try {
                also.accept(event);
            } finally {
                if (event.kind() == TraceEvent.Kind.DIAL_ENDED) {
                    ended.countDown();
                }
            }
        };
        long before = world.countOpen();
        InetAddress address = null;
        try (Connected connected = dial(world, new Order(world.port(), resolver, deadline, listener, begun))) {
            // what cancels may have interrupted this thread
            Thread.interrupted();
            assertThat(ended.await(20, TimeUnit.SECONDS)).as("an end").isTrue();
            address = connected == null ? null : connected.address();
        }
        world.awaitOpen(before);
        checkEnds(events);
        return new Story(events, address);
    }

    private boolean warm;

    /** The first dial of a process opens what is kept, so nothing is counted. */
    private void warmUp() throws Exception {
        if (warm) {
            return;
        }
        warm = true;
        try (ContractWorld world = world(HOLE, ACCEPTS)) {
            Order order = new Order(world.port(), answering(world, 0, 1), LONG, event -> {}, cancel -> {});
            try (Connected connected = dial(world, order)) {
                assertThat(connected).isNotNull();
            }
        }
    }

    /** One start, the first, and one end, the last; between them one end for each start. */
    private static void checkEnds(List<TraceEvent> events) {
        assertThat(events)
                .extracting(TraceEvent::kind)
                .containsOnlyOnce(TraceEvent.Kind.DIAL_STARTED, TraceEvent.Kind.DIAL_ENDED);
        assertThat(events.get(0).kind()).isEqualTo(TraceEvent.Kind.DIAL_STARTED);
        assertThat(events.get(events.size() - 1).kind()).isEqualTo(TraceEvent.Kind.DIAL_ENDED);
        Set<String> open = new HashSet<>();
        for (TraceEvent event : events) {
            switch (event.kind()) {
                case LOOKUP_STARTED ->
                    assertThat(open.add("lookup " + ((TraceEvent.LookupStarted) event).id()))
                            .isTrue();
                case LOOKUP_ENDED ->
                    assertThat(open.remove("lookup "
                                    + ((TraceEvent.LookupEnded) event).lookup().id()))
                            .isTrue();
                case ATTEMPT_STARTED ->
                    assertThat(open.add("attempt " + ((TraceEvent.AttemptStarted) event).id()))
                            .isTrue();
                case ATTEMPT_ENDED ->
                    assertThat(open.remove("attempt "
                                    + ((TraceEvent.AttemptEnded) event)
                                            .attempt()
                                            .id()))
                            .isTrue();
                case DIAL_STARTED, ATTEMPT_REACHED, DIAL_ENDED -> {}
            }
        }
        assertThat(open).isEmpty();
    }
}
