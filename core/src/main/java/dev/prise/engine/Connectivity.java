package dev.prise.engine;

import dev.prise.address.AddressFamily;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.List;

/**
 * Which families this machine can reach others with (v3 section 4.1): there is an address that is neither of loopback nor link-local, and
 * a route that is not link-local either.
 *
 * <p>Linux is asked, through {@link KernelTables}; where it does not tell, and elsewhere, both families count as there.
 *
 * @param inet6 whether IPv6 is there
 * @param inet whether IPv4 is there
 */
record Connectivity(boolean inet6, boolean inet) {
    private static final Connectivity BOTH = new Connectivity(true, true);

    /** 169.254.0.0 in the order of bytes of a machine that is little-endian, and of one that is not. */
    private static final List<String> LINK_LOCAL = List.of("0000FEA9", "A9FE0000");

    private static final Held<Connectivity> NOW = new Held<>(Connectivity::ask);

    /** As it is now, or was a second ago at most. Does not block. */
    static Connectivity now() {
        return NOW.now();
    }

    private static Connectivity ask() {
        List<KernelTables.Inet6> addresses = KernelTables.inet6();
        List<KernelTables.Route> routes = KernelTables.routes();
        if (addresses == null || routes == null) {
            return BOTH;
        }
        try {
            boolean six = hasGlobalAddress(addresses);
            boolean four = hasRoute(routes) || hasInet4Address();
            // with neither, this machine talks to itself, in both
            return six || four ? new Connectivity(six, four) : BOTH;
        } catch (SocketException | RuntimeException e) {
            // interfaces that cannot be listed
            return BOTH;
        }
    }

    static boolean hasGlobalAddress(List<KernelTables.Inet6> addresses) {
        for (KernelTables.Inet6 address : addresses) {
            if (address.isGlobal() && address.isUsable() && !address.device().equals("lo")) {
                return true;
            }
        }
        return false;
    }

    static boolean hasRoute(List<KernelTables.Route> routes) {
        for (KernelTables.Route route : routes) {
            if (route.isUsable() && !route.isOfLoopback() && !LINK_LOCAL.contains(route.destination())) {
                return true;
            }
        }
        return false;
    }

    /** Routes may stand in another table than the main one, which is all that the kernel shows. */
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
