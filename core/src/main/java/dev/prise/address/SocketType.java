package dev.prise.address;

/** A socket type, as in {@code ai_socktype} of {@code struct addrinfo}. */
public enum SocketType {
    /** Zero in the hints: any type. */
    ANY("any"),
    /** {@code SOCK_STREAM}. */
    STREAM("stream"),
    /** {@code SOCK_DGRAM}. */
    DATAGRAM("datagram"),
    /** {@code SOCK_RAW}. */
    RAW("raw");

    private final String jsonName;

    SocketType(String jsonName) {
        this.jsonName = jsonName;
    }

    /** The name used in JSON and on the command line. */
    public String jsonName() {
        return jsonName;
    }
}
