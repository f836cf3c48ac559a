package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.examples.Running.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tutorial's client says when something is wrong; that in C is asked as well. */
class ClientFaultsIT {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** What a server does with its one client before it closes. */
    private interface Behaviour {
        void serve(Socket client) throws IOException;
    }

    private static Ended against(Program client, Behaviour server) throws IOException, InterruptedException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            listener.setSoTimeout(Math.toIntExact(TimeUnit.SECONDS.toMillis(Running.PATIENCE_SECONDS)));
            try (Running running = client.start(Integer.toString(listener.getLocalPort()), "127.0.0.1")) {
                try (Socket socket = listener.accept()) {
                    server.serve(socket);
                }
                return running.end();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"JAVA_CLIENT, ''", "JAVA_CLIENT, one two", "C_CLIENT, ''", "C_CLIENT, one two"})
    void wrongCountOfArguments(Program client, String arguments) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        Ended ended = client.run("27015", arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.lines())
                .singleElement()
                .asString()
                .matches(
                        client.isC()
                                ? "usage: .*tutorial_client-27015 server-name"
                                : "usage: TutorialClient server-name");
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_CLIENT, nosuchhost.invalid",
        "JDK_CLIENT, nosuchhost.invalid",
        "JAVA_CLIENT, 127.0.0.1:80",
        "JDK_CLIENT, 127.0.0.1:80"
    })
    void unknownName(Program client, String name) throws IOException, InterruptedException {
        if (client.isMissing() || Program.C_CLIENT.isMissing()) {
            return;
        }
        Ended before = Program.C_CLIENT.run("27015", name);
        Ended ended = client.run("27015", name);
        Ended after = Program.C_CLIENT.run("27015", name);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.lines()).singleElement().asString().matches("getaddrinfo failed: -[23]");
        if (before.equals(after)) {
            assertThat(ended).isEqualTo(before);
        } else {
            System.out.println("Left out: the same number for " + name
                    + " as in C, because the name server answers now so, now so");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_CLIENT", "JDK_CLIENT", "C_CLIENT"})
    void unknownService(Program client) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        assertThat(client.run("no-such-service", "127.0.0.1")).isEqualTo(Ended.of(1, "getaddrinfo failed: -8"));
    }

    @Test
    void noSocketOfThatFamily() throws IOException, InterruptedException {
        if (Program.IPV4_CLIENT.isMissing()) {
            return;
        }
        assertThat(Program.IPV4_CLIENT.run("27015", "::1")).isEqualTo(Ended.of(1, "Error at socket(): 97"));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_CLIENT", "C_CLIENT"})
    void nobodyListens(Program client) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        // a socket that has the port and does not listen: nobody else is given it
        try (SocketChannel holder = SocketChannel.open(StandardProtocolFamily.INET)) {
            holder.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
            String port = Integer.toString(((InetSocketAddress) holder.getLocalAddress()).getPort());
            assertThat(client.run(port, "127.0.0.1")).isEqualTo(Ended.of(1, "Unable to connect to server!"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_CLIENT", "C_CLIENT"})
    void serverThatResets(Program client) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        Ended ended = against(client, socket -> {
            assertThat(socket.getInputStream().readNBytes(14)).hasSize(14);
            socket.setSoLinger(true, 0);
        });
        Ended atReceive = Ended.of(0, "Bytes Sent: 14", "recv failed with error: 104");
        Ended atShutdown = Ended.of(1, "Bytes Sent: 14", "shutdown failed with error: 107");
        if (client.isC()) {
            // the reset comes before its shutdown, or after
            assertThat(ended).isIn(atReceive, atShutdown);
        } else {
            // Java's shutdownOutput takes ENOTCONN for success
            assertThat(ended).isEqualTo(atReceive);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_CLIENT", "C_CLIENT"})
    void serverThatSays1300Bytes(Program client) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        Ended ended = against(client, socket -> {
            socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(new byte[1300]);
        });
        assertThat(ended.status()).isZero();
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.lines()).startsWith("Bytes Sent: 14").endsWith("Connection closed");
        // 512, 512, 276 unless TCP has cut them otherwise, which it may
        List<Integer> counts = ended.lines().subList(1, ended.lines().size() - 1).stream()
                .map(line -> Integer.valueOf(line.replaceFirst("^Bytes received: ", "")))
                .toList();
        System.out.println(client + " received 1300 bytes as " + counts);
        assertThat(counts).allMatch(count -> count > 0 && count <= 512);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1300);
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_CLIENT", "C_CLIENT"})
    void serverThatSaysNothing(Program client) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        Ended ended = against(
                client,
                socket -> assertThat(socket.getInputStream().readAllBytes())
                        .asString()
                        .isEqualTo("this is a test"));
        assertThat(ended).isEqualTo(Ended.of(0, "Bytes Sent: 14", "Connection closed"));
    }
}
