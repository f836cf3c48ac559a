package dev.prise.engine;

import dev.prise.address.AddressFamily;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which families this machine can reach others with (v3 section 4.1): there is an address that is neither of loopback nor link-local, and
 * a route that is not link-local either.
 *
 * <p>Linux is asked through {@code /proc/net}, once a second at most; elsewhere both families count as there.
 *
 * @param inet6 whether IPv6 is there
 * @param inet whether IPv4 is there
 */
record Connectivity(boolean inet6, boolean inet) {
    private static final Connectivity BOTH = new Connectivity(true, true);
    private static final long HOLDS_NANOS = 1_000_000_000L;
    private static final Path SIX = Path.of("/proc/net/if_inet6");
    private static final Path FOUR = Path.of("/proc/net/route");
    private static final boolean KNOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux") && Files.exists(FOUR);

    /** Of {@code /proc/net/if_inet6}, the fourth column: {@code IPV6_ADDR_SCOPE_MASK}, the global scope being zero. */
    private static final String GLOBAL_SCOPE = "00";

    /** Flags of an address that cannot be used: {@code IFA_F_DADFAILED} and {@code IFA_F_TENTATIVE}. */
    private static final int NOT_USABLE = 0x08 | 0x40;

    /** {@code RTF_UP} and {@code RTF_REJECT} of route(8). */
    private static final int ROUTE_UP = 0x1;

    private static final int ROUTE_REJECT = 0x200;

    /** 169.254.0.0 as {@code /proc/net/route} writes it on a machine that is little-endian, and on one that is not. */
    private static final List<String> LINK_LOCAL = List.of("0000FEA9", "A9FE0000");

    private static volatile @Nullable Found last;

    private record Found(Connectivity connectivity, long atNanoTime) {}

    /** As it is now, or was less than a second ago. Does not block. */
    static Connectivity now() {
        if (!KNOWS) {
            return BOTH;
        }
        Found found = last;
        long now = System.nanoTime();
        if (found == null || now - found.atNanoTime > HOLDS_NANOS) {
            found = new Found(ask(), now);
            last = found;
        }
        return found.connectivity;
    }

    private static Connectivity ask() {
        try {
            boolean six = hasGlobalAddress(lines(SIX));
            boolean four = hasRoute(lines(FOUR)) || hasInet4Address();
            // with neither, this machine talks to itself, in both
            return six || four ? new Connectivity(six, four) : BOTH;
        } catch (IOException | RuntimeException e) {
            // a file that cannot be read, or that says something else than it did
            return BOTH;
        }
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.toList();
        }
    }

    /** From the lines of {@code /proc/net/if_inet6}: address, interface, prefix length, scope, flags, name. */
    static boolean hasGlobalAddress(List<String> lines) {
        for (String line : lines) {
            String[] columns = line.strip().split(" +", -1);
            if (columns.length >= 6
                    && columns[3].equals(GLOBAL_SCOPE)
                    && (Integer.parseInt(columns[4], 16) & NOT_USABLE) == 0
                    && !columns[5].equals("lo")) {
                return true;
            }
        }
        return false;
    }

    /** From the lines of {@code /proc/net/route}, after the head: interface, destination, gateway, flags and more. */
    static boolean hasRoute(List<String> lines) {
        for (String line : lines) {
            String[] columns = line.split("\t", -1);
            if (columns.length > 3 && !columns[0].equals("Iface") && !columns[0].equals("lo")) {
                int flags = Integer.parseInt(columns[3].strip(), 16);
                if ((flags & ROUTE_UP) != 0 && (flags & ROUTE_REJECT) == 0 && !LINK_LOCAL.contains(columns[1])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Routes may stand in another table than the main one, which is all that the file shows. */
    private static boolean hasInet4Address() throws SocketException {
        Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
        while (all != null && all.hasMoreElements()) {
            NetworkInterface each = all.nextElement();
            for (InterfaceAddress address : each.getInterfaceAddresses()) {
                if (address.getAddress() instanceof Inet4Address four
                        && !four.isLoopbackAddress()
                        && !four.isLinkLocalAddress()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether others can be reached with it. */
    boolean reaches(AddressFamily family) {
        return switch (family) {
            case INET6 -> inet6;
            case INET -> inet;
            case UNSPEC, UNIX -> true;
        };
    }
}
