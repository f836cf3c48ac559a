package dev.prise.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTargetsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private List<String> read(boolean tls, List<String> arguments, Path... files) {
        List<String> names = new ArrayList<>();
        for (Path file : files) {
            names.add(file.toString());
        }
        return CheckTargets.read(InProcess.console(errors), arguments, names, tls);
    }

    private Path file(String text) throws IOException {
        return Files.write(Files.createTempFile(folder, "list", ""), text.getBytes(UTF_8));
    }

    private String errors() {
        return errors.toString(UTF_8);
    }

    @Test
    void argumentsComeFirstAndTheRestInTheOrderOfTheFiles() throws IOException {
        assertThat(read(false, List.of("a:1", "[::1]:2"), file("b\nunix:/c\n"), file("b\n::1")))
                .containsExactly("a:1", "[::1]:2", "b", "unix:/c", "b", "::1");
        assertThat(CheckTargets.parse("b").port()).isEqualTo(27015);
        assertThat(errors()).isEmpty();
    }

    @Test
    void commentsBlanksCarriageReturnsAndTheByteOrderMarkArePassedOver() throws IOException {
        Path list = file("\ufeffa:1\r\n# a comment\r\n\r\n  b:2\t# another\r\nunix:/c#d \r\n\u00a0\n#\n \t \ne");
        assertThatThrownBy(() -> read(false, List.of(), list)).hasMessageContaining("line 6: ");
        Path plain = file("\ufeffa:1\r\n# a comment\r\n\r\n  b:2\t# another\r\nunix:/c#d \r\n#\n \t \ne");
        assertThat(read(false, List.of(), plain)).containsExactly("a:1", "b:2", "unix:/c#d", "e");
    }

    @Test
    void standardInputIsReadOnlyWhenItIsAskedFor() {
        InProcess piped = InProcess.run(UTF_8, Map.of(), "two words\n", "check", "--file", "-");
        assertThat(piped.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(piped.err()).startsWith("prise: standard input line 1: cannot connect to \"two words\": ");
        InProcess unasked = InProcess.run(UTF_8, Map.of(), "two words\n", "check");
        assertThat(unasked.err())
                .isEqualTo(
                        "prise: there is nothing to check; give HOST[:PORT], or --file FILE with one on each line\n");
    }

    @Test
    void allBadTargetsAreNamedAndNothingIsConnectedTo() throws IOException {
        Path list = file("good:1\nbad one\ngood:2\n<script>\ngood:0\ngood:nosuchservice\n[::1\nunix:\n");
        assertThatThrownBy(() -> read(false, List.of("8081", "-", ""), list))
                .hasMessage("9 targets are bad; nothing was connected to")
                .satisfies(e -> assertThat(((CommandException) e).status()).isEqualTo(ExitStatus.USAGE));
        assertThat(errors().lines().toList())
                .hasSize(9)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("prise: '8081' is a number and no host; write HOST:PORT as one word"),
                        line -> assertThat(line)
                                .isEqualTo("prise: '-' is no host; --file - reads the targets from standard input"),
                        line -> assertThat(line).contains("the host is empty"),
                        line -> assertThat(line)
                                .contains(list + " line 2: ", "no spaces", "write HOST:PORT as one word"),
                        line -> assertThat(line).contains(list + " line 4: ", "\"<script>\""),
                        line -> assertThat(line).contains(list + " line 5: ", "the port 0 is not between 1 and 65535"),
                        line -> assertThat(line).contains(list + " line 6: ", "\"nosuchservice\" is not known"),
                        line -> assertThat(line).contains(list + " line 7: ", "not an IPv6 address in brackets"),
                        line -> assertThat(line)
                                .contains(list + " line 8: ", "path of the Unix-domain socket is empty"));
    }

    @Test
    void afterAThousandTheyAreCountedOnly() throws IOException {
        Path list = file(String.join("\n", Collections.nCopies(1500, "a b")));
        assertThatThrownBy(() -> read(false, List.of(), list)).hasMessageStartingWith("1500 targets are bad");
        assertThat(errors().lines()).hasSize(1000);
    }

    @Test
    void pathsAreBadWithTls() {
        assertThatThrownBy(() -> read(true, List.of("a", "unix:/a")))
                .hasMessage("--tls is for hosts, and 'unix:/a' is a socket of this machine");
        assertThat(errors()).isEmpty();
    }

    @Test
    void anEmptyStandardInputIsCalledSo() {
        InProcess piped = InProcess.run(UTF_8, Map.of(), "# nothing\n", "check", "--file", "-");
        assertThat(piped.err()).contains("there is nothing to check: no target in standard input");
    }

    @Test
    void whatIsNoListHasASentence() throws IOException {
        Path empty = file("# nothing\n\n");
        assertThatThrownBy(() -> read(false, List.of(), empty))
                .hasMessage("there is nothing to check: no target in " + empty);
        Path binary = file("a\n\u0001\0\n");
        assertThatThrownBy(() -> read(false, List.of("b c"), binary))
                .hasMessageContaining(" has a NUL byte in line 2; ");
        assertThat(errors()).contains("\"b c\"").hasLineCount(1);
        assertThatThrownBy(() -> read(false, List.of(), folder)).hasMessageContaining("takes a file, and");
        assertThatThrownBy(() -> read(false, List.of(), folder.resolve("none")))
                .hasMessageEndingWith("none cannot be read: there is no such file or folder");
        assertThatThrownBy(() -> CheckTargets.read(InProcess.console(), List.of(), List.of(""), false))
                .hasMessageContaining("takes a file, and ''");
        assertThatThrownBy(() -> CheckTargets.read(InProcess.console(), List.of(), List.of("a\0b"), false))
                .hasMessageContaining("cannot be a file");
    }

    @Test
    void linesThatAreNoTextOrTooLongAreBad() throws IOException {
        Path latin = Files.write(folder.resolve("latin"), "a\nb\u00fccher.example\n".getBytes(ISO_8859_1));
        Path longer = file("a".repeat(4097) + "\nunix:/" + "b".repeat(4090) + "\n");
        assertThatThrownBy(() -> read(false, List.of(), latin, longer)).hasMessageStartingWith("2 targets are bad");
        assertThat(errors())
                .isEqualTo("prise: " + latin + " line 2: it is no text in UTF-8\nprise: " + longer
                        + " line 1: it is longer than any target\n");
    }

    @Test
    void listsHaveAnEnd() throws IOException {
        Path most = file("a\n".repeat(CheckTargets.MOST));
        assertThat(read(false, List.of(), most)).hasSize(CheckTargets.MOST);
        assertThatThrownBy(() -> read(false, List.of("a"), most)).hasMessageStartingWith("there are more than 250000");
        Path endless = file(("#".repeat(1000) + "\n").repeat(17_000));
        assertThatThrownBy(() -> read(false, List.of(), endless)).hasMessageContaining("more than 16 MB");
    }

    @Test
    void optionsAreLookedAtFirst() {
        assertThat(InProcess.run("check", "--at-once", "0", "a").err()).contains("--at-once is from 1 to 10000, not 0");
        assertThat(InProcess.run("check", "--html", "x", "--junit", "x", "a").err())
                .contains("cannot both write to x");
        assertThat(InProcess.run("check", "--alpn", "h2", "a").err()).contains("--alpn is for TLS");
        assertThat(InProcess.run("check", "--junit", "-", "a").err()).contains("--junit takes the name of a file");
        assertThat(InProcess.run("check", "--junit", folder.resolve("no/x").toString(), "a"))
                .satisfies(run -> assertThat(run.status()).isEqualTo(ExitStatus.USAGE))
                .satisfies(run -> assertThat(run.err()).contains("cannot be written: there is no such file or folder"));
        assertThat(InProcess.run("check", "--junit", folder.toString(), "a").err())
                .contains("cannot be written: ");
    }
}
