package dev.prise.address;

/**
 * What kind of addresses is asked for, as the hints of {@code getaddrinfo} (RFC 3493 section 6.1).
 *
 * @param family the address family, {@link AddressFamily#UNSPEC} for IPv6 and IPv4
 * @param type the socket type
 * @param protocol the protocol
 */
public record Hints(AddressFamily family, SocketType type, Protocol protocol) {
    /** Unspecified family, stream, TCP. */
    public static final Hints DEFAULT = new Hints(AddressFamily.UNSPEC, SocketType.STREAM, Protocol.TCP);

    /** These hints with another family. */
    public Hints withFamily(AddressFamily newFamily) {
        return new Hints(newFamily, type, protocol);
    }
}
