package dev.prise.address;

/**
 * A transport protocol by its number, as in {@code ai_protocol} of {@code struct addrinfo}.
 *
 * <p>The numbers are those of the IANA registry, 0 to 255, and the same on all systems; a few systems have more of their own, such as 262
 * for Multipath TCP on Linux. What the system does not know it refuses, so any number may be asked for.
 *
 * @param number 0 for any, else an {@code IPPROTO_*} number
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
