package dev.prise.lab.net;

import dev.prise.lab.net.Packet.Endpoint;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture in the format of pcap with nanoseconds (magic number 0xa1b23c4d) and the link type of the interface "any"
 * (LINKTYPE_LINUX_SLL2, 276), as {@code tcpdump -i any -w} writes it. Packets that the laboratory has no use for are passed over. Those on
 * loopback are there once: libpcap leaves out the way that they go out.
 */
final class PacketReader {
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int LINKTYPE_LINUX_SLL2 = 276;
    private static final int LINK_HEADER_BYTES = 20;
    private static final int MOST_BYTES = 1 << 18;

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int DNS_PORT = 53;

    /** The discard service (RFC 863). */
    static final int MARKER_PORT = 9;

    private final DataInputStream in;
    private ByteOrder order = ByteOrder.nativeOrder();

    PacketReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Reads the header of the capture.
     *
     * @throws IOException if it is not of the format that the class comment names
     */
    void readHeader() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(24)).order(order);
        if (header.remaining() < 24) {
            throw new EOFException("the capture has no header");
        }
        if (header.getInt(0) != MAGIC_NANOS) {
            order = order == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            header.order(order);
        }
        if (header.getInt(0) != MAGIC_NANOS || (header.getInt(20) & 0xffff) != LINKTYPE_LINUX_SLL2) {
            throw new IOException("not a capture of the interface \"any\" with nanoseconds");
        }
    }

    /** The next packet that is of use; null at the end of the capture. */
    @Nullable
    Packet next() throws IOException {
        while (true) {
            byte[] head = in.readNBytes(16);
            if (head.length < 16) {
                return null;
            }
            ByteBuffer record = ByteBuffer.wrap(head).order(order);
            long atNanos = record.getInt(0) * 1_000_000_000L + record.getInt(4);
            int length = record.getInt(8);
            if (length < 0 || length > MOST_BYTES) {
                throw new IOException("a packet of " + length + " bytes in the capture");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                return null;
            }
            Packet packet = read(atNanos, ByteBuffer.wrap(bytes));
            if (packet != null) {
                return packet;
            }
        }
    }

    /** One packet with its link header; null when it is of no use, or cut off before what is of use. */
    private static @Nullable Packet read(long atNanos, ByteBuffer bytes) {
        try {
            int protocol = bytes.getShort(0) & 0xffff;
            ByteBuffer packet = bytes.position(LINK_HEADER_BYTES).slice();
            Ip ip = protocol == 0x0800 ? Ip.v4(packet) : protocol == 0x86dd ? Ip.v6(packet) : null;
            return ip == null ? null : read(atNanos, ip);
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Packet read(long atNanos, Ip ip) {
        return switch (ip.protocol) {
            case TCP -> segment(atNanos, ip);
            case UDP -> datagram(atNanos, ip);
            case ICMP, ICMPV6 -> icmp(atNanos, ip);
            default -> null;
        };
    }

    private static Packet segment(long atNanos, Ip ip) {
        ByteBuffer tcp = ip.payload;
        return new Packet.Segment(
                atNanos, ip.source(tcp.getShort(0)), ip.destination(tcp.getShort(2)), tcp.get(13) & 0xff);
    }

    private static @Nullable Packet datagram(long atNanos, Ip ip) {
        int from = ip.payload.getShort(0) & 0xffff;
        int to = ip.payload.getShort(2) & 0xffff;
        ByteBuffer data = ip.payload.position(8).slice();
        if (to == MARKER_PORT) {
            return new Packet.Marker(
                    atNanos, StandardCharsets.US_ASCII.decode(data).toString());
        }
        if (from != DNS_PORT && to != DNS_PORT) {
            return null;
        }
        int flags = data.getShort(2);
        boolean isAnswer = (flags & 0x8000) != 0;
        data.position(12);
        String name = name(data);
        return new Packet.Dns(atNanos, name, data.getShort() & 0xffff, isAnswer ? flags & 0xf : -1);
    }

    /** RFC 1035 section 3.1; the name of a question is never compressed. */
    private static String name(ByteBuffer data) {
        StringBuilder name = new StringBuilder();
        for (int length = data.get(); length > 0; length = data.get()) {
            byte[] label = new byte[length];
            data.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /** RFC 792 and RFC 4443: after eight bytes comes the packet that the error is about. */
    private static @Nullable Packet icmp(long atNanos, Ip ip) {
        int type = ip.payload.get(0) & 0xff;
        boolean isError = ip.protocol == ICMP ? type == 3 : type >= 1 && type <= 4;
        if (!isError) {
            return null;
        }
        int code = ip.payload.get(1) & 0xff;
        ByteBuffer quoted = ip.payload.position(8).slice();
        Ip about = ip.protocol == ICMP ? Ip.v4(quoted) : Ip.v6(quoted);
        if (about.protocol != TCP) {
            return null;
        }
        return new Packet.Icmp(
                atNanos,
                about.source(about.payload.getShort(0)),
                about.destination(about.payload.getShort(2)),
                type,
                code);
    }

    /** A packet of the Internet Protocol. */
    private record Ip(InetAddress from, InetAddress to, int protocol, ByteBuffer payload) {
        static Ip v4(ByteBuffer packet) {
            int headerBytes = (packet.get(0) & 0xf) * 4;
            return new Ip(
                    address(packet, 12, 4),
                    address(packet, 16, 4),
                    packet.get(9) & 0xff,
                    packet.position(headerBytes).slice());
        }

        /** Extension headers are passed over by passing over the packet: nothing here sends them. */
        static Ip v6(ByteBuffer packet) {
            return new Ip(
                    address(packet, 8, 16),
                    address(packet, 24, 16),
                    packet.get(6) & 0xff,
                    packet.position(40).slice());
        }

        Endpoint source(short port) {
            return new Endpoint(from, port & 0xffff);
        }

        Endpoint destination(short port) {
            return new Endpoint(to, port & 0xffff);
        }

        private static InetAddress address(ByteBuffer packet, int at, int length) {
            byte[] bytes = new byte[length];
            packet.get(at, bytes);
            try {
                return InetAddress.getByAddress(bytes);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
