package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.getaddrinfo.GetAddrInfo;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code prise resolve}, on both resolvers, with inputs that need no name server. */
class ResolveIT {
    private static InProcess resolve(String... arguments) {
        List<String> all = new ArrayList<>(List.of("resolve"));
        all.addAll(List.of(arguments));
        return InProcess.run(all.toArray(String[]::new));
    }

    private static List<String> resolvers() {
        String reason = GetAddrInfo.unavailableReason();
        if (reason != null) {
            System.out.println("Left out: prise resolve by getaddrinfo, because " + reason);
            return List.of("jdk");
        }
        return List.of("getaddrinfo", "jdk");
    }

    @Test
    void oneLinePerResult() {
        for (String resolver : resolvers()) {
            assertThat(resolve("--resolver", resolver, "127.1", "27015").out())
                    .isEqualTo("inet  127.0.0.1  27015  stream  tcp  only address\n");
            assertThat(resolve("--resolver", resolver, "127.0.0.1", "80", "--type", "any", "--protocol", "any")
                            .out())
                    .isEqualTo("""
                            inet  127.0.0.1  80  stream    tcp  only address
                            inet  127.0.0.1  80  datagram  udp  the same address
                            inet  127.0.0.1  80  raw       any  the same address
                            """);
            assertThat(resolve("--resolver", resolver, "--flags", "canonname,numerichost", "::1")
                            .out())
                    .isEqualTo("inet6  ::1  0  stream  tcp  ::1  only address\n");
        }
    }

    @Test
    void nullNodeAndNullService() {
        for (String resolver : resolvers()) {
            assertThat(resolve("--resolver", resolver, "-4", "-", "27015").out())
                    .startsWith("inet  127.0.0.1  27015  ");
            assertThat(resolve("--resolver", resolver, "-4", "--flags", "passive", "-", "27015")
                            .out())
                    .isEqualTo("inet  0.0.0.0  27015  stream  tcp  wildcard, to listen on\n");
            assertThat(resolve("--resolver", resolver, "-").status()).isEqualTo(ExitStatus.NOT_RESOLVED);
        }
    }

    @Test
    void jsonHasWhatTheLinesHave() {
        for (String resolver : resolvers()) {
            InProcess run = resolve("--resolver", resolver, "--json", "-4", "--flags=numerichost", "127.0.0.1", "80");
            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
            JsonCheck.parse(run.out());
            assertThat(run.out())
                    .isEqualTo(
                            "{\"schema\": \"prise.addrinfo/1\", \"host\": \"127.0.0.1\", \"service\": \"80\", "
                                    + "\"hints\": {\"family\": \"inet\", \"type\": \"stream\", \"protocol\": \"tcp\", \"flags\": [\"numerichost\"]}, "
                                    + "\"resolver\": \"" + resolver + "\", \"fallback_reason\": null, "
                                    + "\"code\": 0, \"posix\": null, \"winsock\": null, \"message\": null, "
                                    + "\"results\": [{\"family\": \"inet\", \"address\": \"127.0.0.1\", \"scope\": 0, \"port\": 80, "
                                    + "\"type\": \"stream\", \"protocol\": \"tcp\", \"canonical_name\": null, \"why\": \"only address\"}]}\n");
        }
    }

    @Test
    void failureIsASentenceWithTheSystemsCode() {
        for (String resolver : resolvers()) {
            InProcess run = resolve("--resolver", resolver, "--json", "--flags", "numerichost", "localhost", "80");
            assertThat(run.status()).isEqualTo(ExitStatus.NOT_RESOLVED);
            assertThat(run.out())
                    .contains("\"posix\": \"EAI_NONAME\", \"winsock\": 11001, \"message\": \"", "\", \"results\": []");
            assertThat(run.err())
                    .startsWith("prise: cannot resolve 'localhost' service '80': ")
                    .contains("EAI_NONAME", "WSAHOST_NOT_FOUND 11001")
                    .endsWith("; check the spelling of the name\n");
            JsonCheck.parse(run.out());
        }
    }

    @Test
    void whatIsMissingOrWrittenAsElsewhereIsSaid() {
        for (String resolver : resolvers()) {
            assertThat(resolve("--resolver", resolver, "-").err()).endsWith("; give a host or a service\n");
            assertThat(resolve("--resolver", resolver, "--flags=numerichost", "[::1]:80")
                            .err())
                    .endsWith("; write HOST and SERVICE as two words, an address without brackets\n");
        }
    }

