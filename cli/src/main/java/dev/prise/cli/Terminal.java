package dev.prise.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks the system about the terminal, without native code. */
final class Terminal {
    private static final int LEAST_WIDTH = 40;

    private Terminal() {}

    /** Whether the descriptor, 0 to 2, is a terminal. Where there is no {@code /proc}, they count only all together. */
    @SuppressWarnings("SystemConsoleNull") // its documentation still allows for null, and so does NullAway
    static boolean is(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String device = Files.readSymbolicLink(link).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            java.io.Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    /** Columns: {@code COLUMNS}, else what the terminal says, else {@code otherwise}. */
    static int width(Map<String, String> environment, boolean isTerminal, int otherwise) {
        int width = number(environment.getOrDefault("COLUMNS", ""));
        if (width < LEAST_WIDTH && isTerminal) {
            width = askStty();
        }
        return width < LEAST_WIDTH ? otherwise : Math.min(width, 200);
    }

    /** stty(1) prints rows and columns; the shell knows them, but does not pass them on. */
    private static int askStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return 0;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            return number(size.substring(size.indexOf(' ') + 1));
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
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
