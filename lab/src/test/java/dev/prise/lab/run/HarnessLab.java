package dev.prise.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.lab.net.SystemCommand;
import dev.prise.lab.scenario.Scenario;
import dev.prise.lab.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The laboratory itself: how exact its delays are, and that nothing of it is left. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HarnessLab {
    private static final int RUNS = 40;

    @TempDir
    private Path folder;

    @BeforeAll
    static void begin() {
        Root.assumeLaboratory();
    }

    @Test
    @DisplayName("a SYN that is held 100 ms is answered after 100 to 102 ms")
    void precision() throws IOException, InterruptedException {
        Client shell = new Client(
                "bash", "bash", false, false, List.of("bash", "-c", "exec 3<>/dev/tcp/{host}/{port}"), List.of(), "");
        try (Laboratory laboratory = Laboratory.open(Root.FOLDER)) {
            for (String family : List.of("6", "4")) {
                Scenario held = scenario("held", family, "syn delay 100 ms");
                List<Double> times = new ArrayList<>();
                for (int run = 0; run < RUNS; run++) {
                    Observation seen = laboratory.run(held, shell);
                    times.add(seen.between("syn " + family + "a", "accepted " + family + "a"));
                }
                times.sort(null);
                double middle = times.get(RUNS / 2);
                System.out.printf(
                        "a SYN of IPv%s held 100 ms is answered after %.2f ms, from %.2f to %.2f in %d runs%n",
                        family, middle, times.getFirst(), times.getLast(), RUNS);
                assertThat(times.getFirst()).isGreaterThanOrEqualTo(100);
                assertThat(middle).isLessThanOrEqualTo(102);
            }
        }
        assertThat(namespaces(ProcessHandle.current().pid())).isEmpty();
    }

    private static Scenario scenario(String name, String family, String behaviour) throws IOException {
        String text = "[{name: %s, shows: x, right: x, rule: x, host: %sa, inet%s: [%s], expect: {}}]"
                .formatted(name, family, family.equals("6") ? "6" : "", behaviour);
        return ScenarioFile.parse("a scenario of the test", text).getFirst();
    }

    @Test
    @DisplayName("two laboratories side by side do not meet, and nothing is left of one that is killed")
    void killed() throws IOException, InterruptedException {
        Process first = campaign("all-holes-3s", "first");
        Process second = campaign("all-holes-3s", "second");
        try {
            await(() -> namespaces(first.pid()).size() == 2 && hasPacketsHeld(first.pid()));
            List<ProcessHandle> inside = processes(first.pid());
            assertThat(inside).hasSizeGreaterThanOrEqualTo(3); // two servers and the program that holds packets
            first.destroyForcibly().waitFor();
            await(() -> namespaces(first.pid()).isEmpty());
            await(() -> inside.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(Path.of("/etc/netns/prise-" + first.pid() + "-client")).doesNotExist();
            assertThat(second.waitFor()).isZero();
            assertThat(namespaces(second.pid())).isEmpty();
            assertThat(Files.readAllLines(folder.resolve("second.jsonl")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("syn 4b");
        } finally {
            first.destroyForcibly();
            second.destroy();
        }
        Process again = campaign("dual-healthy", "again");
        try {
            assertThat(again.waitFor()).isZero();
        } finally {
            again.destroy();
        }
        assertThat(Files.readAllLines(folder.resolve("again.jsonl")))
                .hasSize(1)
                .first()
                .asString()
                .contains("connected 6a");
        assertThat(namespaces(again.pid())).isEmpty();
    }

    private Process campaign(String scenario, String name) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Campaign.class.getName(),
                        Root.FOLDER.toString(),
                        folder.resolve(name + ".jsonl").toString(),
                        "--clients",
                        "prise",
                        "--scenarios",
                        scenario,
                        "--runs",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** The namespaces of the laboratory of a process. */
    private static List<String> namespaces(long process) throws IOException {
        Path folder = Path.of("/run/netns");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(name -> name.getFileName().toString())
                    .filter(name -> name.startsWith("prise-" + process + "-"))
                    .toList();
        }
    }

    /** Whether a laboratory is so far that its program holds packets. */
    private static boolean hasPacketsHeld(long process) throws IOException {
        return processes(process).stream()
                .anyMatch(each -> each.info().command().orElse("").endsWith("/hold"));
    }

    /** What runs in the namespaces of the laboratory of a process. */
    private static List<ProcessHandle> processes(long process) throws IOException {
        List<ProcessHandle> all = new ArrayList<>();
        for (String namespace : namespaces(process)) {
            for (String each : SystemCommand.run(List.of("ip", "netns", "pids", namespace))
                    .lines()
                    .toList()) {
                ProcessHandle.of(Long.parseLong(each.strip())).ifPresent(all::add);
            }
        }
        return all;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("a minute is over").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
