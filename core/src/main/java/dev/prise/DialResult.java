package dev.prise;

import dev.prise.address.AddressInfo;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connected socket with the address it is connected to and the story of how it came about. Whoever has the result owns the socket. */
public final class DialResult implements AutoCloseable {
    private final SocketChannel channel;
    private final AddressInfo address;
    private final Supplier<Trace> story;
    private final @Nullable SSLSocket tls;

    DialResult(SocketChannel channel, AddressInfo address, Supplier<Trace> story, @Nullable SSLSocket tls) {
        this.channel = channel;
        this.address = address;
        this.story = story;
        this.tls = tls;
    }

    /**
     * The connected channel, in blocking mode.
     *
     * @throws IllegalStateException after a dial with TLS, whose data only {@link #socket} can read and write
     */
    public SocketChannel channel() {
        if (tls != null) {
            throw new IllegalStateException("this connection speaks TLS: use socket()");
        }
        return channel;
    }

    /** The address it is connected to. */
    public AddressInfo address() {
        return address;
    }

    /** What happened. */
    public Trace trace() {
        return story.get();
    }

    /**
     * The connection as a {@link Socket}: the channel's own, or after a dial with TLS an {@link SSLSocket} whose handshake is done. Its
     * streams honour {@link Socket#setSoTimeout}. Like the channel's own operations, reads and writes through it react to interruption by
     * closing the connection.
     *
     * <p>With TLS {@link Socket#shutdownOutput} sends close_notify and lets the peer send on (RFC 8446 section 6.1), and a peer that ends
     * the connection without close_notify makes the read fail with an {@link javax.net.ssl.SSLException}, since what came may be cut off.
     * It has no {@link Socket#getChannel() channel}.
     *
     * @throws UnsupportedOperationException for a Unix-domain socket, which the Java library has only as a channel
     */
    public Socket socket() {
        return tls != null ? tls : channel.socket();
    }

    /** What was agreed on with the peer, with its certificates; null after a dial without TLS. */
    public @Nullable SSLSession tlsSession() {
        return tls == null ? null : tls.getSession();
    }

    /** Closes the connection. With TLS the peer is told by close_notify, unless that would have to be waited for. */
    @Override
    public void close() throws IOException {
        if (tls != null) {
            tls.close();
        } else {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return "DialResult[" + address
                + (tls == null ? "]" : ", " + tls.getSession().getProtocol() + "]");
    }
}
