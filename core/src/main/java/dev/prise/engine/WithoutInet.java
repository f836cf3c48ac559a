package dev.prise.engine;

import dev.prise.address.AddressInfo;
import dev.prise.race.PolicyTable;
import dev.prise.race.SourceAddress;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether this machine has IPv6 alone: a way to global IPv6 addresses, none to global IPv4 ones, by addresses that are neither loopback nor
 * link-local (v3 section 4.1).
 *
 * <p>On Linux a default route of IPv4 in {@code /proc/net/route} answers the question, and spares a dial to a literal the code that asks for
 * source addresses. That there is IPv4 holds for a second. Thread-safe.
 */
final class WithoutInet implements Nat64.World {
    private static final long HOLDS_NANOS = 1_000_000_000L;
    private static final String ROUTES = "/proc/net/route";
    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

    /** The default route comes early, and a table of many routes is not read to its end. */
    private static final int MOST_BYTES = 4096;

    /** Fields of a route (net/ipv4/fib_trie.c): interface, destination, gateway, flags, three numbers, mask. */
    private static final int DESTINATION = 1;

    private static final int FLAGS = 3;
    private static final int MASK = 7;
    private static final String ANY = "00000000";

    /** Flags of a route (include/uapi/linux/route.h): it is up; it refuses. */
    private static final int UP = 0x1;

    private static final int REJECT = 0x200;

    /** The networks of two addresses count as one where they share the first half. */
    private static final int NETWORK_BYTES = 8;

    private static volatile long inetUntilNanoTime = System.nanoTime();

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public byte @Nullable [] network() {
        long now = System.nanoTime();
        if (now - inetUntilNanoTime < 0) {
            return null;
        }
        if (LINUX && hasDefaultRoute(routes())) {
            inetUntilNanoTime = now + HOLDS_NANOS;
            return null;
        }
        return Probed.networkWithoutInet();
    }

    /** Whether the text of {@code /proc/net/route} has a default route that leads anywhere. */
    static boolean hasDefaultRoute(String text) {
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split("\t", -1);
            if (fields.length > MASK && fields[DESTINATION].equals(ANY) && fields[MASK].equals(ANY)) {
                int flags = Integer.parseInt(fields[FLAGS], 16);
                if ((flags & UP) != 0 && (flags & REJECT) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String routes() {
        try (InputStream file = new FileInputStream(ROUTES)) {
            return new String(file.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks for source addresses; loaded only when it must be asked. */
    private static final class Probed {
        /** Addresses of the name server a.root-servers.net, to which the way of any global address leads; nothing is sent there. */
        private static final AddressInfo GLOBAL_4 = global(new byte[] {(byte) 198, 41, 0, 4});

        private static final AddressInfo GLOBAL_6 =
                global(new byte[] {0x20, 1, 5, 3, (byte) 0xba, 0x3e, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x30});

        private static AddressInfo global(byte[] bytes) {
            try {
                return AddressInfo.stream(new InetSocketAddress(InetAddress.getByAddress(bytes), 53));
            } catch (UnknownHostException e) {
                throw new AssertionError("an address has 4 or 16 bytes", e);
            }
        }

        static byte @Nullable [] networkWithoutInet() {
            try (SourceProbe probe = new SourceProbe()) {
                if (isGlobal(SourceAddresses.of(GLOBAL_4, probe, PolicyTable.RFC_6724))) {
                    return null;
                }
                SourceAddress six = SourceAddresses.of(GLOBAL_6, probe, PolicyTable.RFC_6724);
                return six == null || !isGlobal(six)
                        ? null
                        : Arrays.copyOf(six.address().getAddress(), NETWORK_BYTES);
            }
        }

        private static boolean isGlobal(@Nullable SourceAddress source) {
            return source != null
                    && !source.address().isLoopbackAddress()
                    && !source.address().isLinkLocalAddress();
        }
    }
}
