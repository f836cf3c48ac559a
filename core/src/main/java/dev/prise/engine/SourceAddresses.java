package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which address this machine would connect from, found by connecting a datagram socket, which sends nothing. What was found holds for
 * a second, so that dials in quick succession do not ask again; an answer that has become wrong can only make the order worse.
 */
public final class SourceAddresses {
    private static final long HOLDS_NANOS = 1_000_000_000L;
    private static final int MAX_REMEMBERED = 1024;

    /** The discard service (RFC 863); nothing is sent there, but a datagram socket does not connect to port 0. */
    private static final int ANY_PORT = 9;

    private static final Map<AddressText, Found> REMEMBERED = new ConcurrentHashMap<>();

    /** Addresses as text, since {@code Inet6Address.equals} passes over the zone. */
    private record AddressText(String text) {}

    private record Found(@Nullable InetAddress source, long atNanos) {}

    private SourceAddresses() {}

    /** The source address, null when there is no way there. */
    public static @Nullable InetAddress of(AddressInfo destination) {
        InetAddress address = destination.inetAddress();
        if (address == null) {
            return null;
        }
        if (address instanceof Inet4Address && address.isLoopbackAddress()) {
            return address;
        }
        AddressText key = new AddressText(address.getHostAddress());
        long now = System.nanoTime();
        Found found = REMEMBERED.get(key);
        if (found == null || now - found.atNanos > HOLDS_NANOS) {
            try {
                found = new Found(probe(address, destination.family()), now);
            } catch (SocketException e) {
                // for want of a descriptor, which says nothing about the way there
                return null;
            }
            if (REMEMBERED.size() >= MAX_REMEMBERED) {
                REMEMBERED.clear();
            }
            REMEMBERED.put(key, found);
        }
        return found.source;
    }

    private static @Nullable InetAddress probe(InetAddress destination, AddressFamily family) throws SocketException {
        try (DatagramChannel channel = DatagramChannel.open(
                family == AddressFamily.INET6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
            channel.connect(new InetSocketAddress(destination, ANY_PORT));
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (IOException | UnsupportedOperationException e) {
            ErrorCode code = ErrorCodes.of(e);
            return switch (code) {
                case TOO_MANY_OPEN_FILES, TOO_MANY_OPEN_FILES_IN_SYSTEM, NO_BUFFER_SPACE, OUT_OF_MEMORY ->
                    throw new SocketException(code.meaning());
                // no route, or no such family on this machine: exactly what rule 1 wants to know
                default -> null;
            };
        }
    }
}
