package dev.prise.cli;

import dev.prise.DialResult;
import dev.prise.address.AddressInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the tutorial's client says and hears, and its three lines. */
final class DemoConversation {
    private static final String MESSAGE = "this is a test";
    private static final int BUFFER_BYTES = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private DemoConversation() {}

    static void run(DialResult result, DemoStory story) {
        try {
            converse(result, story);
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.BROKEN,
                    "the connection to " + result.address() + " broke: " + Reasons.of(e) + "; run the demo again");
        }
    }

    private static void converse(DialResult result, DemoStory story) throws IOException {
        Socket socket = result.socket();
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        story.more("from " + AddressInfo.stream(socket.getLocalSocketAddress()));
        byte[] message = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        story.step("Send", '"' + MESSAGE + '"');
        socket.getOutputStream().write(message);
        story.line("Bytes Sent: " + message.length);
        story.step("Half-close", "nothing more will be sent, and the server is told so");
        socket.shutdownOutput();
        story.step("Receive", "until the server closes");
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        receive(socket.getInputStream(), received, story);
        story.line("Connection closed");
        String answer = received.toString(StandardCharsets.US_ASCII);
        if (!answer.equals(MESSAGE)) {
            throw new CommandException(
                    ExitStatus.BROKEN,
                    "the echo was \"" + answer + "\" and not \"" + MESSAGE + "\"; run the demo again");
        }
        socket.close();
        story.step("Close", "the socket is closed, and \"" + answer + "\" has come back");
    }

    private static void receive(InputStream from, ByteArrayOutputStream received, DemoStory story) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            received.write(buffer, 0, count);
            story.line("Bytes received: " + count);
        }
    }
}
