package dev.prise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real PostgreSQL over JDBC through {@link Dialer#socketFactory}, its name having one dead address and one live one.
 *
 * <p>The driver looks the name up with the Java library, which reads a hosts file of its own only when told at its start. So the client
 * is a JVM of its own, {@link Client}, which prints the dial's trace and what the server said.
 */
public class PostgresIT {
    private static final String HOST = "database.example";
    private static final String LIVE = "127.0.0.1";
    private static final String REFUSING = "127.0.0.8";
    private static final String SILENT = "127.0.0.9";

    private static Path folder;
    private static Hole hole;
    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        Path binaries = Postgres.binaries();
        requireOrLeaveOut(binaries != null, "there is no PostgreSQL (initdb) here");
        hole = Hole.open(address(SILENT), address(LIVE));
        requireOrLeaveOut(hole != null, "this system has no " + SILENT + " that drops what its queue cannot hold");
        folder = Files.createTempDirectory("prise-postgres");
        postgres = new Postgres(binaries, folder, hole.port());
        postgres.start();
    }

    private static InetAddress address(String literal) throws IOException {
        return InetAddress.getAllByName(literal)[0];
    }

    private static void requireOrLeaveOut(boolean there, String reason) {
        if (!there) {
            System.out.println("Left out: PostgreSQL over JDBC, because " + reason + ".");
        }
        assumeTrue(there, reason);
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.stop();
        }
        if (hole != null) {
            hole.close();
        }
        if (folder != null) {
            Processes.deleteAll(folder);
        }
    }

    @Test
    void firstAddressRefuses() throws Exception {
        List<String> told = connect(List.of(REFUSING, LIVE), "disable");

        // the refusal and the lookup's answer come on two threads: the later one of them is why the second attempt
        // starts
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).isEqualTo("1 " + REFUSING + " FIRST FAILED");
        assertThat(told.get(1)).isIn("2 " + LIVE + " FAILURE CONNECTED", "2 " + LIVE + " LATE_ANSWER CONNECTED");
        assertThat(told.get(2)).isEqualTo("answer 42, ssl false");
    }

    @Test
    void firstAddressIsSilent() throws Exception {
        List<String> told = connect(List.of(SILENT, LIVE), "disable");

        assertThat(told)
                .containsExactly(
                        "1 " + SILENT + " FIRST CANCELLED", "2 " + LIVE + " DELAY CONNECTED", "answer 42, ssl false");
    }

    @Test
    void onlyTheFirstAddressIsTriedWhenItIsGood() throws Exception {
        List<String> told = connect(List.of(LIVE, SILENT), "disable");

        assertThat(told).containsExactly("1 " + LIVE + " FIRST CONNECTED", "answer 42, ssl false");
    }

    /** {@code verify-full} compares the server's certificate with the name, which the socket must still know. */
    @Test
    void tlsOnTop() throws Exception {
        List<String> told = connect(List.of(SILENT, LIVE), "verify-full");

        assertThat(told)
                .containsExactly(
                        "1 " + SILENT + " FIRST CANCELLED", "2 " + LIVE + " DELAY CONNECTED", "answer 42, ssl true");
    }

    @Test
    void allAddressesDead() throws Exception {
        List<String> told = connect(List.of(SILENT, REFUSING), "disable");

        assertThat(told).hasSize(3).last().asString().startsWith("failed with ").contains(SILENT, REFUSING);
    }

    private static List<String> connect(List<String> addresses, String sslMode) throws Exception {
        Path hosts = Files.createTempFile(folder, "hosts", "");
        Files.write(
                hosts, addresses.stream().map(address -> address + " " + HOST).toList());
        return Processes.output(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Client.class.getName(),
                        Integer.toString(hole.port()),
                        sslMode,
                        postgres.certificate().toString()));
    }

    /** The JVM that connects; prints a line for each attempt that has ended, and one for the server's answer. */
    static final class Client {
        public static void main(String[] args) {
            Properties properties = new Properties();
            properties.setProperty("user", Postgres.ROLE);
            properties.setProperty("socketFactory", RacingSocketFactory.class.getName());
            properties.setProperty("connectTimeout", "3");
            properties.setProperty("sslmode", args[1]);
            properties.setProperty("sslrootcert", args[2]);
            String url = "jdbc:postgresql://" + HOST + ":" + args[0] + "/postgres";
            try (Connection connection = DriverManager.getConnection(url, properties);
                    Statement statement = connection.createStatement();
                    ResultSet result =
                            statement.executeQuery("select 6 * 7, ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
                result.next();
                System.out.println("answer " + result.getInt(1) + ", ssl " + result.getBoolean(2));
            } catch (SQLException e) {
                System.out.println("failed with " + e.getMessage() + ": " + e.getCause());
            }
        }
    }

    /** What the driver makes by its name. */
    public static final class RacingSocketFactory extends SocketFactory {
        private static final SocketFactory DIALER =
                Dialer.builder().listener(RacingSocketFactory::tell).build().socketFactory();

        private static void tell(TraceEvent event) {
            if (event instanceof TraceEvent.DialEnded ended) {
                for (Trace.Attempt attempt : ended.trace().attempts()) {
                    System.out.println(attempt.id() + " " + attempt.address().addressText() + " " + attempt.why() + " "
                            + attempt.outcome());
                }
            }
        }

        @Override
        public Socket createSocket() throws IOException {
            return DIALER.createSocket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return DIALER.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return DIALER.createSocket(host, port, localHost, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return DIALER.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return DIALER.createSocket(host, port, localHost, localPort);
        }
    }

    /** A listener that never accepts and whose queue is full, so that the system drops what else comes. */
    private record Hole(ServerSocket listener, List<Socket> fillers) implements AutoCloseable {
        private static final int MOST_TRIES = 32;

        /** A hole on a port that is free on the other address; null when this system does not do that. */
        static Hole open(InetAddress address, InetAddress other) throws IOException {
            for (int i = 0; i < MOST_TRIES; i++) {
                ServerSocket listener = new ServerSocket();
                try {
                    listener.bind(new InetSocketAddress(address, 0), 1);
                } catch (IOException e) {
                    listener.close();
                    return null;
                }
                try (ServerSocket probe = new ServerSocket(listener.getLocalPort(), 1, other)) {
                    assertThat(probe.isBound()).isTrue();
                } catch (IOException e) {
                    listener.close();
                    continue;
                }
                Hole hole = new Hole(listener, new ArrayList<>());
                return hole.fill() ? hole : null;
            }
            return null;
        }

        private boolean fill() throws IOException {
            for (int i = 0; i < MOST_TRIES; i++) {
                Socket filler = new Socket();
                try {
                    filler.connect(listener.getLocalSocketAddress(), 300);
                    fillers.add(filler);
                } catch (SocketTimeoutException e) {
                    filler.close();
                    return true;
                }
            }
            close();
            return false;
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    /** A cluster of its own in a folder of its own. */
    private static final class Postgres {
        static final String ROLE = "prise";

        private final Path binaries;
        private final Path folder;
        private final Path data;
        private final int port;

        /** What runs a program as a user who is not root, as PostgreSQL demands. */
        private final List<String> asUser;

        private final Thread stopAtExit = new Thread(this::stopQuietly);

        Postgres(Path binaries, Path folder, int port) throws Exception {
            this.binaries = binaries;
            this.folder = folder;
            this.data = folder.resolve("data");
            this.port = port;
            this.asUser = "root".equals(System.getProperty("user.name"))
                    ? List.of("runuser", "-u", userName(), "--")
                    : List.of();
        }

        /** The folder of initdb: on the path, or where Debian has it; null when nowhere. */
        static Path binaries() throws IOException {
            List<Path> folders = new ArrayList<>();
            for (String each : System.getenv("PATH").split(":", -1)) {
                folders.add(Path.of(each));
            }
            Path debian = Path.of("/usr/lib/postgresql");
            if (Files.isDirectory(debian)) {
                try (Stream<Path> versions = Files.list(debian)) {
                    versions.sorted().forEach(version -> folders.add(0, version.resolve("bin")));
                }
            }
            for (Path each : folders) {
                if (Files.isExecutable(each.resolve("initdb")) && Files.isExecutable(each.resolve("pg_ctl"))) {
                    return each;
                }
            }
            return null;
        }

        private static String userName() throws IOException {
            boolean hasOwn =
                    Files.readAllLines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith("postgres:"));
            return hasOwn ? "postgres" : "nobody";
        }

        Path certificate() {
            return folder.resolve("server.crt");
        }

        void start() throws Exception {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            makeCertificate();
            if (!asUser.isEmpty()) {
                Processes.output(folder, List.of("chown", "-R", asUser.get(2), folder.toString()));
            }
            run("initdb", "-D", data.toString(), "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            String options = String.join(
                    " ",
                    "-c listen_addresses=" + LIVE,
                    "-c port=" + port,
                    "-c unix_socket_directories=" + folder,
                    "-c fsync=off",
                    "-c ssl=on",
                    "-c ssl_cert_file=" + certificate(),
                    "-c ssl_key_file=" + folder.resolve("server.key"));
            Runtime.getRuntime().addShutdownHook(stopAtExit);
            run(
                    "pg_ctl",
                    "start",
                    "-w",
                    "-D",
                    data.toString(),
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    options);
        }

        /** Stops the process whose number is in the cluster's own folder. */
        void stop() throws Exception {
            if (Files.exists(data.resolve("postmaster.pid"))) {
                run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data.toString());
            }
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        }

        private void stopQuietly() {
            try {
                run("pg_ctl", "stop", "-m", "immediate", "-D", data.toString());
            } catch (Exception | AssertionError e) {
                System.err.println("PostgreSQL in " + data + " may still run: " + e);
            }
        }

        private void run(String program, String... arguments) throws Exception {
            List<String> command = new ArrayList<>(asUser);
            command.add(binaries.resolve(program).toString());
            command.addAll(Arrays.asList(arguments));
            Processes.output(folder, command);
        }

        private void makeCertificate() throws Exception {
            Path store = folder.resolve("store.p12");
            char[] password = "password".toCharArray();
            Processes.output(
                    folder,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "RSA",
                            "-dname",
                            "CN=" + HOST,
                            "-ext",
                            "san=dns:" + HOST,
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(password),
                            "-keystore",
                            store.toString()));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), password);
            Key key = keys.getKey("server", password);
            Path keyFile = folder.resolve("server.key");
            Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(
                    certificate(),
                    pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        }

        private static String pem(String what, byte[] bytes) {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
            return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
        }
    }

    /** Other programs. */
    private static final class Processes {
        private static final Duration MOST = Duration.ofSeconds(60);

        /** Runs one to its end, which must be a good one; the lines of its standard output. */
        static List<String> output(Path folder, List<String> command) throws Exception {
            Path out = Files.createTempFile("prise", ".out");
            Path err = Files.createTempFile("prise", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                process.getOutputStream().close();
                boolean ended = process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                assertThat(ended).as("%s has ended", command).isTrue();
                assertThat(process.exitValue())
                        .as(() -> command + " said: " + read(out) + read(err))
                        .isZero();
                return read(out).lines().toList();
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        }

        private static String read(Path file) {
            try {
                return new String(Files.readAllBytes(file), UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        }

        static void deleteAll(Path folder) throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
