package dev.prise.race;

import dev.prise.address.AddressInfo;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address with what destination address selection and the race must know of it.
 *
 * @param address the address that was found
 * @param source the address that this machine would connect from; null when it has no route or none is known
 * @param path what is remembered of it
 * @param via where to connect to in its place, that is, the IPv6 address that a NAT64 translates to it (RFC 6052); null to connect to it
 */
public record Candidate(
        AddressInfo address,
        @Nullable SourceAddress source,
        KnownPath path,
        @Nullable AddressInfo via) {

    /** An address of which nothing is remembered, and of whose source only the address is known. */
    public Candidate(AddressInfo address, @Nullable InetAddress source) {
        this(address, source == null ? null : SourceAddress.of(source), KnownPath.NONE, null);
    }

    /** The source's address, null when there is none. */
    public @Nullable InetAddress sourceAddress() {
        return source == null ? null : source.address();
    }

    /** Where to connect to. */
    public AddressInfo connectAddress() {
        return via == null ? address : via;
    }

    /** This candidate with another memory. */
    public Candidate withPath(KnownPath newPath) {
        return new Candidate(address, source, newPath, via);
    }
}
