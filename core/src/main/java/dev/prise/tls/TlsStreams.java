package dev.prise.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of a TLS connection, blocking: one thread may read while another writes.
 *
 * <p>Reading may find that the engine has something to send, such as the answer to new keys. If a writer holds the lock by then, that one
 * sends it: a reader that waited for a writer, which waits for a peer that waits to be read, would wait for ever.
 */
final class TlsStreams {
    private static final long READER_LEAVES_MILLIS = 100;
    private static final long BETWEEN_LOOKS_MILLIS = 10;

    /** A peer that sends on and on must not hold up who closes. */
    private static final int MOST_READ_AWAY = 1 << 18;

    /** What a writer reads for a reader who does not come, at most. */
    private static final int MOST_READ_AHEAD = 1 << 18;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final Socket below;
    private final SSLEngine engine;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();

    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    /** Belong to the reader, ready to be read from. */
    private ByteBuffer incoming;

    private ByteBuffer data;
    private boolean ended;

    /** Belongs to the writer, empty between two writes. */
    private ByteBuffer outgoing;

    /** Whether the engine has something to send that no writer has asked for. */
    private volatile boolean owesAnswer;

    /** What made the connection unusable: after that the engine only says that it is closed, as after a close_notify. */
    private volatile @Nullable Exception broken;

    private volatile boolean inputShutdown;
    private volatile boolean outputShutdown;
    private final AtomicBoolean closed = new AtomicBoolean();

    TlsStreams(SocketChannel channel, SSLEngine engine, ByteBuffer incoming, ByteBuffer data) {
        this.channel = channel;
        this.below = channel.socket();
        this.engine = engine;
        this.incoming = incoming;
        this.data = data;
        this.outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    boolean isInputShutdown() {
        return inputShutdown;
    }

    boolean isOutputShutdown() {
        return outputShutdown;
    }

    void shutdownInput() throws IOException {
        inputShutdown = true;
        below.shutdownInput();
    }

    void shutdownOutput() throws IOException {
        writing.lock();
        try {
            // a thread that closes may have done so since the caller looked
            requireOpen();
            outputShutdown = true;
            sayClose();
        } finally {
            writing.unlock();
        }
    }

    // ---- reading

    private int read(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        reading.lock();
        try {
            boolean more = awaitData();
            // closing here makes the peer close, too, which is not what the reader is to hear of
            requireOpen();
            if (!more) {
                return -1;
            }
            int count = Math.min(length, data.remaining());
            data.get(bytes, from, count);
            return count;
        } catch (ClosedChannelException e) {
            throw socketException(e);
        } catch (SSLException | SocketException e) {
            // who closes, or shuts this side down, has also ended the socket's input
            requireOpen();
            if (inputShutdown && e instanceof SocketException) {
                return -1;
            }
            throw e;
        } finally {
            reading.unlock();
        }
    }

    /** Whether there is anything to read, once that is known. */
    private boolean awaitData() throws IOException {
        while (!data.hasRemaining()) {
            requireOpen();
            requireUnbroken();
            if (inputShutdown || ended) {
                return false;
            }
            unwrap();
        }
        return true;
    }

    /** None while another thread reads, which may take for ever. */
    private int available() throws IOException {
        requireOpen();
        if (!reading.tryLock()) {
            return 0;
        }
        try {
            return data.remaining();
        } finally {
            reading.unlock();
        }
    }

    private void requireOpen() throws SocketException {
        if (closed.get()) {
            throw new SocketException("Socket closed");
        }
    }

    private void requireUnbroken() throws SSLException {
        Exception cause = broken;
        if (cause != null) {
            throw new SSLException("the TLS connection is broken: " + cause.getMessage(), cause);
        }
    }

    private void unwrap() throws IOException {
        data.compact();
        SSLEngineResult result;
        try {
            result = engine.unwrap(incoming, data);
        } catch (SSLException | RuntimeException e) {
            broken = e;
            throw e;
        } finally {
            data.flip();
        }
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> fill();
            case BUFFER_OVERFLOW -> {
                int size = engine.getSession().getApplicationBufferSize();
                data = ByteBuffer.allocate(data.remaining() + size).put(data).flip();
            }
            case CLOSED -> ended = true;
            case OK -> {}
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        // once the peer has closed, the engine only wants to close, too, which is for the caller to decide
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isInboundDone()) {
            owesAnswer = true;
            answer();
        }
    }

