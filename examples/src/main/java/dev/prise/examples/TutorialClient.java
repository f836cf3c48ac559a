package dev.prise.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.prise.Sockets;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfoException;
import dev.prise.address.AddressInfos;
import dev.prise.address.Hints;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;

/** The tutorial's client: sends a line, says that this was all, and counts what comes back until the server closes. */
public final class TutorialClient {
    private TutorialClient() {}

    /**
     * Runs it.
     *
     * @param args the name or address of the server
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length != 1) {
            System.out.println("usage: TutorialClient server-name");
            return 1;
        }

        // 1. Initialise: the Java library has done so; there is no WSAStartup and no WSACleanup.

        // 2. Hints: IPv6 or IPv4, a stream, TCP.
        Hints hints = new Hints(AddressFamily.UNSPEC, SocketType.STREAM, Protocol.TCP, Set.of());

        // 3. Resolve the server's name and the port.
        List<AddressInfo> results;
        try {
            results = AddressInfos.lookup(args[0], Tutorial.DEFAULT_PORT, hints);
        } catch (AddressInfoException e) {
            System.out.println("getaddrinfo failed: " + e.systemCode());
            return 1;
        }

        for (AddressInfo result : results) {
            // 4. Create a socket of the result's family, type and protocol.
            SocketChannel socket;
            try {
                socket = (SocketChannel) Sockets.open(result);
            } catch (IOException e) {
                // 5. Check that there is one. If not, the tutorial gives up, whatever other results there are.
                System.out.println("Error at socket(): " + Tutorial.number(e));
                return 1;
            }

            // 6. Connect. The tutorial does not say why an address failed, it tries the next.
            try {
                socket.connect(result.address());
            } catch (IOException e) {
                Tutorial.close(socket);
                continue;
            }
            int status = converse(socket);

            // 10. Close.
            Tutorial.close(socket);
            return status;
        }
        System.out.println("Unable to connect to server!");
        return 1;
    }

    private static int converse(SocketChannel socket) {
        // 7. Send, with one call.
        try {
            int sent = socket.write(ByteBuffer.wrap("this is a test".getBytes(US_ASCII)));
            System.out.println("Bytes Sent: " + sent);
        } catch (IOException e) {
            System.out.println("send failed with error: " + Tutorial.number(e));
            return 1;
        }

        // 8. Shut down the sending side: the server reads the end, and can still answer.
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            System.out.println("shutdown failed with error: " + Tutorial.number(e));
            return 1;
        }

        // 9. Receive until the server closes. After an error too the tutorial's client ends with 0.
        ByteBuffer buffer = ByteBuffer.allocate(Tutorial.BUFFER_BYTES);
        try {
            for (int received = socket.read(buffer); received > 0; received = socket.read(buffer.clear())) {
                System.out.println("Bytes received: " + received);
            }
            System.out.println("Connection closed");
        } catch (IOException e) {
            System.out.println("recv failed with error: " + Tutorial.number(e));
        }
        return 0;
    }
}
