package dev.prise.lab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PacketReaderTest {
    private static final int OUT = 4;
    private static final int IN = 0;
    private static final String FROM_4 = "c0000201";
    private static final String TO_4 = "c6120001";
    private static final String FROM_6 = "20010db8000000000000000000000001";
    private static final String TO_6 = "20010db8000100000000000000000001";

    private final List<byte[]> frames = new ArrayList<>();

    @Test
    @DisplayName("a SYN, its SYN-ACK and a reset are told with their ends, in both families and both byte orders")
    void segments() throws IOException {
        add(OUT, 2, ip4(6, FROM_4, TO_4, tcp(40000, 7000, 2)));
        add(IN, 2, ip6(6, TO_6, FROM_6, tcp(7000, 40001, 0x12)));
        add(IN, 2, ip6(6, TO_6, FROM_6, tcp(7000, 40001, 0x14)));
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            List<Packet> packets = read(order);
            assertThat(packets).hasSize(3);
            Packet.Segment syn = (Packet.Segment) packets.get(0);
            assertThat(syn.isSyn()).isTrue();
            assertThat(syn.isSynAck() || syn.isReset() || syn.isAck()).isFalse();
            assertThat(syn.atNanos()).isEqualTo(1_000_000_007L);
            assertThat(syn.source()).isEqualTo(new Packet.Endpoint(InetAddress.getByName("192.0.2.1"), 40000));
            assertThat(syn.destination()).isEqualTo(new Packet.Endpoint(InetAddress.getByName("198.18.0.1"), 7000));
            Packet.Segment accepted = (Packet.Segment) packets.get(1);
            assertThat(accepted.isSynAck()).isTrue();
            assertThat(accepted.source().address()).isEqualTo(InetAddress.getByName("2001:db8:1::1"));
            assertThat(((Packet.Segment) packets.get(2)).isReset()).isTrue();
        }
    }

    @Test
    @DisplayName("a question and its answer are told with name, type and response code")
    void dns() throws IOException {
        String question =
                "0001" + "0100" + "0001000000000000" + "01" + hex("A") + "03" + hex("lab") + "00" + "001c" + "0001";
        String answer =
                "0001" + "8183" + "0001000000000000" + "01" + hex("a") + "03" + hex("lab") + "00" + "0001" + "0001";
        add(OUT, 2, ip4(17, FROM_4, TO_4, udp(5555, 53, question)));
        add(IN, 2, ip4(17, TO_4, FROM_4, udp(53, 5555, answer)));
        assertThat(read(ByteOrder.LITTLE_ENDIAN))
                .containsExactly(
                        new Packet.Dns(1_000_000_007L, "a.lab", 28, -1), new Packet.Dns(1_000_000_007L, "a.lab", 1, 3));
    }

    @Test
    @DisplayName("an ICMP error is told with the connection that it is about")
    void icmp() throws IOException {
        add(IN, 2, ip4(1, TO_4, FROM_4, "0301" + "0000" + "00000000" + ip4(6, FROM_4, TO_4, tcp(40000, 7000, 2))));
        add(IN, 2, ip6(58, TO_6, FROM_6, "0103" + "0000" + "00000000" + ip6(6, FROM_6, TO_6, tcp(40001, 7000, 2))));
        add(IN, 2, ip6(58, TO_6, FROM_6, "8700" + "0000" + "00000000")); // a neighbour solicitation is none
        List<Packet> packets = read(ByteOrder.LITTLE_ENDIAN);
        assertThat(packets).hasSize(2);
        Packet.Icmp four = (Packet.Icmp) packets.get(0);
        assertThat(four.type()).isEqualTo(3);
        assertThat(four.code()).isEqualTo(1);
        assertThat(four.destination()).isEqualTo(new Packet.Endpoint(InetAddress.getByName("198.18.0.1"), 7000));
        assertThat(((Packet.Icmp) packets.get(1)).destination().address())
                .isEqualTo(InetAddress.getByName("2001:db8:1::1"));
    }

    @Test
    @DisplayName("a packet that is cut off is passed over")
    void passedOver() throws IOException {
        add(OUT, 2, ip4(6, FROM_4, TO_4, "9c40"));
        add(OUT, 2, ip4(6, FROM_4, TO_4, tcp(40000, 7000, 2)));
        assertThat(read(ByteOrder.LITTLE_ENDIAN)).hasSize(1);
    }

    @Test
    @DisplayName("a capture of another format is refused")
    void otherFormat() {
        assertThatIOException().isThrownBy(() -> new PacketReader(new ByteArrayInputStream(new byte[24])).readHeader());
        assertThatIOException().isThrownBy(() -> new PacketReader(new ByteArrayInputStream(new byte[3])).readHeader());
    }

    private List<Packet> read(ByteOrder order) throws IOException {
        int length = 24 + frames.stream().mapToInt(frame -> 16 + frame.length).sum();
        ByteBuffer capture = ByteBuffer.allocate(length).order(order);
        capture.putInt(0xa1b23c4d)
                .putInt(0x00040002)
                .putInt(0)
                .putInt(0)
                .putInt(300)
                .putInt(276);
        for (byte[] frame : frames) {
            capture.putInt(1)
                    .putInt(7)
                    .putInt(frame.length)
                    .putInt(frame.length)
                    .put(frame);
        }
        PacketReader reader = new PacketReader(new ByteArrayInputStream(capture.array()));
        reader.readHeader();
        List<Packet> packets = new ArrayList<>();
        for (Packet packet = reader.next(); packet != null; packet = reader.next()) {
            packets.add(packet);
        }
        return packets;
    }

    /** LINKTYPE_LINUX_SLL2: protocol, reserved, interface, hardware type, packet type, length of the address, address. */
    private void add(int type, int device, String packet) {
        String protocol = packet.startsWith("4") ? "0800" : "86dd";
        String header =
                protocol + "0000" + "%08x".formatted(device) + "0001" + "%02x".formatted(type) + "06" + "00".repeat(8);
        frames.add(HexFormat.of().parseHex(header + packet));
    }

    private static String ip4(int protocol, String from, String to, String payload) {
        return "4500" + "%04x".formatted(20 + payload.length() / 2) + "0000" + "0000" + "40"
                + "%02x".formatted(protocol) + "0000" + from + to + payload;
    }

    private static String ip6(int protocol, String from, String to, String payload) {
        return "60000000" + "%04x".formatted(payload.length() / 2) + "%02x".formatted(protocol) + "40" + from + to
                + payload;
    }

    private static String tcp(int from, int to, int flags) {
        return "%04x%04x".formatted(from, to) + "00000000" + "00000000" + "50" + "%02x".formatted(flags) + "ffff"
                + "0000" + "0000";
    }

    private static String udp(int from, int to, String data) {
        return "%04x%04x%04x".formatted(from, to, 8 + data.length() / 2) + "0000" + data;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
