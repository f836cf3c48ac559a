package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.race.PolicyTable;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same promises for each way to dial: in the caller's thread, on the loop, and in a virtual thread where there are any. */
@Timeout(60)
class DialerIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    enum Way {
        BLOCKING {
            @Override
            DialResult dial(Dialer dialer, Target target) throws IOException {
                return dialer.dial(target);
            }
        },
        ASYNC {
            @Override
            DialResult dial(Dialer dialer, Target target) throws IOException {
                try {
                    return dialer.dialAsync(target).get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException io) {
                        throw io;
                    }
                    throw (RuntimeException) e.getCause();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        },
        VIRTUAL {
            @Override
            DialResult dial(Dialer dialer, Target target) throws IOException {
                CompletableFuture<DialResult> result = new CompletableFuture<>();
                VirtualThreads.start(() -> {
                    try {
                        result.complete(dialer.dial(target));
                    } catch (IOException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
                try {
                    return result.get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException io) {
                        throw io;
                    }
                    throw (RuntimeException) e.getCause();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };

        abstract DialResult dial(Dialer dialer, Target target) throws IOException;

        DialResult dial(Dialer dialer, String host, int port) throws IOException {
            return dial(dialer, Target.of(host, port));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyTableOfTheRaceIsThatOfTheDialer(Way way) throws IOException {
        PolicyTable secondFirst = new PolicyTable(List.of(
                PolicyTable.row("::", 0, 40, 0),
                PolicyTable.row("::ffff:127.0.0.1", 128, 10, 4),
                PolicyTable.row("::ffff:127.0.0.2", 128, 90, 4)));
        Dialer dialer = Dialer.builder()
                .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                .race(race -> race.policyTable(secondFirst))
                .deadline(LONG)
                .build();
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0);
                DialResult result = way.dial(dialer.toBuilder().build(), "two.test", server.port())) {
            assertThat(result.trace().attempts())
                    .extracting(attempt -> attempt.address().addressText())
                    .containsExactly("127.0.0.2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void handsOverABlockingSocketThatWorksBothWays(Way way) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result = way.dial(Dialer.create(), "127.0.0.1", server.port());
                Socket peer = server.accepted.take()) {
            assertThat(result.channel().isBlocking()).isTrue();
            assertThat(result.address().family()).isEqualTo(AddressFamily.INET);
            result.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(peer.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            peer.getOutputStream().write(7);
            result.socket().setSoTimeout(10_000);
            assertThat(result.socket().getInputStream().read()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusedFirstAddressIsFollowedByTheNextAtOnce(Way way) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0)) {
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                    .build();
            try (DialResult result = way.dial(dialer, "two.test", server.port())) {
                List<Trace.Attempt> attempts = result.trace().attempts();
                assertThat(attempts).extracting(Trace.Attempt::why).containsExactly(Trace.Why.FIRST, Trace.Why.FAILURE);
                assertThat(attempts)
                        .extracting(Trace.Attempt::outcome)
                        .containsExactly(Trace.AttemptOutcome.FAILED, Trace.AttemptOutcome.CONNECTED);
                assertThat(attempts.get(1).startNanos())
                        .isGreaterThanOrEqualTo(attempts.get(0).endNanos());
                assertThat(result.address().addressText()).isEqualTo("127.0.0.2");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void holeIsFollowedByTheNextAfterTheDelayAndGoesOnMeanwhile(Way way) throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.SECOND, 0);
                Loopback.Server server = new Loopback.Server(Loopback.FIRST, hole.port())) {
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.SECOND, Loopback.FIRST))
                    .build();
            try (DialResult result = way.dial(dialer, "two.test", server.port())) {
                List<Trace.Attempt> attempts = result.trace().attempts();
                assertThat(attempts).extracting(Trace.Attempt::why).containsExactly(Trace.Why.FIRST, Trace.Why.DELAY);
                assertThat(attempts)
                        .extracting(Trace.Attempt::outcome)
                        .containsExactly(Trace.AttemptOutcome.CANCELLED, Trace.AttemptOutcome.CONNECTED);
                // loopback is paced at 100 ms
                assertThat(attempts.get(1).startNanos() - attempts.get(0).startNanos())
                        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
                assertThat(attempts.get(0).endNanos())
                        .isGreaterThanOrEqualTo(attempts.get(1).startNanos());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyHolesEndAtTheDeadlineAndEachIsNamed(Way way) throws Exception {
        try (Loopback.Hole first = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Hole second = new Loopback.Hole(Loopback.SECOND, first.port())) {
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                    .deadline(Duration.ofMillis(300))
                    .build();
            DialTimeoutException failure =
                    catchThrowableOfType(DialTimeoutException.class, () -> way.dial(dialer, "two.test", second.port()));
            assertThat(failure).isInstanceOf(SocketTimeoutException.class);
            assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
            assertThat(failure.trace().elapsedNanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
            assertThat(failure).hasMessageContainingAll("two.test", "127.0.0.1", "127.0.0.2", "ETIMEDOUT", "10060");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneHoleEndsAtTheDeadline(Way way) throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0)) {
            Dialer dialer = Dialer.builder().deadline(Duration.ofMillis(200)).build();
            DialTimeoutException failure =
                    catchThrowableOfType(DialTimeoutException.class, () -> way.dial(dialer, "127.0.0.1", hole.port()));
            assertThat(failure).hasMessageContaining("127.0.0.1 no answer for");
            assertThat(failure.trace().attempts())
                    .extracting(Trace.Attempt::outcome)
                    .containsExactly(Trace.AttemptOutcome.CANCELLED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalIsNamedAndSuppressed(Way way) throws Exception {
        try (Loopback.Refusing refusing = new Loopback.Refusing()) {
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                    .build();
            DialConnectException failure = catchThrowableOfType(
                    DialConnectException.class, () -> way.dial(dialer, "two.test", refusing.port()));
            assertThat(failure).isInstanceOf(ConnectException.class);
            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
            assertThat(failure)
                    .hasMessageContainingAll(
                            "127.0.0.1 refused", "127.0.0.2 refused", "ECONNREFUSED", "WSAECONNREFUSED 10061");
            assertThat(failure.getSuppressed()).hasSize(2).allMatch(ConnectException.class::isInstance);
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknownNameIsAnUnknownHost(Way way) {
        Dialer dialer = Dialer.builder().resolver(Loopback.knowingNothing()).build();
        assertThatThrownBy(() -> way.dial(dialer, "nosuchhost.test", 1))
                .isInstanceOf(UnknownHostException.class)
                .isInstanceOf(DialUnknownHostException.class)
                .hasMessageContainingAll("nosuchhost.test", "no such name", "EAI_NONAME", "WSAHOST_NOT_FOUND 11001");
    }

    @Test
    void hostThatCannotBeANameIsAnUnknownHostToo() {
        assertThatThrownBy(() -> Dialer.create().dial("two words", 80)).isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> Dialer.create().dialAsync("two words", 80).get())
                .hasCauseInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> Dialer.create().dial("localhost", 65536)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void resolverThatEndsTwiceDisturbsNothing(Way way) throws Exception {
        Resolver twice = new Resolver() {
            @Override
            public String name() {
                return "twice";
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                new Thread(() -> {
                            sink.lastAnswer(List.of(Loopback.FIRST), null);
                            sink.end();
                            sink.lastAnswer(List.of(Loopback.SECOND), null);
                            sink.fail(ErrorCode.NO_RECOVERY, "once more");
                        })
                        .start();
                return Lookup.ENDED;
            }
        };
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            Dialer dialer = Dialer.builder().resolver(twice).build();
            for (int i = 0; i < 100; i++) {
                way.dial(dialer, "twice.test", server.port()).close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void resolverWhoseCancelThrowsHoldsNothingUp(Way way) throws Exception {
        Resolver.Lookup throwing = () -> {
            throw new IllegalStateException("will not be cancelled");
        };
        Resolver stubborn = Loopback.silent(throwing, AddressFamily.INET6, AddressFamily.INET);
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0)) {
            CompletableFuture<DialResult> bystander =
                    Dialer.builder().deadline(Duration.ofMillis(400)).build().dialAsync("127.0.0.1", hole.port());
            Dialer dialer = Dialer.builder()
                    .resolver(stubborn)
                    .deadline(Duration.ofMillis(100))
                    .build();
            assertThatThrownBy(() -> way.dial(dialer, "stubborn.test", 1)).isInstanceOf(DialTimeoutException.class);
            assertThatThrownBy(bystander::get).hasCauseInstanceOf(DialTimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deadlineCoversTheLookup(Way way) {
        CountDownLatch cancelled = new CountDownLatch(1);
        Dialer dialer = Dialer.builder()
                .resolver(Loopback.silent(cancelled::countDown))
                .deadline(Duration.ofMillis(100))
                .build();
        assertThatThrownBy(() -> way.dial(dialer, "silent.test", 1))
                .isInstanceOf(DialTimeoutException.class)
                .hasMessageContaining("cannot resolve silent.test within");
        assertThat(cancelled.getCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void answersFromAnotherThreadAreTaken(Way way) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            Resolver slow = new Resolver() {
                @Override
                public String name() {
                    return "slow";
                }

                @Override
                public List<AddressFamily> lookups(AddressFamily family) {
                    return List.of(AddressFamily.INET6, AddressFamily.INET);
                }

                @Override
                public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                    new Thread(() -> {
                                if (query.family() == AddressFamily.INET) {
                                    sink.lastAnswer(List.of(Loopback.FIRST), Duration.ofSeconds(1));
                                } else {
                                    sink.end();
                                }
                            })
                            .start();
                    return Lookup.ENDED;
                }
            };
            try (DialResult result = way.dial(Dialer.builder().resolver(slow).build(), "slow.test", server.port())) {
                // a preferred family that is slower than the Resolution Delay is not waited for
                assertThat(result.trace().lookups().get(0).outcome())
                        .isIn(Trace.LookupOutcome.EMPTY, Trace.LookupOutcome.CANCELLED);
                assertThat(result.trace().lookups().get(1).outcome()).isEqualTo(Trace.LookupOutcome.ANSWERED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void literalOfTheOtherFamilyIsRefusedWithoutTrying(Way way) {
        Dialer dialer = Dialer.builder().family(AddressFamily.INET).build();
        assertThatThrownBy(() -> way.dial(dialer, "::1", 1)).hasMessageContaining("EAI_ADDRFAMILY");
    }

    @ParameterizedTest
    @EnumSource
    void sourceAddressIsBoundBeforeConnecting(Way way) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result =
                        way.dial(Dialer.builder().source(Loopback.SECOND).build(), "127.0.0.1", server.port());
                Socket peer = server.accepted.take()) {
            assertThat(peer.getInetAddress()).isEqualTo(Loopback.SECOND);
            assertThat(result.socket().getLocalAddress()).isEqualTo(Loopback.SECOND);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sourceAddressOfTheOtherFamilyFailsWithItsReason(Way way) {
        Dialer dialer = Dialer.builder().source(Loopback.SECOND).build();
        assertThatThrownBy(() -> way.dial(dialer, "::1", 1))
                .isInstanceOf(ConnectException.class)
                .satisfies(e -> assertThat(((DialFailure) e).code())
                        .isIn(ErrorCode.ADDRESS_NOT_AVAILABLE, ErrorCode.FAMILY_NOT_SUPPORTED));
    }

    @ParameterizedTest
    @EnumSource
    void optionsAreSet(Way way) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result = way.dial(
                        Dialer.builder()
                                .option(StandardSocketOptions.TCP_NODELAY, true)
                                .option(StandardSocketOptions.SO_KEEPALIVE, true)
                                .build(),
                        "127.0.0.1",
                        server.port())) {
            assertThat(result.channel().getOption(StandardSocketOptions.TCP_NODELAY))
                    .isTrue();
            assertThat(result.channel().getOption(StandardSocketOptions.SO_KEEPALIVE))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void optionThatNoSocketHasIsAFaultOfTheProgram(Way way) {
        Dialer dialer = Dialer.builder()
                .option(StandardSocketOptions.IP_MULTICAST_LOOP, true)
                .build();
        assertThatThrownBy(() -> way.dial(dialer, "127.0.0.1", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void unixDomainSocketsGoTheSameWay(Way way, @TempDir Path folder) throws Exception {
        Path path = folder.resolve("server.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            try (DialResult result = way.dial(Dialer.create(), Target.unix(path.toString()));
                    SocketChannel peer = listener.accept()) {
                assertThat(result.address().family()).isEqualTo(AddressFamily.UNIX);
                assertThat(result.channel().isBlocking()).isTrue();
                peer.write(ByteBuffer.wrap(new byte[] {5}));
                ByteBuffer read = ByteBuffer.allocate(1);
                result.channel().read(read);
                assertThat(read.get(0)).isEqualTo((byte) 5);
            }
        }
        assertThatThrownBy(() -> way.dial(
                        Dialer.create(), Target.unix(folder.resolve("none").toString())))
                .isInstanceOf(ConnectException.class)
                .hasMessageContainingAll("unix:", "no such file", "ENOENT");
    }

    /** unix(7): Linux says EAGAIN where others refuse; waiting would need a thread that no deadline could end. */
    @ParameterizedTest
    @EnumSource
    void unixDomainServerWithAFullQueueIsAnErrorAtOnce(Way way, @TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("full.sock"));
        List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address, 1);
            for (int i = 0; i < 4; i++) {
                SocketChannel filler = SocketChannel.open(StandardProtocolFamily.UNIX);
                fillers.add(filler);
                filler.configureBlocking(false);
                try {
                    filler.connect(address);
                } catch (IOException e) {
                    // full, where a full queue refuses
                    break;
                }
            }
            DialConnectException failure = catchThrowableOfType(
                    DialConnectException.class,
                    () -> way.dial(
                            Dialer.create(), Target.unix(address.getPath().toString())));
            assertThat(failure.code()).isIn(ErrorCode.WOULD_BLOCK, ErrorCode.CONNECTION_REFUSED);
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsComeInOrderAndEndWithTheTrace(Way way) throws Exception {
        List<TraceEvent> events = new ArrayList<>();
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0)) {
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                    .listener(event -> {
                        synchronized (events) {
                            events.add(event);
                        }
                    })
                    .build();
            way.dial(dialer, "two.test", server.port()).close();
        }
        synchronized (events) {
            assertThat(events)
                    .extracting(TraceEvent::kind)
                    .containsExactly(
                            TraceEvent.Kind.DIAL_STARTED,
                            TraceEvent.Kind.LOOKUP_STARTED,
                            TraceEvent.Kind.LOOKUP_ENDED,
                            TraceEvent.Kind.ATTEMPT_STARTED,
                            TraceEvent.Kind.ATTEMPT_ENDED,
                            TraceEvent.Kind.ATTEMPT_STARTED,
                            TraceEvent.Kind.ATTEMPT_ENDED,
                            TraceEvent.Kind.DIAL_ENDED);
        }
    }

    @Test
    void localhostWithTheServerOnEitherFamilyOnly() throws Exception {
        try (Loopback.Server four = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result = Dialer.create().dial("localhost", four.port())) {
            assertThat(result.address().addressText()).isEqualTo("127.0.0.1");
        }
        assumeTrue(Loopback.hasSix());
        try (Loopback.Server six = new Loopback.Server(Loopback.SIX, 0);
                DialResult result = Dialer.create().dial("localhost", six.port())) {
            assertThat(result.address().addressText()).isEqualTo("::1");
        }
    }

    @Test
    void interruptionEndsABlockingDialAndStaysSet() throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Hole second = new Loopback.Hole(Loopback.SECOND, hole.port())) {
            interruptionEnds(Dialer.builder().deadline(LONG), "127.0.0.1", hole.port());
            interruptionEnds(
                    Dialer.builder().deadline(LONG).resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND)),
                    "two.test",
                    second.port());
        }
        interruptionEnds(
                Dialer.builder().deadline(LONG).resolver(Loopback.silent(Resolver.Lookup.ENDED)), "silent.test", 1);
    }

    private static void interruptionEnds(Dialer.Builder builder, String host, int port) throws Exception {
        boolean[] kinds = VirtualThreads.available() ? new boolean[] {false, true} : new boolean[] {false};
        for (boolean virtual : kinds) {
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> status = new AtomicReference<>();
            Dialer dialer = builder.listener(event -> {
                        if (event.kind() != TraceEvent.Kind.DIAL_STARTED) {
                            begun.countDown();
                        }
                    })
                    .build();
            Runnable body = () -> {
                try {
                    dialer.dial(host, port).close();
                } catch (IOException | RuntimeException e) {
                    thrown.set(e);
                }
                status.set(Thread.currentThread().isInterrupted());
            };
            Thread thread = virtual ? VirtualThreads.start(body) : new Thread(body);
            if (!virtual) {
                thread.start();
            }
            begun.await();
            thread.interrupt();
            thread.join();
            assertThat(thrown.get()).isInstanceOf(DialInterruptedException.class);
            assertThat(status.get()).isTrue();
        }
    }

    @Test
    void threadThatIsInterruptedAlreadyDialsNothing() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            Thread.currentThread().interrupt();
            DialInterruptedException failure = catchThrowableOfType(
                    DialInterruptedException.class, () -> Dialer.create().dial("127.0.0.1", server.port()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.trace().attempts()).isEmpty();
        }
    }

    @Test
    void cancellingTheFutureStopsTheDial() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0)) {
            CompletableFuture<DialResult> future = Dialer.builder()
                    .deadline(LONG)
                    .listener(event -> {
                        if (event.kind() == TraceEvent.Kind.ATTEMPT_STARTED) {
                            begun.countDown();
                        } else if (event.kind() == TraceEvent.Kind.DIAL_ENDED) {
                            ended.countDown();
                        }
                    })
                    .build()
                    .dialAsync("127.0.0.1", hole.port());
            begun.await();
            assertThat(future.cancel(false)).isTrue();
            ended.await();
            assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void timeLimitOfTheFutureStopsTheDial() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<DialResult> future = Dialer.builder()
                .deadline(LONG)
                .resolver(Loopback.silent(cancelled::countDown))
                .build()
                .dialAsync("silent.test", 1)
                .orTimeout(50, TimeUnit.MILLISECONDS);
        cancelled.await();
        assertThat(future).isCompletedExceptionally();
    }

    @Test
    void connectionThatNobodyTakesIsClosed() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            CompletableFuture<Trace> ended = new CompletableFuture<>();
            CompletableFuture<ResolveSink> asked = new CompletableFuture<>();
            Resolver held = new Resolver() {
                @Override
                public String name() {
                    return "held";
                }

                @Override
                public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                    asked.complete(sink);
                    return Lookup.ENDED;
                }
            };
            CompletableFuture<DialResult> future = Dialer.builder()
                    .deadline(LONG)
                    .resolver(held)
                    .listener(event -> {
                        if (event instanceof TraceEvent.DialEnded end) {
                            ended.complete(end.trace());
                        }
                    })
                    .build()
                    .dialAsync("held.test", server.port());
            ResolveSink sink = asked.get();
            sink.answer(List.of(Loopback.FIRST), null);
            sink.end();
            if (!future.cancel(false)) {
                // the dial was quicker, and its connection belongs to whoever has the future
                future.get().close();
            }
            // whether the dial or the cancel came first: what connected may not stay open at the server's end
            if (ended.get().outcome() == Trace.Outcome.CONNECTED) {
                try (Socket peer = server.accepted.take()) {
                    peer.setSoTimeout(10_000);
                    assertThat(readOrReset(peer)).isEqualTo(-1);
                }
            }
        }
    }

    private static int readOrReset(Socket peer) {
        try {
            return peer.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (IOException e) {
            // reset: closed as well
            return -1;
        }
    }

    @Test
    void stagesDoNotRunOnTheLoop() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            String thread = Dialer.create()
                    .dialAsync("127.0.0.1", server.port())
                    .thenApply(result -> Thread.currentThread().getName())
                    .get();
            assertThat(thread).doesNotStartWith("prise-connect");
        }
    }

    @Test
    void brokenListenerDisturbsNothing() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            AtomicReference<Throwable> uncaught = new AtomicReference<>();
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.set(e));
            try {
                Dialer.builder()
                        .listener(event -> {
                            throw new IllegalStateException("broken listener");
                        })
                        .build()
                        .dial("127.0.0.1", server.port())
                        .close();
            } finally {
                Thread.currentThread().setUncaughtExceptionHandler(null);
            }
            assertThat(uncaught.get()).hasMessage("broken listener");
        }
    }

    @Test
    void brokenResolverIsAnErrorAndNotAHang() {
        for (boolean alreadyInLookups : new boolean[] {false, true}) {
            Resolver broken = new Resolver() {
                @Override
                public String name() {
                    return "broken";
                }

                @Override
                public List<AddressFamily> lookups(AddressFamily family) {
                    if (alreadyInLookups) {
                        throw new IllegalStateException("no");
                    }
                    return List.of(family);
                }

                @Override
                public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                    throw new IllegalStateException("no");
                }
            };
            Dialer dialer = Dialer.builder().resolver(broken).build();
            assertThatThrownBy(() -> dialer.dial("x.test", 1)).isInstanceOf(UnknownHostException.class);
            assertThatThrownBy(() -> dialer.dialAsync("x.test", 1).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownHostException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answerThatCannotBeReadIsAnErrorAndNotAWait(Way way) {
        Resolver confused = new Resolver() {
            @Override
            public String name() {
                return "confused";
            }

            @Override
            @SuppressWarnings("NullAway") // on purpose: foreign code need not keep to the annotations
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                new Thread(() -> sink.answer(null, null)).start();
                return Lookup.ENDED;
            }
        };
        Dialer dialer = Dialer.builder().deadline(LONG).resolver(confused).build();
        assertThatThrownBy(() -> way.dial(dialer, "confused.test", 1)).isInstanceOf(DialUnknownHostException.class);
    }

    @Test
    void listenerThatInterruptsItsThreadDoesNotKeepItBusyOrInterruptOthers() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            AtomicReference<Thread> loop = new AtomicReference<>();
            Dialer rude = Dialer.builder()
                    .listener(event -> {
                        if (event.kind() != TraceEvent.Kind.DIAL_STARTED) {
                            loop.set(Thread.currentThread());
                            Thread.currentThread().interrupt();
                        }
                    })
                    .build();
            rude.dialAsync("127.0.0.1", server.port()).get().close();
            rude.dialAsync("127.0.0.1", server.port()).get().close();
            // it waits, as an interrupted thread would not
            while (loop.get().getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(loop.get().isInterrupted()).isFalse();
        }
    }

    @Test
    void blockingDialOnTheLoopIsRefused() throws Exception {
        try (Loopback.Hole first = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Hole second = new Loopback.Hole(Loopback.SECOND, first.port())) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Dialer inner = Dialer.builder()
                    .deadline(Duration.ofSeconds(5))
                    .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                    .build();
            Dialer outer = Dialer.builder()
                    .deadline(Duration.ofMillis(200))
                    .listener(event -> {
                        if (event.kind() == TraceEvent.Kind.DIAL_ENDED) {
                            try {
                                inner.dial("two.test", second.port()).close();
                            } catch (IOException | RuntimeException e) {
                                thrown.complete(e);
                            }
                        }
                    })
                    .build();
            assertThatThrownBy(() -> outer.dialAsync("127.0.0.1", first.port()).get())
                    .hasCauseInstanceOf(DialTimeoutException.class);
            assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void manyDialsLeaveNothingOpen() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Loopback.Hole hole = new Loopback.Hole(Loopback.SECOND, server.port())) {
            Dialer losing = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.SECOND, Loopback.FIRST))
                    // each dial is to lose one attempt, not only the first
                    .history(DialHistory.off())
                    .unsafeAttemptDelay(Duration.ofMillis(10))
                    .build();
            dialMany(losing, server, 20);
            long before = OpenDescriptors.count();
            assumeTrue(before >= 0);
            dialMany(losing, server, 100);
            OpenDescriptors.await(before);
        }
    }

