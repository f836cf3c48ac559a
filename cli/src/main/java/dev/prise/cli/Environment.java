package dev.prise.cli;

import dev.prise.resolve.Resolver;
import dev.prise.resolve.Resolvers;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a report tells of the machine: what may matter for a dial, and none of its addresses or names. */
final class Environment {
    private Environment() {}

    /** Name and value, for people. Reads the properties of the system and its network interfaces. */
    static List<List<String>> current() {
        return List.of(
                List.of("Prise", new Version().getVersion()[0].replaceFirst("^prise ", "")),
                List.of("Java", property("java.version") + " (" + property("java.vendor") + ")"),
                List.of("System", property("os.name") + " " + property("os.version") + ", " + property("os.arch")),
                List.of("Resolver", resolver()),
                List.of("Kinds of addresses", kinds()));
    }

    private static String property(String name) {
        return System.getProperty(name, "not known");
    }

    private static String resolver() {
        Resolver resolver = Resolvers.preferred();
        String reason = resolver.fallbackReason();
        return resolver.name() + (reason == null ? "" : ", in place of " + reason);
    }

    private static String kinds() {
        try {
            Map<String, Integer> counts = new TreeMap<>();
            NetworkInterface.networkInterfaces()
                    .filter(Environment::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> counts.merge(kind(address), 1, Integer::sum));
            return counts.isEmpty() ? "none" : text(counts);
        } catch (SocketException e) {
            return "not known";
        }
    }

    private static boolean isUp(NetworkInterface one) {
        try {
            return one.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static String text(Map<String, Integer> counts) {
        StringBuilder text = new StringBuilder();
        counts.forEach((kind, count) ->
                text.append(text.length() == 0 ? "" : ", ").append(kind).append(count == 1 ? "" : " (" + count + ")"));
        return text.toString();
    }

    /** What an address is for: RFC 6890 and the IPv6 address registry; {@code IPv6 unique local}. */
    static String kind(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (address instanceof Inet4Address ? "IPv4 " : "IPv6 ")
                + (address.isLoopbackAddress()
                        ? "loopback"
                        : address.isLinkLocalAddress()
                                ? "link-local"
                                : address instanceof Inet4Address ? kindOfFour(address, bytes) : kindOfSix(bytes));
    }

    private static String kindOfFour(InetAddress address, byte[] bytes) {
        if (address.isSiteLocalAddress()) {
            return "private";
        }
        // RFC 6598, what a provider's NAT gives
        boolean shared = (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return shared ? "shared (100.64.0.0/10)" : "public";
    }

    private static String kindOfSix(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        if ((first & 0xfe00) == 0xfc00) {
            return "unique local";
        }
        if (first == 0x2002) {
            return "6to4";
        }
        return first == 0x2001 && second == 0 ? "Teredo" : "global";
    }
}
