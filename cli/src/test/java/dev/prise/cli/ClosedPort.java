package dev.prise.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A port of 127.0.0.1 on which nobody listens: a socket has it and does not listen, so that whoever connects is refused, nobody else
 * is given it, and no client connects to itself from it.
 */
final class ClosedPort implements AutoCloseable {
    private final SocketChannel holder;
    private final int number;

    private ClosedPort(SocketChannel holder, int number) {
        this.holder = holder;
        this.number = number;
    }

    static ClosedPort any() throws IOException {
        SocketChannel holder = SocketChannel.open(StandardProtocolFamily.INET);
        try {
            holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            holder.bind(new InetSocketAddress(Loopback.four(1), 0));
            return new ClosedPort(holder, ((InetSocketAddress) holder.getLocalAddress()).getPort());
        } catch (IOException | RuntimeException e) {
            holder.close();
            throw e;
        }
    }

    int number() {
        return number;
    }

    String text() {
        return Integer.toString(number);
    }

    /** A server on it. On Linux a socket may listen beside one that only has the port, since both say SO_REUSEADDR. */
    ServerSocket listen() throws IOException {
        try {
            return listening();
        } catch (BindException e) {
            holder.close();
            return listening();
        }
    }

    private ServerSocket listening() throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(Loopback.four(1), number));
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
