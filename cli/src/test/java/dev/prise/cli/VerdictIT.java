package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.DialFailure;
import dev.prise.Dialer;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten failures made for real, and the sentences that are told of them. Times, which are never the same, are written as T.
 *
 * <p>All but the last happen in a network namespace with a firewall and a name server of its own.
 */
@Timeout(60)
class VerdictIT {
    private static final int PATIENCE_SECONDS = 40;

    @TempDir
    Path folder;

    /** What is needed of the machine, piece by piece. */
    private static final String TRIAL = """
            ip link add v0 type veth peer name v1
            ip -6 addr add 2001:db8:1::2/64 dev v0 nodad
            nft 'add table inet f; add chain inet f in; add rule inet f in reject with icmp type host-unreachable'
            dnsmasq --version > /dev/null
            """;

    /** 192.0.2.2 and 2001:db8:1::2 swallow everything; 192.0.2.3 is told to be unreachable by an ICMP message. */
    private static final String SET_UP = """
            ip link set lo up
            ip link add v0 type veth peer name v1
            ip link set v0 up
            ip link set v1 up
            for address in 1 2 3 4; do ip addr add 192.0.2.$address/24 dev v0; done
            ip -6 addr add 2001:db8:1::2/64 dev v0 nodad
            nft -f - <<END
            table inet f {
              chain in {
                type filter hook input priority 0
                ip daddr 192.0.2.2 drop
                ip daddr 192.0.2.3 reject with icmp type host-unreachable
                ip6 daddr 2001:db8:1::2 drop
              }
            }
            END
            printf 'nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' > "$FOLDER/resolv.conf"
            printf 'hosts: files dns\\n' > "$FOLDER/nsswitch.conf"
            mount --bind "$FOLDER/resolv.conf" /etc/resolv.conf
            mount --bind "$FOLDER/nsswitch.conf" /etc/nsswitch.conf
            dnsmasq --conf-file=/dev/null --pid-file= --user=root --no-hosts --no-resolv --bind-interfaces \\
              --listen-address=127.0.0.1 --log-facility="$FOLDER/dnsmasq.log" \\
              --local=/verdict.test/ --server=/silent.test/192.0.2.2 --server=/failing.test/127.0.0.1#5353 \\
              --server=/half.test/192.0.2.2 \\
              --host-record=refused.verdict.test,192.0.2.1 \\
              --host-record=hole.verdict.test,192.0.2.2 \\
              --host-record=unreachable.verdict.test,192.0.2.3 \\
              --host-record=dual.verdict.test,192.0.2.4,2001:db8:1::2 \\
              --host-record=six.verdict.test,2001:db8:2::1 \\
              --host-record=tls.verdict.test,192.0.2.4 \\
              --host-record=a.half.test,192.0.2.4
            exec "$@"
            """;

    /** Makes them fail, and prints what is told of each. */
    static final class Dials {
        private static final int TLS_PORT = 8443;
        private static final int HANGING_PORT = 8444;

        private Dials() {}

        public static void main(String[] arguments) throws Exception {
            serve(new ServerSocket(80));
            serve(new ServerSocket(HANGING_PORT));
            // a server without a certificate has no TLS to offer, and says so with an alert
            serve(SSLContext.getDefault().getServerSocketFactory().createServerSocket(TLS_PORT));
            answerWithFailures(new DatagramSocket(5353, InetAddress.getLoopbackAddress()));
            tell("refused", "refused.verdict.test", 27015, dialer -> dialer);
            tell("hole", "hole.verdict.test", 80, dialer -> dialer.deadline(Duration.ofMillis(500)));
            tell("unreachable", "unreachable.verdict.test", 80, dialer -> dialer);
            tell("name unknown", "nobody.verdict.test", 80, dialer -> dialer);
            tell("DNS timeout", "a.silent.test", 80, dialer -> dialer);
            tell("SERVFAIL", "a.failing.test", 80, dialer -> dialer);
            tell("AAAA dead", "dual.verdict.test", 80, dialer -> dialer);
            tell("AAAA not answered", "a.half.test", 80, dialer -> dialer);
            tell("IPv6 without route", "six.verdict.test", 80, dialer -> dialer);
            tell("TLS refused", "tls.verdict.test", TLS_PORT, Dialer.Builder::tls);
            tell(
                    "TLS hung",
                    "tls.verdict.test",
                    HANGING_PORT,
                    dialer -> dialer.tls().deadline(Duration.ofMillis(700)));
        }

