package dev.prise.address;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answers {@link AddressInfos#lookup}: found by {@link java.util.ServiceLoader}. There are two, the operating system's
 * {@code getaddrinfo} in the artifact {@code prise-getaddrinfo}, and the Java library's lookups, which are always there.
 *
 * <p>Implementations are thread-safe.
 */
public interface AddressInfoProvider extends Provider {
    /**
     * The plain lookup; blocks. Arguments and results are those of {@link AddressInfos#lookup}.
     *
     * @throws AddressInfoException when there is no result
     */
    List<AddressInfo> lookup(@Nullable String node, @Nullable String service, @Nullable Hints hints)
            throws AddressInfoException;
}
