package dev.prise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.prise.DialResult;
import dev.prise.Dialer;
import java.io.IOException;
import java.net.Socket;

/** The program of docs/quick-start.md. */
public final class QuickStart {
    private QuickStart() {}

    /** Says something to a host and a port, and prints what comes back. */
    public static void main(String[] args) throws IOException {
        Dialer dialer = Dialer.create(); // immutable, thread-safe; make one and keep it

        try (DialResult result = dialer.dial(args[0], Integer.parseInt(args[1]))) {
            Socket socket = result.socket();
            socket.getOutputStream().write("hello\n".getBytes(UTF_8));
            socket.shutdownOutput();
            System.out.print(new String(socket.getInputStream().readAllBytes(), UTF_8));
            System.out.println("connected to " + result.address().addressText());
        }
    }
}
