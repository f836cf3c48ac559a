package dev.prise.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.prise.DialFailure;
import dev.prise.DialHistory;
import dev.prise.DialListener;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Readiness;
import dev.prise.Target;
import dev.prise.TlsSettings;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfoException;
import dev.prise.address.AddressInfos;
import dev.prise.address.Hints;
import dev.prise.race.PolicyTable;
import dev.prise.resolve.BlockingResolver;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import dev.prise.trace.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The recipes of docs/cookbook.md, in its order. Each is run by a test. */
final class Cookbook {
    private static final Logger LOG = System.getLogger("cookbook");

    private Cookbook() {}

    // ---- connecting

    /** A socket with a deadline: what the server says first. */
    static String firstLine(String host, int port) throws IOException {
        Dialer dialer = Dialer.builder().deadline(Duration.ofSeconds(3)).build();

        try (DialResult result = dialer.dial(host, port)) {
            Socket socket = result.socket();
            socket.setSoTimeout(3_000); // reading has a limit of its own, and it is not the dialer's
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
        }
    }

    /** IPv4 alone. */
    static Dialer onlyFour() {
        Dialer dialer = Dialer.builder().family(AddressFamily.INET).build();
        return dialer;
    }

    /** IPv4 first, IPv6 when it does not work. */
    static Dialer fourFirst() {
        PolicyTable fourFirst = new PolicyTable(List.of(
                PolicyTable.row("::ffff:0:0", 96, 100, 4), // IPv4 addresses, and a precedence above all others
                PolicyTable.row("::1", 128, 50, 0),
                PolicyTable.row("::", 0, 40, 1)));
        Dialer dialer = Dialer.builder().policyTable(fourFirst).build();
        return dialer;
    }

    /** A JDBC connection over a raced socket. */
    static Connection database(String host, int port, String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("socketFactory", RacingSocketFactory.class.getName());
        properties.setProperty("connectTimeout", "3"); // seconds; the deadline of the dial
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", properties);
    }

