package dev.prise.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A server that accepts and closes, on a thread of its own. */
final class Acceptor implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel channel = ServerSocketChannel.open();

    /**
     * Begins to accept.
     *
     * @param port 0 for any free one
     */
    Acceptor(InetAddress address, int port) throws IOException {
        channel.bind(new InetSocketAddress(address, port), BACKLOG);
        Thread.ofPlatform().daemon().name("acceptor").start(this::run);
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private void run() {
        while (channel.isOpen()) {
            try {
                SocketChannel accepted = channel.accept();
                accepted.close();
            } catch (AsynchronousCloseException e) {
                return;
            } catch (SocketException e) {
                // the client has reset the connection already
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
