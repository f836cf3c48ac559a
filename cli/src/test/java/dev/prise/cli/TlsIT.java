package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.TestCertificates;
import dev.prise.TlsSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --tls}, as a process, against a real nginx with certificates of an authority of our own. */
class TlsIT {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String PAGE = "<p>This page came over TLS.</p>";
    private static final String REQUEST = "GET / HTTP/1.0\r\nHost: two.test\r\n\r\n";

    @TempDir
    static Path folder;

    private static Process server;
    private static Path root;
    private static Path names;

    /** A port for each certificate, by its alias. */
    private static final Map<String, Integer> PORTS = new LinkedHashMap<>();

    @BeforeAll
    static void startNginx() throws Exception {
        Path program = programOrLeaveOut();
        TestCertificates certificates = new TestCertificates(folder);
        root = certificates.rootFile();
        names = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 two.test\n127.0.0.2 two.test\n127.0.0.2 one.test\n");
        StringBuilder servers = new StringBuilder();
        for (String alias : List.of("good", "wrong-name", "expired", "self-signed")) {
            int port = freePort();
            PORTS.put(alias, port);
            servers.append(
                    "server { listen 127.0.0.2:%d ssl; root html; ssl_certificate %s; ssl_certificate_key %s; }%n"
                            .formatted(port, certificates.certificateFile(alias), certificates.keyFile(alias)));
        }
        Files.createDirectory(folder.resolve("html"));
        Files.writeString(folder.resolve("html/index.html"), PAGE);
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log alerts.log info;
                events {}
                http {
                  access_log off;
                  ssl_protocols TLSv1.2 TLSv1.3;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                """ + servers + "}\n");
        Path log = folder.resolve("error.log");
        server = new ProcessBuilder(
                        program.toString(),
                        "-e",
                        log.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        long begin = System.nanoTime();
        while (!accepts(PORTS.get("self-signed"))) {
            boolean ended = server.waitFor(20, TimeUnit.MILLISECONDS);
            assertThat(ended || System.nanoTime() - begin > MOST.toNanos())
                    .as(() -> read(log) + read(folder.resolve("server.log")))
                    .isFalse();
        }
    }

    @AfterAll
    static void stopNginx() throws InterruptedException {
        if (server != null) {
            server.destroy();
            if (!server.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private static Path programOrLeaveOut() {
        List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(":", -1)));
        folders.addAll(List.of("/usr/sbin", "/usr/local/sbin"));
        Path program = folders.stream()
                .map(each -> Path.of(each, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (program == null) {
            System.out.println("Left out: prise --tls to nginx, because there is no nginx here.");
        }
        assumeTrue(program != null, "there is no nginx here");
        return program;
    }

    /** Free on the one address and the other. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"));
                    ServerSocket first = new ServerSocket(any.getLocalPort(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return first.getLocalPort();
            } catch (IOException e) {
                // the one has it and the other not: another port
            }
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.2", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Launched.Ended prise(String input, String... arguments) {
        List<String> rest =
                new ArrayList<>(List.of("-Djdk.net.hosts.file=" + names, "-jar", System.getProperty("prise.cli.jar")));
        rest.addAll(List.of(arguments));
        try (Launched launched = Launched.startJava(Map.of(), rest)) {
            return launched.end(input);
        }
    }

    private static String port(String alias) {
        return PORTS.get(alias).toString();
    }

    @Test
    void whoAcceptsAndNeverAnswersTheHandshakeIsPassedOver() throws Exception {
        try (ServerSocket hanging = new ServerSocket(PORTS.get("good"), 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Launched.Ended ended = prise(
                    REQUEST,
                    "connect",
                    "-v",
                    "--tls",
                    "--ca",
                    root.toString(),
                    "--alpn",
                    "http/1.1",
                    "two.test",
                    Integer.toString(hanging.getLocalPort()));
            System.out.println(ended.err());
            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.out()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n" + PAGE);
            assertThat(ended.err())
                    .contains("connected to two.test port " + hanging.getLocalPort() + " at 127.0.0.2 in ")
                    .contains("given up, 2. was first, TLS ")
                    .contains("\nTLSv1.3, TLS_", ", ALPN http/1.1\n")
                    .contains("\ncertificate of CN=good, by CN=Prise test authority, until 20");
        }
    }

    @Test
    void traceAndWaitSpeakItToo() {
        Launched.Ended trace = prise("", "trace", "--tls", "--ca", root.toString(), "one.test", port("good"));
        assertThat(trace.status()).as(trace.err()).isZero();
        assertThat(trace.out()).contains("connected, TLS ").contains("ALPN none\ncertificate of CN=good");
        Launched.Ended json = prise("", "trace", "--json", "--tls", "--ca", root.toString(), "one.test", port("good"));
        assertThat(json.out()).contains("\"reached_ms\"").doesNotContain("ALPN");
        Map<?, ?> tls = (Map<?, ?>) ((Map<?, ?>) JsonCheck.parse(json.out())).get("tls");
        assertThat(tls.get("protocol")).isEqualTo("TLSv1.3");
        assertThat(tls.get("cipher_suite")).asString().startsWith("TLS_");
        assertThat(tls.get("application_protocol")).isEqualTo("(null)");
        Map<?, ?> certificate = (Map<?, ?>) tls.get("certificate");
        assertThat(certificate.get("subject")).isEqualTo("CN=good");
        assertThat(certificate.get("issuer")).isEqualTo("CN=Prise test authority");
        assertThat(certificate.get("not_after")).asString().matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        Launched.Ended refused =
                prise("", "trace", "--json", "--tls", "--ca", root.toString(), "one.test", port("expired"));
        assertThat(refused.out()).contains("TLS_CERTIFICATE").doesNotContain("\"tls\"");
        Launched.Ended wait = prise("", "wait", "--tls", "--ca", root.toString(), "one.test", port("good"));
        assertThat(wait.status()).as(wait.err()).isZero();
    }

    @Test
    void jsonHasTheProtocolThatWasAgreedOn() {
        Launched.Ended json = prise(
                "",
                "trace",
                "--json",
                "--tls",
                "--ca",
                root.toString(),
                "--alpn",
                "http/1.1",
                "one.test",
                port("good"));
        assertThat(json.out()).contains("\"application_protocol\": \"http/1.1\"");
    }

    @Test
    void waitGoesOnWithACertificateThatIsRefusedAndNamesIt() {
        Launched.Ended ended =
                prise("", "wait", "--for", "1s", "--tls", "--ca", root.toString(), "one.test", port("expired"));
        assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
        List<String> said = ended.err().lines().toList();
        assertThat(said).as(ended.err()).hasSize(2);
        assertThat(said.get(0))
                .startsWith("prise: waiting on, though only another certificate will do: ")
                .contains("the certificate expired on 2020-02-01");
        assertThat(said.get(1))
                .startsWith("prise: one.test:" + port("expired") + " did not accept within 1.0 s (")
                .contains("the certificate expired on 2020-02-01");
    }

    @Test
    void waitNamesACertificateThatIsRefusedBesideAnAddressThatFailsOtherwise() {
        Launched.Ended ended =
                prise("", "wait", "--for", "1s", "--tls", "--ca", root.toString(), "two.test", port("expired"));
        System.out.print(ended.err());
        assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
        List<String> said = ended.err().lines().toList();
        assertThat(said).as(ended.err()).hasSize(2);
        assertThat(said.get(0))
                .startsWith("prise: waiting on, though at 127.0.0.2 only another certificate will do: ")
                .contains("127.0.0.1 refused", "the certificate expired on 2020-02-01");
        assertThat(said.get(1)).startsWith("prise: two.test:" + port("expired") + " did not accept within 1.0 s (");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruptionIsNotABreak(boolean inTheMiddle) throws Exception {
        Dialer dialer = Dialer.builder()
                .tls(TlsSettings.DEFAULT
                        .withRoots(CertificateFile.read(root.toString()))
                        .withServerName("one.test"))
                .build();
        Pipe silent = Pipe.open();
        try (DialResult result = dialer.dial("127.0.0.2", PORTS.get("good"))) {
            Exchange exchange = new Exchange(
                    Line.of(result), silent.source(), false, Channels.newChannel(OutputStream.nullOutputStream()));
            Thread runner = Thread.currentThread();
            if (inTheMiddle) {
                Thread.ofPlatform().daemon().start(() -> {
                    while (Arrays.stream(runner.getStackTrace())
                            .noneMatch(frame -> frame.getMethodName().equals("fill"))) {
                        Thread.onSpinWait();
                    }
                    runner.interrupt();
                });
            } else {
                runner.interrupt();
            }
            Throwable end = catchThrowable(() -> exchange.run("the peer"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(end)
                    .isInstanceOfSatisfying(
                            CommandException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.INTERRUPTED));
        } finally {
            silent.sink().close();
            silent.source().close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            wrong-name  | the certificate is for a.example, b.example, not for one.test
            expired     | the certificate expired on 2020-02-01
            self-signed | the certificate is self-signed, by CN=two.test, and not one of those trusted
            """)
    void certificatesThatAreNotAccepted(String alias, String sentence) {
        Launched.Ended ended = prise("", "connect", "--tls", "--ca", root.toString(), "one.test", port(alias));
        System.out.print(ended.err());
        assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("prise: cannot connect to one.test port " + port(alias) + ": 127.0.0.2 failed, " + sentence)
                .contains("(TLS_CERTIFICATE); ")
                .hasLineCount(1);
    }

    /** By an alert, which the server writes down. */
    @Test
    void thePeerIsToldWhy() throws Exception {
        prise("", "connect", "--tls", "--ca", root.toString(), "one.test", port("expired"));
        Path alerts = folder.resolve("alerts.log");
        long begin = System.nanoTime();
        while (!Files.readString(alerts).contains("alert certificate expired")) {
            assertThat(System.nanoTime() - begin).as(Files.readString(alerts)).isLessThan(MOST.toNanos());
            Thread.onSpinWait();
        }
    }

    @Test
    void anotherNameMayBeAskedFor() {
        Launched.Ended ended = prise(
                "",
                "connect",
                "-z",
                "--tls",
                "--ca",
                root.toString(),
                "--server-name",
                "a.example",
                "one.test",
                port("wrong-name"));
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    @Test
    void withoutItsAuthorityNoCertificateIsTrusted() {
        Launched.Ended ended = prise("", "connect", "--tls", "one.test", port("good"));
        assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
        assertThat(ended.err()).contains("the certificate's issuer is not trusted: CN=Prise test authority");
    }

    @Test
    void optionsThatAreNotGood() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
        for (String[] wrong : new String[][] {
            {"--ca", root.toString()},
            {"--alpn", "h2"},
            {"--tls", "--alpn", "h2,,x"},
            {"--tls", "--server-name", "no name"},
            {"--tls", "--ca", folder.resolve("missing.pem").toString()},
            {"--tls", "--ca", empty.toString()},
            {"--tls", "--ca", text.toString()}
        }) {
            List<String> arguments = new ArrayList<>(List.of("connect", "one.test", port("good")));
            arguments.addAll(List.of(wrong));
            Launched.Ended ended = prise("", arguments.toArray(String[]::new));
            System.out.print(ended.err());
            assertThat(ended.status()).as(String.join(" ", wrong)).isEqualTo(ExitStatus.USAGE);
            assertThat(ended.err()).startsWith("prise: ").hasLineCount(1);
        }
    }
}
