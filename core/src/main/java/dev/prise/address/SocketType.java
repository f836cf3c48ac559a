package dev.prise.address;

/**
 * A socket type by its number, as in {@code ai_socktype} of {@code struct addrinfo}.
 *
 * <p>The numbers are those of Linux (except MIPS), the BSDs, macOS and Windows alike. What the system does not know it refuses, so any
 * number may be asked for.
 *
 * @param number 0 for any, else a {@code SOCK_*} number
 */
public record SocketType(int number) {
    /** Zero in the hints: any type. */
    public static final SocketType ANY = new SocketType(0);

    /** {@code SOCK_STREAM}, 1. */
    public static final SocketType STREAM = new SocketType(1);

    /** {@code SOCK_DGRAM}, 2. */
    public static final SocketType DATAGRAM = new SocketType(2);

    /** {@code SOCK_RAW}, 3. */
    public static final SocketType RAW = new SocketType(3);

    /** {@code SOCK_RDM}, 4: datagrams that arrive, in any order. */
    public static final SocketType RDM = new SocketType(4);

    /** {@code SOCK_SEQPACKET}, 5: datagrams that arrive, in order. */
    public static final SocketType SEQPACKET = new SocketType(5);

    private static final SocketType[] KNOWN = {ANY, STREAM, DATAGRAM, RAW, RDM, SEQPACKET};

    /** The type of a number; one object for those that have a name. */
    public static SocketType of(int number) {
        return number >= 0 && number < KNOWN.length ? KNOWN[number] : new SocketType(number);
    }

    /** The name used in JSON and on the command line: {@code any}, {@code stream}, {@code datagram}, {@code raw}, {@code rdm}, {@code seqpacket} or the number. */
    public String jsonName() {
        return switch (number) {
            case 0 -> "any";
            case 1 -> "stream";
            case 2 -> "datagram";
            case 3 -> "raw";
            case 4 -> "rdm";
            case 5 -> "seqpacket";
            default -> Integer.toString(number);
        };
    }

    @Override
    public String toString() {
        return jsonName();
    }
}
