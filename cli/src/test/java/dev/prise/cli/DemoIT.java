package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
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

    /** Somebody else who has the port for long will do as well; who has it for a moment is waited for. */
    private static ServerSocket takeTutorialPort() throws IOException {
        long giveUpAt = System.nanoTime() + 20_000_000_000L;
        while (true) {
            try {
                return new ServerSocket(27015, 1, Loopback.four(1));
            } catch (BindException e) {
                if (System.nanoTime() - giveUpAt > 0) {
                    return new ServerSocket();
                }
                LockSupport.parkNanos(1_000_000);
            }
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
