package dev.prise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One line for each dial, and when the logger is looked up. */
@Timeout(60)
class DialLogTest {
    private static final long MILLI = 1_000_000L;

    /** Keeps its lines. */
    private static class Lines implements Logger {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        final boolean on;

        Lines(boolean on) {
            this.on = on;
        }

        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return on && level == Level.DEBUG;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
            throw new AssertionError("no exception is logged");
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, Object @Nullable ... values) {
            assertThat(level).isEqualTo(Level.DEBUG);
            // a text without values is not taken for a pattern
            assertThat(values).isNull();
            lines.add(text);
        }
    }

    private static AddressInfo address(String literal) {
        try {
            return AddressInfo.stream(new InetSocketAddress(InetAddress.getByName(literal), 443));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Trace failed(String host, String service) {
        return new Trace(
                host,
                service,
                Trace.Outcome.FAILED,
                2 * MILLI,
                null,
                new Trace.Failure(ErrorCode.CANCELLED, "whatever"),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    @DisplayName("the target, how and when it ended, then each lookup and each attempt")
    void line() {
        Trace.Attempt winner = new Trace.Attempt(
                2,
                address("192.0.2.1"),
                Trace.Why.DELAY,
                262 * MILLI,
                285 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null);
        Trace trace = new Trace(
                "dual.example",
                "443",
                Trace.Outcome.CONNECTED,
                285 * MILLI,
                winner,
                null,
                List.of(
                        new Trace.Lookup(
                                1,
                                AddressFamily.INET6,
                                "jdk",
                                null,
                                0,
                                10 * MILLI,
                                Trace.LookupOutcome.ANSWERED,
                                List.of("2001:db8::1"),
                                null),
                        new Trace.Lookup(
                                2,
                                AddressFamily.INET,
                                "jdk",
                                null,
                                MILLI,
                                12 * MILLI,
                                Trace.LookupOutcome.ANSWERED,
                                List.of("192.0.2.1", "192.0.2.2"),
                                null)),
                List.of(),
                List.of(
                        new Trace.Attempt(
                                1,
                                address("2001:db8::1"),
                                Trace.Why.FIRST,
                                12 * MILLI,
                                285 * MILLI,
                                Trace.AttemptOutcome.CANCELLED,
                                null),
                        winner));
        assertThat(DialLine.of(trace))
                .isEqualTo("dual.example:443 connected to 192.0.2.1:443 in 285 ms"
                        + "; lookup 1 inet6 at 0.0 ms answered in 10.0 ms, 1 address"
                        + "; lookup 2 inet at 1.0 ms answered in 11.0 ms, 2 addresses"
                        + "; attempt 1 to [2001:db8::1]:443 at 12.0 ms cancelled in 273 ms"
                        + "; attempt 2 to 192.0.2.1:443 at 262 ms connected in 23.0 ms");
    }

    @Test
    @DisplayName("a failure with the codes of the dial, its lookups and its attempts")
    void failure() {
        Trace trace = new Trace(
                "one.example",
                "443",
                Trace.Outcome.FAILED,
                3 * MILLI,
                null,
                new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "whatever"),
                List.of(new Trace.Lookup(
                        1,
                        AddressFamily.INET6,
                        "jdk",
                        null,
                        0,
                        MILLI,
                        Trace.LookupOutcome.FAILED,
                        List.of(),
                        new Trace.Failure(ErrorCode.TRY_AGAIN, "whatever"))),
                List.of(),
                List.of(new Trace.Attempt(
                        1,
                        address("192.0.2.1"),
                        Trace.Why.FIRST,
                        MILLI,
                        3 * MILLI,
                        Trace.AttemptOutcome.FAILED,
                        new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "whatever"))));
        assertThat(DialLine.of(trace))
                .isEqualTo("one.example:443 failed in 3.0 ms, CONNECTION_REFUSED"
                        + "; lookup 1 inet6 at 0.0 ms failed in 1.0 ms, TRY_AGAIN"
                        + "; attempt 1 to 192.0.2.1:443 at 1.0 ms failed in 2.0 ms, CONNECTION_REFUSED");
    }

    @Test
    @DisplayName("it stays one line, whatever the names are")
    void oneLine() {
        assertThat(DialLine.of(failed("a\nb\u001b[31m\u202e", "1\r2")))
                .isEqualTo("a?b?[31m?:1?2 failed in 2.0 ms, CANCELLED");
        assertThat(DialLine.of(failed("2001:db8::1", "443"))).startsWith("2001:db8::1 port 443 failed");
        assertThat(DialLine.of(failed("/run/x.sock", ""))).startsWith("unix:/run/x.sock failed");
        assertThat(DialLine.of(failed("/" + "x".repeat(10_000), ""))).hasSizeLessThan(400);
        AddressInfo path = AddressInfo.stream(UnixDomainSocketAddress.of("/run/x\n.sock"));
        assertThat(DialLine.of(new Trace(
                        "/run/x\n.sock",
                        "",
                        Trace.Outcome.FAILED,
                        MILLI,
                        null,
                        new Trace.Failure(ErrorCode.TIMED_OUT, "whatever"),
                        List.of(),
                        List.of(),
                        List.of(new Trace.Attempt(
                                1, path, Trace.Why.FIRST, 0, MILLI, Trace.AttemptOutcome.CANCELLED, null)))))
                .contains("attempt 1 to unix:/run/x?.sock at");
    }

    @Test
    @DisplayName("the first dial does not wait for the logger; what ends until it is there is written in its order")
    void later() throws Exception {
        Lines lines = new Lines(true);
        CountDownLatch told = new CountDownLatch(1);
        AtomicInteger lookups = new AtomicInteger();
        DialLog log = new DialLog(
                () -> {
                    lookups.incrementAndGet();
                    await(told);
                    assertThat(Thread.currentThread().getName()).isEqualTo("prise-log");
                    return lines;
                },
                1);
        for (int i = 0; i < 5; i++) {
            Trace trace = failed("host-" + i, "1");
            log.tell(() -> trace);
        }
        assertThat(lines.lines).isEmpty();
        told.countDown();
        assertThat(taken(lines, 5)).isEqualTo(hosts(0, 5));
        log.tell(() -> failed("host-5", "1"));
        assertThat(taken(lines, 1)).isEqualTo(hosts(5, 6));
        assertThat(lookups).hasValue(1);
    }

    @Test
    @DisplayName("asked for on the command line, the logger is looked up on the spot")
    void atOnce() {
        Lines lines = new Lines(true);
        Thread caller = Thread.currentThread();
        DialLog log = new DialLog(
                () -> {
                    assertThat(Thread.currentThread()).isEqualTo(caller);
                    return lines;
                },
                0);
        log.tell(() -> failed("host-0", "1"));
        assertThat(lines.lines).hasSize(1);
    }

    @Test
    @DisplayName("a thousand dials are kept for the logger, and it is told how many more there were")
    void many() throws Exception {
        Lines lines = new Lines(true);
        CountDownLatch told = new CountDownLatch(1);
        DialLog log = new DialLog(
                () -> {
                    await(told);
                    return lines;
                },
                1);
        for (int i = 0; i < DialLog.MOST_KEPT + 7; i++) {
            Trace trace = failed("host-" + i, "1");
            log.tell(() -> trace);
        }
        told.countDown();
        assertThat(taken(lines, DialLog.MOST_KEPT)).isEqualTo(hosts(0, DialLog.MOST_KEPT));
        assertThat(taken(lines, 1)).containsExactly("7 more dials had ended before this logger was looked up");
    }

    @Test
    @DisplayName("a logger without DEBUG is told nothing, and no line is put together for it")
    void off() {
        Lines lines = new Lines(false);
        DialLog log = new DialLog(() -> lines, 0);
        log.tell(() -> failed("host-0", "1"));
        assertThat(lines.lines).isEmpty();
    }

    @Test
    @DisplayName("logging that is broken disturbs nothing: a logger that cannot be had, and one that throws")
    void broken() throws Exception {
        List<Throwable> uncaught = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> uncaught.add(fault));
        try {
            DialLog none = new DialLog(
                    () -> {
                        throw new IllegalStateException("no logger");
                    },
                    0);
            none.tell(() -> failed("host-0", "1"));
            none.tell(() -> failed("host-1", "1"));
            assertThat(uncaught)
                    .hasSize(1)
                    .allSatisfy(fault -> assertThat(fault).hasMessage("no logger"));
            DialLog throwing = new DialLog(
                    () -> new Lines(true) {
                        @Override
                        public void log(
                                Level level,
                                @Nullable ResourceBundle bundle,
                                String text,
                                Object @Nullable ... values) {
                            throw new IllegalStateException("no disk");
                        }
                    },
                    0);
            throwing.tell(() -> failed("host-0", "1"));
            throwing.tell(() -> failed("host-1", "1"));
            assertThat(uncaught).hasSize(3);
            Lines lines = new Lines(true);
            DialLog log = new DialLog(() -> lines, 0);
            log.tell(() -> {
                throw new IllegalStateException("no story");
            });
            log.tell(() -> failed("host-2", "1"));
            assertThat(uncaught).hasSize(4);
            assertThat(taken(lines, 1)).isEqualTo(hosts(2, 3));
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
    }

    private static List<String> hosts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "host-" + i + ":1 failed in 2.0 ms, CANCELLED")
                .toList();
    }

    private static List<String> taken(Lines lines, int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            String line = lines.lines.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("line %s", taken.size()).isNotNull();
            taken.add(line);
        }
        return taken;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
