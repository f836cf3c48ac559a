package dev.prise.address;

/**
 * A transport protocol by its IP protocol number, as in {@code ai_protocol} of {@code struct addrinfo}.
 *
 * @param number 0 to 255 by the IANA registry, 0 for any
 */
public record Protocol(int number) {
    /** Zero in the hints: any protocol. */
    public static final Protocol ANY = new Protocol(0);

    /** {@code IPPROTO_TCP}, 6. */
    public static final Protocol TCP = new Protocol(6);

    /** {@code IPPROTO_UDP}, 17. */
    public static final Protocol UDP = new Protocol(17);

    /** The protocol of a number; one object for those that have a name. */
    public static Protocol of(int number) {
        return switch (number) {
            case 0 -> ANY;
            case 6 -> TCP;
            case 17 -> UDP;
            default -> new Protocol(number);
        };
    }

    /** {@code any}, {@code tcp}, {@code udp} or the number. */
    public String jsonName() {
        return switch (number) {
            case 0 -> "any";
            case 6 -> "tcp";
            case 17 -> "udp";
            default -> Integer.toString(number);
        };
    }

    @Override
    public String toString() {
        return jsonName();
    }
}
