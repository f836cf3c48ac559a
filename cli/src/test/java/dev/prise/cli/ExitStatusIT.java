package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prise.address.PlainText;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExitStatusIT {
    /** Stands for a port on which nobody listens. */
    private static final String CLOSED_PORT = "(closed port)";

    private static final String NO_NAME = "(EAI_NONAME, WSAHOST_NOT_FOUND 11001)";
    private static final String NO_SERVICE = "(EAI_SERVICE, WSATYPE_NOT_FOUND 10109)";

    @Test
    void refusedIsOne() throws IOException {
        try (ClosedPort port = ClosedPort.any()) {
            Launched.Ended ended = Launched.run("connect", "127.0.0.1", port.text());
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .startsWith(
                            "prise: cannot connect to 127.0.0.1 port " + port.number() + ": 127.0.0.1 refused after ")
                    .contains("(ECONNREFUSED, WSAECONNREFUSED 10061); ");
        }
    }

    @Test
    void notResolvedIsThree() {
        Launched.Ended ended = Launched.run("connect", "nosuchhost.invalid");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err())
                .startsWith("prise: cannot resolve nosuchhost.invalid: ")
                .contains("(EAI_NONAME, WSAHOST_NOT_FOUND 11001); ");
    }

    /** Arguments that are no good, the exit status that says so and the codes in the sentence. */
    record Hostile(int status, String codes, List<String> arguments) {
        static Hostile of(int status, String codes, String... arguments) {
            return new Hostile(status, codes, List.of(arguments));
        }

        @Override
        public String toString() {
            return PlainText.of(String.join(" ", arguments));
        }
    }

    static List<Hostile> hostile() {
        return List.of(
                Hostile.of(2, NO_NAME, ""),
                Hostile.of(2, NO_NAME, "  "),
                Hostile.of(2, NO_NAME, "[::1"),
                Hostile.of(2, NO_NAME, "::1::2"),
                Hostile.of(3, NO_NAME, "fe80::1%nosuchif", "1"),
                Hostile.of(2, NO_NAME, "a".repeat(64) + ".example"),
                Hostile.of(2, NO_NAME, "abcdefghi.".repeat(30)),
                Hostile.of(2, NO_SERVICE, "localhost", "0"),
                Hostile.of(2, NO_SERVICE, "localhost", "-1"),
                Hostile.of(2, NO_SERVICE, "localhost", "99999"),
                Hostile.of(3, NO_NAME, "http"),
                Hostile.of(3, NO_SERVICE, "localhost", "nosuchservice"),
                Hostile.of(3, NO_NAME, "b\u00fccher.example"),
                Hostile.of(3, NO_NAME, "1.2.3.4.5"),
                Hostile.of(1, "(ECONNREFUSED, WSAECONNREFUSED 10061)", "0x7f.1", CLOSED_PORT),
                Hostile.of(3, NO_NAME, "-"),
                Hostile.of(2, "'HOST'", "--"),
                Hostile.of(3, NO_NAME, "*", "1"),
                Hostile.of(2, NO_NAME, "host\twith\ttabs"),
                Hostile.of(2, NO_NAME, "\u202egnp.exe"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileArgumentsGetASentence(Hostile row) throws IOException {
        Charset passing = Charset.forName(System.getProperty("sun.jnu.encoding"));
        boolean passable = row.arguments().stream().allMatch(passing.newEncoder()::canEncode);
        if (!passable) {
            System.out.println("Left out: the argument " + row + ", because a JVM in this locale (" + passing
                    + ") cannot pass it on");
        }
        assumeTrue(passable);
        try (ClosedPort port = ClosedPort.any()) {
            List<String> command = new ArrayList<>(List.of("connect", "--timeout=5s"));
            for (String argument : row.arguments()) {
                command.add(argument.equals(CLOSED_PORT) ? port.text() : argument);
            }
            for (Map<String, String> locale : List.of(Map.of("LC_ALL", "C.UTF-8"), Map.of("LC_ALL", "C"))) {
                try (Launched launched = Launched.start(locale, command.toArray(String[]::new))) {
                    Launched.Ended ended = launched.end("");
                    assertThat(ended.err().lines()).hasSize(1);
                    assertThat(ended.err())
                            .startsWith("prise: ")
                            .contains(row.codes())
                            .doesNotContain("Exception", "dev.prise", "\tat ");
                    assertThat(ended.status()).as(ended.err()).isEqualTo(row.status());
                    assertThat(ended.out()).isEmpty();
                }
            }
        }
    }

    @Test
    void explainTakesANegativeNumber() {
        assertThat(Launched.run("explain", "-2").out()).startsWith("-2 on Linux from getaddrinfo is EAI_NONAME: ");
        assertThat(Launched.run("explain", "ECONREFUSED"))
                .isEqualTo(
                        new Launched.Ended(
                                2,
                                "",
                                "prise: there is no code 'ECONREFUSED'; the nearest is ECONNREFUSED, and prise explain lists all\n"));
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
    static boolean ignoresInterrupt(long pid) throws IOException {
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
