package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit of the call's own and a thread that watches it lead to the same. */
@Timeout(60)
class BlockingConnectIT {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static SocketChannel channel() throws IOException {
        return SocketChannel.open(StandardProtocolFamily.INET);
    }

    /** A listener whose queue is full. */
    private static final class Hole implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, loopback(0).getAddress());
        private final List<SocketChannel> fillers = new ArrayList<>();

        Hole() throws IOException {
            for (int i = 0; i < 4; i++) {
                SocketChannel filler = channel();
                filler.configureBlocking(false);
                filler.connect(address());
                fillers.add(filler);
            }
        }

        SocketAddress address() {
            return loopback(listener.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
            listener.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connected(boolean isWatched) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, loopback(0).getAddress());
                SocketChannel channel = channel()) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 5);
            assertThat(BlockingConnect.connect(channel, loopback(server.getLocalPort()), LONG, isWatched))
                    .isEqualTo(BlockingConnect.Result.CONNECTED);
            assertThat(channel.isConnected()).isTrue();
            assertThat(channel.isBlocking()).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.SO_LINGER)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refused(boolean isWatched) throws Exception {
        try (SocketChannel holder = channel().bind(loopback(0));
                SocketChannel channel = channel()) {
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            assertThatThrownBy(() -> BlockingConnect.connect(channel, loopback(port), LONG, isWatched))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outOfTime(boolean isWatched) throws Exception {
        try (Hole hole = new Hole();
                SocketChannel channel = channel()) {
            long begin = System.nanoTime();
            long limit = TimeUnit.MILLISECONDS.toNanos(80);
            assertThat(BlockingConnect.connect(channel, hole.address(), limit, isWatched))
                    .isEqualTo(BlockingConnect.Result.OUT_OF_TIME);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(limit);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruptedAndClosed(boolean isWatched) throws Exception {
        try (Hole hole = new Hole()) {
            for (boolean interrupted : new boolean[] {false, true}) {
                SocketChannel channel = channel();
                CompletableFuture<BlockingConnect.Result> result = new CompletableFuture<>();
                Thread thread = new Thread(() -> {
                    try {
                        result.complete(BlockingConnect.connect(channel, hole.address(), LONG, isWatched));
                    } catch (IOException e) {
                        result.completeExceptionally(e);
                    }
                });
                thread.start();
                ConnectWatchTest.awaitThat(() -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".Net")));
                if (interrupted) {
                    thread.interrupt();
                } else {
                    channel.close();
                }
                assertThat(result.get())
                        .isEqualTo(interrupted ? BlockingConnect.Result.INTERRUPTED : BlockingConnect.Result.CLOSED);
            }
        }
    }
}
