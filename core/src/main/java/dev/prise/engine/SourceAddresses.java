package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.race.PolicyTable;
import dev.prise.race.SourceAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which address this machine would connect from, found by a {@link SourceProbe}, and what its interface says of it. What was found holds for
 * a second, so that dials in quick succession do not ask again; an answer that has become wrong can only make the order worse.
 */
public final class SourceAddresses {
    private static final int MAX_REMEMBERED = 1024;

    private static final Map<AddressText, Found> REMEMBERED = new ConcurrentHashMap<>();

    /** Addresses as text, since {@code Inet6Address.equals} passes over the zone. */
    private record AddressText(String text) {}

    private record Found(@Nullable SourceAddress source, long atNanos) {}

    private SourceAddresses() {}

    /**
     * The source address, null when there is no way there, and when that could not be asked for want of a descriptor: the destination then
     * comes behind those that were asked for, as RFC 6724 rule 1 has it, and is tried all the same.
     *
     * @param probe asks for it when it is not known; the same one for several destinations saves time
     * @param table what will sort with it, which may want to know the subnet of an IPv4 source
     */
    public static @Nullable SourceAddress of(AddressInfo destination, SourceProbe probe, PolicyTable table) {
        InetAddress address = destination.inetAddress();
        if (address == null) {
            return null;
        }
        if (address instanceof Inet4Address && address.isLoopbackAddress()) {
            return SourceAddress.of(address);
        }
        AddressText key = new AddressText(address.getHostAddress());
        long now = System.nanoTime();
        Found found = REMEMBERED.get(key);
        if (found == null || now - found.atNanos > Held.NANOS) {
            try {
                found = new Found(ask(probe, address, destination.family()), now);
            } catch (SocketException e) {
                // for want of a descriptor, which says nothing about the way there
                return null;
            }
            if (REMEMBERED.size() >= MAX_REMEMBERED) {
                REMEMBERED.clear();
            }
            REMEMBERED.put(key, found);
        }
        SourceAddress source = found.source;
        return source != null
                        && source.prefixLength() == SourceAddress.UNKNOWN_PREFIX
                        && table.longestPrefix() == PolicyTable.LongestPrefix.WHOLE_ADDRESS_AND_IPV4_SUBNET
                ? LocalAddresses.withSubnet(source)
                : source;
    }

    private static @Nullable SourceAddress ask(SourceProbe probe, InetAddress destination, AddressFamily family)
            throws SocketException {
        try {
            return LocalAddresses.described(probe.ask(destination, family));
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
