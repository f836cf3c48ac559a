package dev.prise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process without input. It says little, so that nobody need read while it runs, and it ends with the test. */
final class Running implements AutoCloseable {
    static final int PATIENCE_SECONDS = 60;
    private static final int LOOK_EVERY_MILLIS = 5;

    private final Process process;
    private final BufferedReader err;

    /** How a process ended: its exit status, and the lines of its standard output and standard error. */
    record Ended(int status, List<String> lines, List<String> errors) {
        static Ended of(int status, String... lines) {
            return new Ended(status, List.of(lines), List.of());
        }
    }

    private Running(Process process) {
        this.process = process;
        this.err = process.errorReader(UTF_8);
    }

    static Running start(List<String> command) {
        return start(new ProcessBuilder(command));
    }

    static Running start(ProcessBuilder builder) {
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        // a name server that does not answer shall not hold the tests up (resolv.conf(5))
        builder.environment().put("RES_OPTIONS", "timeout:1 attempts:1");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new Running(process);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The Java that runs the tests, as small as its programs are. */
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command {@code prise}. */
    static Running prise(String... arguments) {
        List<String> command = java("-jar", System.getProperty("prise.cli.jar"));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /**
     * Waits until it listens on a port. The system is asked, since a connection made to find out would be the only one that the
     * tutorial's server accepts.
     */
    Running listening(String port) throws IOException, InterruptedException {
        Pattern socket = Pattern.compile(String.format(Locale.ROOT, ":%04X 0+:0000 0A ", Integer.parseInt(port)));
        long start = System.nanoTime();
        while (sockets().noneMatch(socket.asPredicate())) {
            if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                fail("ended before it listened: " + end());
            }
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                fail("does not listen on " + port + ": " + process.info());
            }
        }
        return this;
    }

    /** Those of IPv4, and those of IPv6, which may be for IPv4 as well. */
    private static Stream<String> sockets() throws IOException {
        Path six = Path.of("/proc/net/tcp6");
        List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        if (Files.exists(six)) {
            sockets.addAll(Files.readAllLines(six));
        }
        return sockets.stream();
    }

    /** The port on which {@code prise listen} says that it listens. */
    String listeningPort() {
        String line = CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(err.readLine());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        assertThat(line).startsWith("prise: listening on ");
        return line.substring(line.lastIndexOf(':') + 1);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    Ended end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            fail("still running after " + PATIENCE_SECONDS + " s: " + process.info());
        }
        return new Ended(
                process.exitValue(),
                process.inputReader(UTF_8).lines().toList(),
                err.lines().toList());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
