package dev.prise.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectIT {
    @Test
    void asksAndGetsTheAnswerAfterAHalfClose() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.start("connect", "127.0.0.1", port(server))) {
            CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept()) {
                    // all of it comes only if the client half-closes
                    String all = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                    socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nthe page".getBytes(US_ASCII));
                    return all;
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Launched.Ended ended = client.end("GET / HTTP/1.0\r\n\r\n");
            assertThat(request.join()).isEqualTo("GET / HTTP/1.0\r\n\r\n");
            assertThat(ended).isEqualTo(new Launched.Ended(0, "HTTP/1.0 200 OK\r\n\r\nthe page", ""));
        }
    }

    @Test
    void endsWithThePeerThoughItsInputIsOpen() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.start("connect", "127.0.0.1:" + port(server))) {
            Socket socket = server.accept();
            socket.getOutputStream().write("banner".getBytes(US_ASCII));
            socket.close();
            // client.in() is still open
            assertThat(new String(client.out().readAllBytes(), US_ASCII)).isEqualTo("banner");
            assertThat(client.status()).isZero();
        }
    }

    @Test
    void deliversWhatItHasToAPeerThatOnlyListens() throws IOException {
        byte[] data = random(8 << 20);
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.start("connect", "127.0.0.1", port(server))) {
            CompletableFuture<Void> feeding = feed(client.in(), data);
            try (Socket socket = server.accept()) {
                socket.shutdownOutput();
                assertThat(crc(socket.getInputStream().readAllBytes())).isEqualTo(crc(data));
            }
            feeding.join();
            assertThat(client.status()).isZero();
        }
    }

    @Test
    void manyBytesComeBackWhole() throws IOException {
        byte[] data = random(64 << 20);
        try (Launched server = Launched.start("listen", "127.0.0.1", "0");
                Launched client = Launched.start("connect", "127.0.0.1", "" + server.listeningPort())) {
            CompletableFuture<Void> feeding = feed(client.in(), data);
            assertThat(crc(client.out().readAllBytes())).isEqualTo(crc(data));
            feeding.join();
            assertThat(client.status()).isZero();
        }
    }

    @Test
    void aResetBreaksIt() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.start("connect", "127.0.0.1", port(server))) {
            Socket socket = server.accept();
            socket.getOutputStream().write("half".getBytes(US_ASCII));
            assertThat(client.out().readNBytes(4)).hasSize(4);
            socket.setSoLinger(true, 0);
            socket.close();
            assertThat(client.errorLine())
                    .startsWith("prise: the connection to 127.0.0.1:" + port(server)
                            + " broke after 0 bytes sent and 4 received")
                    .contains("ECONNRESET, WSAECONNRESET 10054")
                    .endsWith(
                            "; the peer ended the connection in the middle of it: look at the server's log for a crash or a limit,"
                                    + " and for a proxy or firewall in between");
            assertThat(client.status()).isEqualTo(ExitStatus.BROKEN);
        }
    }

    @Test
    void undeliveredDataIsNotPassedOver() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.start("connect", "127.0.0.1", port(server))) {
            Socket socket = server.accept();
            CompletableFuture<Void> feeding = feed(client.in(), new byte[64 << 20]);
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
            socket.close();
            assertThat(client.status()).isEqualTo(ExitStatus.BROKEN);
            assertThat(client.errorLine()).startsWith("prise: ").contains("bytes sent");
            feeding.exceptionally(e -> null).join();
        }
    }

    @Test
    void aReaderThatHasEnoughEndsItQuietly() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.start("connect", "127.0.0.1", port(server));
                Socket socket = server.accept()) {
            client.out().close();
            CompletableFuture<Void> feeding = feed(socket.getOutputStream(), new byte[64 << 20]);
            assertThat(client.status()).isZero();
            assertThat(client.restOfErrors()).isEmpty();
            feeding.exceptionally(e -> null).join();
        }
    }

    @Test
    void sendsATextAndShowsHowItConnected() {
        try (Launched server = Launched.start("listen", "127.0.0.1", "0", "--once")) {
            Launched.Ended ended =
                    Launched.run("connect", "-v", "--send", "this is a test", "127.0.0.1", "" + server.listeningPort());
            assertThat(ended.out()).isEqualTo("this is a test");
            assertThat(ended.err())
                    .contains("connected to 127.0.0.1 port ", "1. 127.0.0.1")
                    .doesNotContain("\u001b");
            assertThat(server.status()).isZero();
        }
    }

    @Test
    void onlyConnects() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            assertThat(Launched.run("connect", "-z", "127.0.0.1", port(server)))
                    .isEqualTo(new Launched.Ended(0, "", ""));
            try (Socket socket = server.accept()) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void unixDomainSockets(@TempDir Path folder) {
        String target = "unix:" + folder.resolve("socket");
        try (Launched server = Launched.start("listen", "--once", "--banner", "hello ", target)) {
            assertThat(server.errorLine()).isEqualTo("prise: listening on " + target);
            assertThat(Launched.run("connect", "--send", "world", target))
                    .isEqualTo(new Launched.Ended(0, "hello world", ""));
            assertThat(server.status()).isZero();
            assertThat(folder.resolve("socket")).doesNotExist();
        }
    }

    private static String port(ServerSocket server) {
        return Integer.toString(server.getLocalPort());
    }

    private static CompletableFuture<Void> feed(OutputStream to, byte[] data) {
        return CompletableFuture.runAsync(() -> {
            try (to) {
                to.write(data);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new Random(27015).nextBytes(data);
        return data;
    }

    private static long crc(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return crc.getValue();
    }
}
