package dev.prise.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** An address family, as in {@code ai_family} of {@code struct addrinfo} (RFC 3493 section 6.1). */
public enum AddressFamily {
    /** {@code AF_UNSPEC}: IPv6 and IPv4 are both wanted. Only in hints and queries, never the family of an address. */
    UNSPEC("any"),
    /** {@code AF_INET}: IPv4. */
    INET("inet"),
    /** {@code AF_INET6}: IPv6. */
    INET6("inet6"),
    /** {@code AF_UNIX}: a path in the file system. */
    UNIX("unix");

    private final String jsonName;

    AddressFamily(String jsonName) {
        this.jsonName = jsonName;
    }

    /** The name used in JSON and in texts: {@code any}, {@code inet}, {@code inet6} or {@code unix}. */
    public String jsonName() {
        return jsonName;
    }

    /** Whether a question for this family may be answered by an address of {@code other}; UNSPEC admits IPv4 and IPv6. */
    public boolean admits(AddressFamily other) {
        return this == other || (this == UNSPEC && (other == INET || other == INET6));
    }

    /** The family of an address of the Java library. */
    public static AddressFamily of(InetAddress address) {
        if (address instanceof Inet6Address) {
            return INET6;
        }
        if (address instanceof Inet4Address) {
            return INET;
        }
        throw new IllegalArgumentException("neither IPv4 nor IPv6: " + address);
    }

    /**
     * The family of a socket address.
     *
     * @throws IllegalArgumentException for an unresolved {@link InetSocketAddress} and for a kind of address that is not known
     */
    public static AddressFamily of(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            return of(inet.getAddress());
        }
        if (address instanceof UnixDomainSocketAddress) {
            return UNIX;
        }
        throw new IllegalArgumentException("no address family: " + address);
    }
}
