package dev.prise.examples;

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
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

/** The tutorial's server: accepts one client, sends back what it says until it has said all, and ends. */
public final class TutorialServer {
    private TutorialServer() {}

    /**
     * Runs it.
     *
     * @param args not looked at
     */
    public static void main(String[] args) {
        System.exit(run());
    }

    private static int run() {
        // 1. Initialise: the Java library has done so.

        // 2. Hints: IPv4, a stream, TCP, an address to bind to.
        Hints hints = new Hints(AddressFamily.INET, SocketType.STREAM, Protocol.TCP, Set.of(Hints.Flag.PASSIVE));

        // 3. Resolve: without a name, that is 0.0.0.0, all IPv4 addresses of this machine.
        AddressInfo address;
        try {
            address = AddressInfos.lookup(null, Tutorial.DEFAULT_PORT, hints).get(0);
        } catch (AddressInfoException e) {
            System.out.println("getaddrinfo failed: " + e.systemCode());
            return 1;
        }

        // 4. Create a socket that will listen, and check that there is one.
        ServerSocketChannel listener;
        try {
            listener = Sockets.openServer(address);
        } catch (IOException e) {
            System.out.println("Error at socket(): " + Tutorial.number(e));
            return 1;
        }

        // 5. Bind, and 6. listen, with the longest queue that the system allows: Java does both in one call.
        try {
            listener.bind(address.address(), Integer.MAX_VALUE);
        } catch (IOException e) {
            System.out.println("bind failed with error: " + Tutorial.number(e));
            Tutorial.close(listener);
            return 1;
        }

        // 7. Accept one client.
        SocketChannel client;
        try {
            client = listener.accept();
        } catch (IOException e) {
            System.out.println("accept failed with error: " + Tutorial.number(e));
            Tutorial.close(listener);
            return 1;
        }

        // 8. Close the listener before serving: whoever comes now is refused.
        Tutorial.close(listener);
        int status = serve(client);

        // 11. Close.
        Tutorial.close(client);
        return status;
    }

    private static int serve(SocketChannel client) {
        // 9. Receive until the client has sent all, and send each piece back.
        ByteBuffer buffer = ByteBuffer.allocate(Tutorial.BUFFER_BYTES);
        String call = "recv";
        try {
            for (int received = client.read(buffer); received > 0; received = client.read(buffer.clear())) {
                System.out.println("Bytes received: " + received);
                call = "send";
                System.out.println("Bytes sent: " + client.write(buffer.flip()));
                call = "recv";
            }
            System.out.println("Connection closing...");

            // 10. Shut down the sending side: the client reads the end.
            call = "shutdown";
            client.shutdownOutput();
        } catch (IOException e) {
            System.out.println(call + " failed with error: " + Tutorial.number(e));
            return 1;
        }
        return 0;
    }
}
