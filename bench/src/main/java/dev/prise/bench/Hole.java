package dev.prise.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A listener that never accepts and whose queue is full: Linux drops what else comes, so that attempts stay without any answer. */
final class Hole implements AutoCloseable {
    private static final int MOST_FILLERS = 64;
    private static final int SILENCE_MILLIS = 300;

    private final ServerSocket listener = new ServerSocket();
    private final List<Socket> fillers = new ArrayList<>();

    /**
     * Opens a hole.
     *
     * @param port 0 for any free one
     * @throws IOException when the address cannot be listened on, or the system does not drop
     */
    Hole(InetAddress address, int port) throws IOException {
        listener.bind(new InetSocketAddress(address, port), 1);
        for (int i = 0; i < MOST_FILLERS; i++) {
            Socket filler = new Socket();
            try {
                filler.connect(listener.getLocalSocketAddress(), SILENCE_MILLIS);
                fillers.add(filler);
            } catch (SocketTimeoutException e) {
                filler.close();
                return;
            }
        }
        close();
        throw new IOException("this system accepts more than the queue holds");
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket filler : fillers) {
            filler.close();
        }
    }
}
