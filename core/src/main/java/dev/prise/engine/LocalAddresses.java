package dev.prise.engine;

import dev.prise.race.SourceAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the system says of an address of this machine: prefix length, whether it is deprecated or a home address, whether its interface is a
 * tunnel.
 *
 * <p>On Linux {@code /proc/net/if_inet6} tells it of IPv6 addresses, in one read. Elsewhere the Java library tells prefix length and tunnel,
 * and nothing tells the rest. Either is read once a second at most, and only when it is asked for. Thread-safe.
 */
final class LocalAddresses {
    private static final long HOLDS_NANOS = 1_000_000_000L;
    private static final int MAX_REMEMBERED = 1024;
    private static final int FIELDS = 6;
    private static final Path IF_INET6 = Path.of("/proc/net/if_inet6");
    private static final boolean LINUX =
            System.getProperty("os.name", "").equals("Linux") && Files.isReadable(IF_INET6);

    /** Bits of an address in Linux (include/uapi/linux/if_addr.h). */
    private static final int HOME_FLAG = 0x10;

    private static final int DEPRECATED_FLAG = 0x20;

    /** Kinds of interfaces that are tunnels in Linux (include/uapi/linux/if_arp.h): IPIP, IP6IP6, SIT, and GRE. */
    private static final Set<String> TUNNEL_KINDS = Set.of("768", "769", "776", "778");

    /** An address that DHCPv6 has given has a prefix of its whole length, which says nothing of the network's (RFC 8415 section 18.2.10.1). */
    private static final int WHOLE_INET6 = 128;

    private static volatile @Nullable Reading reading;

    /** Interfaces by number and name, and whether they are tunnels: they do not change their kind. */
    private static final Map<String, Boolean> TUNNELS = new ConcurrentHashMap<>();

    private static volatile Listing listing = new Listing(Map.of(), System.nanoTime() - HOLDS_NANOS);

    /** The text of the file at some time. */
    private record Reading(String text, long atNanos) {}

    /** All addresses of the machine, as the Java library lists them. */
    private record Listing(Map<InetAddress, SourceAddress> addresses, long atNanos) {}

    private LocalAddresses() {}

    /** The address with what is cheaply known of it. */
    static SourceAddress described(InetAddress source) {
        if (source.isLoopbackAddress()) {
            return SourceAddress.of(source);
        }
        if (!LINUX) {
            return listed(source);
        }
        if (source instanceof Inet4Address) {
            return SourceAddress.of(source);
        }
        SourceAddress found = find(ifInet6(), source, LocalAddresses::isTunnel);
        return found == null ? SourceAddress.of(source) : found;
    }

    /** The address with its prefix length, for which Linux goes through all interfaces where it is an IPv4 one. */
    static SourceAddress withSubnet(SourceAddress source) {
        if (!(source.address() instanceof Inet4Address) || source.address().isLoopbackAddress()) {
            return source;
        }
        int length = listed(source.address()).prefixLength();
        return new SourceAddress(source.address(), length, source.deprecated(), source.home(), source.encapsulated());
    }

    /** Tells whether an interface is a tunnel. */
    @FunctionalInterface
    interface TunnelTest {
        /** By its number in hexadecimal and its name. */
        boolean isTunnel(String number, String name);
    }

    /**
     * An address in the text of {@code /proc/net/if_inet6}: address, number of the interface, prefix length, scope and flags in hexadecimal,
     * name of the interface. Null when it is not there.
     */
    static @Nullable SourceAddress find(String text, InetAddress source, TunnelTest tunnels) {
        String digits = HexFormat.of().formatHex(source.getAddress());
        for (int at = text.indexOf(digits); at >= 0; at = text.indexOf(digits, at + 1)) {
            int end = text.indexOf('\n', at);
            StringTokenizer line = new StringTokenizer(text.substring(at, end < 0 ? text.length() : end));
            if (line.countTokens() == FIELDS) {
                line.nextToken();
                SourceAddress found = found(source, line, tunnels);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** What follows an address in its line; null when that is the same address on another interface. */
    private static @Nullable SourceAddress found(InetAddress source, StringTokenizer line, TunnelTest tunnels) {
        String number = line.nextToken();
        int length = Integer.parseInt(line.nextToken(), 16);
        line.nextToken();
        int flags = Integer.parseInt(line.nextToken(), 16);
        String name = line.nextToken();
        int zone = source instanceof Inet6Address six ? six.getScopeId() : 0;
        if (zone != 0 && zone != Integer.parseInt(number, 16)) {
            return null;
        }
        return new SourceAddress(
                source,
                length >= WHOLE_INET6 ? SourceAddress.UNKNOWN_PREFIX : length,
                (flags & DEPRECATED_FLAG) != 0,
                (flags & HOME_FLAG) != 0,
                tunnels.isTunnel(number, name));
    }

    private static String ifInet6() {
        Reading last = reading;
        long now = System.nanoTime();
        if (last == null || now - last.atNanos >= HOLDS_NANOS) {
            last = new Reading(textOf(IF_INET6), now);
            reading = last;
        }
        return last.text;
    }

    /** The text of a small file, empty when it cannot be read. */
    private static String textOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException | SecurityException e) {
            return "";
        }
    }

    private static boolean isTunnel(String number, String name) {
        if (TUNNELS.size() >= MAX_REMEMBERED) {
            TUNNELS.clear();
        }
        return TUNNELS.computeIfAbsent(number + " " + name, key -> {
            Path kind = Path.of("/sys/class/net", name, "type");
            return TUNNEL_KINDS.contains(textOf(kind).trim());
        });
    }

    /** An address as the Java library lists it; going through all interfaces takes it hundreds of microseconds. */
    private static SourceAddress listed(InetAddress source) {
        Listing last = listing;
        long now = System.nanoTime();
        if (now - last.atNanos >= HOLDS_NANOS) {
            last = new Listing(list(), now);
            listing = last;
        }
        SourceAddress found = last.addresses.get(source);
        return found == null
                ? SourceAddress.of(source)
                : new SourceAddress(source, found.prefixLength(), false, false, found.encapsulated());
    }

    private static Map<InetAddress, SourceAddress> list() {
        Map<InetAddress, SourceAddress> addresses = new HashMap<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                boolean tunnel = each.isPointToPoint();
                for (InterfaceAddress assigned : each.getInterfaceAddresses()) {
                    InetAddress address = assigned.getAddress();
                    int bits = 8 * address.getAddress().length;
                    int length = assigned.getNetworkPrefixLength();
                    boolean known = length > 0 && length <= bits && length != WHOLE_INET6;
                    addresses.put(
                            address,
                            new SourceAddress(
                                    address, known ? length : SourceAddress.UNKNOWN_PREFIX, false, false, tunnel));
                }
            }
        } catch (SocketException e) {
            // nothing is known, then
        }
        return addresses;
    }
}
