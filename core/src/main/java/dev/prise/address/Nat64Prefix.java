package dev.prise.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The prefix by which a NAT64 gives IPv4 addresses a place in IPv6 (RFC 6052 section 2). Immutable.
 *
 * <p>The four bytes of the IPv4 address follow the prefix, leaving out bits 64 to 71, which are zero.
 */
public final class Nat64Prefix {
    /** The name whose IPv6 addresses tell the prefix (RFC 7050 section 3); it has the IPv4 addresses 192.0.0.170 and 192.0.0.171. */
    public static final String WELL_KNOWN_NAME = "ipv4only.arpa";

    /** The prefix that all networks may use, 64:ff9b::/96 (RFC 6052 section 2.1). */
    public static final Nat64Prefix WELL_KNOWN =
            new Nat64Prefix(new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 96);

    private static final List<Integer> LENGTHS = List.of(96, 64, 56, 48, 40, 32);
    private static final byte[] FIRST_KNOWN = {(byte) 192, 0, 0, (byte) 170};
    private static final byte[] SECOND_KNOWN = {(byte) 192, 0, 0, (byte) 171};

    /** Bits 64 to 71. */
    private static final int ZERO_BYTE = 8;

    /** RFC 8305 section 7.1: this network, loopback, link-local, and broadcast. */
    private static final List<Network4> NEVER =
            List.of(network(0, 8), network(127 << 24, 8), network((169 << 24) | (254 << 16), 16), network(-1, 32));

    /** RFC 6052 section 3.1: what is not global, that is, RFC 1918 and RFC 5735 section 3. */
    private static final List<Network4> NOT_GLOBAL = List.of(
            network(10 << 24, 8),
            network((172 << 24) | (16 << 16), 12),
            network(192 << 24, 24),
            network((192 << 24) | (2 << 8), 24),
            network((192 << 24) | (88 << 16) | (99 << 8), 24),
            network((192 << 24) | (168 << 16), 16),
            network((198 << 24) | (18 << 16), 15),
            network((198 << 24) | (51 << 16) | (100 << 8), 24),
            network((203 << 24) | (113 << 8), 24),
            network(224 << 24, 4),
            network(240 << 24, 4));

    private final byte[] bytes;
    private final int length;

    private record Network4(int address, int length) {
        boolean contains(int other) {
            return (address ^ other) >>> (32 - length) == 0;
        }
    }

    private static Network4 network(int address, int length) {
        return new Network4(address, length);
    }

    private Nat64Prefix(byte[] address, int length) {
        this.bytes = Arrays.copyOf(Arrays.copyOf(address, length / 8), 16);
        this.length = length;
    }

    /**
     * A prefix.
     *
     * @param address an address in it; what follows the prefix is passed over
     * @param length 32, 40, 48, 56, 64 or 96
     * @throws IllegalArgumentException for another length, and for one of 96 in which bits 64 to 71 are not zero
     */
    public static Nat64Prefix of(Inet6Address address, int length) {
        byte[] bytes = address.getAddress();
        if (!LENGTHS.contains(length) || (length > 8 * ZERO_BYTE && bytes[ZERO_BYTE] != 0)) {
            throw new IllegalArgumentException("not a prefix of a NAT64: " + address.getHostAddress() + "/" + length);
        }
        return new Nat64Prefix(bytes, length);
    }

    /**
     * The prefixes that the IPv6 addresses of {@link #WELL_KNOWN_NAME} tell (RFC 7050 section 3), in their order, none twice. Where one of
     * the two known IPv4 addresses could be in several places, the place counts in which another address has the other one.
     *
     * @param answers IPv4 addresses are passed over
     * @return empty when there is none
     */
    public static List<Nat64Prefix> ofAnswers(List<InetAddress> answers) {
        List<Nat64Prefix> prefixes = new ArrayList<>();
        for (InetAddress answer : answers) {
            if (!(answer instanceof Inet6Address)) {
                continue;
            }
            List<Nat64Prefix> possible = possible(answer.getAddress());
            if (possible.size() > 1) {
                possible.removeIf(prefix -> !prefix.isConfirmed(answer, answers));
            }
            for (Nat64Prefix prefix : possible) {
                if (!prefixes.contains(prefix)) {
                    prefixes.add(prefix);
                }
            }
        }
        return List.copyOf(prefixes);
    }

