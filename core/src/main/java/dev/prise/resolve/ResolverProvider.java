package dev.prise.resolve;

import org.jspecify.annotations.Nullable;

/**
 * Brings a {@link Resolver} that {@link Resolvers} may choose by itself: found by {@link java.util.ServiceLoader}. Implementations are
 * thread-safe.
 */
public interface ResolverProvider {
    /** The name of the resolver, as in traces and for {@code --resolver}: {@code getaddrinfo} or {@code dns}. */
    String name();

    /** Which is preferred: the highest of those that are available. The system's {@code getaddrinfo} has 100. */
    int rank();

    /** Why the resolver cannot be used here, as a sentence without a full stop; null when it can. Does not block. */
    @Nullable
    String unavailableReason();

    /** The one resolver of the process; only asked for when it is available. Does not block. */
    Resolver resolver();
}
