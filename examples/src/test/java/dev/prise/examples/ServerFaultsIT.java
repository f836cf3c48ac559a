package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.examples.Running.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tutorial's server says when something is wrong; that in C is asked as well. */
class ServerFaultsIT {
    /** What a client does before it closes. */
    private interface Behaviour {
        void talk(Socket server, String port) throws IOException, InterruptedException;
    }

    private static Ended against(Program server, Behaviour client) throws IOException, InterruptedException {
        String port = Ports.free();
        // arguments are not looked at
        try (Running serving = server.start(port, "one", "two").listening(port)) {
            try (Socket socket =
                    new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(port))) {
                socket.setSoTimeout(Math.toIntExact(TimeUnit.SECONDS.toMillis(Running.PATIENCE_SECONDS)));
                client.talk(socket, port);
            }
            return serving.end();
        }
    }

    /** Once this has come back, the server serves. */
    private static void exchangeOneByte(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        assertThat(socket.getInputStream().read()).isEqualTo('x');
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_SERVER", "C_SERVER"})
    void portTaken(Program server) throws IOException, InterruptedException {
        if (server.isMissing()) {
            return;
        }
        try (ServerSocketChannel taken = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            String port = Ports.free();
            taken.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), Integer.parseInt(port)));
            assertThat(server.run(port)).isEqualTo(Ended.of(1, "bind failed with error: 98"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_SERVER", "C_SERVER"})
    void unknownService(Program server) throws IOException, InterruptedException {
        if (server.isMissing()) {
            return;
        }
        assertThat(server.run("no-such-service")).isEqualTo(Ended.of(1, "getaddrinfo failed: -8"));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_SERVER", "C_SERVER"})
    void clientThatSaysNothing(Program server) throws IOException, InterruptedException {
        if (server.isMissing()) {
            return;
        }
        Ended ended = against(server, (socket, port) -> {
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        });
        assertThat(ended).isEqualTo(Ended.of(0, "Connection closing..."));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_SERVER", "C_SERVER"})
    void clientThatResets(Program server) throws IOException, InterruptedException {
        if (server.isMissing()) {
            return;
        }
        Ended ended = against(server, (socket, port) -> {
            exchangeOneByte(socket);
            socket.setSoLinger(true, 0);
        });
        assertThat(ended).isEqualTo(Ended.of(1, "Bytes received: 1", "Bytes sent: 1", "recv failed with error: 104"));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_SERVER", "C_SERVER"})
    void secondClientIsRefused(Program server) throws IOException, InterruptedException {
        if (server.isMissing()) {
            return;
        }
        Ended ended = against(server, (socket, port) -> {
            exchangeOneByte(socket);
            assertThat(Program.JAVA_CLIENT.run(port, "127.0.0.1"))
                    .isEqualTo(Ended.of(1, "Unable to connect to server!"));
        });
        assertThat(ended).isEqualTo(Ended.of(0, "Bytes received: 1", "Bytes sent: 1", "Connection closing..."));
    }

    @Test
    void listensOnIpv4Only() throws IOException, InterruptedException {
        if (Program.JAVA_SERVER.isMissing() || hasNoSix()) {
            return;
        }
        String port = Ports.free();
        try (Running serving = Program.JAVA_SERVER.start(port).listening(port)) {
            assertThat(Program.JAVA_CLIENT.run(port, "::1")).isEqualTo(Ended.of(1, "Unable to connect to server!"));
            assertThat(Program.JAVA_CLIENT.run(port, "127.0.0.1").status()).isZero();
            assertThat(serving.end().status()).isZero();
        }
    }

    /** Whether loopback has no ::1; says what is left out then. */
    static boolean hasNoSix() {
        byte[] six = new byte[16];
        six[15] = 1;
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(six), 0));
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            System.out.println("Left out: which servers are on ::1, because loopback has no ::1");
            return true;
        }
    }
}
