package dev.prise;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import javax.net.SocketFactory;

/** Makes sockets that a {@link Dialer} connects; see {@link Dialer#socketFactory}. */
final class DialSocketFactory extends SocketFactory {
    private final Dialer dialer;

    DialSocketFactory(Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public Socket createSocket() throws SocketException {
        return new DialSocket(new DialSocketImpl(dialer));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connect(createSocket(), InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connect(bound(localHost, localPort), InetSocketAddress.createUnresolved(host, port));
    }

    /** An address is no name: this one alone is tried. */
    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connect(createSocket(), withoutName(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connect(bound(localAddress, localPort), withoutName(address, port));
    }

    private Socket bound(InetAddress localAddress, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(localAddress, localPort));
        return socket;
    }

    private static InetSocketAddress withoutName(InetAddress address, int port) throws IOException {
        return new InetSocketAddress(DialSocketImpl.withoutName(address), port);
    }

    private static Socket connect(Socket socket, InetSocketAddress address) throws IOException {
        try {
            socket.connect(address);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** A plain socket on an implementation of our own, which only a subclass may be given. */
    private static final class DialSocket extends Socket {
        DialSocket(SocketImpl impl) throws SocketException {
            super(impl);
        }
    }
}
