package dev.prise.cli;

import dev.prise.DialResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Both directions of a connection, plain or with TLS, as {@link Exchange} uses them: one thread reads while another writes. */
interface Line {
    /** Reads what is there, one byte at least; -1 at the end. */
    int read(ByteBuffer buffer) throws IOException;

    /** Writes some of it; how much. */
    int write(ByteBuffer buffer) throws IOException;

    /** Tells the peer that no more will come; what it sends can be read on. */
    void shutdownOutput() throws IOException;

    static Line of(DialResult result) throws IOException {
        return result.tlsSession() == null ? of(result.channel()) : of(result.socket());
    }

    static Line of(SocketChannel channel) {
        return new Line() {
            @Override
            public int read(ByteBuffer buffer) throws IOException {
                return channel.read(buffer);
            }

            @Override
            public int write(ByteBuffer buffer) throws IOException {
                return channel.write(buffer);
            }

            @Override
            public void shutdownOutput() throws IOException {
                channel.shutdownOutput();
            }
        };
    }

    private static Line of(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        return new Line() {
            @Override
            public int read(ByteBuffer buffer) throws IOException {
                byte[] bytes = new byte[buffer.remaining()];
                int count = in.read(bytes);
                buffer.put(bytes, 0, Math.max(0, count));
                return count;
            }

            @Override
            public int write(ByteBuffer buffer) throws IOException {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                out.write(bytes);
                return bytes.length;
            }

            @Override
            public void shutdownOutput() throws IOException {
                socket.shutdownOutput();
            }
        };
    }
}
