package dev.prise.lab.net;

import java.net.InetAddress;

/** A packet that the client's namespace has sent or received, with the time that the kernel gave it. */
public sealed interface Packet {
    /** When, in nanoseconds since 1970. */
    long atNanos();

    /** A segment of TCP. */
    record Segment(long atNanos, Endpoint source, Endpoint destination, int flags) implements Packet {
        private static final int FIN = 1;
        private static final int SYN = 2;
        private static final int RST = 4;
        private static final int ACK = 16;

        /** The start of a connection. */
        public boolean isSyn() {
            return (flags & (SYN | ACK)) == SYN;
        }

        /** The answer to it. */
        public boolean isSynAck() {
            return (flags & (SYN | ACK)) == (SYN | ACK);
        }

        /** A reset. */
        public boolean isReset() {
            return (flags & RST) != 0;
        }

        /** An acknowledgement and no more than that and data: the connection stands. */
        public boolean isAck() {
            return (flags & (SYN | RST | ACK)) == ACK;
        }

        /** The end of what one side sends. */
        public boolean isFin() {
            return (flags & FIN) != 0;
        }
    }

    /**
     * A question to a name server or its answer, by UDP.
     *
     * @param name in lower case, without the dot at its end
     * @param type the number of the record type
     * @param responseCode that of an answer, -1 for a question
     */
    record Dns(long atNanos, String name, int type, int responseCode) implements Packet {
        /** Whether it is an answer. */
        public boolean isAnswer() {
            return responseCode >= 0;
        }
    }

    /** An error message of ICMP or ICMPv6 about a segment of TCP that was sent. */
    record Icmp(long atNanos, Endpoint source, Endpoint destination, int type, int code) implements Packet {}

    /** A datagram to the discard port, by which who waits knows that all packets before it are here. */
    record Marker(long atNanos, String text) implements Packet {}

    /** One end of a connection. */
    record Endpoint(InetAddress address, int port) {}
}
