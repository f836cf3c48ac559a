package dev.prise.resolve;

import dev.prise.address.AddressFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns host names into addresses.
 *
 * <p>One dial asks one or more lookups, one per element of {@link #lookups}. Each lookup may be answered several times and always
 * ends. Implementations must be thread-safe and must not block the caller of {@link #resolve}.
 */
public interface Resolver {
    /** The name noted in traces, for example {@code jdk}. */
    String name();

    /**
     * Why this resolver stands in for the one that would have been preferred, as a sentence without a full stop; noted in traces. Null,
     * the default, when it stands in for none.
     */
    default @Nullable String fallbackReason() {
        return null;
    }

    /**
     * Into which lookups a question is split, in the order in which they are to be sent (RFC 8305 section 3: AAAA, then A).
     *
     * <p>The default asks once for whatever family is wanted, which is right for a resolver that cannot ask for one family alone.
     *
     * @param family the family that is wanted: UNSPEC, INET6 or INET
     * @return at least one family, none twice
     */
    default List<AddressFamily> lookups(AddressFamily family) {
        return List.of(family);
    }

    /**
     * Whether a lookup of this host may cost a question to a name server. A family that this machine cannot reach others with is then asked
     * for only when the other one has nothing (draft-ietf-happy-happyeyeballs-v3 section 4.1). False, the default, has both asked for.
     *
     * @param host the name as in a query
     */
    default boolean asksNameServers(String host) {
        return false;
    }

    /**
     * Begins a lookup and returns at once.
     *
     * <p>The sink is told zero or more answers and then exactly one end, on any thread, also on the caller's own before this method
     * returns. After {@link Lookup#cancel} the end may be left out.
     *
     * @param query what is asked
     * @param sink who is told
     * @return a handle to give the lookup up
     */
    Lookup resolve(ResolveQuery query, ResolveSink sink);

    /** A lookup under way. */
    @FunctionalInterface
    interface Lookup {
        /** A lookup that has ended already; cancelling it does nothing. */
        Lookup ENDED = () -> {};

        /** Gives the lookup up. Does not block, may be called from any thread and more than once. */
        void cancel();
    }
}
