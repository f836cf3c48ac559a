package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The packaged command as a process of its own. Whatever it does, it ends with the test. It asks no name server: a file has all the
 * names that there are for it, and so it resolves by the Java library.
 */
final class Launched implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final Path NAMES = names();

    private final Process process;
    private final BufferedReader err;

    /** How a process ended. */
    record Ended(int status, String out, String err) {}

    private Launched(Process process) {
        this.process = process;
        this.err = new BufferedReader(process.errorReader(StandardCharsets.UTF_8));
    }

    static Launched start(String... arguments) {
        return start(Map.of(), arguments);
    }

    static Launched start(Map<String, String> environment, String... arguments) {
        return start(environment, Redirect.PIPE, arguments);
    }

    /** Starts it with its output going to a file. */
    static Launched startInto(Path output, String... arguments) {
        return start(Map.of(), Redirect.to(output.toFile()), arguments);
    }

    private static Launched start(Map<String, String> environment, Redirect output, String... arguments) {
        List<String> rest = new ArrayList<>(List.of("-Djdk.net.hosts.file=" + NAMES, "-jar", jar().toString()));
        rest.addAll(List.of(arguments));
        return startJava(environment, output, rest);
    }

    /**
     * Starts it on a terminal of its own, by script(1) of util-linux: what it shows there is the output, what is given as input is typed.
     *
     * @param redirections what the shell does with the streams of the command, such as {@code >/dev/null}; empty for nothing
     */
    static Launched startOnTerminal(
            int rows, int columns, Map<String, String> environment, String redirections, String... arguments) {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-Djdk.net.hosts.file=" + NAMES, "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        StringBuilder shell = new StringBuilder("stty rows " + rows + " cols " + columns + "; exec");
        for (String word : command) {
            shell.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        Map<String, String> all = new HashMap<>(Map.of("TERM", "xterm", "LC_ALL", "C.UTF-8", "SHELL", "/bin/sh"));
        all.putAll(environment);
        return start(all, Redirect.PIPE, List.of("script", "-qec", shell + " " + redirections, "/dev/null"), List.of());
    }

    /** Starts Java with these flags and arguments; it asks whatever name servers the system has. */
    static Launched startJava(Map<String, String> environment, List<String> rest) {
        return startJava(environment, Redirect.PIPE, rest);
    }

    private static Launched startJava(Map<String, String> environment, Redirect output, List<String> rest) {
        return start(environment, output, java(), rest);
    }

    private static List<String> java() {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m");
    }

    private static Launched start(
            Map<String, String> environment, Redirect output, List<String> program, List<String> rest) {
        List<String> command = new ArrayList<>(program);
        command.addAll(rest);
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output);
        List.of("JAVA_TOOL_OPTIONS", "COLUMNS", "NO_COLOR").forEach(builder.environment()::remove);
        // a test's race is the first of its kind, unless it says otherwise
        builder.environment().put("PRISE_HISTORY", "off");
        builder.environment().putAll(environment);
        try {
            return new Launched(builder.start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts it without input and waits for its end. */
    static Ended run(String... arguments) {
        try (Launched launched = start(arguments)) {
            return launched.end("");
        }
    }

    private static Path names() {
        try {
            Path file = Files.createTempFile("prise-names", ".hosts");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "127.0.0.1 localhost\n::1 localhost\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path jar() {
        return Path.of(System.getProperty("prise.cli.jar"));
    }

    OutputStream in() {
        return process.getOutputStream();
    }

    InputStream out() {
        return process.getInputStream();
    }

    long pid() {
        return process.pid();
    }

    /** The next line of its errors. */
    String errorLine() {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(err.readLine());
                    } catch (IOException e) {
                        return "(" + e + ")";
                    }
                })
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The port at the end of the line that says where it listens. */
    int listeningPort() {
        String line = errorLine();
        assertThat(line).startsWith("prise: listening on ");
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** Gives it the input, its end, and waits. */
    Ended end(String input) {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(this::restOfErrors);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it does not read its input, as many subcommands
        }
        return new Ended(status(), out.join(), errors.join());
    }

    /** Its errors from here on; waits for their end. */
    String restOfErrors() {
        StringBuilder all = new StringBuilder();
        err.lines().forEach(line -> all.append(line).append('\n'));
        return all.toString();
    }

    /** Its exit status. */
    int status() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail("still running after " + PATIENCE_SECONDS + " s: " + process.info());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
