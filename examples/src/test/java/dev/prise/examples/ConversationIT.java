package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.examples.Running.Ended;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tutorial's client and server, ours and those in C and the command, say the tutorial's lines whoever talks with whom. */
class ConversationIT {
    private static final Ended CLIENT = Ended.of(0, "Bytes Sent: 14", "Bytes received: 14", "Connection closed");
    private static final Ended SERVER = Ended.of(0, "Bytes received: 14", "Bytes sent: 14", "Connection closing...");

    @ParameterizedTest
    @CsvSource({
        "JAVA_CLIENT, JAVA_SERVER",
        "JAVA_CLIENT, C_SERVER",
        "JDK_CLIENT, JAVA_SERVER",
        "IPV4_CLIENT, C_SERVER",
        "C_CLIENT, JAVA_SERVER",
        "C_CLIENT, C_SERVER"
    })
    void oneToTheOther(Program client, Program server) throws IOException, InterruptedException {
        if (client.isMissing() || server.isMissing()) {
            return;
        }
        String port = Ports.free();
        String host = client == Program.IPV4_CLIENT ? "127.0.0.1" : "localhost";
        try (Running serving = server.start(port).listening(port)) {
            assertThat(client.run(port, host)).isEqualTo(CLIENT);
            assertThat(serving.end()).isEqualTo(SERVER);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_CLIENT", "C_CLIENT"})
    void clientToPriseListenOnce(Program client) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        try (Running listening = Running.prise("listen", "0", "--once")) {
            assertThat(client.run(listening.listeningPort(), "localhost")).isEqualTo(CLIENT);
            assertThat(listening.end()).isEqualTo(Ended.of(0));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_CLIENT", "C_CLIENT"})
    void clientToPriseListenTwice(Program client) throws IOException, InterruptedException {
        if (client.isMissing()) {
            return;
        }
        try (Running listening = Running.prise("listen", "0")) {
            String port = listening.listeningPort();
            assertThat(client.run(port, "localhost")).isEqualTo(CLIENT);
            assertThat(client.run(port, "127.0.0.1")).isEqualTo(CLIENT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_SERVER", "C_SERVER"})
    void priseConnectToServer(Program server) throws IOException, InterruptedException {
        if (server.isMissing()) {
            return;
        }
        String port = Ports.free();
        try (Running serving = server.start(port).listening(port);
                Running prise = Running.prise("connect", "--send", "this is a test", "localhost", port)) {
            // what came back, without an end of line of its own
            assertThat(prise.end()).isEqualTo(new Ended(0, List.of("this is a test"), List.of()));
            assertThat(serving.end()).isEqualTo(SERVER);
        }
    }
}
