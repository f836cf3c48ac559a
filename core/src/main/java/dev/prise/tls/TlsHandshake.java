package dev.prise.tls;

import dev.prise.engine.ReadyCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TLS handshake as the client, in steps that do not block. What takes time, keys and the check of certificates, is done by
 * {@link TlsTasks}.
 *
 * <p>All fields belong to whoever works: the loop's thread, or while {@code busy} a thread of those.
 */
public final class TlsHandshake implements ReadyCheck {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int LONGEST_GREETING = 64;

    /** So many records are looked at in one step, then other dials have their turn: a peer may send faster than they are read. */
    private static final int MOST_RECORDS_IN_A_STEP = 16;

    /** A handshake has no more messages of the server than these: TLS 1.2 has eight with a client certificate, OCSP and a ticket. */
    private static final int MOST_MESSAGES = 8;

    /** What the JDK takes for one message, all certificates of a chain included, unless the program says otherwise. */
    private static final int LONGEST_MESSAGE = 1 << 15;

    /** As much as all messages of a server together may have; the JDK, too, reads its property once. */
    private static final long MOST_BYTES = (long) MOST_MESSAGES
            * Math.max(LONGEST_MESSAGE, Integer.getInteger("jdk.tls.maxHandshakeMessageSize", LONGEST_MESSAGE));

    private final SocketChannel channel;
    private final TlsPeer peer;
    private final Runnable wake;
    private final long mostBytes;

    private @Nullable SSLEngine engine;

    /** What came from the peer and is not yet read, what has to go there, and data that came with the end of the handshake. */
    private ByteBuffer incoming = NOTHING;

    private ByteBuffer outgoing = NOTHING;
    private ByteBuffer data = NOTHING;

    private byte[] greeting = {};
    private long receivedBytes;
    /** What was thrown on another thread than the loop's. */
    private @Nullable Throwable fault;

    private volatile boolean busy;
    private volatile boolean closed;

    /** A handshake over a connected channel that does not block. */
    public TlsHandshake(SocketChannel channel, TlsPeer peer, Runnable wake) {
        this(channel, peer, wake, MOST_BYTES);
    }

    /** The same, which fails when the peer has sent more than {@code mostBytes} and it is not done. */
    public TlsHandshake(SocketChannel channel, TlsPeer peer, Runnable wake, long mostBytes) {
        this.channel = channel;
        this.peer = peer;
        this.wake = wake;
        this.mostBytes = mostBytes;
    }

    @Override
    public Need step() throws IOException {
        if (busy) {
            return Need.WAKE;
        }
        SSLEngine begun = engine;
        if (fault instanceof Error error) {
            throw error;
        }
        if (fault instanceof Exception exception) {
            throw failed(exception);
        }
        if (begun == null) {
            // the first message is made of new keys, and in a new JVM the classes for that are loaded first
            return work(this::begin);
        }
        try {
            return shake(begun);
        } catch (SSLException | RuntimeException e) {
            tell(begun);
            throw failed(e);
        }
    }

    private TlsFailure failed(Exception failure) {
        return failure instanceof TlsFailure told ? told : TlsFailure.of(failure, peer.host(), greeting);
    }

    private Need work(Runnable task) {
        busy = true;
        try {
            TlsTasks.execute(() -> perform(task));
        } catch (RuntimeException | Error e) {
            busy = false;
            throw e;
        }
        return Need.WAKE;
    }

    private void perform(Runnable task) {
        try {
            // an attempt that has lost meanwhile computes nothing
            if (!closed) {
                task.run();
            }
        } catch (RuntimeException | Error e) {
            fault = e;
        } finally {
            busy = false;
            wake.run();
        }
    }

    private void begin() {
        SSLEngine made = peer.engine();
        incoming = ByteBuffer.allocate(made.getSession().getPacketBufferSize()).limit(0);
        outgoing = ByteBuffer.allocate(made.getSession().getPacketBufferSize()).limit(0);
        data = ByteBuffer.allocate(made.getSession().getApplicationBufferSize()).limit(0);
        try {
            made.beginHandshake();
            wrap(made);
        } catch (SSLException e) {
            fault = e;
        }
        engine = made;
    }

