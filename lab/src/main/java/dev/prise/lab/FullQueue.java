package dev.prise.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server that never accepts, and whose queue of connections is full: the system drops the SYNs of all others (listen(2)). */
final class FullQueue implements Closeable {
    /** The smallest that Java passes on; 0 would be its own default. */
    private static final int BACKLOG = 1;

    /** More than any system makes of that backlog. */
    private static final int MOST_CONNECTIONS = 64;

    /** How long a connection may take before the queue counts as full. */
    private static final int PATIENCE_MILLIS = 300;

    private final ServerSocket server;
    private final List<Socket> inside = new ArrayList<>();

    private FullQueue(ServerSocket server) {
        this.server = server;
    }

    /**
     * Starts one, which takes until its queue is full.
     *
     * @param address where to listen; port 0 for any that is free
     * @throws IOException if it cannot listen there, or the queue does not fill
     */
    static FullQueue open(InetSocketAddress address) throws IOException {
        FullQueue queue = new FullQueue(Listener.bound(address, BACKLOG));
        try {
            InetAddress local = address.getAddress();
            queue.fill(local.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : local);
            return queue;
        } catch (IOException e) {
            queue.close();
            throw e;
        }
    }

    private void fill(InetAddress address) throws IOException {
        InetSocketAddress target = new InetSocketAddress(address, port());
        while (inside.size() < MOST_CONNECTIONS) {
            Socket socket = new Socket();
            try {
                socket.connect(target, PATIENCE_MILLIS);
                inside.add(socket);
            } catch (IOException e) {
                socket.close();
                if (e instanceof SocketTimeoutException) {
                    return;
                }
                throw e;
            }
        }
        throw new IOException("the queue takes more than " + MOST_CONNECTIONS + " connections");
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : inside) {
            socket.close();
        }
    }
}
