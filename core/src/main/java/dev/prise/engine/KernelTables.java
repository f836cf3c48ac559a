package dev.prise.engine;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's tables of IPv4 routes, of IPv6 addresses and of IPv6 routes as Linux shows them in small files below {@code /proc/net}
 * (proc_net(5)). Each is read once a second at most.
 *
 * <p>A table is unknown on other systems, and where its file cannot be read or says anything else than Linux does, such as on an emulated
 * {@code /proc}: whoever asks then does as well as it can without. No method throws. Thread-safe.
 */
final class KernelTables {
    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
    private static final String ROUTES = "/proc/net/route";
    private static final String INET6_ADDRESSES = "/proc/net/if_inet6";
    private static final String INET6_ROUTES = "/proc/net/ipv6_route";

    /** A router of the Internet has a million routes; the first five hundred, the default one among them, tell enough. */
    private static final int MOST_BYTES = 1 << 16;

    /** Of IPv6 the default route comes after all narrower ones of its table, here after 1,700 of them. */
    private static final int MOST_BYTES_OF_INET6_ROUTES = 1 << 18;

    /** Halves, as VPNs use them, and the global addresses, 2000::/3, are as good as everything. */
    private static final int LONGEST_WIDE_BITS = 3;

    private static final int INET6_DIGITS = 32;
    private static final int INET_DIGITS = 8;

    private static final Held<@Nullable List<Route>> ROUTES_NOW = new Held<>(KernelTables::readRoutes);
    private static final Held<@Nullable List<Inet6>> INET6_NOW = new Held<>(KernelTables::readInet6);
    private static final Held<@Nullable List<Inet6Route>> WIDE_INET6_ROUTES_NOW =
            new Held<>(KernelTables::readWideInet6Routes);

    private KernelTables() {}

    /**
     * A route of IPv4 (net/ipv4/fib_trie.c). Addresses are hexadecimal, in the order of bytes of the machine.
     *
     * @param device the interface, {@code *} for none
     */
    record Route(String device, String destination, String gateway, int flags, String mask) {
        /** Flags of include/uapi/linux/route.h: it is up; it refuses. */
        private static final int UP = 0x1;

        private static final int REJECT = 0x200;
        private static final String ANY = "00000000";

        /** Whether it leads anywhere. */
        boolean isUsable() {
            return (flags & UP) != 0 && (flags & REJECT) == 0;
        }

        /** Whether it is the way to everything that no other route leads to. */
        boolean isDefault() {
            return destination.equals(ANY) && mask.equals(ANY);
        }

        /** Whether most destinations are reached by it: a default route, or one of the few that stand for it together. */
        boolean isWide() {
            // the bits of a mask are those of the prefix, in either order of bytes
            return Integer.bitCount(Integer.parseUnsignedInt(mask, 16)) <= LONGEST_WIDE_BITS;
        }

        /** Whether it leads to the interface's own network. */
        boolean isDirect() {
            return gateway.equals(ANY);
        }

        boolean isOfLoopback() {
            return device.equals("lo");
        }
    }

    /**
     * An IPv6 address of this machine (net/ipv6/addrconf.c).
     *
     * @param digits 32 hexadecimal ones, in small letters
     * @param index the number of the interface
     * @param scope zero for a global address
     * @param device the name of the interface
     */
    record Inet6(String digits, int index, int prefixLength, int scope, int flags, String device) {
        /** Flags of include/uapi/linux/if_addr.h: {@code IFA_F_DADFAILED}, {@code IFA_F_TENTATIVE}. */
        private static final int NOT_USABLE = 0x08 | 0x40;

        private static final int HOME = 0x10;
        private static final int DEPRECATED = 0x20;

        boolean isGlobal() {
            return scope == 0;
        }

        boolean isUsable() {
            return (flags & NOT_USABLE) == 0;
        }

        boolean isHome() {
            return (flags & HOME) != 0;
        }

        boolean isDeprecated() {
            return (flags & DEPRECATED) != 0;
        }
    }

    /**
     * A route of IPv6 (net/ipv6/route.c).
     *
     * @param digits 32 hexadecimal ones, the destination
     * @param gateway 32 hexadecimal digits, all of them zero for none
     * @param device the name of the interface
     */
    record Inet6Route(String digits, int prefixLength, String gateway, int flags, String device) {
        /** As {@link Route#isUsable}, without those of loopback, which the kernel has for itself. */
        boolean isUsable() {
            return (flags & Route.UP) != 0 && (flags & Route.REJECT) == 0 && !device.equals("lo");
        }
    }

    /** The routes of the main table, those of loopback too; null when they are unknown. */
    static @Nullable List<Route> routes() {
        return ROUTES_NOW.now();
    }

    /** The IPv6 addresses of this machine, none where its kernel has no IPv6; null when they are unknown. */
    static @Nullable List<Inet6> inet6() {
        return INET6_NOW.now();
    }

    /**
     * The IPv6 routes of all tables that are wide as those of {@link Route#isWide}; none where the kernel has no IPv6, and none where there are so many that the default route is not among
     * the first; null when they are unknown.
     */
    static @Nullable List<Inet6Route> wideInet6Routes() {
        return WIDE_INET6_ROUTES_NOW.now();
    }

    // ---- reading

