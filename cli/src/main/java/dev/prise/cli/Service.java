package dev.prise.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * What a server does with a connection: says its banner, then sends back what comes, or drops it, until the client's end, and closes.
 *
 * @param banner sent first, in UTF-8
 * @param echoes whether it sends back what comes
 */
record Service(String banner, boolean echoes) {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Sends back what comes. */
    static final Service ECHO = new Service("", true);

    /**
     * Serves one connection on the calling thread and closes it.
     *
     * @return the count of bytes received
     * @throws IOException when it breaks
     */
    long serve(SocketChannel connection) throws IOException {
        // freed at the end, not when the garbage collector comes by
        try (connection;
                Arena arena = Arena.ofConfined()) {
            writeAll(connection, StandardCharsets.UTF_8.encode(banner));
            ByteBuffer buffer = arena.allocate(BUFFER_BYTES).asByteBuffer();
            long received = 0;
            while (connection.read(buffer) >= 0) {
                buffer.flip();
                received += buffer.remaining();
                if (echoes) {
                    writeAll(connection, buffer);
                }
                buffer.clear();
            }
            connection.shutdownOutput();
            return received;
        }
    }

    private static void writeAll(SocketChannel connection, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }
}
