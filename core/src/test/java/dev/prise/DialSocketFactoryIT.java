package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.trace.TraceEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DialSocketFactoryIT {
    private static final Dialer TWO = Dialer.builder()
            .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
            .build();

    @Test
    void socketConnectedToANameRaces() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0);
                Socket socket = TWO.socketFactory().createSocket("two.test", server.port());
                Socket peer = server.accepted.take()) {
            assertThat(socket.isConnected()).isTrue();
            assertThat(socket.getInetAddress()).hasToString("two.test/127.0.0.2");
            assertThat(socket.getPort()).isEqualTo(server.port());
            assertThat(socket.getLocalPort()).isEqualTo(peer.getPort());
            assertThat(socket.getLocalAddress()).isEqualTo(peer.getInetAddress());
            assertThat(socket.getRemoteSocketAddress()).isEqualTo(peer.getLocalSocketAddress());
            exchange(socket, peer);
        }
    }

    @Test
    void unconnectedSocketRacesToAnUnresolvedAddress() throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Server server = new Loopback.Server(Loopback.SECOND, hole.port());
                Socket socket = TWO.socketFactory().createSocket()) {
            socket.connect(InetSocketAddress.createUnresolved("two.test", server.port()), 10_000);
            try (Socket peer = server.accepted.take()) {
                exchange(socket, peer);
            }
        }
    }

    @Test
    void resolvedAddressThatKnowsItsNameHasTheOtherAddressesBehindIt() throws Exception {
        InetAddress dead = InetAddress.getByAddress("two.test", Loopback.FIRST.getAddress());
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Server server = new Loopback.Server(Loopback.SECOND, hole.port());
                Socket socket = TWO.socketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(dead, server.port()), 10_000);
            assertThat(socket.getInetAddress()).hasToString("two.test/127.0.0.2");
        }
    }

    @Test
    void resolvedAddressIsTriedBeforeTheNamesOthers() throws Exception {
        InetAddress chosen = InetAddress.getByAddress(
                "two.test", Loopback.address("127.0.0.3").getAddress());
        try (Loopback.Server server = new Loopback.Server(new InetSocketAddress(0).getAddress(), 0);
                Socket socket = TWO.socketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(chosen, server.port()), 10_000);
            assertThat(socket.getInetAddress()).hasToString("two.test/127.0.0.3");
        }
    }

    @Test
    void resolvedAddressIsTriedFirstAndAlsoWhenItsNameIsNotKnown() throws Exception {
        InetAddress named = InetAddress.getByAddress("nosuchhost.test", Loopback.SECOND.getAddress());
        Dialer knowingNothing =
                Dialer.builder().resolver(Loopback.knowingNothing()).build();
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0);
                Socket socket = knowingNothing.socketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(named, server.port()));
            assertThat(socket.getInetAddress()).hasToString("nosuchhost.test/127.0.0.2");
        }
    }

    @Test
    void addressGivenAsAnAddressIsTheOnlyOneTried() throws Exception {
        InetAddress named = InetAddress.getByAddress("two.test", Loopback.FIRST.getAddress());
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0)) {
            assertThatThrownBy(() -> TWO.socketFactory().createSocket(named, server.port()))
                    .isInstanceOf(DialConnectException.class);
        }
    }

    @Test
    void timeOfConnectIsTheDeadline() throws Exception {
        try (Loopback.Hole first = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Hole second = new Loopback.Hole(Loopback.SECOND, first.port());
                Socket socket = TWO.socketFactory().createSocket()) {
            InetSocketAddress address = InetSocketAddress.createUnresolved("two.test", second.port());
            assertThatThrownBy(() -> socket.connect(address, 200))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContainingAll("127.0.0.1", "127.0.0.2");
            assertThat(socket.isClosed() || !socket.isConnected()).isTrue();
        }
    }

    @Test
    void readsTimeOut() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = Dialer.create().socketFactory().createSocket()) {
            socket.setSoTimeout(50);
            socket.connect(InetSocketAddress.createUnresolved("localhost", server.port()));
            assertThat(socket.getSoTimeout()).isEqualTo(50);
            InputStream in = socket.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            try (Socket peer = server.accepted.take()) {
                socket.setSoTimeout(10_000);
                exchange(socket, peer);
            }
        }
    }

    @Test
    void optionsAreKeptUntilThereIsASocket() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = Dialer.create().socketFactory().createSocket()) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoLinger(true, 3);
            socket.setReuseAddress(true);
            socket.setTrafficClass(8);
            socket.setReceiveBufferSize(20_000);
            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.getSendBufferSize()).isPositive();
            socket.connect(InetSocketAddress.createUnresolved("localhost", server.port()));
            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.getKeepAlive()).isTrue();
            assertThat(socket.getSoLinger()).isEqualTo(3);
            assertThat(socket.getReuseAddress()).isTrue();
            assertThat(socket.getReceiveBufferSize()).isBetween(20_000, 100_000);
            socket.setSoLinger(false, 0);
            assertThat(socket.getSoLinger()).isEqualTo(-1);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, false);
            assertThat(socket.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
            assertThat(socket.supportedOptions()).contains(StandardSocketOptions.SO_KEEPALIVE);
        }
    }

    @Test
    void localAddressIsUsed() throws Exception {
        SocketFactory factory = Dialer.create().socketFactory();
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = factory.createSocket("localhost", server.port(), Loopback.SECOND, 0);
                Socket peer = server.accepted.take()) {
            assertThat(peer.getInetAddress()).isEqualTo(Loopback.SECOND);
            assertThat(socket.getLocalAddress()).isEqualTo(Loopback.SECOND);
        }
    }

    @Test
    void halfCloseIsSeenByThePeerAndReadingGoesOn() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = Dialer.create().socketFactory().createSocket("localhost", server.port());
                Socket peer = server.accepted.take()) {
            socket.getOutputStream().write(1);
            socket.shutdownOutput();
            assertThat(peer.getInputStream().readAllBytes()).containsExactly(1);
            peer.getOutputStream().write(2);
            assertThat(socket.getInputStream().read()).isEqualTo(2);
            peer.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closingStopsADialUnderWay() throws Exception {
        try (Loopback.Hole first = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Hole second = new Loopback.Hole(Loopback.SECOND, first.port())) {
            closingStops("127.0.0.1", first.port());
            closingStops("two.test", second.port());
        }
    }

    private static void closingStops(String host, int port) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Dialer dialer = TWO.toBuilder()
                .deadline(Duration.ofSeconds(30))
                .listener(event -> {
                    if (event.kind() != TraceEvent.Kind.DIAL_STARTED) {
                        begun.countDown();
                    }
                })
                .build();
        try (Socket socket = dialer.socketFactory().createSocket()) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            socket.connect(InetSocketAddress.createUnresolved(host, port));
                            thrown.complete(new AssertionError("connected"));
                        } catch (IOException e) {
                            thrown.complete(e);
                        }
                    })
                    .start();
            begun.await();
            socket.close();
            assertThat(thrown.get()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
        }
    }

    @Test
    void failuresAreThoseOfThePlainSocket() throws Exception {
        SocketFactory factory = Dialer.create().socketFactory();
        SocketFactory knowingNothing =
                Dialer.builder().resolver(Loopback.knowingNothing()).build().socketFactory();
        assertThatThrownBy(() -> knowingNothing.createSocket("nosuchhost.test", 1))
                .isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> factory.createSocket("not a host", 1)).isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> factory.createSocket("localhost", 65536)).isInstanceOf(IllegalArgumentException.class);
        try (Loopback.Refusing refusing = new Loopback.Refusing()) {
            assertThatThrownBy(() -> factory.createSocket("localhost", refusing.port()))
                    .isInstanceOf(DialConnectException.class);
        }
        try (Socket socket = factory.createSocket()) {
            assertThatThrownBy(socket::getInputStream).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> socket.bind(new InetSocketAddress(Loopback.address("192.0.2.1"), 0)))
                    .isInstanceOf(BindException.class);
            socket.close();
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(Loopback.FIRST, 1)))
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void closingEndsABlockedReadWithASocketException() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = Dialer.create().socketFactory().createSocket("localhost", server.port())) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    in.read();
                } catch (IOException e) {
                    thrown.complete(e);
                }
            });
            reader.start();
            socket.close();
            assertThat(thrown.get()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
            assertThatThrownBy(in::available).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> out.write(1)).isInstanceOf(SocketException.class);
            reader.join();
        }
    }

    @Test
    void writingAfterAHalfCloseIsASocketException() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = Dialer.create().socketFactory().createSocket("localhost", server.port())) {
            OutputStream out = socket.getOutputStream();
            socket.shutdownOutput();
            assertThatThrownBy(() -> out.write(new byte[] {1, 2})).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void wildcardIsALocalAddressOfEveryFamily() throws Exception {
        SocketFactory factory = Dialer.create().socketFactory();
        if (Loopback.hasSix()) {
            try (Loopback.Server six = new Loopback.Server(Loopback.SIX, 0);
                    Socket socket = factory.createSocket("localhost", six.port(), null, 0)) {
                assertThat(socket.getInetAddress()).isEqualTo(Loopback.SIX);
            }
        }
        try (Loopback.Server four = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = factory.createSocket()) {
            socket.bind(null);
            socket.connect(InetSocketAddress.createUnresolved("localhost", four.port()));
            assertThat(socket.getInetAddress()).isEqualTo(Loopback.FIRST);
        }
    }

    @Test
    void wildcardOfOneFamilyDoesNotPinTheFamily() throws Exception {
        try (Loopback.Server four = new Loopback.Server(Loopback.FIRST, 0);
                Socket socket = Dialer.create().socketFactory().createSocket()) {
            socket.bind(new InetSocketAddress("::", 0));
            socket.connect(new InetSocketAddress(Loopback.FIRST, four.port()));
            assertThat(socket.isConnected()).isTrue();
        }
    }

    /** Both attempts of a race have the one local port that was asked for. */
    @Test
    void localPortServesEveryAttempt() throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Server server = new Loopback.Server(Loopback.SECOND, hole.port());
                Loopback.Refusing free = new Loopback.Refusing();
                Socket socket = TWO.socketFactory().createSocket()) {
            int port = free.port();
            free.close();
            socket.bind(new InetSocketAddress(port));
            socket.connect(InetSocketAddress.createUnresolved("two.test", server.port()), 10_000);
            assertThat(socket.getLocalPort()).isEqualTo(port);
            assertThat(socket.getInetAddress()).isEqualTo(Loopback.SECOND);
        }
    }

    @Test
    void whateverTextCameWithAnAddressTheAddressIsDialled() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            for (String text : new String[] {"my db", "127.0.0.77", "", "a..b"}) {
                try (Socket socket = Dialer.create().socketFactory().createSocket()) {
                    InetAddress address = InetAddress.getByAddress(text, Loopback.FIRST.getAddress());
                    socket.connect(new InetSocketAddress(address, server.port()));
                    assertThat(socket.getRemoteSocketAddress())
                            .isEqualTo(new InetSocketAddress(Loopback.FIRST, server.port()));
                }
            }
        }
    }

    @Test
    void optionSetWhileConnectingReachesTheSocket() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch set = new CountDownLatch(1);
        Dialer dialer = TWO.toBuilder()
                .option(StandardSocketOptions.SO_KEEPALIVE, true)
                .listener(event -> {
                    if (event.kind() == TraceEvent.Kind.ATTEMPT_ENDED) {
                        begun.countDown();
                        try {
                            set.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                })
                .build();
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0);
                Socket socket = dialer.socketFactory().createSocket()) {
            assertThat(socket.getKeepAlive()).isTrue();
            CompletableFuture<String> connected = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            socket.connect(InetSocketAddress.createUnresolved("two.test", server.port()));
                            connected.complete("connected");
                        } catch (IOException e) {
                            connected.completeExceptionally(e);
                        }
                    })
                    .start();
            begun.await();
            socket.setTcpNoDelay(true);
            set.countDown();
            connected.get();
            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.getKeepAlive()).isTrue();
        }
    }

    @Test
    void tlsOnTopSeesTheName(@TempDir Path folder) throws Exception {
        SSLContext tls = context(folder, "two.test");
        try (SSLServerSocket listener =
                (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 10, Loopback.SECOND)) {
            CompletableFuture<String> served = serve(listener);
            try (Socket plain = TWO.socketFactory().createSocket();
                    SSLSocket secure = layered(tls, plain, listener.getLocalPort())) {
                secure.startHandshake();
                secure.getOutputStream().write('x');
                assertThat(secure.getInputStream().read()).isEqualTo('x');
                assertThat(secure.getSession().getPeerHost()).isEqualTo("two.test");
            }
            assertThat(served.get()).isEqualTo("served");
        }
    }

    /** As JDBC drivers do it: connect first, then TLS on top, the host name being checked against the certificate. */
    private static SSLSocket layered(SSLContext tls, Socket plain, int port) throws IOException {
        plain.connect(InetSocketAddress.createUnresolved("two.test", port), 10_000);
        SSLSocket secure = (SSLSocket) tls.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostName(), port, true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private static CompletableFuture<String> serve(SSLServerSocket listener) {
        CompletableFuture<String> served = new CompletableFuture<>();
        new Thread(() -> {
                    try (Socket peer = listener.accept()) {
                        peer.getOutputStream().write(peer.getInputStream().read());
                        served.complete("served");
                    } catch (IOException e) {
                        served.completeExceptionally(e);
                    }
                })
                .start();
        return served;
    }

    private static SSLContext context(Path folder, String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        String password = "test-only";
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password.toCharArray());
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("key", keys.getCertificate("key"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void exchange(Socket socket, Socket peer) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {1, 2, 3});
        assertThat(peer.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        peer.getOutputStream().write(new byte[] {4, 5});
        assertThat(socket.getInputStream().readNBytes(2)).containsExactly(4, 5);
    }
}
