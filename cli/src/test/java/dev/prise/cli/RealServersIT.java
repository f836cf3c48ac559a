package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command, as a process, against a real nginx and a real OpenSSH, each started here with files and a port of its own. */
class RealServersIT {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String REQUEST = "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n";
    private static final String PAGE = "<p>This page came all the way.</p>";

    @TempDir
    Path folder;

    private Process server;

    /** On which addresses of {@code localhost} the server listens. */
    enum Listening {
        ON_BOTH_FAMILIES,
        ON_IPV4_ONLY,
        ON_IPV6_ONLY;

        List<String> addresses() {
            return switch (this) {
                case ON_BOTH_FAMILIES -> List.of("127.0.0.1", "::1");
                case ON_IPV4_ONLY -> List.of("127.0.0.1");
                case ON_IPV6_ONLY -> List.of("::1");
            };
        }
    }

    @AfterEach
    void stopServer() throws InterruptedException {
        if (server != null) {
            server.destroy();
            if (!server.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nginx(Listening listening) throws Exception {
        Path program = programOrLeaveOut("nginx", listening);
        int port = freePort(listening);
        Files.createDirectory(folder.resolve("html"));
        Files.writeString(folder.resolve("html/index.html"), PAGE);
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), nginxConfiguration(listening, port));
        start(
                listening,
                port,
                program.toString(),
                "-e",
                folder.resolve("error.log").toString(),
                "-p",
                folder.toString(),
                "-c",
                configuration.toString());

        Launched.Ended ended = connect(port, REQUEST);

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n" + PAGE);
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void sshd(Listening listening) throws Exception {
        Path program = programOrLeaveOut("sshd", listening);
        int port = freePort(listening);
        Path key = folder.resolve("host_key");
        makeKey(programOrLeaveOut("ssh-keygen", listening), key);
        makePrivilegeSeparationFolder();
        Path configuration = Files.writeString(folder.resolve("sshd_config"), sshdConfiguration(listening, port, key));
        start(listening, port, program.toString(), "-D", "-e", "-f", configuration.toString());

        Launched.Ended ended = connect(port, "");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("SSH-2.0-").contains("\r\n");
        assertThat(ended.err()).isEmpty();
    }

    private static String nginxConfiguration(Listening listening, int port) {
        StringBuilder listen = new StringBuilder();
        for (String address : listening.addresses()) {
            listen.append("    listen ")
                    .append(address.equals("::1") ? "[::1]" : address)
                    .append(':')
                    .append(port)
                    .append(";\n");
        }
        return """
                daemon off;
                master_process off;
                pid nginx.pid;
                events {}
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  server {
                """ + listen + """
                    root html;
                  }
                }
                """;
    }

    private static String sshdConfiguration(Listening listening, int port, Path key) {
        StringBuilder text =
                new StringBuilder("Port " + port + "\nHostKey " + key + "\nPidFile none\nStrictModes no\n");
        for (String address : listening.addresses()) {
            text.append("ListenAddress ").append(address).append('\n');
        }
        return text.toString();
    }

    private void makeKey(Path program, Path key) throws Exception {
        Path log = folder.resolve("ssh-keygen.log");
        Process process = new ProcessBuilder(program.toString(), "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(() -> read(log)).isTrue();
    }

    /** Where systemd does not make it, sshd run by root refuses to start without. */
    private static void makePrivilegeSeparationFolder() throws IOException {
        Path run = Path.of("/run");
        if (System.getProperty("user.name").equals("root") && Files.isDirectory(run)) {
            Files.createDirectories(run.resolve("sshd"));
        }
    }

    // ---- the servers

    private static Path programOrLeaveOut(String name, Listening listening) {
        List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(":", -1)));
        folders.addAll(List.of("/usr/sbin", "/usr/local/sbin", "/sbin"));
        Path program = folders.stream()
                .map(each -> Path.of(each, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (program == null) {
            leaveOut(name, listening, "there is no " + name + " here");
        }
        for (String address : listening.addresses()) {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
                assertThat(probe.isBound()).isTrue();
            } catch (IOException e) {
                leaveOut(name, listening, "this machine has no " + address);
            }
        }
        return program;
    }

    private static void leaveOut(String name, Listening listening, String reason) {
        System.out.println(
                "Left out: prise connect to " + name + " listening " + listening + ", because " + reason + ".");
        assumeTrue(false, reason);
    }

    /** A port that nobody listens on, on either address of {@code localhost}. */
    private static int freePort(Listening listening) throws IOException {
        InetAddress first = InetAddress.ofLiteral(listening.addresses().get(0));
        while (true) {
            try (ServerSocket any = new ServerSocket(0, 1, first)) {
                int port = any.getLocalPort();
                if (!accepts("127.0.0.1".equals(first.getHostAddress()) ? "::1" : "127.0.0.1", port)) {
                    return port;
                }
            }
        }
    }

    private void start(Listening listening, int port, String... command) throws Exception {
        Path log = folder.resolve("server.log");
        server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long begin = System.nanoTime();
        for (String address : listening.addresses()) {
            while (!accepts(address, port)) {
                boolean ended = server.waitFor(20, TimeUnit.MILLISECONDS);
                assertThat(ended || System.nanoTime() - begin > MOST.toNanos())
                        .as(() -> String.join(" ", command) + " does not accept: " + read(log))
                        .isFalse();
            }
        }
    }

    private static boolean accepts(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // ---- the command

    private static Launched.Ended connect(int port, String input) {
        try (Launched client = Launched.start("connect", "localhost", Integer.toString(port))) {
            return client.end(input);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