    @ParameterizedTest
    @DisplayName("hostile hosts and services are one clean sentence")
    @ValueSource(strings = {"", "nul\0inside", "line\nbreak", "esc\u001b[31m", "\u202e", "\ud800", "two words", "--"})
    void hostile(String text) {
        for (String resolver : resolvers()) {
            for (InProcess run : List.of(
                    resolve("--resolver", resolver, "--flags=numerichost", "--", text, "80"),
                    resolve("--resolver", resolver, "--flags=numericserv", "--", "127.0.0.1", "x" + text))) {
                assertThat(run.status()).isEqualTo(ExitStatus.NOT_RESOLVED);
                assertThat(run.out()).isEmpty();
                assertThat(run.err()).startsWith("prise: ").endsWith("\n");
                assertThat(run.err().trim().chars()).noneMatch(Character::isISOControl);
                assertThat(run.err()).doesNotContain("Exception", "\tat ", "\u202e");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--family=nosuch",
        "--family=99999999999",
        "--type=nosuch",
        "--type=0x",
        "--protocol=nosuch",
        "--flags=nosuch",
        "--flags=",
        "'--flags=,passive'",
        "--flags=1x",
        "'--flags=canonname,,passive'",
        "--timeout=soon",
        "--no-hints=1"
    })
    void valuesThatAreNone(String option) {
        InProcess run = resolve(option, "127.0.0.1");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).startsWith("prise: ").doesNotContain("Exception");
    }

    @Test
    void optionsThatExcludeEachOther() {
        for (String[] options : new String[][] {
            {"-4", "-6"}, {"-4", "--family=inet"}, {"--no-hints", "-4"}, {"--no-hints", "--flags=all"}
        }) {
            List<String> arguments = new ArrayList<>(List.of(options));
            arguments.add("127.0.0.1");
            assertThat(resolve(arguments.toArray(String[]::new)).status()).isEqualTo(ExitStatus.USAGE);
        }
        assertThat(resolve("--resolver", "jdk", "--family", "99", "127.0.0.1").err())
                .contains("need --resolver getaddrinfo");
    }

    @Test
    @DisplayName(
            "without native access the Java library answers, resolve -v and trace say why, and the JVM prints nothing")
    void fallbackIsTold() throws Exception {
        String reason = "getaddrinfo: native access is not enabled, which --enable-native-access=ALL-UNNAMED does";
        Launched.Ended resolved = withoutNativeAccess("resolve", "-v", "127.0.0.1", "80");
        assertThat(resolved.status()).isZero();
        assertThat(resolved.out()).startsWith("inet  127.0.0.1  80  stream  tcp  ");
        assertThat(resolved.err().lines()).hasSize(2);
        assertThat(resolved.err())
                .startsWith("prise: asking jdk, since it stands in for " + reason + "\nprise: that took ");
        try (ClosedPort closed = ClosedPort.any()) {
            Launched.Ended traced = withoutNativeAccess("trace", "localhost", closed.text());
            assertThat(traced.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            // a sentence is broken at the window's width
            assertThat(traced.out().replace('\n', ' ')).contains("the resolver jdk stands in for " + reason);
            assertThat(traced.err().lines()).hasSize(1);
        }
        Launched.Ended forced = withoutNativeAccess("resolve", "--resolver=getaddrinfo", "127.0.0.1");
        assertThat(forced.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(forced.err())
                .contains("cannot be used here: native access is not enabled")
                .hasLineCount(1);
    }

    /** From the class path: the manifest of the jar, which grants native access, then says nothing. */
    private static Launched.Ended withoutNativeAccess(String... arguments) throws Exception {
        Path jar = Path.of(System.getProperty("prise.cli.jar"));
        List<String> entries = new ArrayList<>(List.of(jar.toString()));
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            libraries.map(Path::toString).forEach(entries::add);
        }
        List<String> command =
                new ArrayList<>(List.of("-cp", String.join(File.pathSeparator, entries), "dev.prise.cli.Main"));
        command.addAll(List.of(arguments));
        try (Launched launched = Launched.startJava(Map.of(), command)) {
            return launched.end("");
        }
    }
}
