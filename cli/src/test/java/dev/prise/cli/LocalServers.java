package dev.prise.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;

/** What the loopback of this machine has. */
final class LocalServers {
    private LocalServers() {}

    /** Whether there is ::1; says what is left out when there is not. */
    static boolean hasSix(String leftOut) {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            channel.bind(new InetSocketAddress(Loopback.six(), 0));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            System.out.println("Left out: " + leftOut + ", because loopback has no ::1");
            return false;
        }
    }

    /** A server on 127.0.0.1 and a free port. */
    static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, Loopback.four(1));
    }
}
