package dev.prise.examples;

import dev.prise.resolve.Resolver;
import dev.prise.resolve.ResolverProvider;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resolver that every dialer of a program takes by itself, when a file of services names this class. */
public final class RegistryResolverProvider implements ResolverProvider {
    private static final Resolver RESOLVER =
            Cookbook.registry(Map.of("database.example", List.of(InetAddress.getLoopbackAddress())));

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public int rank() {
        return 200; // the system's getaddrinfo has 100, the Java library 0
    }

    @Override
    public @Nullable String unavailableReason() {
        return null; // or why it cannot be used here, and the next one is taken
    }

    @Override
    public Resolver resolver() {
        return RESOLVER;
    }
}
