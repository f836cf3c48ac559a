package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.prise.address.AddressFamily;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A blocking dial of one address is made without a race; what comes of it, what is told and what is learnt is the same as with one. */
@Timeout(60)
class LoneDialIT {
    private static final DialListener NOBODY = event -> {};

    /** What a dial left behind, without its times. */
    private record End(String outcome, String trace, String learnt, List<String> suppressed) {}

    private static String withoutTimes(String text) {
        return text.replaceAll("(\"[a-z_]*ms\": )[0-9.]+", "$1T").replaceAll("[0-9.]+ m?s\\b", "T");
    }

    private static End end(Dialer.Builder settings, String host, int port) {
        DialHistory history = DialHistory.inMemory();
        Dialer dialer = settings.history(history).build();
        @Nullable Trace trace;
        String outcome;
        List<String> suppressed = new ArrayList<>();
        try (DialResult result = dialer.dial(host, port)) {
            assertThat(result.channel().isConnected()).isTrue();
            assertThat(result.channel().isBlocking()).isTrue();
            trace = result.trace();
            outcome = result.toString();
        } catch (IOException | RuntimeException e) {
            outcome = withoutTimes(e.toString());
            trace = e instanceof DialFailure failure ? failure.trace() : null;
            Arrays.stream(e.getSuppressed()).map(Throwable::toString).forEach(suppressed::add);
        }
        String told = trace == null ? "none" : withoutTimes(trace.toJson());
        return new End(
                outcome, told, history.toText(10).replaceAll("\\b[0-9a-f.]*[0-9][0-9a-f.]*\\b", "N"), suppressed);
    }

    /** The same dial with a listener, which needs the race at once, and without one. */
    private static End endOfBoth(UnaryOperator<Dialer.Builder> settings, String host, int port) {
        End raced = end(settings.apply(Dialer.builder()).listener(NOBODY), host, port);
        End lone = end(settings.apply(Dialer.builder()), host, port);
        assertThat(lone).isEqualTo(raced);
        return lone;
    }

    @Test
    @DisplayName("connected: the trace is made when it is asked for, and again the same")
    void connected() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            End end = endOfBoth(builder -> builder, "127.0.0.1", server.port());
            assertThat(end.outcome()).contains("127.0.0.1");
            assertThat(end.trace()).contains("\"connected\"", "only address");
            assertThat(end.learnt()).isNotEmpty();
            try (DialResult result = Dialer.create().dial("127.0.0.1", server.port())) {
                Trace trace = result.trace();
                assertThat(result.trace()).isSameAs(trace);
                Trace.Attempt winner = Objects.requireNonNull(trace.winner());
                assertThat(winner.startNanos()).isNotNegative();
                assertThat(winner.endNanos()).isGreaterThanOrEqualTo(winner.startNanos());
                assertThat(trace.elapsedNanos()).isGreaterThanOrEqualTo(winner.endNanos());
            }
        }
    }

    @Test
    @DisplayName("options and the source address are set before it connects")
    void optionsAndSource() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result = Dialer.builder()
                        .option(StandardSocketOptions.TCP_NODELAY, true)
                        .source(Loopback.SECOND)
                        .build()
                        .dial("127.0.0.1", server.port())) {
            assertThat(result.channel().getOption(StandardSocketOptions.TCP_NODELAY))
                    .isTrue();
            assertThat(result.socket().getLocalAddress()).isEqualTo(Loopback.SECOND);
        }
    }

    @Test
    @DisplayName("refused, also without a deadline")
    void refused() throws Exception {
        try (Loopback.Refusing refusing = new Loopback.Refusing()) {
            End end = endOfBoth(builder -> builder, "127.0.0.1", refusing.port());
            assertThat(end.outcome()).contains("DialConnectException", "refused");
            assertThat(end.suppressed()).hasSize(1);
            assertThat(endOfBoth(builder -> builder.deadline(Duration.ZERO), "127.0.0.1", refusing.port())
                            .outcome())
                    .contains("refused");
        }
    }

    @Test
    @DisplayName("out of time")
    void outOfTime() throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0)) {
            End end = endOfBoth(builder -> builder.deadline(Duration.ofMillis(100)), "127.0.0.1", hole.port());
            assertThat(end.outcome()).contains("DialTimeoutException");
            assertThat(endOfBoth(builder -> builder.deadline(Duration.ofNanos(1)), "127.0.0.1", hole.port())
                            .outcome())
                    .contains("DialTimeoutException");
        }
    }

    @Test
    @DisplayName(
            "what fails on this machine: a source address of another family, one that it does not have, an option that no socket has")
    void local() throws Exception {
        InetAddress notOurs = Loopback.address("192.0.2.1");
        assertThat(endOfBoth(builder -> builder.source(Loopback.SIX), "127.0.0.1", 9)
                        .outcome())
                .contains("EADDRNOTAVAIL");
        assertThat(endOfBoth(builder -> builder.source(notOurs), "127.0.0.1", 9).outcome())
                .contains("EADDRNOTAVAIL");
        assertThat(endOfBoth(builder -> builder.option(StandardSocketOptions.IP_MULTICAST_TTL, 1), "127.0.0.1", 9)
                        .outcome())
                .contains("UnsupportedOperationException");
        assertThat(endOfBoth(builder -> builder, "255.255.255.255", 9).outcome())
                .contains("DialConnectException");
    }

    @Test
    @DisplayName("a resolver that cannot say its name ends the dial before there is a socket")
    void resolverWithoutAName() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            Dialer dialer = Dialer.builder()
                    .resolver(new Resolver() {
                        @Override
                        public String name() {
                            throw new IllegalStateException("no name");
                        }

                        @Override
                        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                            throw new AssertionError("a literal is not looked up");
                        }
                    })
                    .build();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> dialer.dial("127.0.0.1", server.port()))
                        .hasMessage("no name");
            }
            Dialer.create().dial("127.0.0.1", server.port()).close();
            // connections are accepted in their order: this one is the first
            server.accepted.take().close();
            assertThat(server.accepted).isEmpty();
        }
    }

    @Test
    @DisplayName("an address of a family that is not wanted is looked up in vain")
    void otherFamily() {
        assertThat(endOfBoth(builder -> builder.family(AddressFamily.INET6), "127.0.0.1", 9)
                        .outcome())
                .contains("DialUnknownHostException");
    }

    @Test
    @DisplayName("interrupted before, and while it waits: told as such, and the interrupt status is set")
    void interrupted() throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0)) {
            Thread.currentThread().interrupt();
            Throwable before = catchThrowable(() -> Dialer.create().dial("127.0.0.1", hole.port()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(before).isInstanceOf(DialInterruptedException.class);
            boolean[] kinds = VirtualThreads.available() ? new boolean[] {false, true} : new boolean[] {false};
            for (boolean virtual : kinds) {
                assertThat(interruptedWhileConnecting(hole.port(), virtual))
                        .isInstanceOf(DialInterruptedException.class);
            }
        }
    }

    private static Throwable interruptedWhileConnecting(int port, boolean virtual) throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Runnable body = () -> {
            Throwable failure = catchThrowable(() -> Dialer.create().dial("127.0.0.1", port));
            told.complete(Thread.interrupted() ? failure : new AssertionError("no interrupt status", failure));
        };
        Thread thread = virtual ? VirtualThreads.start(body) : new Thread(body);
        if (!virtual) {
            thread.start();
        }
        while (!isConnecting(thread)) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            LockSupport.parkNanos(1_000_000);
        }
        thread.interrupt();
        return told.get();
    }

    private static boolean isConnecting(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".BlockingConnect"));
    }
}
