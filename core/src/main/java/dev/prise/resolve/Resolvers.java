package dev.prise.resolve;

import dev.prise.address.AddressFamily;
import dev.prise.address.Providers;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Picks the resolver that is there and allowed: the system's {@code getaddrinfo} where the artifact {@code prise-getaddrinfo} is there
 * and may be used, otherwise the Java library's. Thread-safe; nothing here looks anything up.
 */
public final class Resolvers {
    private static final String HOSTS_FILE = "jdk.net.hosts.file";

    private Resolvers() {}

    /**
     * The resolver that is used where none is chosen. Its {@link Resolver#fallbackReason} tells why it is not the system's.
     *
     * <p>Decided on first use. Where the Java library has been told to read a hosts file of its own ({@code -Djdk.net.hosts.file}), it is
     * the Java library's: whoever says so wants names from there.
     */
    public static Resolver preferred() {
        return Chosen.PREFERRED;
    }

    /**
     * The resolver of a name; null when there is none or it cannot be used here, which {@link #unavailableReason} explains.
     *
     * @param name {@code getaddrinfo}, {@code jdk} or that of another {@link ResolverProvider}
     */
    public static @Nullable Resolver named(String name) {
        if (name.equals(JdkResolver.NAME)) {
            return JdkResolver.shared();
        }
        ResolverProvider provider = Chosen.PROVIDERS.named(name);
        return provider == null ? null : provider.resolver();
    }

    /** Why there is no resolver of this name, as a sentence without a full stop; null when there is one. */
    public static @Nullable String unavailableReason(String name) {
        return name.equals(JdkResolver.NAME) ? null : Chosen.PROVIDERS.unavailableReason(name);
    }

    /** Decided once, on first use. */
    private static final class Chosen {
        static final Providers<ResolverProvider> PROVIDERS =
                Providers.of(ServiceLoader.load(ResolverProvider.class, Resolvers.class.getClassLoader()));
        static final Resolver PREFERRED = choose();

        private static Resolver choose() {
            if (System.getProperty(HOSTS_FILE) != null) {
                return new StandIn(JdkResolver.shared(), "getaddrinfo: the property " + HOSTS_FILE + " is set");
            }
            ResolverProvider provider = PROVIDERS.preferred();
            return provider != null ? provider.resolver() : new StandIn(JdkResolver.shared(), PROVIDERS.obstacles());
        }
    }

    /** A resolver in place of another one. */
    private record StandIn(Resolver resolver, String fallbackReason) implements Resolver {
        @Override
        public String name() {
            return resolver.name();
        }

        @Override
        public List<AddressFamily> lookups(AddressFamily family) {
            return resolver.lookups(family);
        }

        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            return resolver.resolve(query, sink);
        }
    }
}
