package dev.prise.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/** A connection that a server has accepted. All but {@link #close} and the questions about its state are for one thread. */
final class Connection implements Closeable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final Listener owner;
    private final Socket accepted;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private Socket socket;
    private volatile long activeAtNanos = System.nanoTime();
    private volatile boolean mayIdle;

    Connection(Listener owner, Socket accepted) {
        this.owner = owner;
        this.accepted = accepted;
        this.socket = accepted;
    }

    boolean isOf(Listener listener) {
        return owner == listener;
    }

    boolean hasIdledFor(Duration time) {
        return !mayIdle && System.nanoTime() - activeAtNanos > time.toNanos();
    }

    /** From now on it may stay open although nothing happens. */
    void allowIdling() {
        mayIdle = true;
    }

    /** From now on all that is read and written is in TLS; the handshake comes with the first read. */
    void secure(SSLSocketFactory factory) throws IOException {
        socket = factory.createSocket(accepted, null, true);
    }

    /** Where {@link #read} puts what it reads. */
    byte[] buffer() {
        return buffer;
    }

    /** Waits for bytes, and tells how many have come; -1 at their end. */
    int read() throws IOException {
        int count = socket.getInputStream().read(buffer);
        activeAtNanos = System.nanoTime();
        return count;
    }

    void write(byte[] bytes, int count) throws IOException {
        socket.getOutputStream().write(bytes, 0, count);
        activeAtNanos = System.nanoTime();
    }

    /** Tells the peer that there is no more to come. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes it so that the peer gets a reset (RST) instead of an end (FIN). */
    void reset() throws IOException {
        accepted.setSoLinger(true, 0);
        accepted.close();
    }

    @Override
    public void close() throws IOException {
        // Not the TLS socket, whose close waits for a write that may never end.
        accepted.close();
    }
}
