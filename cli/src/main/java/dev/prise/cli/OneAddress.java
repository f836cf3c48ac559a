package dev.prise.cli;

import dev.prise.address.AddressInfo;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows one address of a host, so that a dial to the host, with its name in TLS and in the trace, tries that one by itself. Other names
 * are asked of the resolver that has found it.
 *
 * @param host in ASCII form
 */
record OneAddress(String host, AddressInfo found, Resolver resolver) implements Resolver {
    @Override
    public String name() {
        return resolver.name();
    }

    @Override
    public @Nullable String fallbackReason() {
        return resolver.fallbackReason();
    }

    @Override
    public Lookup resolve(ResolveQuery query, ResolveSink sink) {
        if (!query.host().equals(host)) {
            return resolver.resolve(query, sink);
        }
        InetAddress address = Objects.requireNonNull(found.inetAddress(), "an address of a host");
        sink.lastAnswer(List.of(address), null);
        return Lookup.ENDED;
    }
}
