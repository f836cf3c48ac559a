package dev.prise.lab.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command of the system that is run for what it does: it must end well, and within a quarter of an hour, as a build may take. */
public final class SystemCommand {
    private static final long PATIENCE_SECONDS = 900;

    private SystemCommand() {}

    /**
     * Runs a command to its end.
     *
     * @return its standard output and error
     * @throws IOException if it cannot be started, ends with another status than 0, or not in time
     */
    public static String run(List<String> command) throws IOException {
        return run(command, "");
    }

    /**
     * Runs a command to its end.
     *
     * @param input its standard input
     * @return its standard output and error
     * @throws IOException if it cannot be started, ends with another status than 0, or not in time
     */
    public static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            // its end also ends the reading
            CompletableFuture<Void> tooLate = CompletableFuture.runAsync(
                    process::destroyForcibly, CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            tooLate.cancel(false);
            if (process.exitValue() != 0) {
                throw new IOException(
                        String.join(" ", command) + " ended with " + process.exitValue() + ": " + said.strip());
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