    /** HTTP over the socket. */
    static String httpGet(Dialer dialer, String host, int port) throws IOException {
        try (DialResult result = dialer.dial(host, port)) {
            Socket socket = result.socket();
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** TLS with roots of one's own: the version that was agreed on. */
    static String tlsWith(Path pem, String host, int port) throws IOException, GeneralSecurityException {
        List<X509Certificate> roots;
        try (InputStream in = Files.newInputStream(pem)) {
            roots = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
        Dialer dialer =
                Dialer.builder().tls(TlsSettings.DEFAULT.withRoots(roots)).build();
        try (DialResult result = dialer.dial(host, port)) {
            SSLSocket socket = (SSLSocket) result.socket(); // the handshake is done
            return socket.getSession().getProtocol();
        }
    }

    /** Only a server that greets. */
    static Readiness greeting(String expected) {
        Readiness greets = connection -> {
            ByteBuffer line = ByteBuffer.allocate(512);
            return () -> {
                if (connection.channel().read(line) < 0) {
                    throw new IOException("hung up before the greeting");
                }
                String soFar = new String(line.array(), 0, line.position(), US_ASCII);
                if (!soFar.endsWith("\n") && line.hasRemaining()) {
                    return Readiness.Step.NEEDS_READ;
                }
                if (!soFar.startsWith(expected)) {
                    throw new IOException("the greeting does not begin with " + expected);
                }
                return Readiness.Step.READY;
            };
        };
        return greets;
    }

    /** How many of many targets accept, without a thread for each. */
    static long countOpen(Dialer dialer, List<Target> targets) {
        List<CompletableFuture<Boolean>> dials = targets.stream()
                .map(target -> dialer.dialAsync(target).handle(Cookbook::connected))
                .toList();
        return dials.stream().filter(CompletableFuture::join).count();
    }

    private static boolean connected(@Nullable DialResult result, @Nullable Throwable failure) {
        if (result == null) {
            return false;
        }
        try (result) {
            return true;
        } catch (IOException e) {
            return true; // it was connected; closing went wrong
        }
    }

    /** Gives a dial up when somebody says so. */
    static CompletableFuture<DialResult> stoppable(Dialer dialer, Target target, Consumer<Runnable> stopButton) {
        CompletableFuture<DialResult> dial = dialer.dialAsync(target);
        stopButton.accept(() -> dial.cancel(true)); // ends the dial and closes its sockets
        return dial;
    }

    /** From a source address, with socket options. */
    static Dialer from(String address) throws UnknownHostException {
        Dialer dialer = Dialer.builder()
                .source(InetAddress.getByName(address))
                .option(StandardSocketOptions.SO_KEEPALIVE, true)
                .option(StandardSocketOptions.TCP_NODELAY, true)
                .build();
        return dialer;
    }

    /** A Unix-domain socket. */
    static void sayThrough(Dialer dialer, String path, String text) throws IOException {
        try (DialResult result = dialer.dial(Target.unix(path))) {
            SocketChannel channel = result.channel(); // Java has no Socket for it
            channel.write(UTF_8.encode(text));
        }
    }

    /** One address after the other for old servers. */
    static Dialer oneAtATimeFor(String domain) {
        Dialer dialer =
                Dialer.builder().sequentialFor(host -> host.endsWith(domain)).build();
        return dialer;
    }

    // ---- names

    /** A resolver of one's own. */
    static Resolver registry(Map<String, List<InetAddress>> registry) {
        Resolver resolver = BlockingResolver.of("registry", false, (host, family) -> {
            List<InetAddress> addresses = registry.get(host); // may block: a database, a file, a web service
            if (addresses == null) {
                throw new UnknownHostException(host);
            }
            return addresses;
        });
        return resolver;
    }

    /** The call getaddrinfo with hints. */
    static List<String> lookup(String host, String service) throws AddressInfoException {
        Hints hints = Hints.DEFAULT.withFamily(AddressFamily.INET).withFlags(Hints.Flag.CANONNAME);
        List<String> found = new ArrayList<>();
        for (AddressInfo info : AddressInfos.lookup(host, service, hints)) {
            found.add(info.addressText() + " " + info.port());
        }
        return found;
    }

    // ---- remembering

    /** A memory that outlives the process. */
    static Dialer remembering(Path file) throws IOException {
        DialHistory history = DialHistory.inMemory();
        if (Files.exists(file)) {
            history.addText(Files.readString(file));
        }
        Dialer dialer = Dialer.builder().history(history).build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> save(history, file)));
        return dialer;
    }

    static void save(DialHistory history, Path file) {
        try {
            Files.writeString(file, history.toText(1_000));
        } catch (IOException e) {
            LOG.log(Logger.Level.WARNING, "what was learnt of addresses is not kept", e);
        }
    }

    /** No memory. */
    static Dialer forgetful() {
        Dialer dialer = Dialer.builder().history(DialHistory.off()).build();
        return dialer;
    }

    // ---- seeing what happened

    /** What a dial came to, in plain words. */
    static String explained(Dialer dialer, String host, int port) {
        try (DialResult result = dialer.dial(host, port)) {
            Verdict verdict = Verdict.of(result.trace());
            return verdict.sentence() + " " + verdict.costs(); // what was lost on the way, and to what
        } catch (IOException e) {
            if (e instanceof DialFailure failure) {
                Verdict verdict = Verdict.of(failure.trace());
                String advice = verdict.advice() == null ? "" : " " + verdict.advice();
                return failure.code() + ": " + verdict.sentence() + advice;
            }
            return e.toString(); // the text was no host at all, so nothing was dialled
        }
    }

    /** A line in the log for each dial. */
    static Dialer logging(Logger log) {
        DialListener listener = event -> {
            if (event instanceof TraceEvent.DialEnded ended) {
                Trace trace = ended.trace();
                log.log(Logger.Level.INFO, () -> Verdict.of(trace).sentence() + " " + trace.toJson());
            }
        };
        Dialer dialer = Dialer.builder().listener(listener).build();
        return dialer;
    }
}
