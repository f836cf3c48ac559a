package dev.prise.resolve;

import dev.prise.address.AddressFamily;
import dev.prise.address.Providers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        ResolverProvider provider = Chosen.PROVIDERS.get(name);
        return provider == null || provider.unavailableReason() != null ? null : provider.resolver();
    }

    /** Why there is no resolver of this name, as a sentence without a full stop; null when there is one. */
    public static @Nullable String unavailableReason(String name) {
        if (name.equals(JdkResolver.NAME)) {
            return null;
        }
        ResolverProvider provider = Chosen.PROVIDERS.get(name);
        if (provider != null) {
            return provider.unavailableReason();
        }
        String reasons = String.join("; ", Chosen.REASONS);
        return reasons.isEmpty() ? "prise-" + name + " is not on the class path or module path" : reasons;
    }

    /** Decided once, on first use. */
    private static final class Chosen {
        static final List<String> REASONS = new ArrayList<>();
        static final Map<String, ResolverProvider> PROVIDERS = new LinkedHashMap<>();
        static final Resolver PREFERRED;

        static {
            List<ResolverProvider> all = Providers.load(
                    ServiceLoader.load(ResolverProvider.class, Resolvers.class.getClassLoader()), REASONS);
            all.sort(Comparator.comparingInt(ResolverProvider::rank).reversed());
            for (ResolverProvider provider : all) {
                PROVIDERS.putIfAbsent(provider.name(), provider);
            }
            PREFERRED = choose();
        }

        private static Resolver choose() {
            if (System.getProperty(HOSTS_FILE) != null) {
                return new StandIn(JdkResolver.shared(), "getaddrinfo: the property " + HOSTS_FILE + " is set");
            }
            List<String> reasons = new ArrayList<>(REASONS);
            for (ResolverProvider provider : PROVIDERS.values()) {
                String reason = provider.unavailableReason();
                if (reason == null) {
                    return provider.resolver();
                }
                reasons.add(provider.name() + ": " + reason);
            }
            String reason = reasons.isEmpty() ? Providers.NO_SYSTEM_PROVIDER : String.join("; ", reasons);
            return new StandIn(JdkResolver.shared(), reason);
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