    private static List<Nat64Prefix> possible(byte[] answer) {
        List<Nat64Prefix> possible = new ArrayList<>(1);
        for (int length : LENGTHS) {
            byte[] four = embedded(answer, length);
            if (answer[ZERO_BYTE] == 0 && (Arrays.equals(four, FIRST_KNOWN) || Arrays.equals(four, SECOND_KNOWN))) {
                possible.add(new Nat64Prefix(answer, length));
            }
        }
        return possible;
    }

    private boolean isConfirmed(InetAddress answer, List<InetAddress> answers) {
        byte[] other = Arrays.equals(embedded(answer.getAddress(), length), FIRST_KNOWN) ? SECOND_KNOWN : FIRST_KNOWN;
        for (InetAddress each : answers) {
            if (each instanceof Inet6Address
                    && contains(each)
                    && Arrays.equals(embedded(each.getAddress(), length), other)) {
                return true;
            }
        }
        return false;
    }

    /** The length in bits: 32, 40, 48, 56, 64 or 96. */
    public int length() {
        return length;
    }

    /** Whether an address is one that this NAT64 translates; false for IPv4. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        return other.length == 16 && other[ZERO_BYTE] == 0 && Arrays.equals(other, 0, length / 8, bytes, 0, length / 8);
    }

    /**
     * The IPv6 address by which an IPv4 host is reached (RFC 6052 section 2.2).
     *
     * @return null where there must be none: for this network, loopback, link-local and broadcast addresses (RFC 8305 section 7.1), and, with
     *     the well-known prefix, for what is not global (RFC 6052 section 3.1)
     */
    public @Nullable Inet6Address synthesise(Inet4Address address) {
        byte[] four = address.getAddress();
        if (!isTranslatable(number(four))) {
            return null;
        }
        byte[] six = bytes.clone();
        int at = length / 8;
        for (byte each : four) {
            at += at == ZERO_BYTE ? 1 : 0;
            six[at++] = each;
        }
        try {
            return Inet6Address.getByAddress(null, six, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }

    /**
     * The IPv4 address of the host behind an IPv6 address (RFC 6052 section 2.3).
     *
     * @return null when the address is not one of this prefix, or stands for an IPv4 address that no NAT64 reaches (RFC 8305 section 7.1)
     */
    public @Nullable Inet4Address extract(InetAddress address) {
        if (!contains(address)) {
            return null;
        }
        byte[] four = embedded(address.getAddress(), length);
        if (isIn(NEVER, number(four))) {
            return null;
        }
        try {
            return (Inet4Address) InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 bytes are an address", e);
        }
    }

    private boolean isTranslatable(int address) {
        return !isIn(NEVER, address) && !(equals(WELL_KNOWN) && isIn(NOT_GLOBAL, address));
    }

    private static boolean isIn(List<Network4> networks, int address) {
        for (Network4 network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static int number(byte[] four) {
        return ((four[0] & 0xff) << 24) | ((four[1] & 0xff) << 16) | ((four[2] & 0xff) << 8) | (four[3] & 0xff);
    }

    /** The four bytes after the prefix. */
    private static byte[] embedded(byte[] six, int length) {
        byte[] four = new byte[4];
        int at = length / 8;
        for (int i = 0; i < four.length; i++) {
            at += at == ZERO_BYTE ? 1 : 0;
            four[i] = six[at++];
        }
        return four;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Nat64Prefix prefix && length == prefix.length && Arrays.equals(bytes, prefix.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(length, Arrays.hashCode(bytes));
    }

    /** The prefix as RFC 4291 section 2.3 writes it. */
    @Override
    public String toString() {
        try {
            return String.format(
                    Locale.ROOT, "%s/%d", AddressText.of(Inet6Address.getByAddress(null, bytes, -1)), length);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }
}
