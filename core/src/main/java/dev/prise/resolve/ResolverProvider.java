package dev.prise.resolve;

import dev.prise.address.Provider;

/**
 * Brings a {@link Resolver} that {@link Resolvers} may choose by itself: found by {@link java.util.ServiceLoader}. Implementations are
 * thread-safe.
 */
public interface ResolverProvider extends Provider {
    /** The one resolver of the process; only asked for when it is available. Does not block. */
    Resolver resolver();
}