        /** A server that says nothing of its own and waits for the end of each connection. */
        private static void serve(ServerSocket server) {
            inBackground(() -> {
                while (true) {
                    Socket accepted = server.accept();
                    inBackground(() -> {
                        try (Socket socket = accepted) {
                            return socket.getInputStream().readAllBytes();
                        }
                    });
                }
            });
        }

        /** A name server that fails with everything (RFC 1035 section 4.1.1, RCODE 2). */
        private static void answerWithFailures(DatagramSocket server) {
            inBackground(() -> {
                byte[] message = new byte[1500];
                while (true) {
                    DatagramPacket packet = new DatagramPacket(message, message.length);
                    server.receive(packet);
                    message[2] |= (byte) 0x80;
                    message[3] = (byte) 0x82;
                    server.send(packet);
                }
            });
        }

        private static void inBackground(Callable<?> work) {
            Thread.ofPlatform().daemon().start(new FutureTask<>(work));
        }

        private static void tell(String what, String host, int port, UnaryOperator<Dialer.Builder> options)
                throws IOException {
            Verdict verdict = Verdict.of(trace(options.apply(Dialer.builder()).build(), host, port));
            System.out.println(
                    String.join("\t", what, verdict.kind().name(), verdict.sentence(), "" + verdict.advice()));
        }

        private static Trace trace(Dialer dialer, String host, int port) throws IOException {
            try (var result = dialer.dial(host, port)) {
                return result.trace();
            } catch (IOException e) {
                if (e instanceof DialFailure failure) {
                    return failure.trace();
                }
                throw e;
            }
        }
    }

    /** What is told of a failure; times are written as T. */
    private record Told(String what, Verdict.Kind kind, String sentence, String advice) {}

    private record Output(int status, String text) {}

    private static final List<Told> TOLD = List.of(
            new Told(
                    "refused",
                    Verdict.Kind.REFUSED,
                    "Not connected: IPv4 192.0.2.1 refused.",
                    "Nothing listens on port 27015 there, or a firewall rejects: see whether the server runs, and "
                            + "whether it listens on that address and port."),
            new Told(
                    "hole",
                    Verdict.Kind.SILENT,
                    "Not connected within T: IPv4 192.0.2.2 did not answer.",
                    "Silence comes from a firewall that drops, or from a machine that is off or not there: look at "
                            + "the firewalls on the way, and whether the address is right and its machine is up; or allow more "
                            + "time."),
            new Told(
                    "unreachable",
                    Verdict.Kind.UNREACHABLE,
                    "Not connected: IPv4 192.0.2.3 cannot be reached (host unreachable).",
                    "Nobody has that address on its own network, or a router or firewall says that nothing leads "
                            + "there: see whether the address is right and its machine is up, and look at the routes and "
                            + "firewalls on the way."),
            new Told(
                    "name unknown",
                    Verdict.Kind.NAME_UNKNOWN,
                    "No host named nobody.verdict.test is known.",
                    "Check the spelling; a name that only another network knows needs that network or its name "
                            + "server."),
            new Told(
                    "DNS timeout",
                    Verdict.Kind.LOOKUP_TIMEOUT,
                    "No name server gave an answer for a.silent.test within T.",
                    "See whether the name servers of this machine (as in /etc/resolv.conf) can be reached and are not "
                            + "overloaded; a failure of theirs that comes late (SERVFAIL) looks the same from here."),
            new Told(
                    "SERVFAIL",
                    Verdict.Kind.LOOKUP_FAILED,
                    "The lookup of a.failing.test failed: no name server gave an answer that is of use.",
                    "A name server told a failure (SERVFAIL, REFUSED) or cannot be reached: ask it directly, as with "
                            + "dig, and see its log and whether it reaches the servers of the domain."),
            new Told(
                    "AAAA dead",
                    Verdict.Kind.IPV6_BROKEN,
                    "Connected only after fallback from IPv6 to IPv4: IPv6 2001:db8:1::2 did not answer within T, "
                            + "which cost T.",
                    "IPv6 may be broken on this machine, on the way or at the server: try IPv6 alone (-6, or family "
                            + "INET6) to see; until that is mended, IPv4 alone (-4, or family INET) goes around it."),
            new Told(
                    "AAAA not answered",
                    Verdict.Kind.HALF_A_LOOKUP,
                    "Connected to IPv4 192.0.2.4, but the name server had not answered for IPv6 addresses (AAAA) "
                            + "after T, which cost T.",
                    "See why the name server has no answer to that question; until that is mended, IPv4 alone (-4, or family "
                            + "INET) does without it."),
            new Told(
                    "IPv6 without route",
                    Verdict.Kind.UNREACHABLE,
                    "Not connected: IPv6 2001:db8:2::1 cannot be reached (no route).",
                    "This machine, or a router on the way, has no route for IPv6: give the machine IPv6, or use a "
                            + "name or address of the server's IPv4."),
            new Told(
                    "TLS refused",
                    Verdict.Kind.TLS_FAILED,
                    "Not connected: IPv4 192.0.2.4 failed at TLS (the peer refused the TLS handshake with the alert "
                            + "handshake_failure).",
                    "See whether that port speaks TLS and which versions, and look at the server's log."),
            new Told(
                    "TLS hung",
                    Verdict.Kind.NOT_READY,
                    "Not connected within T: IPv4 192.0.2.4 accepted, but did not finish the TLS handshake or "
                            + "greeting.",
                    "The way there works for small packets, so the server hangs, the port speaks something else, or "
                            + "large packets are lost: look at the server's log and load, and at the MTU on the way; or allow "
                            + "more time."));

