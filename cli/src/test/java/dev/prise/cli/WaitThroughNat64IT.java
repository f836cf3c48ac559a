package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.Nat64Prefix;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.resolve.ResolverProvider;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code prise wait} for an IPv4 address in a network of IPv6 alone, in which the host itself has the addresses of a NAT64. */
@Timeout(120)
class WaitThroughNat64IT {
    private static final String SET_UP = """
            ip link set lo up
            ip link add v0 type veth peer name v1
            ip link set v0 up
            ip link set v1 up
            ip -6 addr add 2001:db8:1::2/64 dev v0 nodad
            ip -6 route add default dev v0
            ip -6 route add local 64:ff9b::/96 dev lo
            exec "$@"
            """;

    @TempDir
    Path folder;

    /** Knows the prefix of the NAT64 and tells of each question. */
    public static final class Telling implements ResolverProvider, Resolver {
        @Override
        public String name() {
            return "telling";
        }

        @Override
        public int rank() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String unavailableReason() {
            return null;
        }

        @Override
        public Resolver resolver() {
            return this;
        }

        @Override
        public List<AddressFamily> lookups(AddressFamily family) {
            return List.of(AddressFamily.INET6);
        }

        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            System.out.println("asked for " + query.host());
            sink.lastAnswer(List.of(InetAddress.ofLiteral("64:ff9b::c000:aa")), null);
            return Lookup.ENDED;
        }
    }

    private record Output(int status, String text) {}

    private static Output inNamespace(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("unshare", "--net", "sh", "-e", "-c", SET_UP, "sh"));
        all.addAll(command);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }

    /** The class path of the command, with the resolver found before the system's. */
    private String classPath() throws IOException, URISyntaxException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ResolverProvider.class.getName()), Telling.class.getName() + "\n");
        Path tests = Path.of(Telling.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return String.join(
                File.pathSeparator, folder.toString(), System.getProperty("prise.cli.jar"), tests.toString());
    }

    @Test
    @DisplayName("the prefix of the network is asked for once, not with each dial")
    void prefixIsAskedForOnce() throws Exception {
        String obstacle;
        try {
            Output trial = inNamespace(List.of("true"));
            obstacle = trial.status == 0 ? null : "there can be no such namespace: " + trial.text.strip();
        } catch (IOException e) {
            obstacle = "there is no unshare: " + e.getMessage();
        }
        if (obstacle != null) {
            System.out.println("Left out: prise wait through a NAT64, because " + obstacle);
            return;
        }
        String java = ProcessHandle.current().info().command().orElse("java");
        Output output = inNamespace(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                "dev.prise.cli.Main",
                "wait",
                "--history",
                "off",
                "--for",
                "2s",
                "1.2.3.4",
                "1"));
        assertThat(output.status).as(output.text).isEqualTo(ExitStatus.NOT_CONNECTED);
        assertThat(output.text)
                .contains("1.2.3.4 refused")
                .containsPattern("within 2.0 s \\(([2-9]|[1-9]\\d+) dials\\)");
        assertThat(output.text.lines().filter(line -> line.equals("asked for " + Nat64Prefix.WELL_KNOWN_NAME)))
                .as(output.text)
                .hasSize(1);
    }
}
