package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** services(5). */
class ServicesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0, 0", "80, 80", "007, 7", "65535, 65535"})
    void numbers(String service, int port) {
        assertThat(Services.tcpPort(service)).hasValue(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "65536",
                "99999999999",
                "99999999999999999999",
                " 80",
                "80 ",
                "80http",
                "0x50",
                "\uff18\uff10",
                "no such service"
            })
    void neitherNumberNorName(String service) {
        assertThat(Services.tcpPort(service)).isEmpty();
    }

    @Test
    @DisplayName("names and aliases of tcp lines, comments left out; the first line of a name decides")
    void file() throws IOException {
        Path file = folder.resolve("services");
        Files.writeString(file, """
                # comment
                http\t\t80/tcp\t\twww www-http   # WorldWideWeb HTTP

                domain 53/udp
                domain  53/tcp
                tftp 69/udp
                  indented 1/tcp
                http 8080/tcp
                broken
                huge 65536/tcp
                word ab/tcp
                negative -1/tcp
                commented 2/#tcp
                l\u00e4tin 3/tcp
                crlf 4/tcp alias4\r
                """, StandardCharsets.ISO_8859_1);
        Services services = Services.read(file);
        assertThat(services.portOf("http", Protocol.TCP)).hasValue(80);
        assertThat(services.portOf("www", Protocol.TCP)).hasValue(80);
        assertThat(services.portOf("www-http", Protocol.TCP)).hasValue(80);
        assertThat(services.portOf("domain", Protocol.TCP)).hasValue(53);
        assertThat(services.portOf("domain", Protocol.UDP)).hasValue(53);
        assertThat(services.portOf("tftp", Protocol.UDP)).hasValue(69);
        assertThat(services.portOf("indented", Protocol.TCP)).hasValue(1);
        assertThat(services.portOf("l\u00e4tin", Protocol.TCP)).hasValue(3);
        assertThat(services.portOf("alias4", Protocol.TCP)).hasValue(4);
        for (String unknown : List.of("HTTP", "tftp", "broken", "huge", "word", "negative", "commented", "#", "")) {
            assertThat(services.portOf(unknown, Protocol.TCP)).as(unknown).isEmpty();
        }
        assertThat(services.nameOf(80, Protocol.TCP)).isEqualTo("http");
        assertThat(services.nameOf(8080, Protocol.TCP)).isEqualTo("http");
        assertThat(services.nameOf(53, Protocol.UDP)).isEqualTo("domain");
        assertThat(services.nameOf(69, Protocol.TCP)).isNull();
        assertThat(services.nameOf(-1, Protocol.TCP)).isNull();
    }

    @Test
    @DisplayName(
            "any protocol is the first line of the name, as getservbyname with NULL; a protocol without services has none")
    void protocols() throws IOException {
        Path file = folder.resolve("services");
        Files.writeString(file, """
                tftp 69/udp
                rspf 5113/sctp
                shell 514/tcp cmd
                syslog 514/udp
                syslog 6514/tcp
                odd 1/99
                none 2/
                """);
        Services services = Services.read(file);
        assertThat(services.portOf("tftp", Protocol.ANY)).hasValue(69);
        assertThat(services.portOf("cmd", Protocol.ANY)).hasValue(514);
        assertThat(services.portOf("syslog", Protocol.ANY)).hasValue(514);
        assertThat(services.portOf("syslog", Protocol.TCP)).hasValue(6514);
        assertThat(services.portOf("nosuch", Protocol.ANY)).isEmpty();
        assertThat(services.nameOf(514, Protocol.ANY)).isEqualTo("shell");
        assertThat(services.nameOf(514, Protocol.UDP)).isEqualTo("syslog");
        assertThat(services.nameOf(1000, Protocol.ANY)).isNull();
        assertThat(services.portOf("rspf", Protocol.of(132))).hasValue(5113);
        assertThat(services.nameOf(5113, Protocol.of(132))).isEqualTo("rspf");
        assertThat(services.portOf("rspf", Protocol.TCP)).isEmpty();
        for (int number : new int[] {33, 136, 99, 255, -1}) {
            assertThat(services.portOf("rspf", Protocol.of(number))).isEmpty();
        }
    }

    @Test
    @DisplayName("no file, no names")
    void noFile() {
        assertThat(Services.read(folder.resolve("missing")).portOf("http", Protocol.TCP))
                .isEmpty();
    }
}
