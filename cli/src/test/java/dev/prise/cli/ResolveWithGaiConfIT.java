package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.getaddrinfo.GetAddrInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code prise resolve} where the site sets the order: the reasons it shows are those of the order that the system gives. */
@Timeout(120)
class ResolveWithGaiConfIT {
    private static final String WHAT = "prise resolve with another /etc/gai.conf";

    private static final String SET_UP = """
            ip link set lo up
            ip link add v0 type veth peer name v1
            ip link set v0 up
            ip link set v1 up
            ip addr add 192.168.1.2/24 dev v0
            ip addr add 2001:db8:1::2/64 dev v0 nodad
            ip route add default dev v0
            ip -6 route add default dev v0
            """;

    @TempDir
    Path folder;

    private record Output(int status, String text) {}

    private Output inNamespace(String gaiConf, String command, String... arguments)
            throws IOException, InterruptedException {
        Path conf = Files.writeString(folder.resolve("gai.conf"), gaiConf);
        Path hosts = Files.writeString(folder.resolve("hosts"), """
                2001:db8:7::1 dual.example
                198.51.100.121 dual.example
                192.168.1.9 dual.example
                """);
        String script =
                SET_UP + "mount --bind " + conf + " /etc/gai.conf\nmount --bind " + hosts + " /etc/hosts\nexec \"$@\"";
        List<String> all =
                new ArrayList<>(List.of("unshare", "--net", "--mount", "sh", "-e", "-c", script, "sh", command));
        all.addAll(List.of(arguments));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }

    private String resolve(String gaiConf) throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElse("java");
        Output output = inNamespace(
                gaiConf,
                java,
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("prise.cli.jar"),
                "resolve",
                "--resolver",
                "getaddrinfo",
                "dual.example",
                "80");
        assertThat(output.status).as(output.text).isZero();
        output.text.lines().forEach(line -> System.out.println("in a namespace: " + line));
        return output.text;
    }

    @Test
    @DisplayName("the reasons follow gai.conf(5) as the order does")
    void reasons() throws IOException, InterruptedException {
        String obstacle = GetAddrInfo.unavailableReason();
        if (obstacle == null && Files.notExists(Path.of("/etc/gai.conf"))) {
            obstacle = "there is no such file to mount over";
        }
        if (obstacle == null) {
            try {
                Output trial = inNamespace("", "true");
                obstacle = trial.status == 0 ? null : "there can be no such namespace: " + trial.text.strip();
            } catch (IOException e) {
                obstacle = "there is no unshare: " + e.getMessage();
            }
        }
        if (obstacle != null) {
            System.out.println("Left out: " + WHAT + ", because " + obstacle);
            return;
        }
        assertThat(resolve("# nothing is set\n")).isEqualTo("""
                inet6  2001:db8:7::1   80  stream  tcp  rule 6: precedence 40 > 35
                inet   192.168.1.9     80  stream  tcp  rule 10: order of the answer
                inet   198.51.100.121  80  stream  tcp  rule 10: order of the answer
                """);
        assertThat(resolve("precedence ::ffff:0:0/96 100\n")).isEqualTo("""
                inet   192.168.1.9     80  stream  tcp  rule 9: 28 bits in common with its source > 0
                inet   198.51.100.121  80  stream  tcp  rule 6: precedence 100 > 40
                inet6  2001:db8:7::1   80  stream  tcp  rule 6: precedence 40 < 100
                """);
        assertThat(resolve("scopev4 ::ffff:198.51.100.0/120 5\nlabel 2001:db8:7::/48 9\n"))
                .isEqualTo("""
                inet   192.168.1.9     80  stream  tcp  rule 5: label matches its source's
                inet6  2001:db8:7::1   80  stream  tcp  rule 2: scope matches its source's
                inet   198.51.100.121  80  stream  tcp  rule 2: scope differs from its source's
                """);
    }
}
