package dev.prise.engine;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A number for the network that this machine is attached to: what was learnt in another one must not be used (RFC 8305 section 4).
 *
 * <p>On Linux it is made of the default routes with their routers, and of the networks of the interfaces that they leave by, by name and
 * prefix, without loopback and link-local ones. So bridges of containers, and ways to single networks or hosts, such as those of a VPN, that come
 * and go do not change it. Where there is no default route it is made of all interfaces and routes. The host's part of an address is not in it, so
 * that a temporary address (RFC 8981) that gives way to the next does not change it. A machine that has nothing but loopback is in
 * {@link #NO_NETWORK}.
 *
 * <p>Linux has all of it in {@link KernelTables}. Elsewhere, and where these are unknown, a thread of its own lists the networks of all
 * interfaces that are up, since that may take long; until it has the first result the network is not known, and a result holds for 5 s. Routers
 * are not known there.
 */
final class NetworkFingerprint {
    /** The number where there is no network at all. */
    static final long NO_NETWORK = hash(new TreeSet<>());

    private static final long LISTING_HOLDS_NANOS = 5_000_000_000L;

    /** Longer prefixes of IPv6 are those of single addresses, which may change every day. */
    private static final int LONGEST_SIX_BITS = 64;

    private static volatile @Nullable OfTables lastOfTables;

    private static final Listing LISTING = new Listing(NetworkFingerprint::ofInterfaces, System::nanoTime);

    /** What was made of these tables. */
    private record OfTables(
            List<KernelTables.Inet6> addresses,
            List<KernelTables.Route> routes,
            List<KernelTables.Inet6Route> inet6Routes,
            Long fingerprint) {
        /** Each reading of a table is a list of its own, and comparing them would cost each dial more than a new number each second. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(
                List<KernelTables.Inet6> otherAddresses,
                List<KernelTables.Route> otherRoutes,
                List<KernelTables.Inet6Route> otherInet6Routes) {
            return addresses == otherAddresses && routes == otherRoutes && inet6Routes == otherInet6Routes;
        }
    }

    private NetworkFingerprint() {}

    /** The present network; null when it is not known. Does not block but for reading three small files. */
    static @Nullable Long current() {
        List<KernelTables.Inet6> addresses = KernelTables.inet6();
        List<KernelTables.Route> routes = KernelTables.routes();
        List<KernelTables.Inet6Route> inet6Routes = KernelTables.wideInet6Routes();
        if (addresses == null || routes == null || inet6Routes == null) {
            return LISTING.fingerprint();
        }
        OfTables last = lastOfTables;
        if (last == null || !last.isOf(addresses, routes, inet6Routes)) {
            last = new OfTables(addresses, routes, inet6Routes, hash(ofTables(addresses, routes, inet6Routes)));
            lastOfTables = last;
        }
        return last.fingerprint;
    }

    static SortedSet<String> ofTables(
            List<KernelTables.Inet6> addresses,
            List<KernelTables.Route> routes,
            List<KernelTables.Inet6Route> inet6Routes) {
        SortedSet<String> networks = new TreeSet<>();
        Set<String> devices = new HashSet<>();
        for (KernelTables.Route each : routes) {
            if (isOutward(each)) {
                devices.add(each.device());
                networks.add(textOf(each));
            }
        }
        for (KernelTables.Inet6Route each : inet6Routes) {
            if (each.isUsable()) {
                devices.add(each.device());
                networks.add(each.device() + " " + each.gateway() + " " + prefix(each.digits(), each.prefixLength())
                        + "/" + each.prefixLength());
            }
        }
        addNetworks(networks, devices, addresses, routes);
        return networks;
    }

    /** Those of some interfaces; without any of all of them, with the ways through routers. */
    private static void addNetworks(
            SortedSet<String> networks,
            Set<String> devices,
            List<KernelTables.Inet6> addresses,
            List<KernelTables.Route> routes) {
        for (KernelTables.Inet6 each : addresses) {
            // loopback and link-local ones have other scopes
            if (each.isGlobal() && (devices.isEmpty() || devices.contains(each.device()))) {
                int bits = Math.min(LONGEST_SIX_BITS, each.prefixLength());
                networks.add(each.device() + " " + prefix(each.digits(), bits) + "/" + bits);
            }
        }
        for (KernelTables.Route each : routes) {
            boolean counts = devices.isEmpty()
                    ? each.isUsable() && !each.isOfLoopback()
                    : each.isUsable() && each.isDirect() && devices.contains(each.device());
            if (counts) {
                networks.add(textOf(each));
            }
        }
    }

    private static boolean isOutward(KernelTables.Route route) {
        return route.isUsable() && route.isWide() && !route.isOfLoopback();
    }

    private static String textOf(KernelTables.Route route) {
        return route.device() + " " + route.destination() + " " + route.gateway() + " " + route.mask();
    }

    /** The first bits of a hexadecimal number of at most 64 of them. */
    private static String prefix(String hexadecimal, int bits) {
        long upper = Long.parseUnsignedLong(hexadecimal, 0, 16, 16);
        return Long.toHexString(bits == 0 ? 0 : upper & -1L << (64 - bits));
    }

    // ---- elsewhere

    /** What lists the interfaces. */
    @FunctionalInterface
    interface Source {
        SortedSet<String> networks() throws IOException;
    }

    /** The interfaces as a thread of its own has listed them; whoever asks never waits. */
    static final class Listing {
        private final Source source;
        private final LongSupplier nanoClock;
        private final AtomicBoolean isUnderWay = new AtomicBoolean();
        private volatile @Nullable Result last;

        /** Null when they could not be listed, which holds as long as a list. */
        private record Result(@Nullable Long fingerprint, long atNanos) {}

        Listing(Source source, LongSupplier nanoClock) {
            this.source = source;
            this.nanoClock = nanoClock;
        }

        /** What is known, null for nothing; has it found out anew when that is old. */
        @Nullable
        Long fingerprint() {
            Result known = last;
            if (known == null || nanoClock.getAsLong() - known.atNanos > LISTING_HOLDS_NANOS) {
                begin();
            }
            return known == null ? null : known.fingerprint;
        }

        private void begin() {
            if (!isUnderWay.compareAndSet(false, true)) {
                return;
            }
            Thread thread = new Thread(this::list, "prise-network");
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // no thread is to be had: a later dial asks again
                isUnderWay.set(false);
            }
        }

        private void list() {
            Long fingerprint = null;
            try {
                fingerprint = hash(source.networks());
            } catch (IOException | RuntimeException e) {
                // interfaces that cannot be listed
                fingerprint = null;
            } finally {
                last = new Result(fingerprint, nanoClock.getAsLong());
                isUnderWay.set(false);
            }
        }
    }

    private static SortedSet<String> ofInterfaces() throws SocketException {
        SortedSet<String> networks = new TreeSet<>();
        Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
        while (interfaces != null && interfaces.hasMoreElements()) {
            NetworkInterface each = interfaces.nextElement();
            if (each.isUp() && !each.isLoopback()) {
                for (InterfaceAddress address : each.getInterfaceAddresses()) {
                    add(networks, each.getName(), address);
                }
            }
        }
        return networks;
    }

    private static void add(SortedSet<String> networks, String name, InterfaceAddress entry) {
        InetAddress address = entry.getAddress();
        if (address.isLinkLocalAddress()) {
            return;
        }
        byte[] bytes = address.getAddress();
        int bits = Math.max(0, entry.getNetworkPrefixLength());
        if (address instanceof Inet6Address) {
            bits = Math.min(LONGEST_SIX_BITS, bits);
        }
        StringBuilder text = new StringBuilder(name).append(' ');
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - 8 * i));
            text.append(Integer.toHexString(bytes[i] & (0xff00 >> kept) & 0xff)).append('.');
        }
        networks.add(text.append('/').append(bits).toString());
    }

    /** FNV-1a, of 64 bits. */
    static long hash(SortedSet<String> networks) {
        long hash = 0xcbf29ce484222325L;
        for (String network : networks) {
            for (int i = 0; i <= network.length(); i++) {
                hash ^= i < network.length() ? network.charAt(i) : '\n';
                hash *= 0x100000001b3L;
            }
        }
        return hash;
    }
}
