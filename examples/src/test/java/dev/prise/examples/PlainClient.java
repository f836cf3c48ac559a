package dev.prise.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The tutorial's client with the Java library alone, for docs/winsock.md to show beside the other. A failure is an exception. */
final class PlainClient {
    private PlainClient() {}

    static void run(String host, int port, PrintStream out) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port));
            } catch (IOException e) {
                socket.close();
                continue;
            }
            converse(socket, out);
            return;
        }
        out.println("Unable to connect to server!");
    }

    private static void converse(Socket socket, PrintStream out) throws IOException {
        byte[] message = "this is a test".getBytes(US_ASCII);
        socket.getOutputStream().write(message);
        out.println("Bytes Sent: " + message.length);

        socket.shutdownOutput();

        byte[] buffer = new byte[512];
        InputStream in = socket.getInputStream();
        for (int received = in.read(buffer); received >= 0; received = in.read(buffer)) {
            out.println("Bytes received: " + received);
        }
        out.println("Connection closed");

        socket.close();
    }
}