    private static @Nullable List<Route> readRoutes() {
        try {
            return LINUX ? parseRoutes(content(ROUTES, MOST_BYTES)) : null;
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    private static @Nullable List<Inet6> readInet6() {
        try {
            return LINUX ? parseInet6(content(INET6_ADDRESSES, MOST_BYTES)) : null;
        } catch (FileNotFoundException e) {
            return withoutInet6(INET6_ADDRESSES);
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    private static @Nullable List<Inet6Route> readWideInet6Routes() {
        try {
            String text = LINUX ? content(INET6_ROUTES, MOST_BYTES_OF_INET6_ROUTES) : null;
            if (text == null) {
                return null;
            }
            return text.length() < MOST_BYTES_OF_INET6_ROUTES ? parseWideInet6Routes(text) : List.of();
        } catch (FileNotFoundException e) {
            return withoutInet6(INET6_ROUTES);
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    /** Not there: a kernel without IPv6; there, and not for us to read: unknown. */
    private static <T> @Nullable List<T> withoutInet6(String file) {
        return new File(ROUTES).exists() && !new File(file).exists() ? List.of() : null;
    }

    /** The text of a small file; of one that is not small the beginning. */
    private static String content(String file, int mostBytes) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return new String(in.readNBytes(mostBytes), StandardCharsets.ISO_8859_1);
        }
    }

    /** A head line, then lines of interface, destination, gateway, flags, three numbers, mask and more; null when there is anything else. */
    static @Nullable List<Route> parseRoutes(String text) {
        List<List<String>> lines = lines(text);
        if (lines.isEmpty() || !lines.get(0).get(0).equals("Iface")) {
            return null;
        }
        List<Route> routes = new ArrayList<>(lines.size() - 1);
        for (List<String> words : lines.subList(1, lines.size())) {
            if (words.size() < 8
                    || !isHexadecimal(words.get(1), INET_DIGITS)
                    || !isHexadecimal(words.get(2), INET_DIGITS)
                    || !isHexadecimal(words.get(7), INET_DIGITS)) {
                return null;
            }
            int flags = number(words.get(3));
            if (flags < 0) {
                return null;
            }
            routes.add(new Route(words.get(0), words.get(1), words.get(2), flags, words.get(7)));
        }
        return List.copyOf(routes);
    }

    /** Lines of address, number of the interface, prefix length, scope, flags, name of the interface; null when there is anything else. */
    static @Nullable List<Inet6> parseInet6(String text) {
        List<List<String>> lines = lines(text);
        List<Inet6> addresses = new ArrayList<>(lines.size());
        for (List<String> words : lines) {
            if (words.size() != 6 || !isHexadecimal(words.get(0), INET6_DIGITS)) {
                return null;
            }
            int index = number(words.get(1));
            int prefixLength = number(words.get(2));
            int scope = number(words.get(3));
            int flags = number(words.get(4));
            if (index < 0 || prefixLength < 0 || prefixLength > 128 || scope < 0 || flags < 0) {
                return null;
            }
            addresses.add(new Inet6(words.get(0), index, prefixLength, scope, flags, words.get(5)));
        }
        return List.copyOf(addresses);
    }

    /**
     * Lines of destination and prefix length, the same for sources, gateway, three numbers, flags, interface, of which the wide ones are taken
     * and the many others only passed over; null when there is anything else.
     */
    static @Nullable List<Inet6Route> parseWideInet6Routes(String text) {
        List<Inet6Route> routes = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            int bits = from + INET6_DIGITS + 1;
            if (end < bits + 3 || text.charAt(bits - 1) != ' ' || text.charAt(bits + 2) != ' ') {
                return null;
            }
            if (text.charAt(bits) == '0' && text.charAt(bits + 1) <= '0' + LONGEST_WIDE_BITS) {
                Inet6Route route =
                        parseInet6Route(lines(text.substring(from, end + 1)).get(0));
                if (route == null) {
                    return null;
                }
                routes.add(route);
            }
            from = end + 1;
        }
        return List.copyOf(routes);
    }

    private static @Nullable Inet6Route parseInet6Route(List<String> words) {
        if (words.size() != 10
                || !isHexadecimal(words.get(0), INET6_DIGITS)
                || !isHexadecimal(words.get(4), INET6_DIGITS)
                || !isHexadecimal(words.get(8), INET_DIGITS)) {
            return null;
        }
        int prefixLength = number(words.get(1));
        // the highest of the flags is a sign
        int flags = Integer.parseUnsignedInt(words.get(8), 16);
        return prefixLength < 0 ? null : new Inet6Route(words.get(0), prefixLength, words.get(4), flags, words.get(9));
    }

    /** The words of each line that has any and is whole; by hand, since the first use of a regular expression takes longer than all else. */
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
            if (c == '\n' && !words.isEmpty()) {
                lines.add(words);
                words = new ArrayList<>();
            }
        }
        return lines;
    }

    private static boolean isHexadecimal(String word, int digits) {
        if (word.length() != digits) {
            return false;
        }
        for (int i = 0; i < digits; i++) {
            if (Character.digit(word.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A hexadecimal number, -1 when it is none that fits. */
    private static int number(String word) {
        long number = 0;
        for (int i = 0; i < word.length(); i++) {
            int digit = Character.digit(word.charAt(i), 16);
            number = 16 * number + digit;
            if (digit < 0 || number > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return (int) number;
    }
}