    private static void dialMany(Dialer dialer, Loopback.Server server, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            dialer.dial("two.test", server.port()).close();
            CompletableFuture<DialResult> async = dialer.dialAsync("two.test", server.port());
            if (i % 2 == 0) {
                async.cancel(true);
            } else {
                async.get().close();
            }
        }
        for (Socket socket = server.accepted.poll(); socket != null; socket = server.accepted.poll()) {
            socket.close();
        }
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> Dialer.builder().deadline(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dialer.builder().attemptDelay(Duration.ofMillis(99)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dialer.builder().attemptDelay(Duration.ofMillis(2001)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dialer.builder().unsafeAttemptDelay(Duration.ofMillis(9)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dialer.builder().resolutionDelay(Duration.ofMillis(501)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dialer.builder().family(AddressFamily.UNIX))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Dialer.builder().deadline(Duration.ZERO).build()).isNotNull();
    }

    @Test
    void resultSaysWhereItIsConnectedTo() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result = Dialer.create().dial(Target.parse("127.0.0.1:" + server.port(), "1"))) {
            InetSocketAddress remote = (InetSocketAddress) result.channel().getRemoteAddress();
            InetAddress told = result.address().inetAddress();
            assertThat(remote.getAddress()).isEqualTo(told);
            assertThat(remote.getPort()).isEqualTo(result.address().port());
        }
    }
}
