package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            json(ended.out())
                    .containsEntry("schema", "prise.trace/1")
                    .containsEntry("outcome", "connected")
                    .containsKeys("target", "elapsed_ms", "winner", "error", "lookups", "candidates", "attempts");
        }
    }

    @Test
    void tracesFailuresAsJsonToo() throws IOException {
        try (ClosedPort port = ClosedPort.any()) {
            Launched.Ended refused = Launched.run("trace", "--json", "127.0.0.1", port.text());
            assertThat(refused.status()).isEqualTo(1);
            json(refused.out()).containsEntry("outcome", "failed").containsEntry("winner", "(null)");
            assertThat(refused.err().lines()).hasSize(1);
        }
        Launched.Ended unresolved = Launched.run("trace", "--json", "nosuchhost.invalid");
        assertThat(unresolved.status()).isEqualTo(3);
        json(unresolved.out()).containsEntry("outcome", "failed");
    }

    @Test
    void aReaderThatHasEnoughDoesNotMakeAFailureASuccess() throws IOException {
        try (ClosedPort port = ClosedPort.any();
                Launched client = Launched.start("trace", "127.0.0.1", port.text())) {
            client.out().close();
            assertThat(client.status()).isEqualTo(1);
            assertThat(client.restOfErrors()).startsWith("prise: cannot connect to ");
        }
    }

    @Test
    void aSocketThatIsNotThereIsCalledThat(@TempDir Path folder) {
        String path = folder.resolve("s").toString();
        Launched.Ended ended = Launched.run("trace", "unix:" + path);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out().replaceAll("\\s+", " "))
                .contains("is not there. The server makes that file when it starts: see whether it runs");
        assertThat(ended.err()).contains("no such file", "ENOENT");
    }

    private static MapAssert<String, Object> json(String text) {
        assertThat(text.lines()).hasSize(1);
        return assertThat(JsonCheck.parse(text))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class));
    }

    @Test
    void waitsUntilSomebodyAccepts() throws IOException {
        try (ClosedPort port = ClosedPort.any();
                Launched waiting = Launched.start("wait", "-v", "127.0.0.1", port.text(), "--for", "30s")) {
            // one dial at least has failed before there is a server
            assertThat(waiting.errorLine()).startsWith("not connected to 127.0.0.1 port " + port.number());
            try (ServerSocket server = port.listen()) {
                Launched.Ended ended = waiting.end("");
                assertThat(ended.status()).isZero();
                assertThat(ended.err().lines())
                        .last()
                        .asString()
                        .matches("prise: 127\\.0\\.0\\.1:" + server.getLocalPort()
                                + " accepted after [0-9.]+ m?s \\([0-9]+ dials\\)");
            }
        }
    }

    @Test
    void waitsNoLongerThanAsked() throws IOException {
        try (ClosedPort port = ClosedPort.any()) {
            Launched.Ended ended = Launched.run("wait", "127.0.0.1", port.text(), "--for", "300ms");
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.err().lines()).hasSize(1);
            assertThat(ended.err()).contains("did not accept within 300 ms", "ECONNREFUSED");
        }
        assertThat(Launched.run("wait", "nosuchhost.invalid", "--for", "200ms").status())
                .isEqualTo(3);
    }
}