    private void fill() throws IOException {
        int size = engine.getSession().getPacketBufferSize();
        if (incoming.capacity() < size) {
            incoming = ByteBuffer.allocate(size).put(incoming).flip();
        }
        incoming.compact();
        int count = -1;
        try {
            count = below.getInputStream().read(incoming.array(), incoming.position(), incoming.remaining());
        } finally {
            incoming.position(incoming.position() + Math.max(0, count)).flip();
        }
        if (count < 0 && !inputShutdown) {
            throw new SSLException("the peer ended the connection without close_notify: what came may be cut off");
        }
        ended |= count < 0;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Sends what the engine wants to send, unless a writer is about to; that one looks again when it has let go. */
    private void answer() throws IOException {
        while (owesAnswer && writing.tryLock()) {
            try {
                owesAnswer = false;
                flushEngine();
            } finally {
                writing.unlock();
            }
        }
    }

    // ---- writing

    private void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes, from, length);
        writing.lock();
        try {
            while (source.hasRemaining()) {
                requireOpen();
                requireUnbroken();
                if (outputShutdown) {
                    throw new SocketException("Socket output is shutdown");
                }
                SSLEngineResult result = wrap(source);
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    throw new SocketException("the TLS connection is closed for writing");
                }
                if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                    hearPeer();
                }
            }
        } catch (ClosedChannelException e) {
            throw socketException(e);
        } finally {
            writing.unlock();
        }
        answer();
    }

    /** New keys are being agreed on, and it is the peer's turn: this thread reads, unless another one does. */
    private void hearPeer() throws IOException {
        if (engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            return;
        }
        try {
            if (reading.tryLock(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                boolean full;
                try {
                    full = data.remaining() >= MOST_READ_AHEAD;
                    if (!full) {
                        unwrap();
                    }
                } finally {
                    reading.unlock();
                }
                if (full) {
                    // until somebody reads, as the peer would wait with no room left in the socket
                    Thread.sleep(BETWEEN_LOOKS_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while new keys were agreed on");
        }
    }

    /** Makes one record and sends it. */
    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        SSLEngineResult result;
        try {
            result = engine.wrap(source, outgoing);
        } catch (SSLException | RuntimeException e) {
            broken = e;
            throw e;
        }
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            outgoing = ByteBuffer.allocate(
                    outgoing.capacity() + engine.getSession().getPacketBufferSize());
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        send();
        return result;
    }

    private void send() throws IOException {
        outgoing.flip();
        try {
            if (outgoing.hasRemaining()) {
                below.getOutputStream().write(outgoing.array(), 0, outgoing.limit());
            }
        } finally {
            outgoing.clear();
        }
    }

    private void flushEngine() throws IOException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isInboundDone()) {
            wrap(NOTHING);
        }
    }

    private void sayClose() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone() && wrap(NOTHING).getStatus() != SSLEngineResult.Status.CLOSED) {
            // one record after the other
        }
    }

    // ---- the end

    /** Says so to the peer, unless that does not go at once, and closes. */
    void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (channel.isOpen() && writing.tryLock()) {
                try {
                    sayCloseSoon();
                } finally {
                    writing.unlock();
                }
            }
        } finally {
            channel.close();
        }
    }

    /** A peer that reads nothing must not hold up who closes. */
    private void sayCloseSoon() {
        try {
            if (!awaitReader()) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (IOException e) {
            // the connection is gone already
            return;
        }
        try {
            channel.configureBlocking(false);
            if (!outputShutdown) {
                engine.closeOutbound();
                engine.wrap(NOTHING, outgoing);
                channel.write(outgoing.flip());
            }
            readAway();
        } catch (IOException e) {
            // the connection is gone already
        } finally {
            reading.unlock();
        }
    }

    /** Takes the reader's lock, without which the channel cannot be made to block no longer; who reads is sent away, whatever the peer does. */
    private boolean awaitReader() throws IOException, InterruptedException {
        if (reading.tryLock()) {
            return true;
        }
        if (outputShutdown) {
            return false;
        }
        channel.shutdownInput();
        return reading.tryLock(READER_LEAVES_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * With something unread, closing resets the connection, which takes away what is on its way to the peer. A client that only writes has
     * session tickets unread (RFC 8446 section 4.6.1).
     */
    private void readAway() throws IOException {
        ByteBuffer away = ByteBuffer.allocate(incoming.capacity());
        int count = 0;
        for (int all = 0; count >= 0 && all < MOST_READ_AWAY; all += count) {
            count = channel.read(away.clear());
            if (count == 0) {
                return;
            }
        }
    }

    private static SocketException socketException(ClosedChannelException e) {
        SocketException exception =
                new SocketException(e instanceof ClosedByInterruptException ? "Closed by interrupt" : "Socket closed");
        exception.initCause(e);
        return exception;
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return TlsStreams.this.read(bytes, from, length);
        }

        @Override
        public int available() throws IOException {
            return TlsStreams.this.available();
        }

        @Override
        public void close() throws IOException {
            TlsStreams.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            TlsStreams.this.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            TlsStreams.this.close();
        }
    }
}
