package dev.prise.engine;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A number for the network that this machine is attached to: what was learnt in another one must not be used (RFC 8305 section 4).
 *
 * <p>It is made of the networks of all interfaces that are up, by name and prefix, without loopback and link-local ones. The host's part of
 * an address is not in it, so that a temporary address (RFC 8981) that gives way to the next does not change it. It holds for 5 s.
 *
 * <p>Linux has all of it in two small files. Elsewhere, where listing interfaces may take long, a thread of its own does it, and until it has
 * the first result the network is not known.
 */
final class NetworkFingerprint {
    private static final long HOLDS_NANOS = 5_000_000_000L;
    private static final String SIX_FILE = "/proc/net/if_inet6";
    private static final String FOUR_FILE = "/proc/net/route";

    /** Longer prefixes of IPv6 are those of single addresses, which may change every day. */
    private static final int LONGEST_SIX_BITS = 64;

    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
    private static final AtomicBoolean READING = new AtomicBoolean();

    private static volatile @Nullable Reading last;

    private record Reading(long fingerprint, long atNanos) {}

    private NetworkFingerprint() {}

    /** The present network, as it was at most 5 s ago; null when it is not known. Does not block but for reading two small files. */
    static @Nullable Long current() {
        Reading known = last;
        long now = System.nanoTime();
        if (known == null || now - known.atNanos > HOLDS_NANOS) {
            if (!LINUX || !read(NetworkFingerprint::ofFiles, now)) {
                readElsewhere();
            }
            known = last;
        }
        return known == null ? null : Long.valueOf(known.fingerprint);
    }

    private interface Source {
        SortedSet<String> networks() throws IOException;
    }

    private static boolean read(Source source, long now) {
        try {
            last = new Reading(hash(source.networks()), now);
            return true;
        } catch (IOException | UncheckedIOException e) {
            // no such file, or interfaces that cannot be listed: the next dial asks again
            return false;
        }
    }

    private static void readElsewhere() {
        if (READING.compareAndSet(false, true)) {
            Thread thread = new Thread(
                    () -> {
                        read(NetworkFingerprint::ofInterfaces, System.nanoTime());
                        READING.set(false);
                    },
                    "prise-network");
            thread.setDaemon(true);
            thread.start();
        }
    }

    // ---- Linux

    private static SortedSet<String> ofFiles() throws IOException {
        String six;
        try {
            six = content(SIX_FILE);
        } catch (FileNotFoundException e) {
            // a kernel without IPv6
            six = "";
        }
        return ofFiles(six, content(FOUR_FILE));
    }

    private static String content(String file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * The networks in the texts of these files.
     *
     * @param six lines of address, index, prefix length, scope, flags (hexadecimal), and name of the interface
     * @param route a head line, then lines of interface, destination, gateway, four numbers, mask and more
     */
    static SortedSet<String> ofFiles(String six, String route) {
        SortedSet<String> networks = new TreeSet<>();
        for (List<String> words : lines(six)) {
            // scope 00 is global; loopback and link-local ones have others
            if (words.size() == 6 && words.get(3).equals("00")) {
                int bits = Math.min(LONGEST_SIX_BITS, Integer.parseInt(words.get(2), 16));
                networks.add(words.get(5) + " " + prefix(words.get(0), bits) + "/" + bits);
            }
        }
        for (List<String> words : lines(route)) {
            if (words.size() > 7 && !words.get(0).equals("lo") && !words.get(0).equals("Iface")) {
                networks.add(words.get(0) + " " + words.get(1) + " " + words.get(2) + " " + words.get(7));
            }
        }
        return networks;
    }

    /** The words of each line; by hand, since the first use of a regular expression takes ten times as long as all else here. */
    private static List<List<String>> lines(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ') {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = i + 1;
            }
            if (c == '\n') {
                lines.add(words);
                words = new ArrayList<>();
            }
        }
        return lines;
    }

    /** The first bits of a hexadecimal number of at most 64 of them. */
    private static String prefix(String hexadecimal, int bits) {
        long upper = Long.parseUnsignedLong(hexadecimal, 0, 16, 16);
        return Long.toHexString(bits == 0 ? 0 : upper & -1L << (64 - bits));
    }

    // ---- elsewhere

    private static SortedSet<String> ofInterfaces() throws SocketException {
        SortedSet<String> networks = new TreeSet<>();
        Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
        while (interfaces.hasMoreElements()) {
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
