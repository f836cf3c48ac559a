package dev.prise.race;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Arithmetic on addresses as bit strings. */
final class Bits {
    private Bits() {}

    /** How many leading bits of two addresses of the same length are equal. */
    static int commonPrefixLength(byte[] a, byte[] b) {
        for (int i = 0; i < a.length; i++) {
            int difference = (a[i] ^ b[i]) & 0xff;
            if (difference != 0) {
                return 8 * i + Integer.numberOfLeadingZeros(difference) - 24;
            }
        }
        return 8 * a.length;
    }

    /** An IPv4 address in its IPv4-mapped form (RFC 4291 section 2.5.5.2), an IPv6 address as it is. */
    static byte[] mapped(byte[] bytes) {
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    /** The address with all bits after the first so many, a multiple of eight, being zero. */
    static InetAddress network(byte[] bytes, int length) {
        byte[] network = bytes.clone();
        Arrays.fill(network, length / 8, network.length, (byte) 0);
        return address(network);
    }

    /** The address of these 4 or 16 bytes. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }
}
