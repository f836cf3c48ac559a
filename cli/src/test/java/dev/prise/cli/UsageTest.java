package dev.prise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before anything is looked up or connected to. */
class UsageTest {
    private static final String LABEL_64 = "a".repeat(64);
    private static final String NAME_300 = "abcdefghi.".repeat(30);

    static List<List<String>> wrongUsage() {
        return List.of(
                List.of(),
                List.of("nosuchcommand"),
                List.of("connect"),
                List.of("connect", "a", "80", "c"),
                List.of("connect", "--nosuchoption", "a"),
                List.of("connect", "a", "-1"),
                List.of("connect", "a", "0"),
                List.of("connect", "a", "99999"),
                List.of("connect", "a", "99999999999999999999"),
                List.of("connect", "a", ""),
                List.of("connect", "a:0"),
                List.of("connect", "a:1", "2"),
                List.of("connect", "[::1]:1", "2"),
                List.of("connect", ""),
                List.of("connect", " "),
                List.of("connect", "two words"),
                List.of("connect", "nul\0inside"),
                List.of("connect", "line\nbreak"),
                List.of("connect", "esc\u001b[31m"),
                List.of("connect", "[::1"),
                List.of("connect", "::1]"),
                List.of("connect", "::1::2"),
                List.of("connect", LABEL_64 + ".example"),
                List.of("connect", NAME_300),
                List.of("connect", "@file"),
                List.of("connect", "unix:"),
                List.of("connect", "unix:/a", "80"),
                List.of("connect", "unix:/a\0b"),
                List.of("connect", "-4", "-6", "a"),
                List.of("connect", "-z", "--send", "x", "a"),
                List.of("connect", "--timeout", "soon", "a"),
                List.of("connect", "--timeout", "-5s", "a"),
                List.of("connect", "--timeout"),
                List.of("connect", "--attempt-delay", "99ms", "a"),
                List.of("connect", "--attempt-delay", "3s", "a"),
                List.of("connect", "--resolution-delay", "501ms", "a"),
                List.of("connect", "--eager", "--sequential", "a"),
                List.of("connect", "--tls", "--alpn", "h2,,x", "a"),
                List.of("connect", "--tls", "--alpn", "h2\u0007", "a"),
                List.of("connect", "--tls", "--server-name", "", "a"),
                List.of("connect", "--tls", "--ca", "", "a"),
                List.of("connect", "--tls", "--ca", "/", "a"),
                List.of("connect", "--tls", "unix:/a"),
                List.of("connect", "--alpn", "h2", "a"),
                List.of("connect", "--source", "localhost", "a"),
                List.of("connect", "--source", "fe80::1%nosuchif", "a"),
                List.of("connect", "--resolver", "getaddrinfo", "a"),
                List.of("connect", "--resolver", "other", "a"),
                List.of("connect", "--color", "sometimes", "a"),
                List.of("trace", "a", "-1"),
                List.of("check"),
                List.of("check", "a", "two words"),
                List.of("check", "a", "80"),
                List.of("check", "--at-once", "0", "a"),
                List.of("check", "--at-once", "many", "a"),
                List.of("check", "--tls", "unix:/a"),
                List.of("check", "--eager", "--sequential", "a"),
                List.of("wait", "a", "--for", "0"),
                List.of("wait", "a", "--for", "soon"),
                List.of("listen", "-1"),
                List.of("listen", "65536"),
                List.of("listen", "::1::2", "80"),
                List.of("listen", "", "80"),
                List.of("explain", "nosuchcode"),
                List.of("explain", ""),
                List.of("explain", " "),
                List.of("explain", "0"),
                List.of("explain", "99999999999999999999"),
                List.of("explain", "-9999"),
                List.of("explain", "--nosuchoption"),
                List.of("explain", "-"),
                List.of("explain", "ECONNREFUSED", "nosuchcode"),
                List.of("explain", "--json", "nosuchcode"),
                List.of("explain", "x".repeat(100_000)),
                List.of("explain", "E" + "CONNREFUSED".repeat(10_000)),
                List.of("explain", "-x\u001b[31m\nline"),
                List.of("explain", "nul\0inside"),
                List.of("explain", "ECONNREFUSE\u001b[31m\n"),
                List.of("explain", "\u202efdp.\ud800"),
                List.of("explain", "@file"),
                List.of("demo", "extra"),
                List.of("demo", "--tls"),
                List.of("demo", "--ca", "file"),
                List.of("demo", "--server-name", "a"),
                List.of("demo", "--alpn", "h2"),
                List.of("demo", "--resolver", "getaddrinfo"));
    }

