package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoIT {
    @Test
    void tellsTheTutorialsSteps() {
        Launched.Ended demo = Launched.run("demo");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.status()).isZero();
        assertThat(demo.out().lines()).containsSubsequence("Bytes Sent: 14", "Bytes received: 14", "Connection closed");
        assertThat(demo.out())
                .containsSubsequence(
                        " 1. Server",
                        " 2. Hints",
                        " 3. Look-up",
                        " 4. Socket",
                        " 5. Connect",
                        "Send",
                        "Half-close",
                        "Receive",
                        "Close",
                        "To scale:",
                        "connected to localhost",
                        "two.example",
                        "refused (ECONNREFUSED",
                        "connected");
    }

    @Test
    void usesAFreePortWhenItsOwnIsTaken() throws IOException {
        try (ServerSocket taken = takeTutorialPort()) {
            Launched.Ended demo = Launched.run("demo");
            assertThat(demo.status()).isZero();
            assertThat(demo.out())
                    .contains("Port 27015 is taken (EADDRINUSE, WSAEADDRINUSE 10048)", "Bytes received: 14");
        }
    }

    /** The port may be somebody else's already, which will do. */
    private static ServerSocket takeTutorialPort() throws IOException {
        try {
            return new ServerSocket(27015, 1, Loopback.four(1));
        } catch (java.net.BindException e) {
            return new ServerSocket();
        }
    }

    @Test
    void plainCharactersForAPlainTerminal() {
        try (Launched launched = Launched.start(Map.of("LC_ALL", "C", "LANG", "C"), "demo")) {
            Launched.Ended demo = launched.end("");
            assertThat(demo.status()).isZero();
            assertThat(demo.out().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
        }
    }
}
