package dev.prise.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;

/** The tutorial's server with the Java library alone, for docs/winsock.md to show beside the other. A failure is an exception. */
final class PlainServer {
    private PlainServer() {}

    static void run(ServerSocketChannel listener, PrintStream out) throws IOException {
        Socket client = listener.accept().socket();
        listener.close();

        byte[] buffer = new byte[512];
        InputStream in = client.getInputStream();
        OutputStream back = client.getOutputStream();
        for (int received = in.read(buffer); received >= 0; received = in.read(buffer)) {
            out.println("Bytes received: " + received);
            back.write(buffer, 0, received);
            out.println("Bytes sent: " + received);
        }
        out.println("Connection closing...");

        client.shutdownOutput();
        client.close();
    }

    static ServerSocketChannel listener(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            listener.bind(new InetSocketAddress("0.0.0.0", port), Integer.MAX_VALUE);
            return listener;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }
}
