package dev.prise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/quick-start.md and docs/cookbook.md have for the shell gives what they say, but for times and ports. A line of {@code ...} stands
 * for any lines, and at the end of a line for its rest. The comment before a block is {@code run with: SERVER}, the command of a server
 * that listens on the first port of the comment, or {@code not run: REASON}.
 */
class ShellPagesIT {
    private static final String RUN_WITH = "run with: ";
    private static final String NO_SERVER = "no server";
    private static final String NOT_RUN = "not run: ";
    private static final String PROMPT = "$ ";
    private static final String REST = "...";

    /** Ends what a command has printed; no program prints it. */
    private static final String MARK = "\001end of a command\001";

    /** In the pages, and given out anew for each block. */
    private static final Pattern PORT = Pattern.compile("\\b(?:27015|5432|8080|8081)\\b");

    private static final Pattern TIME = Pattern.compile("\\d+(?:\\.\\d+)? (?:ms|s)\\b");

    private static final Pattern OF_CHECKOUT = Pattern.compile("(?<![\\w/])(core|getaddrinfo|examples)/");

    @TempDir
    Path folder;

    /** A command and what it prints. */
    private record Step(String command, List<String> output) {}

    @TestFactory
    Stream<DynamicTest> quickStart() throws IOException {
        return tests(Page.QUICK_START);
    }

    @TestFactory
    Stream<DynamicTest> cookbook() throws IOException {
        return tests(Page.COOKBOOK);
    }

    private Stream<DynamicTest> tests(Page page) throws IOException {
        if (!System.getProperty("os.name").equals("Linux") || !Files.isExecutable(Path.of("/bin/bash"))) {
            System.out.println(
                    "Left out: what " + page.file().getFileName() + " has for the shell, because it is tried with the"
                            + " bash of Linux, which also tells when a server listens");
            return Stream.of();
        }
        if (!Ports.hasSix("what " + page.file().getFileName() + " has for the shell")) {
            return Stream.of();
        }
        return page.dialogues().stream()
                .filter(ShellPagesIT::isRun)
                .map(block -> dynamicTest(block.text().lines().findFirst().orElseThrow(), () -> run(block)));
    }

    private static boolean isRun(Page.Block block) {
        assertThat(block.source()).as("comment before\n%s", block.text()).isNotNull();
        if (block.source().startsWith(NOT_RUN)) {
            System.out.println("Left out: " + block.text().strip() + ", because "
                    + block.source().substring(NOT_RUN.length()));
            return false;
        }
        return true;
    }

    private void run(Page.Block block) throws IOException, InterruptedException {
        makeCommand();
        Map<String, String> ports = new HashMap<>();
        assertThat(block.source()).startsWith(RUN_WITH);
        String server = block.source().substring(RUN_WITH.length());
        if (server.equals(NO_SERVER)) {
            runSteps(steps(withPorts(block.text(), ports)));
            return;
        }
        String command = withPorts(server, ports);
        String port = ports.values().iterator().next();
        try (Running running = Running.start(shell("exec " + command))) {
            running.listening(port);
            runSteps(steps(withPorts(block.text(), ports)));
            assertThat(running.isAlive()).isTrue();
        }
    }

    /** As the reader has it in the checkout. */
    private void makeCommand() throws IOException {
        Path prise = folder.resolve("prise");
        if (Files.exists(prise)) {
            return;
        }
        String java = Running.java("-jar", System.getProperty("prise.cli.jar")).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Files.writeString(prise, "#!/bin/sh\nexec " + java + " \"$@\"\n");
        assertThat(prise.toFile().setExecutable(true)).isTrue();
    }

    private ProcessBuilder shell(String script) {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", script).directory(folder.toFile());
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().put("PATH", java + ":" + System.getenv("PATH"));
        // a memory of its own
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return builder;
    }

    private static String withPorts(String text, Map<String, String> ports) {
        return PORT.matcher(text).replaceAll(match -> ports.computeIfAbsent(match.group(), port -> Ports.free()));
    }

    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            } else {
                assertThat(steps).as("a command before %s", line).isNotEmpty();
                steps.get(steps.size() - 1).output().add(line);
            }
        }
        return steps;
    }

    /** All in one shell, and each with the exit status of the one before. */
    private void runSteps(List<Step> steps) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (Step step : steps) {
            script.append(inCheckout(step.command()))
                    .append("\nstatus=$?; printf '%s' '")
                    .append(MARK)
                    .append("'; (exit $status)\n");
        }
        ProcessBuilder builder = shell(script.toString()).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Path output = folder.resolve("output");
        Process process = builder.redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(Running.PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output, UTF_8);
        assertThat(ended).as("%s has ended; it printed %s", steps, printed).isTrue();
        String[] parts = printed.split(MARK, -1);
        assertThat(parts).as(printed).hasSize(steps.size() + 1);
        for (int i = 0; i < steps.size(); i++) {
            String text = parts[i].replace("\r\n", "\n");
            String withoutEnd = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            assertThat(withoutEnd)
                    .as("what is printed by %s", steps.get(i).command())
                    .matches(pattern(steps.get(i).output()));
        }
    }

    /** Files of the checkout are named from elsewhere, and the jars are those that the tests have, not those of a quick build. */
    private static String inCheckout(String command) {
        String folders = OF_CHECKOUT.matcher(command).replaceAll(Matcher.quoteReplacement(Page.ROOT + "/") + "$1/");
        return folders.replace("/target/quick/", "/target/");
    }

    /** What output has to match, so that its times are times. */
    private static Pattern pattern(List<String> lines) {
        StringBuilder pattern = new StringBuilder();
        for (String line : lines) {
            boolean first = pattern.isEmpty();
            if (line.equals(REST)) {
                pattern.append(first ? "(?s:.*)" : "(?s:\n.*)?");
            } else {
                pattern.append(first ? "" : "\n").append(linePattern(line));
            }
        }
        return Pattern.compile(pattern.toString());
    }

    private static String linePattern(String line) {
        boolean open = line.endsWith(REST);
        String text = open ? line.substring(0, line.length() - REST.length()) : line;
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        for (var time : TIME.matcher(text).results().toList()) {
            pattern.append(Pattern.quote(text.substring(from, time.start()))).append(TIME);
            from = time.end();
        }
        return pattern.append(Pattern.quote(text.substring(from)))
                .append(open ? ".*" : "")
                .toString();
    }
}
