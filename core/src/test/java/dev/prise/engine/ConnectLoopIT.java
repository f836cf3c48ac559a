package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.JdkResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectLoopIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void threadComesWithTheFirstDialEndsWhenIdleAndComesBack() throws Exception {
        ConnectLoop loop = new ConnectLoop("test-loop", 20_000_000L);
        assertThat(loop.isRunning()).isFalse();
        try (ServerSocket server = new ServerSocket(0, 500, LOOPBACK)) {
            for (int i = 0; i < 3; i++) {
                dial(loop, server.getLocalPort()).close();
                awaitEnd(loop);
            }
        }
    }

    /** The end of a thread and a new dial meet again and again: none may be forgotten. */
    @Test
    void noDialIsLostWhenTheThreadIsAboutToEnd() throws Exception {
        ConnectLoop loop = new ConnectLoop("test-loop", 1L);
        try (ServerSocket server = new ServerSocket(0, 500, LOOPBACK)) {
            for (int i = 0; i < 500; i++) {
                dial(loop, server.getLocalPort()).close();
                server.accept().close();
            }
        }
    }

    /** One dial's completion that throws, and work that throws on the loop itself, end nothing but what they belong to. */
    @Test
    void faultsDoNotStrandTheDialsOfOthers() throws Exception {
        ConnectLoop loop = new ConnectLoop("test-loop", 10_000_000_000L);
        try (ServerSocket server = new ServerSocket(0, 500, LOOPBACK)) {
            CompletableFuture<Throwable> told = new CompletableFuture<>();
            loop.submit(
                    task(loop, server.getLocalPort()),
                    new ConnectLoop.Completion() {
                        @Override
                        public void ended(DialOutcome outcome) {
                            throw new IllegalStateException("broken completion");
                        }

                        @Override
                        public void broke(Throwable fault) {
                            told.complete(fault);
                        }
                    },
                    false);
            assertThat(told.get()).hasMessage("broken completion");
            dial(loop, server.getLocalPort()).close();
            for (int i = 0; i < 50; i++) {
                loop.execute(() -> {
                    throw new IllegalStateException("broken loop");
                });
                // submitted while the thread breaks down: told that it broke, or dialled by the next thread, never
                // forgotten
                try {
                    dial(loop, server.getLocalPort()).close();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).hasMessage("broken loop");
                }
            }
        }
    }

    private static SocketChannel dial(ConnectLoop loop, int port) throws Exception {
        CompletableFuture<SocketChannel> result = new CompletableFuture<>();
        ConnectLoop.Completion completion = new ConnectLoop.Completion() {
            @Override
            public void ended(DialOutcome outcome) {
                result.complete(outcome.channel());
            }

            @Override
            public void broke(Throwable fault) {
                result.completeExceptionally(fault);
            }
        };
        loop.submit(task(loop, port), completion, false);
        return result.get();
    }

    private static DialTask task(ConnectLoop loop, int port) {
        DialRequest request = new DialRequest(
                "127.0.0.1",
                Integer.toString(port),
                null,
                port,
                List.of(AddressInfo.stream(new InetSocketAddress(LOOPBACK, port))),
                AddressFamily.UNSPEC,
                RaceSettings.DEFAULT,
                null,
                Map.of(),
                JdkResolver.shared(),
                null,
                null,
                null,
                null);
        return new DialTask(request, loop, null);
    }

    private static void awaitEnd(ConnectLoop loop) {
        while (loop.isRunning()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
