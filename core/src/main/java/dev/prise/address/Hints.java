package dev.prise.address;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What kind of addresses is asked for: the hints of {@code getaddrinfo} (RFC 3493 section 6.1, getaddrinfo(3)). Its other fields must
 * be zero by the standard, and always are.
 *
 * @param family the address family, {@link AddressFamily#UNSPEC} for IPv6 and IPv4
 * @param type the socket type
 * @param protocol the protocol
 * @param flags the {@code AI_*} flags
 */
public record Hints(AddressFamily family, SocketType type, Protocol protocol, Set<Flag> flags) {
    /** Unspecified family, stream, TCP, no flags. */
    public static final Hints DEFAULT = new Hints(AddressFamily.UNSPEC, SocketType.STREAM, Protocol.TCP, Set.of());

    /** All zero: any family, any type, any protocol, no flags. */
    public static final Hints ANY = new Hints(AddressFamily.UNSPEC, SocketType.ANY, Protocol.ANY, Set.of());

    /** Copies the flags. */
    public Hints {
        flags = flags.isEmpty() ? Set.of() : Set.copyOf(flags);
    }

    /**
     * An {@code AI_*} flag. Which ones a system has, and their numbers, differ; the same number may mean another flag elsewhere. A flag
     * that the system does not have is refused as a bad one is, {@link ErrorCode#BAD_FLAGS}.
     */
    public enum Flag {
        /** {@code AI_PASSIVE}: for {@code bind}; without a node the wildcard address and not loopback. Every system. */
        PASSIVE,
        /** {@code AI_CANONNAME}: the canonical name with the first result. Every system. */
        CANONNAME,
        /** {@code AI_NUMERICHOST}: the node is an address, or unknown; no lookup. Every system. */
        NUMERICHOST,
        /** {@code AI_NUMERICSERV}: the service is a number, or unknown. Every system; Windows by its own documentation ignores it. */
        NUMERICSERV,
        /** {@code AI_V4MAPPED}: for the family IPv6, when there is none, IPv4 addresses as {@code ::ffff:a.b.c.d}. Every system. */
        V4MAPPED,
        /** {@code AI_ALL}: with V4MAPPED, IPv6 and mapped IPv4 addresses. Every system. */
        ALL,
        /** {@code AI_ADDRCONFIG}: only families of which this machine has an address other than loopback. Every system. */
        ADDRCONFIG,
        /** {@code AI_IDN}: turns the node from the locale's characters into its ASCII form. glibc. */
        IDN,
        /** {@code AI_CANONIDN}: turns the canonical name back. glibc. */
        CANONIDN,
        /** {@code AI_V4MAPPED_CFG}: V4MAPPED where the kernel allows mapped addresses. macOS and FreeBSD. */
        V4MAPPED_CFG,
        /** {@code AI_DNS_ONLY}: unicast DNS alone. Windows. */
        DNS_ONLY,
        /** {@code AI_FQDN}: the full name of a name of one label as canonical name. Windows. */
        FQDN,
        /** {@code AI_DISABLE_IDN_ENCODING}: leaves the node in its own characters. Windows. */
        DISABLE_IDN_ENCODING;

        /** The name used in JSON and on the command line, for example {@code canonname}. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** These hints with another family. */
    public Hints withFamily(AddressFamily newFamily) {
        return new Hints(newFamily, type, protocol, flags);
    }

    /** These hints with another socket type. */
    public Hints withType(SocketType newType) {
        return new Hints(family, newType, protocol, flags);
    }

    /** These hints with another protocol. */
    public Hints withProtocol(Protocol newProtocol) {
        return new Hints(family, type, newProtocol, flags);
    }

    /** These hints with these flags and no others. */
    public Hints withFlags(Flag... newFlags) {
        Set<Flag> set = EnumSet.noneOf(Flag.class);
        set.addAll(Arrays.asList(newFlags));
        return new Hints(family, type, protocol, set);
    }

    /** Whether a flag is set. */
    public boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