    private Need shake(SSLEngine engine) throws IOException {
        int records = 0;
        while (true) {
            if (outgoing.hasRemaining()) {
                write();
                if (outgoing.hasRemaining()) {
                    return Need.WRITE;
                }
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    return work(() -> runTasks(engine));
                }
                case NEED_WRAP -> wrap(engine);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (records++ == MOST_RECORDS_IN_A_STEP) {
                        // what is in our own buffer makes no channel readable
                        wake.run();
                        return Need.WAKE;
                    }
                    if (!unwrap(engine)) {
                        return Need.READ;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return Need.NOTHING;
                }
            }
        }
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void wrap(SSLEngine engine) throws SSLException {
        outgoing.compact();
        SSLEngineResult result;
        try {
            result = engine.wrap(NOTHING, outgoing);
        } catch (SSLException | RuntimeException e) {
            // the alert comes next, and goes behind what is there
            outgoing.flip();
            throw e;
        }
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            ByteBuffer larger = ByteBuffer.allocate(
                    outgoing.position() + engine.getSession().getPacketBufferSize());
            outgoing = larger.put(outgoing.flip());
        }
        outgoing.flip();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && !outgoing.hasRemaining()) {
            throw TlsFailure.hungUp();
        }
    }

    /** Reads one record; false when it has not come yet. */
    private boolean unwrap(SSLEngine engine) throws IOException {
        data.compact();
        SSLEngineResult result;
        try {
            result = engine.unwrap(incoming, data);
        } finally {
            data.flip();
        }
        switch (result.getStatus()) {
            case OK -> {
                return true;
            }
            case CLOSED -> throw TlsFailure.hungUp();
            case BUFFER_OVERFLOW -> {
                ByteBuffer larger = ByteBuffer.allocate(
                        data.remaining() + engine.getSession().getApplicationBufferSize());
                data = larger.put(data).flip();
                return true;
            }
            case BUFFER_UNDERFLOW -> {
                return read(engine.getSession().getPacketBufferSize());
            }
        }
        throw new IllegalStateException("unknown status " + result);
    }

    private boolean read(int packetBytes) throws IOException {
        if (receivedBytes > mostBytes) {
            // the JDK passes over warnings, however many come
            throw TlsFailure.endless(receivedBytes);
        }
        if (incoming.capacity() < packetBytes) {
            incoming = ByteBuffer.allocate(packetBytes).put(incoming).flip();
        }
        incoming.compact();
        int count;
        try {
            count = channel.read(incoming);
        } catch (IOException e) {
            throw TlsFailure.broken(e);
        } finally {
            incoming.flip();
        }
        if (count < 0) {
            throw TlsFailure.hungUp();
        }
        receivedBytes += count;
        if (greeting.length == 0) {
            greeting = Arrays.copyOf(incoming.array(), Math.min(LONGEST_GREETING, incoming.limit()));
        }
        return count > 0;
    }

    private void write() throws IOException {
        try {
            channel.write(outgoing);
        } catch (IOException e) {
            throw TlsFailure.broken(e);
        }
    }

    /** Sends the peer the alert that says why, as far as the channel takes it at once. */
    private void tell(SSLEngine engine) {
        try {
            while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                wrap(engine);
                write();
            }
        } catch (IOException | RuntimeException e) {
            // the peer is not told, or has gone
        }
    }

    /** The channel is the caller's, and a task that still runs ends by itself. */
    @Override
    public void close() {
        closed = true;
    }

    /**
     * The connection as a socket, once ready; the channel must be in blocking mode by then.
     *
     * @throws IllegalStateException before that
     */
    public SSLSocket socket() {
        SSLEngine done = engine;
        if (done == null) {
            throw new IllegalStateException("the handshake has not begun");
        }
        return new TlsSocket(channel, done, incoming, data, peer.host());
    }
}
