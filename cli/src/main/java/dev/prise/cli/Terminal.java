package dev.prise.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the system about the terminal, without native code. */
final class Terminal {
    /** Less is not worth a table, and what is wider is hard to read across. */
    static final int LEAST_WIDTH = 40;

    static final int MOST_WIDTH = 200;

    private Terminal() {}

    /** The window of a terminal. */
    record Size(int rows, int columns) {}

    /** Whether the descriptor, 0 to 2, is a terminal. Where there is no {@code /proc}, they count only all together. */
    @SuppressWarnings("SystemConsoleNull") // its documentation still allows for null, and so does NullAway
    static boolean is(int descriptor) {
        try {
            String device = device(descriptor);
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            java.io.Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    private static String device(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    }

    /**
     * Columns: {@code COLUMNS}, else {@code otherwise}; but of a terminal no more than it has. From 40 to 200.
     *
     * @param descriptor the terminal's, 1 or 2
     */
    static int width(Map<String, String> environment, int descriptor, boolean isTerminal, int otherwise) {
        Size size = isTerminal ? size(environment, descriptor) : null;
        int wanted = wanted(environment);
        int width = size != null ? size.columns : wanted > 0 ? wanted : otherwise;
        return Math.clamp(width, LEAST_WIDTH, MOST_WIDTH);
    }

    private static int wanted(Map<String, String> environment) {
        return number(environment.getOrDefault("COLUMNS", ""));
    }

    /** The window, with no more columns than {@code COLUMNS} says. Null when it cannot be told. Takes milliseconds. */
    static @Nullable Size size(Map<String, String> environment, int descriptor) {
        Size size = askStty(descriptor);
        int wanted = wanted(environment);
        return size == null || wanted <= 0 ? size : new Size(size.rows, Math.min(size.columns, wanted));
    }

    /** stty(1) prints rows and columns; the shell knows them, but does not pass them on. */
    private static @Nullable Size askStty(int descriptor) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File(deviceOrOwn(descriptor)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return null;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            int space = size.indexOf(' ');
            int rows = space < 0 ? 0 : number(size.substring(0, space));
            int columns = number(size.substring(space + 1));
            return rows > 0 && columns > 0 ? new Size(rows, columns) : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** The process may have another terminal than the one it writes to, or none. */
    private static String deviceOrOwn(int descriptor) {
        try {
            return device(descriptor);
        } catch (IOException | UnsupportedOperationException e) {
            return "/dev/tty";
        }
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
