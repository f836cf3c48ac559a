package dev.prise.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Service names and their port numbers, from the system's services file (services(5)): {@code /etc/services}, or
 * {@code drivers\etc\services} below the system folder on Windows. Names are compared with case, as the C library does.
 */
public final class Services {
    private static volatile @Nullable Map<String, Integer> tcp;

    private Services() {}

    /**
     * The TCP port of a service given as a decimal number or by name.
     *
     * <p>The file is read once, on the first name that is not a number. Empty when the name is not known, or when the number is
     * outside 0 to 65535.
     */
    public static OptionalInt tcpPort(String service) {
        if (!service.isEmpty() && service.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int port = service.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(service);
            return port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
        }
        Integer port = tcpServices().get(service);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    private static Map<String, Integer> tcpServices() {
        Map<String, Integer> known = tcp;
        if (known == null) {
            known = read(servicesFile());
            tcp = known;
        }
        return known;
    }

    private static Path servicesFile() {
        String windows = System.getenv("SystemRoot");
        return windows == null ? Path.of("/etc/services") : Path.of(windows, "System32", "drivers", "etc", "services");
    }

    static Map<String, Integer> read(Path file) {
        Map<String, Integer> ports = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                addLine(line, ports);
            }
        } catch (IOException e) {
            // no file, no names: numbers go on working, and an unknown name is what the C library says too
            return ports;
        }
        return ports;
    }

    /** {@code name port/protocol aliases... # comment}; the first line that has a name decides. */
    private static void addLine(String line, Map<String, Integer> ports) {
        int comment = line.indexOf('#');
        String[] words =
                (comment < 0 ? line : line.substring(0, comment)).trim().split("\\s+", -1);
        if (words.length < 2 || !words[1].endsWith("/tcp")) {
            return;
        }
        OptionalInt port = tcpPortNumber(words[1].substring(0, words[1].length() - 4));
        if (port.isEmpty()) {
            return;
        }
        for (int i = 0; i < words.length; i++) {
            if (i != 1) {
                ports.putIfAbsent(words[i], port.getAsInt());
            }
        }
    }

    private static OptionalInt tcpPortNumber(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port >= 0 && port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
