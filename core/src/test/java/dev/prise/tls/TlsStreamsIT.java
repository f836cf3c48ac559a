package dev.prise.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reader, writer and who closes, where the engine waits for its peer or the peer reads nothing. */
@Timeout(60)
class TlsStreamsIT {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What may be read ahead, with the record that goes beyond it. */
    private static final int MOST_AHEAD = (1 << 18) + (1 << 14);

    private UnansweredEngine engine;
    private SocketChannel channel;
    private SocketChannel peer;
    private TlsStreams streams;

    @BeforeEach
    void connect() throws Exception {
        engine = new UnansweredEngine();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel = SocketChannel.open(server.getLocalAddress());
            peer = server.accept();
        }
        streams = new TlsStreams(channel, engine, NOTHING, NOTHING);
    }

    @AfterEach
    void disconnect() throws IOException {
        channel.close();
        peer.close();
    }

    /** What it throws, null when it throws nothing, once the thread has come to the method. */
    private static CompletableFuture<Throwable> begun(String method, ThrowingCallable call) {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> ended.complete(catchThrowable(call)), method);
        thread.setDaemon(true);
        thread.start();
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals(method))) {
            assertThat(ended).isNotDone();
            Thread.onSpinWait();
        }
        return ended;
    }

    private static Throwable of(CompletableFuture<Throwable> ended) throws Exception {
        return ended.get(20, TimeUnit.SECONDS);
    }

    private void sendWithoutEnd() {
        assertThat(begun("write", () -> {
                    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
                    while (true) {
                        peer.write(bytes.clear());
                    }
                }))
                .isNotDone();
    }

    /** So that the writer has come by some times more. */
    private void awaitWraps(int more) {
        int now = engine.wraps.get();
        while (engine.wraps.get() < now + more) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aWriterReadsAheadWithABoundAndGoesOnAfterTheAnswer() throws Exception {
        sendWithoutEnd();
        CompletableFuture<Throwable> writer =
                begun("hearPeer", () -> streams.output().write(new byte[100]));
        while (streams.input().available() < 1 << 18) {
            Thread.onSpinWait();
        }
        awaitWraps(30);
        assertThat(streams.input().available()).isLessThanOrEqualTo(MOST_AHEAD);
        assertThat(writer).isNotDone();
        streams.input().skipNBytes(1 << 18);
        engine.answered = true;
        assertThat(of(writer)).isNull();
    }

    @Test
    void closingEndsAWriterThatWaitsForThePeer() throws Exception {
        sendWithoutEnd();
        CompletableFuture<Throwable> writer =
                begun("hearPeer", () -> streams.output().write(new byte[100]));
        streams.close();
        assertThat(of(writer)).isInstanceOf(SocketException.class);
    }

    @Test
    void whoReadsNothingAnyMoreCannotWriteBeforeTheAnswer() throws Exception {
        streams.shutdownInput();
        assertThatThrownBy(() -> streams.output().write(new byte[100]))
                .isInstanceOf(SocketException.class)
                .hasMessage("Socket input is shutdown");
    }

    /** The socket then has a word of its own for it. */
    @Test
    void whoIsAboutToReadWhenAnotherClosesIsToldSo() throws Exception {
        engine.answered = true;
        CompletableFuture<Void> closing = new CompletableFuture<>();
        engine.beforeReading = () -> {
            closing.completeAsync(() -> {
                close();
                return null;
            });
            awaitInputEnd();
        };
        assertThatThrownBy(() -> streams.input().read())
                .isInstanceOf(SocketException.class)
                .hasMessage("Socket closed");
        closing.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whoIsAboutToReadWhenAnotherShutsTheInputDownSeesTheEnd() throws Exception {
        engine.answered = true;
        engine.beforeReading = () -> {
            try {
                streams.shutdownInput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        assertThat(streams.input().read()).isEqualTo(-1);
    }

    private void awaitInputEnd() {
        while (!channel.socket().isInputShutdown()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closingWaitsForNoPeerThatReadsNothing() throws Exception {
        engine.answered = true;
        channel.configureBlocking(false);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (channel.write(bytes.clear()) > 0) {
            // until nothing has room, not even the word that it ends
        }
        channel.configureBlocking(true);
        CompletableFuture<Throwable> reader =
                begun("fill", () -> streams.input().read());
        assertThatCode(() -> CompletableFuture.runAsync(this::close).get(500, TimeUnit.MILLISECONDS))
                .doesNotThrowAnyException();
        assertThat(of(reader)).isInstanceOf(SocketException.class).hasMessage("Socket closed");
    }

    @Test
    void closingWaitsForNeitherReaderNorWriter() throws Exception {
        engine.answered = true;
        CompletableFuture<Throwable> reader =
                begun("fill", () -> streams.input().read());
        CompletableFuture<Throwable> writer =
                begun("send", () -> streams.output().write(new byte[1 << 25]));
        assertThatCode(() -> CompletableFuture.runAsync(this::close).get(500, TimeUnit.MILLISECONDS))
                .doesNotThrowAnyException();
        assertThat(of(reader)).isInstanceOf(SocketException.class).hasMessage("Socket closed");
        assertThat(of(writer)).isInstanceOf(SocketException.class);
    }

    private void close() {
        try {
            streams.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
