package dev.prise.engine;

import dev.prise.address.AddressInfo;
import dev.prise.race.PolicyTable;
import dev.prise.race.SourceAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this machine has IPv6 alone: a way to global IPv6 addresses, none to global IPv4 ones, by addresses that are neither loopback nor
 * link-local (v3 section 4.1).
 *
 * <p>On Linux a default route of IPv4 in {@link KernelTables} answers the question, and spares a dial to a literal the code that asks for
 * source addresses. The answer holds for a second. Thread-safe.
 */
final class WithoutInet implements Nat64.World {
    /** The networks of two addresses count as one where they share the first half. */
    private static final int NETWORK_BYTES = 8;

    private static final Held<byte @Nullable []> NETWORK = new Held<>(WithoutInet::ask);

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public byte @Nullable [] network() {
        return NETWORK.now();
    }

    private static byte @Nullable [] ask() {
        List<KernelTables.Route> routes = KernelTables.routes();
        return routes != null && hasDefaultRoute(routes) ? null : Probed.networkWithoutInet();
    }

    /** Whether there is a default route that leads anywhere. */
    static boolean hasDefaultRoute(List<KernelTables.Route> routes) {
        for (KernelTables.Route route : routes) {
            if (route.isDefault() && route.isUsable()) {
                return true;
            }
        }
        return false;
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
