package dev.prise.lab;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link ScriptedDns#main}.
 *
 * @param address where to listen
 * @param script the file of the script
 * @param log the file of the log; null for standard error
 * @param duration how long to run; null for ever
 */
record CommandLine(
        InetSocketAddress address,
        Path script,
        @Nullable Path log,
        @Nullable Duration duration) {
    static final String USAGE = "ScriptedDns ADDRESS PORT ZONEFILE [--log FILE] [--for SECONDS]";

    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException if they are not as they should be; its message says what is wrong */
    static CommandLine parse(List<String> arguments) {
        List<String> plain = new ArrayList<>();
        Path log = null;
        Duration duration = null;
        for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
            String argument = each.next();
            switch (argument) {
                case "--log" -> log = Path.of(valueOf(argument, each));
                case "--for" -> duration = Duration.ofSeconds(number(argument, valueOf(argument, each), 86_400));
                default -> plain.add(argument);
            }
        }
        if (plain.size() != 3) {
            throw new IllegalArgumentException("there should be three arguments and are " + plain.size());
        }
        InetAddress address = InetAddress.ofLiteral(plain.get(0));
        int port = port(plain.get(1));
        return new CommandLine(new InetSocketAddress(address, port), Path.of(plain.get(2)), log, duration);
    }

    /** @throws IllegalArgumentException if it is not a number from 0 to 65535 */
    static int port(String text) {
        return number("PORT", text, HIGHEST_PORT);
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static int number(String what, String text, int highest) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        throw new IllegalArgumentException(what + " should be a number from 0 to " + highest + " and is " + text);
    }
}
