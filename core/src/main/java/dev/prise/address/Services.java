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
 * {@code drivers\etc\services} below the system folder on Windows. Names are compared with case, as the C library does. The file is read
 * once, when it is first needed; without one there are no names, and numbers go on working. Thread-safe.
 */
public final class Services {
    private static final int MAX_PORT = 65535;

    private static volatile @Nullable Services system;

    /** What the file calls protocols (protocols(5)); those of transports that have ports. */
    private static final Map<Integer, String> PROTOCOL_NAMES =
            Map.of(Protocol.TCP.number(), "tcp", Protocol.UDP.number(), "udp", 33, "dccp", 132, "sctp", 136, "udplite");

    /** Keys are {@code name/protocol}, and {@code name/} for the first of any protocol. */
    private final Map<String, Integer> ports = new HashMap<>();
    /** Keys are {@code port/protocol}, and {@code port/} for the first of any protocol. */
    private final Map<String, String> names = new HashMap<>();

    private Services() {}

    /**
     * The TCP port of a service given as a decimal number or by name.
     *
     * <p>Empty when the name is not known, or when the number is outside 0 to 65535.
     */
    public static OptionalInt tcpPort(String service) {
        if (isNumber(service)) {
            int port = service.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(service);
            return port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
        }
        return port(service, Protocol.TCP);
    }

    private static boolean isNumber(String service) {
        for (int i = 0; i < service.length(); i++) {
            char c = service.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return !service.isEmpty();
    }

    /**
     * The port of a service by its name or one of its aliases, as getservbyname(3).
     *
     * @param protocol the protocol the service is used with, since the same name may have different ports; {@link Protocol#ANY} for the
     *     first line with the name, whatever its protocol. Protocols other than TCP, UDP, DCCP (33), SCTP (132) and UDP-Lite (136) have no
     *     services
     * @return empty when the name is not known for this protocol
     */
    public static OptionalInt port(String name, Protocol protocol) {
        return system().portOf(name, protocol);
    }

    /**
     * The official name of the service on a port, as getservbyport(3); null when it has none.
     *
     * @param port 0 to 65535; others have no name
     * @param protocol the protocol the port is used with, {@link Protocol#ANY} and others as in {@link #port}
     */
    public static @Nullable String name(int port, Protocol protocol) {
        return system().nameOf(port, protocol);
    }

    OptionalInt portOf(String name, Protocol protocol) {
        Integer port = ports.get(name + suffix(protocol));
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Nullable
    String nameOf(int port, Protocol protocol) {
        return names.get(port + suffix(protocol));
    }

    /** What follows the name or the port in a key; a number where the file has no name for the protocol, which matches nothing. */
    private static String suffix(Protocol protocol) {
        if (protocol.equals(Protocol.ANY)) {
            return "/";
        }
        return "/" + PROTOCOL_NAMES.getOrDefault(protocol.number(), Integer.toString(protocol.number()));
    }

    private static Services system() {
        Services known = system;
        if (known == null) {
            known = read(servicesFile());
            system = known;
        }
        return known;
    }

    private static Path servicesFile() {
        String windows = System.getenv("SystemRoot");
        return windows == null ? Path.of("/etc/services") : Path.of(windows, "System32", "drivers", "etc", "services");
    }

    static Services read(Path file) {
        Services services = new Services();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                services.addLine(line);
            }
        } catch (IOException e) {
            // no file, no names: numbers go on working, and an unknown name is what the C library says too
            return services;
        }
        return services;
    }

    /** {@code name port/protocol aliases... # comment}; the first line that has a name, or a port, decides. */
    private void addLine(String line) {
        int comment = line.indexOf('#');
        String[] words =
                (comment < 0 ? line : line.substring(0, comment)).trim().split("\\s+", -1);
        int slash = words.length < 2 ? -1 : words[1].indexOf('/');
        if (slash < 0) {
            return;
        }
        OptionalInt port = portNumber(words[1].substring(0, slash));
        String protocol = words[1].substring(slash);
        if (port.isEmpty()) {
            return;
        }
        for (int i = 0; i < words.length; i++) {
            if (i != 1) {
                ports.putIfAbsent(words[i] + protocol, port.getAsInt());
                ports.putIfAbsent(words[i] + "/", port.getAsInt());
            }
        }
        names.putIfAbsent(port.getAsInt() + protocol, words[0]);
        names.putIfAbsent(port.getAsInt() + "/", words[0]);
    }

    private static OptionalInt portNumber(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port >= 0 && port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
