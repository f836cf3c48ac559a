package dev.prise;

import dev.prise.contract.ContractWorld;
import dev.prise.contract.LoopbackWorld;
import dev.prise.contract.RaceDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract of drivers, for our own ones. */
class DialerContractIT {
    private static Dialer dialer(RaceDriverContract.Order order) {
        return Dialer.builder()
                .resolver(order.resolver())
                .deadline(order.deadline())
                .listener(order.listener()::accept)
                .build();
    }

    private record Handed(DialResult result) implements RaceDriverContract.Connected {
        @Override
        public InetAddress address() {
            return Objects.requireNonNull(result.address().inetAddress());
        }

        @Override
        public void close() throws IOException {
            result.close();
        }
    }

    @Nested
    @DisplayName("in the caller's thread, and then on the loop; cancelled by an interruption")
    class Blocking extends RaceDriverContract {
        @Override
        protected ContractWorld world(ContractWorld.Kind... kinds) throws IOException {
            return LoopbackWorld.of(kinds);
        }

        @Override
        protected @Nullable Connected dial(ContractWorld world, Order order) {
            order.begun().accept(Thread.currentThread()::interrupt);
            try {
                return new Handed(dialer(order).dial("contract.test", order.port()));
            } catch (IOException e) {
                return null;
            }
        }
    }

    @Nested
    @DisplayName("on the loop; cancelled by the future")
    class Async extends RaceDriverContract {
        @Override
        protected ContractWorld world(ContractWorld.Kind... kinds) throws IOException {
            return LoopbackWorld.of(kinds);
        }

        @Override
        protected @Nullable Connected dial(ContractWorld world, Order order) throws InterruptedException {
            CompletableFuture<DialResult> future = dialer(order).dialAsync("contract.test", order.port());
            order.begun().accept(() -> future.cancel(false));
            try {
                return new Handed(future.get());
            } catch (ExecutionException | CancellationException e) {
                return null;
            }
        }
    }

    @Nested
    @DisplayName("by a socket of the factory; cancelled by closing it")
    class Factory extends RaceDriverContract {
        @Override
        protected ContractWorld world(ContractWorld.Kind... kinds) throws IOException {
            return LoopbackWorld.of(kinds);
        }

        @Override
        protected @Nullable Connected dial(ContractWorld world, Order order) throws IOException {
            Socket socket = dialer(order).socketFactory().createSocket();
            order.begun().accept(() -> close(socket));
            try {
                socket.connect(InetSocketAddress.createUnresolved("contract.test", order.port()));
                return new OfFactory(socket, socket.getInetAddress());
            } catch (IOException e) {
                socket.close();
                return null;
            }
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record OfFactory(Socket socket, InetAddress address) implements RaceDriverContract.Connected {
        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
