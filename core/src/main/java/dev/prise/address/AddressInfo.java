package dev.prise.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One address that a socket can be opened for and connected to: one element of the list that {@code getaddrinfo} returns.
 *
 * @param family the family the socket is to be opened with; never UNSPEC
 * @param type the socket type
 * @param protocol the protocol
 * @param address a resolved {@link InetSocketAddress} or a {@link UnixDomainSocketAddress}
 * @param canonicalName the canonical name of the host, null when it was not asked for or is not known
 */
public record AddressInfo(
        AddressFamily family,
        SocketType type,
        Protocol protocol,
        SocketAddress address,
        @Nullable String canonicalName) {

    /**
     * Checks that the family is that of the address.
     *
     * @throws IllegalArgumentException when it is not, or when the address is unresolved
     */
    public AddressInfo {
        if (family != AddressFamily.of(address)) {
            throw new IllegalArgumentException(family + " is not the family of " + address);
        }
    }

    /**
     * A stream address: TCP for an Internet address, no protocol for a Unix path.
     *
     * @throws IllegalArgumentException for an unresolved address
     */
    public static AddressInfo stream(SocketAddress address) {
        AddressFamily family = AddressFamily.of(address);
        return new AddressInfo(
                family, SocketType.STREAM, family == AddressFamily.UNIX ? Protocol.ANY : Protocol.TCP, address, null);
    }

    /** The Internet address, null for a Unix path. */
    public @Nullable InetAddress inetAddress() {
        return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    /** The port, 0 for a Unix path. */
    public int port() {
        return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /** Whether this is a loopback address or a Unix path, that is, whether no packet leaves the machine. */
    public boolean isLocal() {
        InetAddress inet = inetAddress();
        return inet == null || inet.isLoopbackAddress();
    }

    /** The address alone, without port: {@code 192.0.2.1}, {@code 2001:db8::1}, {@code fe80::1%2} (RFC 5952), or the path. */
    public String addressText() {
        InetAddress inet = inetAddress();
        if (inet == null) {
            return ((UnixDomainSocketAddress) address).getPath().toString();
        }
        return inet instanceof Inet6Address six ? AddressText.of(six) : inet.getHostAddress();
    }

    /** Address and port: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}, {@code unix:/path}. */
    @Override
    public String toString() {
        return switch (family) {
            case INET6 -> "[" + addressText() + "]:" + port();
            case UNIX -> "unix:" + addressText();
            case INET, UNSPEC -> addressText() + ":" + port();
        };
    }
}
