package dev.prise;

import dev.prise.address.AddressInfo;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/**
 * A connected socket with the address it is connected to and the story of how it came about. Whoever has the result owns the socket.
 *
 * @param channel the connected channel, in blocking mode
 * @param address the address it is connected to
 * @param trace what happened
 */
public record DialResult(SocketChannel channel, AddressInfo address, Trace trace) implements AutoCloseable {
    /**
     * The channel as a {@link Socket}, the same connection. Its streams honour {@link Socket#setSoTimeout}. Like the channel's own
     * operations, reads and writes through it react to interruption by closing the connection.
     *
     * @throws UnsupportedOperationException for a Unix-domain socket, which the Java library has only as a channel
     */
    public Socket socket() {
        return channel.socket();
    }

    /** Closes the connection. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
