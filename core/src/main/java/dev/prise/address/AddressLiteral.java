package dev.prise.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address written out in a host's place, by the rules of {@code getaddrinfo}: IPv4 in the forms of {@code inet_aton} (one to four
 * parts, decimal, octal with {@code 0}, hexadecimal with {@code 0x}), IPv6 as RFC 4291 section 2.2 with an optional zone after
 * {@code %} (RFC 4007 section 11).
 */
public final class AddressLiteral {
    private final byte[] bytes;
    private final @Nullable String zone;

    private AddressLiteral(byte[] bytes, @Nullable String zone) {
        this.bytes = bytes;
        this.zone = zone;
    }

    /** The address in network byte order: 4 bytes for IPv4, 16 for IPv6; a fresh copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The zone without {@code %}, a number or an interface name; null when there is none. */
    public @Nullable String zone() {
        return zone;
    }

    /** The family of the literal. */
    public AddressFamily family() {
        return bytes.length == 4 ? AddressFamily.INET : AddressFamily.INET6;
    }

    /**
     * The address itself; null when its zone is neither the name of a network interface of this machine nor a number (RFC 4007
     * section 11.2). An IPv4-mapped address becomes an IPv4 one, as everywhere in the Java library.
     */
    public @Nullable InetAddress address() {
        try {
            if (zone == null) {
                return InetAddress.getByAddress(bytes);
            }
            int scope = scope(zone);
            return scope < 0 ? null : Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException e) {
            throw new AssertionError("a literal has 4 or 16 bytes", e);
        }
    }

    private static int scope(String zone) {
        try {
            NetworkInterface named = NetworkInterface.getByName(zone);
            if (named != null) {
                return named.getIndex();
            }
            return zone.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(zone) : -1;
        } catch (SocketException | NumberFormatException e) {
            return -1;
        }
    }

    /** Reads a literal without brackets; null when the text is none. Never fails. */
    public static @Nullable AddressLiteral parse(String text) {
        if (text.indexOf(':') < 0) {
            byte[] four = parseInet(text);
            return four == null ? null : new AddressLiteral(four, null);
        }
        int percent = text.indexOf('%');
        byte[] six = parseInet6(percent < 0 ? text : text.substring(0, percent));
        if (six == null || percent == text.length() - 1) {
            return null;
        }
        return new AddressLiteral(six, percent < 0 ? null : text.substring(percent + 1));
    }

    /** inet_aton(3): the last part fills the bytes that are left. */
    private static byte @Nullable [] parseInet(String text) {
        if (text.isEmpty() || text.length() > 64 || !isAsciiDigit(text.charAt(0))) {
            return null;
        }
        long address = 0;
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', from);
            boolean last = dot < 0;
            long part = parsePart(text, from, last ? text.length() : dot);
            long limit = last ? 1L << (8 * (4 - i)) : 256;
            if (part < 0 || part >= limit) {
                return null;
            }
            if (last) {
                return fourBytes(address + part);
            }
            address += part << (8 * (3 - i));
            from = dot + 1;
        }
        // a fourth part with a dot after it
        return null;
    }

    private static byte[] fourBytes(long address) {
        return new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
    }

    /** A number as in C, decimal, octal or hexadecimal, between two indices; -1 when it is none or has more than 32 bits. */
    private static long parsePart(String text, int from, int to) {
        int radix = 10;
        int begin = from;
        if (to - from > 1 && text.charAt(from) == '0') {
            boolean hexadecimal = (text.charAt(from + 1) | 0x20) == 'x';
            radix = hexadecimal ? 16 : 8;
            begin = from + (hexadecimal ? 2 : 1);
        }
        if (begin == to || to - begin > 20) {
            return -1;
        }
        long value = 0;
        for (int i = begin; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
            if (value > 0xffff_ffffL) {
                return -1;
            }
        }
        return value;
    }

    private static byte @Nullable [] parseInet6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        String head = gap < 0 ? text : text.substring(0, gap);
        String tail = gap < 0 ? "" : text.substring(gap + 2);
        byte[] bytes = new byte[16];
        int headLength = parseGroups(head, bytes, gap < 0 || tail.isEmpty());
        if (headLength < 0) {
            return null;
        }
        if (gap < 0) {
            return headLength == 16 ? bytes : null;
        }
        byte[] end = new byte[16];
        int tailLength = parseGroups(tail, end, true);
        // "::" stands for at least one group of zeros
        if (tailLength < 0 || headLength + tailLength > 14) {
            return null;
        }
        if (tail.isEmpty() && head.indexOf('.') >= 0) {
            return null;
        }
        System.arraycopy(end, 0, bytes, 16 - tailLength, tailLength);
        return bytes;
    }

    /** Reads groups of four hexadecimal digits, and a dotted IPv4 address as the last one; the count of bytes, or -1. */
    private static int parseGroups(String text, byte[] into, boolean dottedAllowed) {
        if (text.isEmpty()) {
            return 0;
        }
        int length = 0;
        String[] groups = text.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            String group = groups[i];
            if (group.indexOf('.') >= 0) {
                byte[] four = i == groups.length - 1 && dottedAllowed && length <= 12 ? parseDotted(group) : null;
                if (four == null) {
                    return -1;
                }
                System.arraycopy(four, 0, into, length, 4);
                return length + 4;
            }
            if (group.isEmpty() || group.length() > 4 || length > 14) {
                return -1;
            }
            int value = 0;
            for (int j = 0; j < group.length(); j++) {
                int digit = group.charAt(j) < 128 ? Character.digit(group.charAt(j), 16) : -1;
                if (digit < 0) {
                    return -1;
                }
                value = value << 4 | digit;
            }
            into[length++] = (byte) (value >> 8);
            into[length++] = (byte) value;
        }
        return length;
    }

    /** The dotted form inside IPv6 is strict: four decimal parts without leading zeros, as inet_pton(3) has it. */
    private static byte @Nullable [] parseDotted(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] four = new byte[4];
        if (parts.length != 4) {
            return null;
        }
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
                return null;
            }
            long value = parsePart(part, 0, part.length());
            if (value < 0 || value > 255) {
                return null;
            }
            four[i] = (byte) value;
        }
        return four;
    }

    private static boolean isAsciiDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressLiteral that
                && Arrays.equals(bytes, that.bytes)
                && Objects.equals(zone, that.zone);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Arrays.toString(bytes) + (zone == null ? "" : "%" + zone);
    }
}
