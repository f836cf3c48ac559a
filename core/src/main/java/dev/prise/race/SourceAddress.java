package dev.prise.race;

import java.net.InetAddress;

/**
 * The address that this machine would connect from, with what destination address selection asks of it (RFC 6724 section 6).
 *
 * @param address the address
 * @param prefixLength the length in bits of its network's prefix (rule 9), {@link #UNKNOWN_PREFIX} when it is not known
 * @param deprecated whether it is deprecated (rule 3, RFC 4862 section 5.5.4); false also when the system does not say
 * @param home whether it is a home address and not a care-of address (rule 4, RFC 6275); false also when the system does not say
 * @param encapsulated whether its interface is a tunnel (rule 7); false also when the system does not say
 */
public record SourceAddress(
        InetAddress address, int prefixLength, boolean deprecated, boolean home, boolean encapsulated) {

    /** The prefix length of a source of which only the address is known. */
    public static final int UNKNOWN_PREFIX = -1;

    /**
     * Checks the prefix length.
     *
     * @throws IllegalArgumentException when it is neither unknown nor one of the address's family
     */
    public SourceAddress {
        if (prefixLength < UNKNOWN_PREFIX || prefixLength > 8 * address.getAddress().length) {
            throw new IllegalArgumentException("not a prefix length of " + address + ": " + prefixLength);
        }
    }

    /** A source of which only the address is known. */
    public static SourceAddress of(InetAddress address) {
        return new SourceAddress(address, UNKNOWN_PREFIX, false, false, false);
    }
}
