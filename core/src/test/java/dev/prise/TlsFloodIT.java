package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.address.ErrorCode;
import dev.prise.tls.TlsHandshake;
import dev.prise.tls.TlsPeer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send warnings without end, which the JDK passes over. */
@Timeout(60)
class TlsFloodIT {
    /** The warning user_canceled as a record (RFC 8446 section 6.1). */
    private static final byte[] WARNING = {21, 3, 3, 0, 2, 1, 90};

    @TempDir
    static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = new TestCertificates(folder);
    }

    private static Dialer dialer(Duration deadline) throws Exception {
        return Dialer.builder()
                .resolver(Loopback.answering(Loopback.FIRST))
                .deadline(deadline)
                .tls(TlsSettings.DEFAULT.withRoots(List.of(certificates.root())))
                .build();
    }

    /** The same handshake without a bound of its bytes. */
    private static Dialer boundless(Duration deadline) throws Exception {
        TlsPeer peer = new TlsPeer(certificates.client(), "one.test", new SNIHostName("one.test"), 443, List.of());
        return Dialer.builder()
                .resolver(Loopback.answering(Loopback.FIRST))
                .deadline(deadline)
                .readiness(connection ->
                        new Boundless(new TlsHandshake(connection.channel(), peer, connection.wake(), Long.MAX_VALUE)))
                .build();
    }

    private record Boundless(TlsHandshake handshake) implements Readiness.Check {
        @Override
        public Readiness.Step step() throws IOException {
            return switch (handshake.step()) {
                case READ -> Readiness.Step.NEEDS_READ;
                case WRITE -> Readiness.Step.NEEDS_WRITE;
                case WAKE -> Readiness.Step.PENDING;
                case NOTHING -> Readiness.Step.READY;
            };
        }

        @Override
        public void close() {
            handshake.close();
        }
    }

    /** Sends warnings as fast as they go; completed when the client has gone. */
    private static CompletableFuture<Void> flood(Loopback.Server server, boolean afterHello, CountDownLatch flooding) {
        ByteBuffer many = ByteBuffer.allocate(10_000 * WARNING.length);
        while (many.hasRemaining()) {
            many.put(WARNING);
        }
        // on a thread of its own: dials are completed in the common pool, which a small machine has one thread for
        return CompletableFuture.runAsync(
                () -> {
                    try (Socket socket = server.accepted.take()) {
                        greet(socket, afterHello);
                        while (true) {
                            socket.getOutputStream().write(many.array());
                            flooding.countDown();
                        }
                    } catch (IOException e) {
                        // the client has gone
                        return;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                work -> new Thread(work, "flood").start());
    }

    /** Reads the client's first message, and may answer it as TLS 1.2 does. */
    private static void greet(Socket socket, boolean withHello) throws Exception {
        byte[] header = socket.getInputStream().readNBytes(5);
        byte[] hello = socket.getInputStream().readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
        if (!withHello) {
            return;
        }
        SSLEngine engine = certificates.server("good").createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        ByteBuffer in =
                ByteBuffer.allocate(5 + hello.length).put(header).put(hello).flip();
        engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            engine.getDelegatedTask().run();
        }
        engine.wrap(ByteBuffer.allocate(0), out);
        assertThat(out.position()).isPositive();
        socket.getOutputStream().write(out.array(), 0, out.position());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyBytesWithoutAnEndFailTheHandshake(boolean afterHello) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            CompletableFuture<Void> served = flood(server, afterHello, new CountDownLatch(1));
            DialConnectException failure = catchThrowableOfType(
                    DialConnectException.class,
                    () -> dialer(Duration.ofSeconds(30)).dial("one.test", server.port()));
            assertThat(failure.code()).isEqualTo(ErrorCode.TLS_HANDSHAKE);
            assertThat(failure).hasMessageContaining("the peer sends without end");
            served.join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void othersHaveTheirTurnAndTheDeadlineEndsIt(boolean afterHello) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Loopback.Server good = new Loopback.Server(Loopback.FIRST, 0)) {
            CountDownLatch flooding = new CountDownLatch(10);
            CompletableFuture<Void> served = flood(server, afterHello, flooding);
            CompletableFuture<DialResult> flooded =
                    boundless(Duration.ofSeconds(4)).dialAsync("one.test", server.port());
            flooding.await();
            Dialer plain = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST))
                    .deadline(Duration.ofSeconds(2))
                    .build();
            plain.dialAsync("one.test", good.port()).get(10, TimeUnit.SECONDS).close();
            assertThat(flooded).isNotDone();
            assertThatThrownBy(() -> flooded.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(DialTimeoutException.class);
            served.join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellingEndsItAtOnce(boolean afterHello) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            CountDownLatch flooding = new CountDownLatch(10);
            CompletableFuture<Void> served = flood(server, afterHello, flooding);
            CompletableFuture<DialResult> flooded =
                    boundless(Duration.ofSeconds(50)).dialAsync("one.test", server.port());
            flooding.await();
            flooded.cancel(true);
            // the server's write fails, since the socket has been closed
            served.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void warningsNowAndThenDoNotPutTheDeadlineOff() throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            CompletableFuture<Void> gone = new CompletableFuture<>();
            CompletableFuture<DialResult> dial = dialer(Duration.ofMillis(700)).dialAsync("one.test", server.port());
            try (Socket socket = server.accepted.take()) {
                greet(socket, false);
                OutputStream out = socket.getOutputStream();
                Future<?> warnings = clock.scheduleAtFixedRate(() -> warn(out, gone), 0, 5, TimeUnit.MILLISECONDS);
                assertThatThrownBy(() -> dial.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(DialTimeoutException.class);
                gone.get(20, TimeUnit.SECONDS);
                warnings.cancel(false);
            }
        } finally {
            clock.shutdownNow();
        }
    }

    private static void warn(OutputStream out, CompletableFuture<Void> gone) {
        try {
            out.write(WARNING);
        } catch (IOException e) {
            gone.complete(null);
        }
    }
}
