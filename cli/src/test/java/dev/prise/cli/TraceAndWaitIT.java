package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceAndWaitIT {
    @Test
    void tracesAsATable() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            Launched.Ended ended = Launched.run("trace", "127.0.0.1", "" + server.getLocalPort());
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out())
                    .startsWith("connected to 127.0.0.1 port ")
                    .contains("1. 127.0.0.1")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void colorsWhenAskedFor() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            Launched.Ended ended = Launched.run("trace", "--color", "always", "127.0.0.1", "" + server.getLocalPort());
            assertThat(ended.out()).startsWith("\u001b[32mconnected\u001b[0m");
        }
    }

    @Test
    void tracesAsJson() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            Launched.Ended ended = Launched.run("trace", "--json", "127.0.0.1", "" + server.getLocalPort());
            assertThat(ended.status()).isZero();
            assertThat(json(ended.out()))
                    .containsEntry("schema", "prise.trace/1")
                    .containsEntry("outcome", "connected")
                    .containsKeys("target", "elapsed_ms", "winner", "error", "lookups", "candidates", "attempts");
        }
    }

    @Test
    void tracesFailuresAsJsonToo() throws IOException {
        Launched.Ended refused = Launched.run("trace", "--json", "127.0.0.1", "" + LocalServers.closedPort());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(json(refused.out())).containsEntry("outcome", "failed").containsEntry("winner", "(null)");
        assertThat(refused.err().lines()).hasSize(1);
        Launched.Ended unresolved = Launched.run("trace", "--json", "nosuchhost.invalid");
        assertThat(unresolved.status()).isEqualTo(3);
        assertThat(json(unresolved.out())).containsEntry("outcome", "failed");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String text) {
        assertThat(text.lines()).hasSize(1);
        return (Map<String, Object>) JsonCheck.parse(text);
    }

    @Test
    void waitsUntilSomebodyAccepts() throws IOException {
        int port = LocalServers.closedPort();
        try (Launched waiting = Launched.start("wait", "-v", "127.0.0.1", "" + port, "--for", "30s")) {
            // one dial at least has failed before there is a server
            assertThat(waiting.errorLine()).startsWith("not connected to 127.0.0.1 port " + port);
            try (ServerSocket server = new ServerSocket(port, 5, Loopback.four(1))) {
                Launched.Ended ended = waiting.end("");
                assertThat(ended.status()).isZero();
                assertThat(ended.err()).contains("prise: 127.0.0.1:" + server.getLocalPort() + " accepted after ");
            }
        }
    }

    @Test
    void waitsNoLongerThanAsked() throws IOException {
        Launched.Ended ended = Launched.run("wait", "127.0.0.1", "" + LocalServers.closedPort(), "--for", "300ms");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("did not accept within 300 ms", "ECONNREFUSED");
        assertThat(Launched.run("wait", "nosuchhost.invalid", "--for", "200ms").status())
                .isEqualTo(3);
    }
}
