package dev.prise.address;

import org.jspecify.annotations.Nullable;

/**
 * What is found by {@link java.util.ServiceLoader} and may not be usable on the machine at hand. Implementations are thread-safe.
 */
public interface Provider {
    /** The name, as in traces and for {@code --resolver}: {@code getaddrinfo}, {@code dns} or {@code jdk}. */
    String name();

    /** Which is preferred: the highest of those that can be used. The Java library's has 0, the system's {@code getaddrinfo} 100. */
    int rank();

    /** Why this one cannot be used here, as a sentence without a full stop; null when it can. Does not block. */
    @Nullable
    String unavailableReason();
}
