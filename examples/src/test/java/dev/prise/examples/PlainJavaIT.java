package dev.prise.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.examples.Running.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What docs/winsock.md shows beside the tutorial's programs does the same, and what it says of the Java library is so. */
class PlainJavaIT {
    private static final List<String> CLIENT = List.of("Bytes Sent: 14", "Bytes received: 14", "Connection closed");
    private static final List<String> SERVER = List.of("Bytes received: 14", "Bytes sent: 14", "Connection closing...");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, US_ASCII);

    private List<String> lines() {
        return bytes.toString(US_ASCII).lines().toList();
    }

    @Test
    void plainClient() throws IOException, InterruptedException {
        if (Program.JAVA_SERVER.isMissing()) {
            return;
        }
        String port = Ports.free();
        try (Running serving = Program.JAVA_SERVER.start(port).listening(port)) {
            PlainClient.run("localhost", Integer.parseInt(port), out);
            assertThat(lines()).isEqualTo(CLIENT);
            assertThat(serving.end()).isEqualTo(new Ended(0, SERVER, List.of()));
        }
    }

    @Test
    void plainServer() throws IOException, InterruptedException {
        if (Program.JAVA_CLIENT.isMissing()) {
            return;
        }
        try (ServerSocketChannel listener = PlainServer.listener(0);
                Running client = Program.JAVA_CLIENT.start(
                        Integer.toString(listener.socket().getLocalPort()), "localhost")) {
            PlainServer.run(listener, out);
            assertThat(lines()).isEqualTo(SERVER);
            assertThat(client.end()).isEqualTo(new Ended(0, CLIENT, List.of()));
        }
    }

    @Test
    void dialerInPlaceOfTheFirstSteps() throws IOException, InterruptedException {
        if (Program.JAVA_SERVER.isMissing()) {
            return;
        }
        String port = Ports.free();
        try (Running serving = Program.JAVA_SERVER.start(port).listening(port)) {
            assertThat(DialerClient.talk("localhost", Integer.parseInt(port))).isEqualTo("this is a test");
            assertThat(serving.end()).isEqualTo(new Ended(0, SERVER, List.of()));
        }
    }

    @Test
    void shutdownAfterAResetFailsInCAndNotInJava() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket listener = new ServerSocket(0, 1, loopback);
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(loopback, listener.getLocalPort()));
                Selector selector = Selector.open()) {
            Socket peer = listener.accept();
            peer.setSoLinger(true, 0);
            peer.close();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            assertThat(selector.select(TimeUnit.SECONDS.toMillis(Running.PATIENCE_SECONDS)))
                    .as("the reset has come")
                    .isEqualTo(1);
            assertThatCode(channel::shutdownOutput).doesNotThrowAnyException();
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    @Test
    void aServerSocketIsOnBothFamiliesAndReusesItsAddress() throws IOException, InterruptedException {
        if (Program.JAVA_SERVER.isMissing() || ServerFaultsIT.hasNoSix()) {
            return;
        }
        byte[] six = new byte[16];
        six[15] = 1;
        try (ServerSocket listener = new ServerSocket(0);
                Socket client = new Socket(InetAddress.getByAddress(six), listener.getLocalPort())) {
            assertThat(client.isConnected()).isTrue();
            assertThat(listener.getReuseAddress()).isTrue();
        }
    }
}
