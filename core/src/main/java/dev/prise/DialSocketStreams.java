package dev.prise;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;

/** The streams of a channel with the exceptions of a socket: {@link java.net.Socket#close} promises a {@link SocketException}. */
final class DialSocketStreams {
    private DialSocketStreams() {}

    private static SocketException socketException(ClosedChannelException e) {
        SocketException exception =
                new SocketException(e instanceof ClosedByInterruptException ? "Closed by interrupt" : "Socket closed");
        exception.initCause(e);
        return exception;
    }

    /** What the peer sends. */
    static final class Input extends FilterInputStream {
        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (ClosedChannelException e) {
                throw socketException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return in.read(bytes, from, length);
            } catch (ClosedChannelException e) {
                throw socketException(e);
            }
        }

        @Override
        public int available() throws IOException {
            try {
                return in.available();
            } catch (ClosedChannelException e) {
                throw socketException(e);
            }
        }
    }

    /** What goes to the peer; each write in one piece, not byte by byte as the superclass would have it. */
    static final class Output extends FilterOutputStream {
        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            try {
                out.write(value);
            } catch (ClosedChannelException e) {
                throw socketException(e);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (ClosedChannelException e) {
                throw socketException(e);
            }
        }
    }
}
