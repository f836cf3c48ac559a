package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one command learns and the next one makes of it. */
class HistoryIT {
    @TempDir
    Path folder;

    /** The environment of a user with this cache folder. */
    private Map<String, String> environment() {
        return new HashMap<>(Map.of("PRISE_HISTORY", "", "XDG_CACHE_HOME", folder.toString()));
    }

    private Path file() {
        return folder.resolve("prise/paths");
    }

    private static Launched.Ended run(Map<String, String> environment, String... arguments) {
        try (Launched launched = Launched.start(environment, arguments)) {
            return launched.end("");
        }
    }

    @Test
    void theSecondCommandTriesFirstWhatWorked() throws IOException {
        assumeTrue(LocalServers.hasSix("a name with two addresses"));
        try (ServerSocket server = LocalServers.server()) {
            String[] trace = {"trace", "localhost", "" + server.getLocalPort()};
            Launched.Ended first = run(environment(), trace);
            assertThat(first.out()).containsPattern("\n1\\. ::1 .*refused").containsPattern("\n2\\. 127\\.0\\.0\\.1 ");
            assertThat(Files.readString(file())).contains("trouble ", " ::1 " + server.getLocalPort() + " ", "rtt ");
            Launched.Ended second = run(environment(), trace);
            assertThat(second.err()).isEmpty();
            assertThat(second.out())
                    .containsPattern("\n1\\. 127\\.0\\.0\\.1 .*connected")
                    .doesNotContainPattern("\n2\\. ::1 .*refused")
                    .containsPattern("::1 .*refused (just now|[0-9]+ s ago) \\(ECONNREFUSED\\)");
        }
    }

    @Test
    void offLooksAtNothingAndWritesNothing() throws IOException {
        assumeTrue(LocalServers.hasSix("a name with two addresses"));
        try (ServerSocket server = LocalServers.server()) {
            String port = "" + server.getLocalPort();
            run(environment(), "connect", "-z", "localhost", port);
            String before = Files.readString(file());
            assertThat(run(environment(), "trace", "localhost", port, "--history=off")
                            .out())
                    .containsPattern("\n1\\. ::1 .*refused");
            Map<String, String> off = environment();
            off.put("PRISE_HISTORY", "off");
            assertThat(run(off, "trace", "localhost", port).out()).containsPattern("\n1\\. ::1 .*refused");
            assertThat(run(environment(), "demo").out()).doesNotContain(" ago (");
            assertThat(Files.readString(file())).isEqualTo(before);
        }
    }

    @Test
    void allCommandsThatDialWriteAlsoWhenTheyFail() throws IOException {
        try (ClosedPort port = ClosedPort.any()) {
            for (String[] command : new String[][] {
                {"connect", "-z", "127.0.0.1", port.text()},
                {"trace", "127.0.0.1", port.text()},
                {"wait", "127.0.0.1", port.text(), "--for", "100ms"}
            }) {
                Files.deleteIfExists(file());
                assertThat(run(environment(), command).status()).isEqualTo(1);
                assertThat(Files.readString(file())).contains("trouble ", "127.0.0.1 " + port.text());
            }
        }
    }

    @Test
    void aFileOfOnesOwn() throws IOException {
        Path own = folder.resolve("own");
        try (ServerSocket server = LocalServers.server()) {
            String port = "" + server.getLocalPort();
            run(environment(), "connect", "--history", own.toString(), "-z", "127.0.0.1", port);
            assertThat(Files.readString(own)).contains("rtt ");
            assertThat(file()).doesNotExist();
            Map<String, String> variable = environment();
            variable.put("PRISE_HISTORY", folder.resolve("other").toString());
            run(variable, "connect", "-z", "127.0.0.1", port);
            assertThat(folder.resolve("other")).exists();
        }
    }

    @Test
    void aBrokenFileIsToldAndTheCommandGoesOn() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "broken");
        try (ServerSocket server = LocalServers.server()) {
            Launched.Ended ended = run(environment(), "connect", "-z", "127.0.0.1", "" + server.getLocalPort());
            assertThat(ended.status()).isZero();
            assertThat(ended.err().lines()).hasSize(1);
            assertThat(ended.err()).startsWith("prise: the memory of addresses in " + file() + " is broken");
            assertThat(Files.readString(file())).startsWith("prise-paths 1\n");
        }
    }

    @Test
    void anEmptyWordIsWrongUsage() {
        Launched.Ended ended = run(environment(), "trace", "--history", "", "127.0.0.1");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("--history takes auto, off or a file");
    }
}
