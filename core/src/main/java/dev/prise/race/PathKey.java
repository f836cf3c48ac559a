package dev.prise.race;

import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a {@link PathHistory} is about: an address with its zone, a port of it, or the prefix around it, seen from one network.
 *
 * @param network the fingerprint of the network that this machine was attached to
 * @param high the upper half of the address, zero for IPv4
 * @param low the lower half of the address, that of the mapped address for IPv4
 * @param scope the zone, zero for none
 * @param part a port, {@link #ADDRESS} or {@link #PREFIX}
 */
record PathKey(long network, long high, long low, int scope, int part) {
    static final int ADDRESS = -1;
    static final int PREFIX = -2;

    private static final long MAPPED = 0xffffL << 32;
    private static final long LOW_32 = 0xffff_ffffL;

    static PathKey of(long network, InetAddress address) {
        int scope = address instanceof Inet6Address six ? six.getScopeId() : 0;
        return of(network, address.getAddress(), scope);
    }

    private static PathKey of(long network, byte[] bytes, int scope) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length == 4) {
            return new PathKey(network, 0, MAPPED | (buffer.getInt() & LOW_32), 0, ADDRESS);
        }
        return new PathKey(network, buffer.getLong(), buffer.getLong(), scope, ADDRESS);
    }

    PathKey atPort(int port) {
        return new PathKey(network, high, low, scope, port);
    }

    /** The /24 of an IPv4 address, the /48 of an IPv6 one. */
    PathKey prefix() {
        return isFour()
                ? new PathKey(network, 0, low & ~0xffL, 0, PREFIX)
                : new PathKey(network, high & ~0xffffL, 0, scope, PREFIX);
    }

    boolean isFour() {
        return high == 0 && (low & ~LOW_32) == MAPPED;
    }

    /** By hand, as {@link #hashCode}: what a record is given goes through method handles, which is slow until it is compiled. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathKey key
                && low == key.low
                && high == key.high
                && network == key.network
                && scope == key.scope
                && part == key.part;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * (31 * (31 * network + high) + low) + 31L * scope + part);
    }

    /** {@code 192.0.2.1}, {@code fe80::1%2}, {@code 2001:db8::/48}; a port is not told. */
    String addressText() {
        String text = AddressInfo.stream(new InetSocketAddress(address(), 0)).addressText();
        return part == PREFIX ? text + length() : text;
    }

    private String length() {
        return isFour() ? "/24" : "/48";
    }

    private InetAddress address() {
        try {
            if (isFour()) {
                return InetAddress.getByAddress(
                        ByteBuffer.allocate(4).putInt((int) low).array());
            }
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            return Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only a wrong number of bytes is refused
        }
    }

    /** What {@link #addressText} has written; null when it is something else. */
    static @Nullable PathKey parse(long network, String text) {
        int slash = text.indexOf('/');
        AddressLiteral literal = AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (literal == null) {
            return null;
        }
        String zone = literal.zone();
        int scope = 0;
        if (zone != null) {
            try {
                scope = Integer.parseInt(zone);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        PathKey key = of(network, literal.bytes(), scope);
        if (slash < 0) {
            return key;
        }
        PathKey prefix = key.prefix();
        boolean whole = prefix.high == key.high && prefix.low == key.low;
        return whole && text.substring(slash).equals(prefix.length()) ? prefix : null;
    }
}
