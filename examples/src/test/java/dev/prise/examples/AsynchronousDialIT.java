package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressFamily;
import dev.prise.contract.ContractWorld;
import dev.prise.contract.LoopbackWorld;
import dev.prise.contract.RaceDriverContract;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract of drivers, for the example. */
class AsynchronousDialIT extends RaceDriverContract {
    private record Handed(AsynchronousSocketChannel channel) implements Connected {
        @Override
        public InetAddress address() {
            try {
                return ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Override
    protected ContractWorld world(ContractWorld.Kind... kinds) throws IOException {
        return LoopbackWorld.of(kinds);
    }

    @Override
    protected @Nullable Connected dial(ContractWorld world, Order order) {
        AsynchronousDial dial = new AsynchronousDial(
                "contract.test",
                order.port(),
                order.resolver(),
                RaceSettings.DEFAULT.withDeadlineNanos(order.deadline().toNanos()),
                order.listener());
        order.begun().accept(dial::cancel);
        try {
            return new Handed(dial.dial());
        } catch (IOException e) {
            return null;
        }
    }

    /** Completions come one by one, from threads that are not held up with the driver. */
    @Override
    protected boolean batchesAreCertain() {
        return false;
    }

    @Test
    @DisplayName("an address needs no resolver, and a failure's message names it")
    void literal() throws IOException {
        try (LoopbackWorld world = LoopbackWorld.of(ContractWorld.Kind.REFUSES, ContractWorld.Kind.ACCEPTS)) {
            try (AsynchronousSocketChannel channel =
                    dial("127.0.0.2", world.port()).dial()) {
                assertThat(channel.isOpen()).isTrue();
            }
            assertThatThrownBy(() -> dial("127.0.0.1", world.port()).dial())
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("127.0.0.1", "ECONNREFUSED");
        }
    }

    @Test
    @DisplayName("an interruption ends it, and stays set")
    void interruption() throws IOException {
        try (LoopbackWorld world = LoopbackWorld.of(ContractWorld.Kind.HOLE)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> dial("127.0.0.1", world.port()).dial()).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static AsynchronousDial dial(String host, int port) {
        Resolver none = new Resolver() {
            @Override
            public String name() {
                return "none";
            }

            @Override
            public List<AddressFamily> lookups(AddressFamily family) {
                throw new AssertionError("asked for an address");
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                throw new AssertionError("asked for an address");
            }
        };
        return new AsynchronousDial(host, port, none, RaceSettings.DEFAULT, event -> {});
    }
}
