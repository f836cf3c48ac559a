package dev.prise.examples;

import dev.prise.Dialer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** What a JDBC driver makes by its name: a factory of sockets that race. */
public final class RacingSocketFactory extends SocketFactory {
    private static final SocketFactory RACING = Dialer.create().socketFactory();

    @Override
    public Socket createSocket() throws IOException {
        return RACING.createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return RACING.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return RACING.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return RACING.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return RACING.createSocket(host, port, localHost, localPort);
    }
}
