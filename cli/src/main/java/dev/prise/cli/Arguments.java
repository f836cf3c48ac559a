package dev.prise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The arguments as they were given. */
final class Arguments {
    private static final char REPLACEMENT = '\ufffd';

    private Arguments() {}

    /**
     * Puts right what the JVM could not read: with {@code LANG=C} it takes the arguments for ASCII and loses all other characters. Linux
     * still has the bytes, and they are UTF-8 nearly always. Elsewhere the arguments stay as they are.
     */
    static String[] asGiven(String[] arguments) {
        boolean lossy = false;
        for (String argument : arguments) {
            lossy |= argument.indexOf(REPLACEMENT) >= 0;
        }
        if (!lossy) {
            return arguments;
        }
        try {
            return last(Files.readAllBytes(Path.of("/proc/self/cmdline")), arguments);
        } catch (IOException e) {
            return arguments;
        }
    }

    /** The last arguments of a command line in which each ends with a zero byte; those given when it has fewer. */
    static String[] last(byte[] commandLine, String[] arguments) {
        String[] all = new String(commandLine, StandardCharsets.UTF_8).split("\0", -1);
        int end = all.length - 1;
        if (end < arguments.length) {
            return arguments;
        }
        String[] last = new String[arguments.length];
        System.arraycopy(all, end - arguments.length, last, 0, arguments.length);
        return last;
    }
}
