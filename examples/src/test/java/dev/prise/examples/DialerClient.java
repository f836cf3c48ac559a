package dev.prise.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.prise.DialResult;
import dev.prise.Dialer;
import java.io.IOException;
import java.net.Socket;

/** What a program does in place of the tutorial's first six steps, for docs/winsock.md. */
final class DialerClient {
    private DialerClient() {}

    static String talk(String host, int port) throws IOException {
        try (DialResult result = Dialer.create().dial(host, port)) {
            Socket socket = result.socket();
            socket.getOutputStream().write("this is a test".getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
