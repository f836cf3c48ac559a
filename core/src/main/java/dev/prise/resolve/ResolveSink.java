package dev.prise.resolve;

import dev.prise.address.ErrorCode;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told the answers to a {@link ResolveQuery}. Thread-safe; never blocks, never throws. Calls after the end are ignored. */
public interface ResolveSink {
    /**
     * Addresses have come, and more may follow.
     *
     * @param addresses in the resolver's order
     * @param ttl how long they hold, null when the resolver does not know
     */
    void answer(List<InetAddress> addresses, @Nullable Duration ttl);

    /** Addresses have come and the lookup has ended with them; what most resolvers need. */
    default void lastAnswer(List<InetAddress> addresses, @Nullable Duration ttl) {
        answer(addresses, ttl);
        end();
    }

    /**
     * Addresses of an earlier answer no longer hold, as when a resolver goes on asking (RFC 8305 section 6). Those that have not been tried
     * will not be; a later answer may bring them again. A sink that does not override this ignores it.
     *
     * @param addresses as they were given
     */
    default void removed(List<InetAddress> addresses) {}

    /** The lookup has ended well. Without an answer before it: the name exists, but has no such address. */
    void end();

    /**
     * The lookup has ended with an error. Answers that came before stay valid.
     *
     * @param code what kind of error
     * @param message the resolver's words
     */
    void fail(ErrorCode code, String message);
}
