package dev.prise.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.TimeUnit;

/** A server that accepts connections and has the same conversation on each. */
final class Listener implements Closeable {
    private static final int BACKLOG = 512;

    private final ServerSocket server;
    private final Conversation conversation;
    private final Connections connections;
    private final Thread acceptor = Thread.ofVirtual().unstarted(this::acceptAll);

    private Listener(ServerSocket server, Conversation conversation, Connections connections) {
        this.server = server;
        this.conversation = conversation;
        this.connections = connections;
    }

    /**
     * Starts one.
     *
     * @param address where to listen; port 0 for any that is free
     * @throws IOException if it cannot listen there
     */
    static Listener open(InetSocketAddress address, Conversation conversation, Connections connections)
            throws IOException {
        Listener listener = new Listener(bound(address, BACKLOG), conversation, connections);
        listener.acceptor.start();
        return listener;
    }

    /** A socket that listens. The wildcard address stands for both families where Java has both. */
    static ServerSocket bound(InetSocketAddress address, int backlog) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            // A server of before may have left connections that wait for their end.
            server.setReuseAddress(true);
            // One address may have a server of its own beside that of the wildcard.
            if (server.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            server.bind(address, backlog);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket accepted = server.accept();
                connections.begin(this, accepted, conversation);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    trouble(e);
                }
            }
        }
    }

    /** For want of descriptors or memory the failure would come again at once. */
    private void trouble(IOException failure) {
        System.err.println("LabServer: no connection accepted on port " + port() + ": " + failure.getMessage());
        try {
            TimeUnit.MILLISECONDS.sleep(Responder.PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening, and closes the connections. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            // While a virtual thread waits for a connection, the system's socket stays open until that thread has
            // ended.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.closeAllOf(this);
    }
}
