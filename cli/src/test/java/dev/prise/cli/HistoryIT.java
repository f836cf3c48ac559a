package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prise.Dialer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            assertThat(first.out())
                    .containsPattern("\n. 1\\. ::1 .* ms .*refused")
                    .containsPattern("\n. 2\\. 127\\.0\\.0\\.1 ");
            assertThat(Files.readString(file())).contains("trouble ", " ::1 " + server.getLocalPort() + " ", "rtt ");
            Launched.Ended second = run(environment(), trace);
            assertThat(second.err()).isEmpty();
            assertThat(second.out())
                    .containsPattern("\n. 1\\. 127\\.0\\.0\\.1 .*connected")
                    .doesNotContainPattern("\n. 2\\. ::1 .* ms .*refused")
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
                    .containsPattern("\n. 1\\. ::1 .* ms .*refused");
            Map<String, String> off = environment();
            off.put("PRISE_HISTORY", "off");
            assertThat(run(off, "trace", "localhost", port).out()).containsPattern("\n. 1\\. ::1 .* ms .*refused");
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

    /** Each has read the file before any of them writes. */
    @Test
    void noDialOfCommandsAtOnceIsLost() throws Exception {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        List<HistoryFile> files = new ArrayList<>();
        Files.writeString(folder.resolve("own"), "prise-paths 1\ndials 100 7\n");
        try (ServerSocket server = LocalServers.server()) {
            for (int i = 0; i < 8; i++) {
                HistoryFile file = HistoryFile.named(folder.resolve("own"), InProcess.console(errors), true);
                files.add(file);
                Dialer dialer = Dialer.builder().history(file.history()).build();
                for (int dial = 0; dial <= i % 2; dial++) {
                    dialer.dial("127.0.0.1", server.getLocalPort()).close();
                }
            }
        }
        List<Thread> threads = files.stream()
                .map(file -> Thread.ofPlatform().start(() -> file.closeWithin(60_000)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("own"))).contains("dials 112 7");
    }

    @Test
    void somebodyElsesFileIsLeftAloneAndTheCommandGoesOn() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes"), "notes");
        try (ServerSocket server = LocalServers.server()) {
            String port = "" + server.getLocalPort();
            Launched.Ended ended =
                    run(environment(), "connect", "-z", "127.0.0.1", port, "--history", notes.toString());
            assertThat(ended.status()).isZero();
            assertThat(ended.err())
                    .startsWith("prise: nothing is remembered in " + notes + ", which is left alone: ")
                    .hasLineCount(1);
            assertThat(Files.readString(notes)).isEqualTo("notes");
            Launched.Ended out = run(environment(), "connect", "-z", "127.0.0.1", port, "--history", "/dev/stdout");
            assertThat(out.status()).isZero();
            assertThat(out.out()).isEmpty();
            if (Files.exists(Path.of("/dev/stdout"))) {
                assertThat(out.err()).hasLineCount(1);
            }
        }
    }

    @Test
    void aLockThatIsAFifoKeepsNoCommandWaiting() throws Exception {
        Path own = folder.resolve("own");
        try {
            assertThat(new ProcessBuilder("mkfifo", own + ".lock").start().waitFor())
                    .isZero();
        } catch (IOException e) {
            System.out.println("Left out: a FIFO in the place of the lock, because there is no mkfifo.");
            return;
        }
        try (ServerSocket server = LocalServers.server()) {
            String port = "" + server.getLocalPort();
            for (String[] command : new String[][] {
                {"trace", "-v", "127.0.0.1", port},
                {"wait", "-v", "127.0.0.1", port},
                {"connect", "-v", "-z", "127.0.0.1", port},
                {"check", "-v", "127.0.0.1:" + port}
            }) {
                List<String> arguments = new ArrayList<>(List.of(command));
                arguments.addAll(List.of("--history", own.toString()));
                Launched.Ended ended = run(environment(), arguments.toArray(String[]::new));
                assertThat(ended.status()).as(ended.err()).isZero();
                assertThat(ended.err()).contains("own.lock is in the way");
            }
            assertThat(own).doesNotExist();
        }
    }

    @Test
    void wordsAreTakenWithoutCase() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            String port = "" + server.getLocalPort();
            for (String word : List.of("OFF", "Off", "oFf")) {
                assertThat(run(environment(), "connect", "-z", "127.0.0.1", port, "--history", word)
                                .err())
                        .isEmpty();
                Map<String, String> variable = environment();
                variable.put("PRISE_HISTORY", word);
                assertThat(run(variable, "connect", "-z", "127.0.0.1", port).status())
                        .isZero();
                assertThat(file()).doesNotExist();
                assertThat(Path.of(word)).doesNotExist();
            }
            run(environment(), "connect", "-z", "127.0.0.1", port, "--history", "AUTO");
            assertThat(file()).exists();
            assertThat(Path.of("AUTO")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "yes", "No", "true", "FALSE", "none", "0", "1"})
    void wordsThatMeanNoFileAreWrongUsage(String word) {
        for (InProcess run : List.of(
                InProcess.run("trace", "--history", word, "127.0.0.1", "1"),
                InProcess.run(StandardCharsets.UTF_8, Map.of("PRISE_HISTORY", word), "", "trace", "127.0.0.1", "1"))) {
            assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.err()).contains(" takes auto, off or a file, not '" + word + "'", "./" + word);
        }
        assertThat(Path.of(word)).doesNotExist();
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
