package dev.prise.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ListenIT {
    @Test
    void echoesToSeveralClientsOnBothFamilies() throws IOException {
        try (Launched server = Launched.start("listen", "0")) {
            int port = server.listeningPort();
            try (Socket one = new Socket(Loopback.four(1), port);
                    Socket two = new Socket(Loopback.four(1), port)) {
                assertEchoes(two);
                assertEchoes(one);
            }
            if (LocalServers.hasSix("listening on ::1")) {
                try (Socket six = new Socket(Loopback.six(), port)) {
                    assertEchoes(six);
                }
            }
        }
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.getOutputStream().write("this is a test".getBytes(US_ASCII));
        assertThat(socket.getInputStream().readNBytes(14)).asString(US_ASCII).isEqualTo("this is a test");
        socket.shutdownOutput();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void servesOneAndEnds() throws IOException {
        try (Launched server = Launched.start("listen", "127.0.0.1", "0", "--once", "-v")) {
            int port = server.listeningPort();
            try (Socket socket = new Socket(Loopback.four(1), port)) {
                assertEchoes(socket);
            }
            Launched.Ended ended = server.end("");
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).contains(" connected\n", " sent 14 bytes and is done\n");
        }
    }

    @Test
    void saysItsBannerAndDiscards() throws IOException {
        try (Launched server = Launched.start("listen", "127.0.0.1:0", "--discard", "--banner", "SSH-2.0-test\r\n")) {
            try (Socket socket = new Socket(Loopback.four(1), server.listeningPort())) {
                socket.getOutputStream().write(new byte[1 << 20]);
                socket.shutdownOutput();
                assertThat(socket.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("SSH-2.0-test\r\n");
            }
        }
    }

    @Test
    void aTakenPortIsOneSentence() throws IOException {
        try (ServerSocket taken = LocalServers.server()) {
            Launched.Ended ended = Launched.run("listen", "127.0.0.1", "" + taken.getLocalPort());
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.err().lines()).hasSize(1);
            assertThat(ended.err())
                    .startsWith("prise: cannot listen on 127.0.0.1 port " + taken.getLocalPort()
                            + ": address already in use")
                    .contains("(EADDRINUSE, WSAEADDRINUSE 10048); ");
        }
    }

    @Test
    void aClientThatBreaksTheOnlyConnectionIsFour() throws IOException {
        try (Launched server = Launched.start("listen", "127.0.0.1", "0", "--once")) {
            Socket socket = new Socket(Loopback.four(1), server.listeningPort());
            socket.getOutputStream().write(1);
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            socket.setSoLinger(true, 0);
            socket.close();
            assertThat(server.status()).isEqualTo(4);
            assertThat(server.errorLine()).contains("ECONNRESET");
        }
    }
}
