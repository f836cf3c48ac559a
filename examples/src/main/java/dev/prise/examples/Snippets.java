package dev.prise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Readiness;
import dev.prise.Sockets;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfos;
import dev.prise.address.Hints;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** What README.md and docs/tls.md show of the library. */
final class Snippets {
    private Snippets() {}

    /** README.md, the library: talks to an echo server on the tutorial's port. */
    static void dial() throws IOException {
        Dialer dialer = Dialer.create(); // immutable and thread-safe; nothing to close

        try (DialResult result = dialer.dial("localhost", 27015)) {
            Socket socket = result.socket(); // or result.channel()
            socket.getOutputStream().write("this is a test".getBytes(UTF_8));
            socket.shutdownOutput();
            System.out.println(new String(socket.getInputStream().readAllBytes(), UTF_8));
            System.out.println(result.address() + " in " + result.trace().elapsedNanos() / 1_000_000 + " ms");
        }
    }

    /** README.md, getaddrinfo: connects to the same server. */
    static void lookup() throws IOException {
        List<AddressInfo> found =
                AddressInfos.lookup("localhost", "27015", Hints.DEFAULT.withFlags(Hints.Flag.CANONNAME));
        try (NetworkChannel channel = Sockets.open(found.get(0))) { // a SocketChannel, since the hints say stream
            ((SocketChannel) channel).connect(found.get(0).address());
        }
    }

    /** docs/tls.md, the first lines. */
    static void tls() throws IOException {
        Dialer dialer = Dialer.builder().tls().build();
        try (DialResult result = dialer.dial("example.org", 443)) {
            SSLSocket socket = (SSLSocket) result.socket();
            System.out.println(socket.getSession().getProtocol() + " " + socket.getApplicationProtocol());
        }
    }

    /** docs/tls.md, a greeting. */
    static Dialer greeted() {
        Readiness greeted = connection -> () -> {
            int count = connection.channel().read(ByteBuffer.allocate(1));
            if (count < 0) {
                throw new IOException("hung up before the greeting");
            }
            return count == 0 ? Readiness.Step.NEEDS_READ : Readiness.Step.READY;
        };
        Dialer dialer = Dialer.builder().readiness(greeted).build();
        return dialer;
    }
}
