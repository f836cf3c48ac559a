package dev.prise.race;

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
}
