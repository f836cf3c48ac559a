package dev.prise.address;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answers {@link AddressInfos#lookup}: found by {@link java.util.ServiceLoader}. There are two, the operating system's
 * {@code getaddrinfo} in the artifact {@code prise-getaddrinfo}, and the Java library's lookups, which are always there.
 *
 * <p>Implementations are thread-safe.
 */
public interface AddressInfoProvider {
    /** The name, as in traces: {@code getaddrinfo} or {@code jdk}. */
    String name();

    /** Which is asked first: the highest of those that are available. The Java library's has 0, the system's 100. */
    int rank();

    /** Why this one cannot be used here, as a sentence without a full stop; null when it can. Does not block. */
    @Nullable
    String unavailableReason();

    /**
     * The plain lookup; blocks. Arguments and results are those of {@link AddressInfos#lookup}.
     *
     * @throws AddressInfoException when there is no result
     */
    List<AddressInfo> lookup(@Nullable String node, @Nullable String service, @Nullable Hints hints)
            throws AddressInfoException;
}