    @Test
    @DisplayName("in a network of its own: refused, hole, unreachable, four of DNS, two of IPv6 and two of TLS")
    void inANamespace() throws Exception {
        if (isLeftOut()) {
            return;
        }
        Output output = inNamespace(SET_UP, dials());
        assertThat(output.status).as(output.text).isZero();
        List<Told> told = new ArrayList<>();
        for (String line : output.text.lines().toList()) {
            String[] parts = line.split("\t", -1);
            assertThat(parts).as(output.text).hasSize(4);
            told.add(new Told(parts[0], Verdict.Kind.valueOf(parts[1]), withoutTimes(parts[2]), parts[3]));
        }
        assertThat(told).containsExactlyElementsOf(TOLD);
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\b\\d+(\\.\\d)? m?s\\b", "T");
    }

    private boolean isLeftOut() throws InterruptedException {
        String obstacle = null;
        try {
            Output trial = inNamespace(TRIAL, List.of());
            obstacle = trial.status == 0 ? null : "there can be no such namespace: " + trial.text.strip();
        } catch (IOException e) {
            obstacle = "there is no unshare: " + e.getMessage();
        }
        if (obstacle != null) {
            System.out.println("Left out: the verdicts on failures made for real, because " + obstacle);
        }
        return obstacle != null;
    }

    /** Runs a shell that ends at the first command that fails; whatever it starts ends with it. */
    private Output inNamespace(String setUp, List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                "--net",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-e",
                "-c",
                setUp,
                "sh"));
        all.addAll(command);
        Path out = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("FOLDER", folder.toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        return new Output(ended ? process.exitValue() : -1, Files.readString(out));
    }

    private static List<String> dials() throws URISyntaxException {
        Path tests = Path.of(
                Dials.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("prise.cli.jar") + File.pathSeparator + tests,
                Dials.class.getName());
    }

    @Test
    @DisplayName("reset after accept: the trace ends before it, so the command tells it by itself")
    void resetAfterAccept() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched client =
                        Launched.start("connect", "--send", "hello", "127.0.0.1", "" + server.getLocalPort())) {
            try (Socket socket = server.accept()) {
                // the client has its connection; a reset before that would be one of the attempt
                assertThat(socket.getInputStream().read()).isEqualTo('h');
                socket.setSoLinger(true, 0);
            }
            assertThat(client.errorLine().replaceAll("[05] bytes sent", "N bytes sent"))
                    .isEqualTo("prise: the connection to 127.0.0.1:" + server.getLocalPort()
                            + " broke after N bytes sent and 0 received: reset by peer (ECONNRESET, WSAECONNRESET 10054);"
                            + " the peer accepted and then ended the connection: look at the server's log, whether this is its"
                            + " protocol and whether it lets this machine in, and for a proxy or firewall in between");
            assertThat(client.status()).isEqualTo(ExitStatus.BROKEN);
        }
    }
}