    @ParameterizedTest
    @MethodSource("wrongUsage")
    void wrongUsageIsOneSentence(List<String> arguments) {
        InProcess run = InProcess.run(arguments.toArray(String[]::new));
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("prise: ").endsWith("\n");
        assertThat(run.err().trim().chars()).noneMatch(Character::isISOControl);
        assertThat(run.err()).doesNotContain("Exception", "dev.prise", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:", "--", "--timeout=", "--source=", "::1%"})
    void argumentOfAnyLengthIsASentenceOfSome(String beginning) {
        String argument = beginning + "9".repeat(100_000);
        InProcess run = InProcess.run("connect", argument, "localhost", "1", "2");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).startsWith("prise: ").hasLineCount(1).hasSizeLessThan(5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "99999"})
    void badPortsAreNamed(String port) {
        assertThat(InProcess.run("connect", "localhost", port).err())
                .contains("the port " + port + " is not between 1 and 65535", "EAI_SERVICE");
    }

    @ParameterizedTest
    @CsvSource({"connect", "trace", "wait", "listen"})
    void aServiceThatIsNotKnownIsNotResolved(String command) {
        InProcess run = InProcess.run(command, "localhost", "nosuchservice");
        assertThat(run.status()).isEqualTo(ExitStatus.NOT_RESOLVED);
        assertThat(run.err()).contains("\"nosuchservice\" is not known", "EAI_SERVICE, WSATYPE_NOT_FOUND 10109");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "connect", "listen", "trace", "check", "wait", "explain", "generate-completion"})
    void helpAtEveryLevel(String command) {
        InProcess run = InProcess.run(command, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: prise " + command);
        assertThat(run.err()).isEmpty();
        assertThat(InProcess.run("--help").out()).contains(command);
    }

    @Test
    void helpHasExamplesOnOneLineAndWhatOverrulesWhat() {
        String help = InProcess.run("connect", "--help").out();
        assertThat(help).contains("h2,http/1.1");
        assertThat(help.replaceAll("\\s+", " "))
                .contains("after 100ms, or what --attempt-delay says, then")
                .contains("had its share of the time, 2s at least.");
        assertThat(InProcess.run("demo", "--help").out()).contains("--eager").doesNotContain("--tls", "--alpn", "--ca");
    }

    @Test
    void version() {
        assertThat(InProcess.run("--version").out()).startsWith("prise ");
        assertThat(InProcess.run("connect", "--version").out()).startsWith("prise ");
    }

    @Test
    void completionKnowsTheSubcommands() {
        InProcess run = InProcess.run("generate-completion");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("connect", "--attempt-delay", "wait", "explain");
    }

    @Test
    void argumentsThatTheJvmCouldNotReadAreReadAgain() {
        byte[] commandLine = "java\0-jar\0prise.jar\0connect\0b\u00fccher.example\0".getBytes(UTF_8);
        assertThat(Arguments.last(commandLine, new String[] {"connect", "b\ufffd\ufffdcher.example"}))
                .containsExactly("connect", "b\u00fccher.example");
        assertThat(Arguments.last(new byte[0], new String[] {"\ufffd"})).containsExactly("\ufffd");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "host, host, -",
                "host:80, host, 80",
                "host:, host, ''",
                "[::1]:80, [::1], 80",
                "[::1], [::1], -",
                "::1, ::1, -",
                "[::1, [::1, -",
                "unix:/a:b, unix:/a:b, -",
                ":80, '', 80"
            })
    void hostAndPortAreTakenApart(String argument, String host, String service) {
        assertThat(HostAndPort.parse(argument)).isEqualTo(new HostAndPort(host, service));
    }
}
