package dev.prise.address;

import java.net.Inet6Address;

/**
 * The canonical text of an IPv6 address (RFC 5952), with the zone as a number (RFC 4007 section 11). The end of an IPv4-mapped address is
 * dotted (RFC 5952 section 5).
 */
final class AddressText {
    private AddressText() {}

    static String of(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        // RFC 5952 section 4.2.3: the longest run of two or more zero groups, the first of equal ones, becomes "::"
        int from = -1;
        int length = 1;
        for (int i = 0; i < 8; ) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
            i = Math.max(end, i + 1);
        }
        StringBuilder text = new StringBuilder(46);
        boolean mapped = from == 0 && length == 5 && groups[5] == 0xffff;
        for (int i = 0; i < (mapped ? 6 : 8); i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && i != from + length) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        if (mapped) {
            for (int i = 12; i < 16; i++) {
                text.append(i == 12 ? ':' : '.').append(bytes[i] & 0xff);
            }
        }
        if (address.getScopeId() != 0) {
            text.append('%').append(address.getScopeId());
        }
        return text.toString();
    }
}
