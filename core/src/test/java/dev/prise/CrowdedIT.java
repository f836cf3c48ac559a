package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.trace.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dials at the same time to a host with an address that does not answer. */
@Timeout(60)
class CrowdedIT {
    @Test
    @DisplayName(
            "an address for which two dials wait in vain is passed over by the third, and no longer when they have ended")
    void crowded() throws IOException {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.FIRST, 0);
                Loopback.Server server = new Loopback.Server(Loopback.SECOND, hole.port())) {
            Dialer two = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                    .deadline(Duration.ofSeconds(20))
                    .history(DialHistory.off())
                    .build();
            assertThat(firstAddress(two, server.port())).isEqualTo("127.0.0.1");

            List<CompletableFuture<DialResult>> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(Dialer.builder()
                        .deadline(Duration.ofSeconds(50))
                        .build()
                        .dialAsync("127.0.0.1", hole.port()));
            }
            String first = firstAddress(two, server.port());
            while (!first.equals("127.0.0.2")) {
                // the two have not waited for their delay yet
                first = firstAddress(two, server.port());
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            waiting.forEach(dial -> dial.cancel(true));
            while (!first.equals("127.0.0.1")) {
                first = firstAddress(two, server.port());
            }
        }
    }

    private static String firstAddress(Dialer dialer, int port) throws IOException {
        try (DialResult result = dialer.dial("two.example", port)) {
            Trace.Attempt first = result.trace().attempts().get(0);
            return first.address().addressText();
        }
    }
}
