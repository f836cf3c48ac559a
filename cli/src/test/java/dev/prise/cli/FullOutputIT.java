package dev.prise.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Standard output is a file on a full disk. */
class FullOutputIT {
    private static final Path FULL = Path.of("/dev/full");
    private static final String SENTENCE =
            "prise: cannot write to standard output: No space left on device; make room or write elsewhere\n";

    @BeforeAll
    static void thereIsSuchAFile() {
        if (!Files.exists(FULL)) {
            System.out.println("Left out: output to a full disk, because there is no " + FULL);
        }
        assumeTrue(Files.exists(FULL));
    }

    private static Launched.Ended run(String... arguments) {
        try (Launched launched = Launched.startInto(FULL, arguments)) {
            return launched.end("");
        }
    }

    @Test
    void breaksAConnectionThatWasMade() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.startInto(FULL, "connect", "127.0.0.1", "" + server.getLocalPort());
                Socket socket = server.accept()) {
            socket.getOutputStream().write("an answer".getBytes(US_ASCII));
            assertThat(client.end("")).isEqualTo(new Launched.Ended(ExitStatus.BROKEN, "", SENTENCE));
        }
    }

    @Test
    void doesNotMakeATraceThatConnectedNotConnected() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            assertThat(run("trace", "--json", "127.0.0.1", "" + server.getLocalPort()))
                    .isEqualTo(new Launched.Ended(ExitStatus.BROKEN, "", SENTENCE));
        }
    }

    @Test
    void doesNotHideWhyATraceDidNotConnect() throws IOException {
        try (ClosedPort port = ClosedPort.any()) {
            Launched.Ended ended = run("trace", "127.0.0.1", port.text());
            assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            assertThat(ended.err()).startsWith(SENTENCE + "prise: cannot connect to 127.0.0.1 port " + port.number());
        }
        assertThat(run("trace", "nosuchhost.invalid").status()).isEqualTo(ExitStatus.NOT_RESOLVED);
    }

    @Test
    void endsWhatHasNotBegunToConnect() {
        assertThat(run("demo")).isEqualTo(new Launched.Ended(ExitStatus.NOT_CONNECTED, "", SENTENCE));
        assertThat(run("--help")).isEqualTo(new Launched.Ended(ExitStatus.NOT_CONNECTED, "", SENTENCE));
    }

    @Test
    void doesNotMatterToThoseWhoPutNothingOut() throws IOException {
        try (Launched server = Launched.startInto(FULL, "listen", "--once", "127.0.0.1", "0")) {
            int port = server.listeningPort();
            try (Socket socket = new Socket(Loopback.four(1), port)) {
                socket.getOutputStream().write("this is a test".getBytes(US_ASCII));
                socket.shutdownOutput();
                assertThat(socket.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("this is a test");
            }
            assertThat(server.end("")).isEqualTo(new Launched.Ended(ExitStatus.DONE, "", ""));
        }
        try (ServerSocket server = LocalServers.server()) {
            assertThat(run("wait", "127.0.0.1", "" + server.getLocalPort()).status())
                    .isZero();
        }
    }
}
