package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against servers of the Java library, for each way to dial. */
@Timeout(120)
class TlsIT {
    private static final InetAddress FIRST = Loopback.FIRST;
    private static final InetAddress SECOND = Loopback.SECOND;

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static TlsSettings trusting;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestCertificates(folder);
        trusting = TlsSettings.DEFAULT.withRoots(List.of(certificates.root()));
        // the first handshake of a JVM opens what stays open, such as the sources of random numbers
        try (Server server = echoing("good")) {
            dialer(trusting, FIRST).dial("one.test", server.port()).close();
        }
    }

    /** What a server does with a connection. */
    interface Talk {
        void with(SSLSocket socket) throws IOException;
    }

    /** What a server's socket is told before it accepts. */
    interface Setup {
        void of(SSLServerSocket listener) throws IOException;
    }

    /** A server of the Java library, with a thread for each connection. */
    static final class Server implements AutoCloseable {
        private final SSLServerSocket listener;
        private final ExecutorService threads = Executors.newCachedThreadPool();

        Server(SSLContext context, InetAddress address, int port, Talk talk) throws IOException {
            this(context, address, port, listener -> {}, talk);
        }

        /** An accept that has begun keeps to the settings as they were, so they come first. */
        Server(SSLContext context, InetAddress address, int port, Setup setup, Talk talk) throws IOException {
            listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port, 500, address);
            setup.of(listener);
            threads.execute(() -> accept(talk));
        }

        int port() {
            return listener.getLocalPort();
        }

        private void accept(Talk talk) {
            try {
                while (true) {
                    SSLSocket socket = (SSLSocket) listener.accept();
                    threads.execute(() -> {
                        try (socket) {
                            talk.with(socket);
                        } catch (IOException e) {
                            // the other side sees it
                            return;
                        }
                    });
                }
            } catch (IOException e) {
                // closed: the test is over
                return;
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            threads.shutdownNow();
        }
    }

    private static void echo(SSLSocket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    private static Server echoing(String alias) throws Exception {
        return new Server(certificates.server(alias), FIRST, 0, TlsIT::echo);
    }

    private static Dialer dialer(TlsSettings tls, InetAddress... addresses) {
        return Dialer.builder()
                .resolver(Loopback.answering(addresses))
                .deadline(Duration.ofSeconds(30))
                .tls(tls)
                .build();
    }

    // ---- a connection

    @ParameterizedTest
    @EnumSource
    void handsOverASocketThatSpeaksTls(DialerIT.Way way) throws Exception {
        long before = OpenDescriptors.count();
        try (Server server = echoing("good");
                DialResult result = way.dial(dialer(trusting, FIRST), "one.test", server.port())) {
            SSLSocket socket = (SSLSocket) result.socket();
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("over TLS".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(socket.isOutputShutdown()).isTrue();
            assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("over TLS");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(result.tlsSession()).isSameAs(socket.getSession());
            assertThat(socket.getApplicationProtocol()).isEmpty();
            assertThat(socket.getPort()).isEqualTo(server.port());
            assertThatThrownBy(result::channel)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("use socket()");
            assertThatThrownBy(() -> socket.getOutputStream()).isInstanceOf(SocketException.class);
            assertThat(result.trace().winner().reachedNanos()).isNotNull();
        }
        OpenDescriptors.await(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ofOurOwnSideIsClosedWhileReadingGoesOn(String protocol) throws Exception {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        Setup old = listener -> listener.setEnabledProtocols(new String[] {protocol});
        try (Server server = new Server(certificates.server("good"), FIRST, 0, old, socket -> {
            received.complete(socket.getInputStream().readAllBytes());
            socket.getOutputStream().write("afterwards".getBytes(StandardCharsets.US_ASCII));
        })) {
            try (DialResult result = dialer(trusting, FIRST).dial("one.test", server.port())) {
                Socket socket = result.socket();
                socket.getOutputStream().write("first".getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                assertThat(received.get(20, TimeUnit.SECONDS)).asString().isEqualTo("first");
                // up to 1.2 close_notify ends both directions, and the server's answer is its own (RFC 5246 section
                // 7.2.1)
                String rest = protocol.equals("TLSv1.2") ? "" : "afterwards";
                assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo(rest);
            }
        }
    }

    @Test
    void dataThatComesWithTheEndOfTheHandshakeIsThere() throws Exception {
        byte[] greeting = new byte[100_000];
        new Random(1).nextBytes(greeting);
        try (Server server = new Server(
                certificates.server("good"),
                FIRST,
                0,
                socket -> socket.getOutputStream().write(greeting))) {
            for (int i = 0; i < 10; i++) {
                try (DialResult result = dialer(trusting, FIRST).dial("one.test", server.port())) {
                    assertThat(result.socket().getInputStream().readAllBytes()).isEqualTo(greeting);
                }
            }
        }
    }

    /**
     * A client that only writes has session tickets unread when it closes (RFC 8446 section 4.6.1). A reset for them would take away what is
     * still on its way.
     */
    @Test
    void whatWasWrittenBeforeClosingArrives() throws Exception {
        int most = 300_000;
        CountDownLatch ticketsSent = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Integer> received = new CompletableFuture<>();
        Setup narrow = listener -> listener.setReceiveBufferSize(4096);
        try (Server server = new Server(certificates.server("good"), FIRST, 0, narrow, socket -> {
            socket.startHandshake();
            ticketsSent.countDown();
            try {
                closed.await();
                received.complete(socket.getInputStream().readAllBytes().length);
            } catch (IOException | InterruptedException e) {
                received.completeExceptionally(e);
            }
        })) {
            Dialer dialer = dialer(trusting, FIRST).toBuilder()
                    .option(StandardSocketOptions.SO_SNDBUF, 2 * most)
                    .build();
            DialResult result = dialer.dial("one.test", server.port());
            result.socket().getOutputStream().write(new byte[most]);
            ticketsSent.await();
            result.close();
            closed.countDown();
            assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(most);
        }
    }

    @Test
    void afterClosingNothingIsRead() throws Exception {
        try (Server server = new Server(
                certificates.server("good"),
                FIRST,
                0,
                socket -> socket.getOutputStream().write(new byte[100]))) {
            DialResult result = dialer(trusting, FIRST).dial("one.test", server.port());
            InputStream in = result.socket().getInputStream();
            assertThat(in.read()).isZero();
            result.close();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessage("Socket closed");
        }
    }

    @Test
    void whatIsAvailableIsToldWhileAnotherThreadReads() throws Exception {
        try (Server server = untilClosed();
                DialResult result = dialer(trusting, FIRST).dial("one.test", server.port())) {
            InputStream in = result.socket().getInputStream();
            assertThat(in.read()).isZero();
            CompletableFuture<Throwable> ended = reading(in);
            // again and again, so that the reader is surely in its read
            for (int i = 0; i < 100_000; i++) {
                assertThat(in.available()).isZero();
            }
            result.close();
            assertThat(ended.get()).isInstanceOf(SocketException.class);
        }
    }

    /** The server answers the closing with its own, which may come before the channel is closed here. */
    @Test
    void whoReadsWhileAnotherClosesIsToldSo() throws Exception {
        try (Server server = untilClosed()) {
            for (int i = 0; i < 50; i++) {
                DialResult result = dialer(trusting, FIRST).dial("one.test", server.port());
                InputStream in = result.socket().getInputStream();
                assertThat(in.read()).isZero();
                CompletableFuture<Throwable> ended = readingSurely(in);
                result.close();
                assertThat(ended.get()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
            }
        }
    }

    /** Sends a byte, then reads until the client has closed. */
    private static Server untilClosed() throws Exception {
        return new Server(certificates.server("good"), FIRST, 0, socket -> {
            socket.getOutputStream().write(new byte[1]);
            socket.getInputStream().readAllBytes();
        });
    }

    /** How a thread that reads has ended; null when it has read something. */
    private static CompletableFuture<Throwable> reading(InputStream in) {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        new Thread(() -> ended.complete(catchThrowable(in::read))).start();
        return ended;
    }

    /** The same, once the thread waits for the peer. */
    private static CompletableFuture<Throwable> readingSurely(InputStream in) {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread reader = new Thread(() -> ended.complete(catchThrowable(in::read)));
        reader.start();
        while (Arrays.stream(reader.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals("fill"))) {
            assertThat(ended).isNotDone();
            Thread.onSpinWait();
        }
        return ended;
    }

    @Test
    void closingTwiceAtOnceSaysItOnce() throws Exception {
        try (Loopback.Server plain = new Loopback.Server(FIRST, 0)) {
            for (int i = 0; i < 50; i++) {
                CompletableFuture<byte[]> last = CompletableFuture.supplyAsync(() -> afterOneByte(plain, below -> {}));
                DialResult result = dialer(trusting, FIRST).dial("one.test", plain.port());
                // the session tickets come before it
                assertThat(result.socket().getInputStream().read()).isEqualTo(7);
                CompletableFuture<Throwable> other = CompletableFuture.supplyAsync(() -> catchThrowable(result::close));
                result.close();
                assertThat(other.get()).isNull();
                // one record and nothing behind it (RFC 8446 section 5.2)
                assertThat(last.get()).startsWith(23, 3, 3, 0).hasSize(5 + last.get()[4]);
            }
        }
    }

    /** What a server does below TLS. */
    interface Below {
        void with(Socket socket) throws IOException;
    }

    /** Sends a byte over TLS, then does something below it; all bytes that come after the handshake, encrypted as they are. */
    private static byte[] afterOneByte(Loopback.Server plain, Below then) {
        try (Socket below = plain.accepted.take()) {
            SSLSocket socket =
                    (SSLSocket) certificates.server("good").getSocketFactory().createSocket(below, null, false);
            socket.setUseClientMode(false);
            socket.getOutputStream().write(7);
            then.with(below);
            return below.getInputStream().readAllBytes();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Else who breaks a record could make a truncated text look whole to a reader that tries again. */
    @Test
    void afterABrokenRecordNothingIsReadOrWritten() throws Exception {
        byte[] broken = new byte[5 + 64];
        System.arraycopy(new byte[] {23, 3, 3, 0, 64}, 0, broken, 0, 5);
        try (Loopback.Server plain = new Loopback.Server(FIRST, 0)) {
            CompletableFuture<byte[]> served = CompletableFuture.supplyAsync(
                    () -> afterOneByte(plain, below -> below.getOutputStream().write(broken)));
            try (DialResult result = dialer(trusting, FIRST).dial("one.test", plain.port())) {
                InputStream in = result.socket().getInputStream();
                assertThat(in.read()).isEqualTo(7);
                failsForEver(result.socket());
            }
            served.join();
        }
    }

    @Test
    void afterAnAlertNothingIsReadOrWritten() throws Exception {
        Setup demanding = listener -> listener.setNeedClientAuth(true);
        try (Server server = new Server(certificates.server("good"), FIRST, 0, demanding, TlsIT::echo);
                DialResult result = dialer(trusting, FIRST).dial("one.test", server.port())) {
            failsForEver(result.socket());
        }
    }

    private static void failsForEver(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(in::read).isInstanceOf(SSLException.class);
        }
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(SSLException.class);
    }

    /** A program that has set a context for all of its TLS, perhaps a stricter one, means this TLS, too. */
    @Test
    void theDefaultContextOfTheProgramCounts() throws Exception {
        SSLContext before = SSLContext.getDefault();
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", certificates.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(roots);
        SSLContext own = SSLContext.getInstance("TLS");
        own.init(null, trust.getTrustManagers(), null);
        try (Server server = echoing("good")) {
            SSLContext.setDefault(own);
            dialer(TlsSettings.DEFAULT, FIRST).dial("one.test", server.port()).close();
        } finally {
            SSLContext.setDefault(before);
        }
    }

    /** It ends the dial, and does not keep the loop busy until the deadline. */
    @Test
    void anErrorInACheckOfCertificatesEndsTheDial() throws Exception {
        SSLContext broken = SSLContext.getInstance("TLS");
        broken.init(null, new TrustManager[] {new Broken()}, null);
        try (Server server = echoing("good")) {
            Dialer dialer = dialer(TlsSettings.DEFAULT.withContext(broken), FIRST);
            assertThatThrownBy(() -> dialer.dial("one.test", server.port()))
                    .isInstanceOf(IllegalStateException.class)
                    .cause()
                    .isInstanceOf(LinkageError.class)
                    .hasMessage("a class is missing");
        }
    }

    private static final class Broken implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new LinkageError("a class is missing");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void bothDirectionsAtOnceAndMuchOfIt() throws Exception {
        byte[] bytes = new byte[8 << 20];
        new Random(2).nextBytes(bytes);
        try (Server server = echoing("good");
                DialResult result = dialer(trusting, FIRST).dial("one.test", server.port())) {
            Socket socket = result.socket();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    OutputStream out = socket.getOutputStream();
                    out.write(bytes);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(bytes);
            sent.join();
        }
    }

    @Test
    void readTimesOutAndGoesOn() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (Server server = new Server(certificates.server("good"), FIRST, 0, socket -> {
                    socket.startHandshake();
                    go.join();
                    socket.getOutputStream().write(42);
                });
                DialResult result = dialer(trusting, FIRST).dial("one.test", server.port())) {
            Socket socket = result.socket();
            InputStream in = socket.getInputStream();
            socket.setSoTimeout(50);
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            go.complete(null);
            socket.setSoTimeout(20_000);
            assertThat(in.read()).isEqualTo(42);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void endWithoutCloseNotifyIsAnError() throws Exception {
        try (Loopback.Server plain = new Loopback.Server(FIRST, 0)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket below = plain.accepted.take()) {
                    SSLSocket socket = (SSLSocket)
                            certificates.server("good").getSocketFactory().createSocket(below, null, false);
                    socket.setUseClientMode(false);
                    socket.getOutputStream().write(7);
                    below.shutdownOutput();
                    below.getInputStream().readAllBytes();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            try (DialResult result = dialer(trusting, FIRST).dial("one.test", plain.port())) {
                InputStream in = result.socket().getInputStream();
                assertThat(in.read()).isEqualTo(7);
                assertThatThrownBy(in::read)
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("without close_notify");
            }
            served.join();
        }
    }

    @Test
    void closingTellsThePeerAlsoWhileSomebodyReads() throws Exception {
        for (boolean whileReading : new boolean[] {false, true}) {
            CompletableFuture<Integer> end = new CompletableFuture<>();
            try (Server server = new Server(certificates.server("good"), FIRST, 0, socket -> {
                try {
                    socket.getOutputStream().write(1);
                    end.complete(socket.getInputStream().read());
                } catch (IOException e) {
                    end.completeExceptionally(e);
                }
            })) {
                DialResult result = dialer(trusting, FIRST).dial("one.test", server.port());
                InputStream in = result.socket().getInputStream();
                assertThat(in.read()).isEqualTo(1);
                CompletableFuture<Throwable> reader = new CompletableFuture<>();
                if (whileReading) {
                    Thread thread = new Thread(() -> {
                        try {
                            reader.complete(new AssertionError("read " + in.read()));
                        } catch (IOException e) {
                            reader.complete(e);
                        }
                    });
                    thread.start();
                    while (thread.getState() != Thread.State.RUNNABLE && thread.isAlive()) {
                        Thread.onSpinWait();
                    }
                }
                result.close();
                assertThat(result.socket().isClosed()).isTrue();
                assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
                if (whileReading) {
                    assertThat(reader.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void theProtocolIsAgreedOn() throws Exception {
        Setup protocols = listener -> {
            SSLParameters parameters = listener.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"http/1.1", "h2"});
            listener.setSSLParameters(parameters);
        };
        try (Server server = new Server(certificates.server("good"), FIRST, 0, protocols, TlsIT::echo)) {
            TlsSettings both = trusting.withApplicationProtocols("x", "h2");
            try (DialResult result = dialer(both, FIRST).dial("one.test", server.port())) {
                assertThat(((SSLSocket) result.socket()).getApplicationProtocol())
                        .isEqualTo("h2");
            }
            // more than one record holds
            String[] many = Collections.nCopies(110, "x".repeat(254)).toArray(String[]::new);
            many[109] = "h2";
            try (DialResult result =
                    dialer(trusting.withApplicationProtocols(many), FIRST).dial("one.test", server.port())) {
                assertThat(((SSLSocket) result.socket()).getApplicationProtocol())
                        .isEqualTo("h2");
            }
            TlsSettings none = trusting.withApplicationProtocols("spdy");
            assertThatThrownBy(() -> dialer(none, FIRST).dial("one.test", server.port()))
                    .hasMessageContaining("refused the TLS handshake with the alert no_application_protocol");
        }
    }

    @Test
    void anAddressAndAnotherNameCanBeInTheCertificateToo() throws Exception {
        try (Server server = echoing("good")) {
            Dialer dialer = dialer(trusting, FIRST);
            dialer.dial("127.0.0.1", server.port()).close();
            dialer.dial("one.test.", server.port()).close();
            dialer(trusting.withServerName("localhost"), FIRST)
                    .dial("elsewhere.test", server.port())
                    .close();
            assertThatThrownBy(() ->
                            dialer(trusting.withServerName("127.0.0.9"), FIRST).dial("one.test", server.port()))
                    .hasMessageContaining("not for 127.0.0.9");
        }
    }

    @Test
    void addressesOfIPv6AreWrittenShort() throws Exception {
        try (Server server = echoing("six")) {
            assertThatThrownBy(() -> dialer(trusting.withServerName("2001:db8:0:0::2"), FIRST)
                            .dial("one.test", server.port()))
                    .hasMessageContaining(" the certificate is for ::1, 2001:db8::1, not for 2001:db8::2, after");
            dialer(trusting.withServerName("2001:db8::1"), FIRST)
                    .dial("one.test", server.port())
                    .close();
        }
    }

    // ---- races

    @ParameterizedTest
    @EnumSource
    void whoAcceptsAndHangsLosesToWhoCompletes(DialerIT.Way way) throws Exception {
        long before = OpenDescriptors.count();
        try (Loopback.Server hanging = new Loopback.Server(FIRST, 0);
                Server server = new Server(certificates.server("good"), SECOND, hanging.port(), TlsIT::echo)) {
            try (DialResult result = way.dial(dialer(trusting, FIRST, SECOND), "two.test", server.port())) {
                assertThat(result.address().addressText()).isEqualTo("127.0.0.2");
                assertThat(result.trace().attempts())
                        .extracting(Trace.Attempt::outcome)
                        .containsExactly(Trace.AttemptOutcome.CANCELLED, Trace.AttemptOutcome.CONNECTED);
                try (Socket loser = hanging.accepted.take()) {
                    // the beginning of a handshake, and then the end
                    assertThat(loser.getInputStream().readAllBytes()).startsWith(22, 3);
                }
            }
        }
        OpenDescriptors.await(before);
    }

    @ParameterizedTest
    @EnumSource
    void whoHangsUpInTheMiddleIsFollowedByTheNextAtOnce(DialerIT.Way way) throws Exception {
        try (Loopback.Server closing = new Loopback.Server(FIRST, 0);
                Server server = new Server(certificates.server("good"), SECOND, closing.port(), TlsIT::echo)) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                try (Socket socket = closing.accepted.take()) {
                    socket.getInputStream().skipNBytes(5);
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            try (DialResult result = way.dial(dialer(trusting, FIRST, SECOND), "two.test", server.port())) {
                Trace.Attempt failed = result.trace().attempts().get(0);
                assertThat(failed.error())
                        .isEqualTo(new Trace.Failure(
                                ErrorCode.TLS_HANDSHAKE, "the peer hung up during the TLS handshake"));
                assertThat(result.trace().attempts().get(1).why()).isEqualTo(Trace.Why.FAILURE);
            }
            closed.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hangingForEverIsOutOfTime(DialerIT.Way way) throws Exception {
        long before = OpenDescriptors.count();
        try (Loopback.Server hanging = new Loopback.Server(FIRST, 0)) {
            Dialer dialer = dialer(trusting, FIRST).toBuilder()
                    .deadline(Duration.ofMillis(300))
                    .build();
            assertThatThrownBy(() -> way.dial(dialer, "one.test", hanging.port()))
                    .isInstanceOf(DialTimeoutException.class);
        }
        OpenDescriptors.await(before);
    }

    @Test
    void cancelledInTheMiddleItIsClosed() throws Exception {
        long before = OpenDescriptors.count();
        try (Loopback.Server hanging = new Loopback.Server(FIRST, 0)) {
            CompletableFuture<DialResult> dial = dialer(trusting, FIRST).dialAsync("one.test", hanging.port());
            try (Socket peer = hanging.accepted.take()) {
                peer.getInputStream().skipNBytes(5);
                dial.cancel(true);
                peer.getInputStream().readAllBytes();
                assertThatThrownBy(dial::join).isInstanceOf(CancellationException.class);
            }
        }
        OpenDescriptors.await(before);
    }

    @Test
    void twoHundredAtOnceTakeFewThreads() throws Exception {
        long before = OpenDescriptors.count();
        try (Server server = echoing("good")) {
            Dialer dialer = dialer(trusting, FIRST);
            List<CompletableFuture<DialResult>> dials = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                dials.add(dialer.dialAsync("one.test", server.port()));
            }
            int most = 0;
            while (!dials.stream().allMatch(CompletableFuture::isDone)) {
                most = Math.max(most, threadsOfOurs());
                Thread.onSpinWait();
            }
            System.out.println("200 dials with TLS at once: " + most + " threads at most");
            // the loop's, and those that compute
            assertThat(most).isBetween(1, 1 + Math.max(4, Runtime.getRuntime().availableProcessors()));
            for (CompletableFuture<DialResult> dial : dials) {
                dial.join().close();
            }
        }
        OpenDescriptors.await(before);
    }

    private static int threadsOfOurs() {
        Thread[] threads = new Thread[Thread.activeCount() + 500];
        int count = Thread.enumerate(threads);
        int ours = 0;
        for (int i = 0; i < count; i++) {
            ours += threads[i].getName().startsWith("prise-") ? 1 : 0;
        }
        return ours;
    }

    // ---- what is said

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wrong-name     | the certificate is for a.example, b.example, not for two.test
            nameless       | the certificate is for CN=nameless without alternative names, not for two.test
            expired        | the certificate expired on 2020-02-01
            early          | the certificate is not valid before 2120-01-01
            unknown-issuer | the certificate's issuer is not trusted: CN=Nobody's authority
            self-signed    | the certificate is self-signed, by CN=two.test, and not one of those trusted
            """, quoteCharacter = '"')
    void certificatesThatAreNotAccepted(String alias, String sentence) throws Exception {
        try (Server server = echoing(alias)) {
            DialConnectException failure = catchThrowableOfType(
                    DialConnectException.class, () -> dialer(trusting, FIRST).dial("two.test", server.port()));
            System.out.println(failure.getMessage());
            assertThat(failure.code()).isEqualTo(ErrorCode.TLS_CERTIFICATE);
            assertThat(failure.trace().attempts().get(0).error().message()).isEqualTo(sentence);
            assertThat(failure)
                    .hasMessageContaining("127.0.0.1 failed, " + sentence + ", after")
                    .hasMessageContaining("(TLS_CERTIFICATE); ");
            assertThat(failure.getSuppressed())
                    .hasSize(1)
                    .allSatisfy(each ->
                            assertThat(each).isInstanceOf(SSLException.class).hasMessage(sentence));
        }
    }

    @Test
    void peerThatSpeaksNoTls() throws Exception {
        try (Loopback.Server plain = new Loopback.Server(FIRST, 0)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket socket = plain.accepted.take()) {
                    socket.getOutputStream().write("SSH-2.0-Test\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            DialConnectException failure = catchThrowableOfType(
                    DialConnectException.class, () -> dialer(trusting, FIRST).dial("one.test", plain.port()));
            System.out.println(failure.getMessage());
            assertThat(failure.code()).isEqualTo(ErrorCode.TLS_HANDSHAKE);
            assertThat(failure).hasMessageContaining("the peer does not speak TLS, it began with \"SSH-2.0-Test\"");
            served.join();
        }
    }

    @Test
    void theDefaultTrustsTheRootsOfTheJavaLibrary() throws Exception {
        try (Server server = echoing("good")) {
            assertThatThrownBy(() -> dialer(TlsSettings.DEFAULT, FIRST).dial("one.test", server.port()))
                    .hasMessageContaining("the certificate's issuer is not trusted: CN=Prise test authority");
            SSLContext context = SSLContext.getDefault();
            assertThatThrownBy(() -> dialer(TlsSettings.DEFAULT.withContext(context), FIRST)
                            .dial("one.test", server.port()))
                    .hasMessageContaining("the certificate is not accepted: ")
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    // ---- what does not go

    @Test
    void refusesWhatDoesNotGoTogether() {
        Dialer tls = Dialer.builder().tls().build();
        assertThatThrownBy(tls::socketFactory)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without tls()");
        assertThatThrownBy(() -> tls.toBuilder()
                        .readiness(connection -> () -> Readiness.Step.READY)
                        .build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tls.dial(Target.unix("/run/x.sock"))).isInstanceOf(InvalidTargetException.class);
        assertThatThrownBy(() -> TlsSettings.DEFAULT.withServerName("no name"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlsSettings.DEFAULT.withApplicationProtocols(""))
                .isInstanceOf(IllegalArgumentException.class);
        String[] many = Collections.nCopies(235, "x".repeat(255)).toArray(String[]::new);
        assertThatThrownBy(() -> TlsSettings.DEFAULT.withApplicationProtocols(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("names of protocols of 60160 bytes are more than 60000");
        assertThatThrownBy(() -> TlsSettings.DEFAULT.withRoots(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
