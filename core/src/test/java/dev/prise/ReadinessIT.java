package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that have something to show before they count, for each way to dial. */
@Timeout(60)
class ReadinessIT {
    private static final InetAddress FIRST = Loopback.FIRST;
    private static final InetAddress SECOND = Loopback.SECOND;

    /** Ready when the peer has greeted with one byte. */
    private static final Readiness GREETING = connection -> new Readiness.Check() {
        @Override
        public Readiness.Step step() throws IOException {
            ByteBuffer greeting = ByteBuffer.allocate(1);
            int count = connection.channel().read(greeting);
            if (count < 0) {
                throw new IOException("hung up before the greeting");
            }
            return count == 0 ? Readiness.Step.NEEDS_READ : Readiness.Step.READY;
        }
    };

    private static Dialer dialer(Readiness readiness, InetAddress... addresses) {
        return Dialer.builder()
                .resolver(Loopback.answering(addresses))
                .deadline(Duration.ofSeconds(20))
                .readiness(readiness)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void whoGreetsWinsAndNotWhoAcceptsFirst(DialerIT.Way way) throws Exception {
        long before = OpenDescriptors.count();
        try (Loopback.Server silent = new Loopback.Server(FIRST, 0);
                Loopback.Server greeting = new Loopback.Server(SECOND, silent.port())) {
            CompletableFuture<Void> greeted = CompletableFuture.runAsync(() -> greet(greeting));
            try (DialResult result = way.dial(dialer(GREETING, FIRST, SECOND), "two.test", silent.port())) {
                assertThat(result.address().addressText()).isEqualTo("127.0.0.2");
                assertThat(result.channel().isBlocking()).isTrue();
                assertThat(result.trace().attempts())
                        .allSatisfy(
                                attempt -> assertThat(attempt.reachedNanos()).isNotNull())
                        .extracting(Trace.Attempt::outcome)
                        .containsExactly(Trace.AttemptOutcome.CANCELLED, Trace.AttemptOutcome.CONNECTED);
                greeted.join();
                try (Socket loser = silent.accepted.take()) {
                    assertThat(loser.getInputStream().read()).isEqualTo(-1);
                }
            }
        }
        OpenDescriptors.await(before);
    }

    private static void greet(Loopback.Server server) {
        try {
            Socket socket = server.accepted.take();
            socket.getOutputStream().write('!');
            server.accepted.add(socket);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failureIsFollowedByTheNextAtOnceAndIsToldWithItsMessage(DialerIT.Way way) throws Exception {
        Readiness onlySecond = connection -> () -> {
            if (connection.address().addressText().equals("127.0.0.1")) {
                throw new IOException("a proxy that lets nobody through");
            }
            return Readiness.Step.READY;
        };
        try (Loopback.Server first = new Loopback.Server(FIRST, 0);
                Loopback.Server second = new Loopback.Server(SECOND, first.port())) {
            try (DialResult result = way.dial(dialer(onlySecond, FIRST, SECOND), "two.test", second.port())) {
                Trace.Attempt failed = result.trace().attempts().get(0);
                assertThat(failed.error())
                        .isEqualTo(new Trace.Failure(ErrorCode.UNKNOWN, "a proxy that lets nobody through"));
                assertThat(result.trace().attempts().get(1).why()).isEqualTo(Trace.Why.FAILURE);
            }
            ConnectException failure = catchThrowableOfType(
                    ConnectException.class, () -> way.dial(dialer(onlySecond, FIRST), "one.test", first.port()));
            assertThat(failure).hasMessageContaining("127.0.0.1 failed, a proxy that lets nobody through, after");
            assertThat(failure.getSuppressed()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultOfTheCheckEndsTheDialAndIsThrown(DialerIT.Way way) throws Exception {
        long before = OpenDescriptors.count();
        AtomicInteger closed = new AtomicInteger();
        Readiness broken = connection -> new Readiness.Check() {
            @Override
            public Readiness.Step step() {
                throw new IllegalArgumentException("a broken check");
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        try (Loopback.Server first = new Loopback.Server(FIRST, 0);
                Loopback.Server second = new Loopback.Server(SECOND, first.port())) {
            assertThatThrownBy(() -> way.dial(dialer(broken, FIRST, SECOND), "two.test", first.port()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a broken check");
            assertThat(second.accepted).isEmpty();
            assertThat(closed).hasValue(1);
        }
        OpenDescriptors.await(before);
    }

    @ParameterizedTest
    @EnumSource
    void errorOfTheCheckEndsItsDialAndNoOther(DialerIT.Way way) throws Exception {
        Readiness broken = connection -> {
            throw new StackOverflowError("deep");
        };
        try (Loopback.Server server = new Loopback.Server(FIRST, 0);
                Loopback.Hole hole = new Loopback.Hole(FIRST, 0)) {
            CompletableFuture<DialResult> other = Dialer.create().dialAsync("127.0.0.1", hole.port());
            assertThatThrownBy(() -> way.dial(dialer(broken, FIRST), "one.test", server.port()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(StackOverflowError.class);
            assertThat(other.isDone()).isFalse();
            other.cancel(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedByItsCheckItFails(DialerIT.Way way) throws Exception {
        Readiness closing = connection -> () -> {
            connection.channel().close();
            return Readiness.Step.NEEDS_READ;
        };
        try (Loopback.Server server = new Loopback.Server(FIRST, 0)) {
            assertThatThrownBy(() -> way.dial(dialer(closing, FIRST), "one.test", server.port()))
                    .isInstanceOf(DialConnectException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverReadyIsOutOfTime(DialerIT.Way way) throws Exception {
        long before = OpenDescriptors.count();
        Dialer dialer = dialer(connection -> () -> Readiness.Step.PENDING, FIRST).toBuilder()
                .deadline(Duration.ofMillis(250))
                .build();
        try (Loopback.Server server = new Loopback.Server(FIRST, 0)) {
            assertThatThrownBy(() -> way.dial(dialer, "one.test", server.port()))
                    .isInstanceOf(DialTimeoutException.class)
                    .hasMessageContaining("127.0.0.1 connected, but not ready within 2")
                    .hasMessageEndingWith("; look at the server's log, allow more time");
        }
        OpenDescriptors.await(before);
    }

    /** Faults of a check that the compiler lets through. */
    enum Nothing {
        CHECK("the readiness returned no check") {
            @Override
            Readiness readiness(AtomicInteger closed) {
                return connection -> null;
            }
        },
        STEP("the readiness said no step") {
            @Override
            Readiness readiness(AtomicInteger closed) {
                return connection -> new Readiness.Check() {
                    @Override
                    public Readiness.Step step() {
                        return null;
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                };
            }
        };

        final String message;

        Nothing(String message) {
            this.message = message;
        }

        abstract Readiness readiness(AtomicInteger closed);
    }

    @ParameterizedTest
    @EnumSource
    void nothingInPlaceOfACheckOrAStepIsTheCallersFault(Nothing nothing) throws Exception {
        Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> faults.add(fault));
        try (Loopback.Server server = new Loopback.Server(FIRST, 0)) {
            for (DialerIT.Way way : DialerIT.Way.values()) {
                AtomicInteger closed = new AtomicInteger();
                Dialer dialer = dialer(nothing.readiness(closed), FIRST);
                assertThatThrownBy(() -> way.dial(dialer, "one.test", server.port()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(nothing.message)
                        .hasNoCause();
                assertThat(closed).hasValue(nothing == Nothing.STEP ? 1 : 0);
            }
            assertThat(faults).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
    }

    /** A check that waits for another thread, which wakes it more often than needed and after its end. */
    @ParameterizedTest
    @EnumSource
    void wakesByItself(DialerIT.Way way) throws Exception {
        CompletableFuture<Runnable> wake = new CompletableFuture<>();
        CountDownLatch steps = new CountDownLatch(3);
        Readiness waiting = connection -> {
            wake.complete(connection.wake());
            return () -> {
                steps.countDown();
                return steps.getCount() == 0 ? Readiness.Step.READY : Readiness.Step.PENDING;
            };
        };
        try (Loopback.Server server = new Loopback.Server(FIRST, 0)) {
            CompletableFuture<Void> waker = CompletableFuture.runAsync(() -> {
                while (steps.getCount() > 0) {
                    wake.join().run();
                }
            });
            way.dial(dialer(waiting, FIRST), "one.test", server.port()).close();
            waker.join();
            wake.join().run();
            way.dial(Dialer.create(), "127.0.0.1", server.port()).close();
        }
    }

    /** What a check writes goes out before the connection is handed over, and it may take more than one step. */
    @ParameterizedTest
    @EnumSource
    void writesMoreThanTheChannelTakesAtOnce(DialerIT.Way way) throws Exception {
        int size = 16 << 20;
        Readiness writing = connection -> {
            ByteBuffer bytes = ByteBuffer.allocate(size);
            SocketChannel channel = connection.channel();
            return () -> {
                channel.write(bytes);
                return bytes.hasRemaining() ? Readiness.Step.NEEDS_WRITE : Readiness.Step.READY;
            };
        };
        try (Loopback.Server server = new Loopback.Server(FIRST, 0)) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try (Socket peer = server.accepted.take()) {
                    return peer.getInputStream().readNBytes(size).length;
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            way.dial(dialer(writing, FIRST), "one.test", server.port()).close();
            assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(size);
        }
    }

    @Test
    void cancelledInTheMiddleItIsClosed() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> told.complete(fault));
        try {
            cancelInTheMiddle();
            assertThat(told.get(20, TimeUnit.SECONDS)).hasMessage("a close that throws disturbs nobody");
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
    }

    private static void cancelInTheMiddle() throws Exception {
        long before = OpenDescriptors.count();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Readiness waiting = connection -> new Readiness.Check() {
            @Override
            public Readiness.Step step() {
                begun.countDown();
                return Readiness.Step.PENDING;
            }

            @Override
            public void close() {
                closed.countDown();
                throw new IllegalStateException("a close that throws disturbs nobody");
            }
        };
        try (Loopback.Server server = new Loopback.Server(FIRST, 0)) {
            CompletableFuture<DialResult> dial = dialer(waiting, FIRST).dialAsync("one.test", server.port());
            begun.await();
            assertThat(dial.cancel(true)).isTrue();
            closed.await();
            assertThatThrownBy(dial::join).isInstanceOf(CancellationException.class);
        }
        OpenDescriptors.await(before);
    }
}
