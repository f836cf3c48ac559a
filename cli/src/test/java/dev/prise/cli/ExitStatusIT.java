package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExitStatusIT {
    @Test
    void refusedIsOne() throws IOException {
        int port = LocalServers.closedPort();
        Launched.Ended ended = Launched.run("connect", "127.0.0.1", "" + port);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("prise: cannot connect to 127.0.0.1 port " + port + ": 127.0.0.1 refused after ")
                .contains("(ECONNREFUSED, WSAECONNREFUSED 10061); ");
    }

    @Test
    void notResolvedIsThree() {
        Launched.Ended ended = Launched.run("connect", "nosuchhost.invalid");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err())
                .startsWith("prise: cannot resolve nosuchhost.invalid: ")
                .contains("EAI_");
    }

    static List<List<String>> hostile() {
        return List.of(
                List.of(""),
                List.of("  "),
                List.of("[::1"),
                List.of("::1::2"),
                List.of("fe80::1%nosuchif", "1"),
                List.of("a".repeat(64) + ".example"),
                List.of("abcdefghi.".repeat(30)),
                List.of("localhost", "0"),
                List.of("localhost", "-1"),
                List.of("localhost", "99999"),
                List.of("http"),
                List.of("localhost", "nosuchservice"),
                List.of("b\u00fccher.example"),
                List.of("1.2.3.4.5"),
                List.of("0x7f.1", "1"),
                List.of("-"),
                List.of("--"),
                List.of("*", "1"),
                List.of("host\twith\ttabs"),
                List.of("\u202egnp.exe"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileArgumentsGetASentence(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("connect", "--timeout=5s"));
        command.addAll(arguments);
        for (Map<String, String> locale : List.of(Map.of("LC_ALL", "C.UTF-8"), Map.of("LC_ALL", "C"))) {
            try (Launched launched = Launched.start(locale, command.toArray(String[]::new))) {
                Launched.Ended ended = launched.end("");
                assertThat(ended.status()).isBetween(1, 3);
                assertThat(ended.out()).isEmpty();
                assertThat(ended.err().lines()).hasSize(1);
                assertThat(ended.err()).startsWith("prise: ").doesNotContain("Exception", "dev.prise", "\tat ");
            }
        }
    }

    @Test
    void interruptedIs130() throws IOException, InterruptedException {
        try (ServerSocket server = LocalServers.server();
                Launched client = Launched.start("connect", "127.0.0.1", "" + server.getLocalPort());
                java.net.Socket accepted = server.accept()) {
            if (ignoresInterrupt(client.pid())) {
                System.out.println(
                        "Left out: the exit status after SIGINT, because it is ignored where this test runs");
                return;
            }
            new ProcessBuilder("kill", "-INT", "" + client.pid()).start().waitFor();
            assertThat(client.status()).isEqualTo(130);
            assertThat(client.end("")).isEqualTo(new Launched.Ended(130, "", ""));
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    /** A shell without job control starts background processes so, and children inherit it. */
    private static boolean ignoresInterrupt(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 2) != 0;
            }
        }
        return false;
    }
}
