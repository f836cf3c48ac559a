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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the system says of an address of this machine: prefix length, whether it is deprecated or a home address, whether its interface is a
 * tunnel.
 *
 * <p>On Linux {@link KernelTables} tells it of IPv6 addresses. Elsewhere the Java library tells prefix length and tunnel, and nothing tells the
 * rest. Either is read once a second at most, and only when it is asked for. Thread-safe.
 */
final class LocalAddresses {
    private static final int MAX_REMEMBERED = 1024;
    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

    /** Kinds of interfaces that are tunnels in Linux (include/uapi/linux/if_arp.h): IPIP, IP6IP6, SIT, and GRE. */
    private static final Set<String> TUNNEL_KINDS = Set.of("768", "769", "776", "778");

    /** An address that DHCPv6 has given has a prefix of its whole length, which says nothing of the network's (RFC 8415 section 18.2.10.1). */
    private static final int WHOLE_INET6 = 128;

    /** Interfaces by number and name, and whether they are tunnels: they do not change their kind. */
    private static final Map<String, Boolean> TUNNELS = new ConcurrentHashMap<>();

    /** All addresses of the machine, as the Java library lists them, which takes it hundreds of microseconds. */
    private static final Held<Map<InetAddress, SourceAddress>> LISTED = new Held<>(LocalAddresses::list);

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
        List<KernelTables.Inet6> all = KernelTables.inet6();
        if (all == null) {
            return listed(source);
        }
        SourceAddress found = find(all, source, LocalAddresses::isTunnel);
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
        /** By its number and its name. */
        boolean isTunnel(int index, String name);
    }

    /** An address among those of the machine, on the interface of its zone where it has one; null when it is not there. */
    static @Nullable SourceAddress find(List<KernelTables.Inet6> all, InetAddress source, TunnelTest tunnels) {
        String digits = HexFormat.of().formatHex(source.getAddress());
        int zone = source instanceof Inet6Address six ? six.getScopeId() : 0;
        for (KernelTables.Inet6 each : all) {
            if (each.digits().equals(digits) && (zone == 0 || zone == each.index())) {
                return new SourceAddress(
                        source,
                        each.prefixLength() == WHOLE_INET6 ? SourceAddress.UNKNOWN_PREFIX : each.prefixLength(),
                        each.isDeprecated(),
                        each.isHome(),
                        tunnels.isTunnel(each.index(), each.device()));
            }
        }
        return null;
    }

    /** The text of a small file, empty when it cannot be read. */
    private static String textOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException | SecurityException e) {
            return "";
        }
    }

    private static boolean isTunnel(int index, String name) {
        if (TUNNELS.size() >= MAX_REMEMBERED) {
            TUNNELS.clear();
        }
        return TUNNELS.computeIfAbsent(index + " " + name, key -> {
            Path kind = Path.of("/sys/class/net", name, "type");
            return TUNNEL_KINDS.contains(textOf(kind).trim());
        });
    }

    /** An address as the Java library lists it. */
    private static SourceAddress listed(InetAddress source) {
        SourceAddress found = LISTED.now().get(source);
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
