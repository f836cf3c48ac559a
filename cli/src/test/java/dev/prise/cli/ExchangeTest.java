package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExchangeTest {
    /** Always more to send. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            return length;
        }
    }

    private static void awaitWaitingWithLimit(Thread thread) {
        while (thread.isAlive()
                && thread.getState() != Thread.State.TIMED_WAITING
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void interruptionWhileDataIsUndeliveredIsNotSuccess() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(Loopback.four(1), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    SocketChannel peer = server.accept()) {
                // the peer sends nothing and reads nothing, so that only the sender is left, and stuck
                peer.shutdownOutput();
                ReadableByteChannel endless = Channels.newChannel(new Endless());
                Exchange exchange =
                        new Exchange(Line.of(client), endless, false, Channels.newChannel(new ByteArrayOutputStream()));
                CompletableFuture<Throwable> end = new CompletableFuture<>();
                Thread runner =
                        Thread.ofPlatform().start(() -> end.complete(catchThrowable(() -> exchange.run("the peer"))));
                awaitWaitingWithLimit(runner);
                runner.interrupt();
                assertThat(end.get())
                        .isInstanceOfSatisfying(
                                CommandException.class,
                                e -> assertThat(e.status()).isEqualTo(ExitStatus.INTERRUPTED));
            }
        }
    }

    @Test
    void interruptionWhileReceivingIsNotABreak() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(Loopback.four(1), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    SocketChannel peer = server.accept()) {
                ReadableByteChannel empty = Channels.newChannel(InputStream.nullInputStream());
                Exchange exchange =
                        new Exchange(Line.of(client), empty, false, Channels.newChannel(new ByteArrayOutputStream()));
                Thread.currentThread().interrupt();
                Throwable end = catchThrowable(() -> exchange.run("the peer"));
                assertThat(Thread.interrupted()).isTrue();
                assertThat(end)
                        .isInstanceOfSatisfying(
                                CommandException.class,
                                e -> assertThat(e.status()).isEqualTo(ExitStatus.INTERRUPTED));
                assertThat(peer.isOpen()).isTrue();
            }
        }
    }
}
