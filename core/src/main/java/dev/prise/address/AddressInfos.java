package dev.prise.address;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * {@code getaddrinfo}: from a node and a service to the addresses that a socket can be opened for (RFC 3493 section 6.1,
 * getaddrinfo(3)).
 *
 * <p>Answered by the operating system's own function where the artifact {@code prise-getaddrinfo} is there and may be used, otherwise
 * from the Java library's lookups; {@link #provider()} tells by which, {@link #fallbackReason()} why not by the system's.
 *
 * {@snippet :
 * Hints hints = Hints.DEFAULT.withFlags(Hints.Flag.CANONNAME);
 * for (AddressInfo info : AddressInfos.lookup("localhost", "27015", hints)) {
 *     System.out.println(info);
 * }
 * }
 */
public final class AddressInfos {
    private AddressInfos() {}

    /**
     * Looks a node and a service up. Blocks as long as the system takes, which may be many seconds, and does not react to interruption;
     * {@code Dialer} looks up without blocking. Thread-safe.
     *
     * @param node a host name or an address; null for this machine: loopback, or with {@link Hints.Flag#PASSIVE} the wildcard address
     * @param service a port number or the name of a service; null for port 0
     * @param hints what is wanted; null for what the system does without hints, on glibc any family, type and protocol with the flags
     *     V4MAPPED and ADDRCONFIG
     * @return at least one result, in the system's order; immutable. Results of families other than IPv4 and IPv6 are left out. An IPv6
     *     zone is kept as far as {@link java.net.Inet6Address} has room for it, that is up to 2147483647
     * @throws AddressInfoException with the system's code when there is no result
     */
    public static List<AddressInfo> lookup(@Nullable String node, @Nullable String service, @Nullable Hints hints)
            throws AddressInfoException {
        return Chosen.PROVIDER.lookup(node, service, hints);
    }

    /** The name of who answers: {@code getaddrinfo} or {@code jdk}. */
    public static String provider() {
        return Chosen.PROVIDER.name();
    }

    /** Why the Java library answers and not the system's {@code getaddrinfo}; null when the system's does. */
    public static @Nullable String fallbackReason() {
        return Chosen.REASON;
    }

    /** Decided once, on first use: the first that is available. */
    private static final class Chosen {
        static final AddressInfoProvider PROVIDER;
        static final @Nullable String REASON;

        static {
            Providers<AddressInfoProvider> providers =
                    Providers.of(ServiceLoader.load(AddressInfoProvider.class, AddressInfos.class.getClassLoader()));
            AddressInfoProvider chosen = providers.preferred();
            if (chosen == null) {
                throw new ServiceConfigurationError("not even the Java library's lookups are found");
            }
            PROVIDER = chosen;
            REASON = chosen.rank() > 0 ? null : providers.obstacles();
        }
    }
}
