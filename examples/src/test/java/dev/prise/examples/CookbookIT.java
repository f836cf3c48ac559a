package dev.prise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.prise.DialConnectException;
import dev.prise.DialHistory;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.TestCertificates;
import dev.prise.address.Services;
import dev.prise.contract.ContractWorld.Kind;
import dev.prise.contract.LoopbackWorld;
import dev.prise.resolve.Resolver;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/cookbook.md do what it says, on loopback. */
class CookbookIT {
    private static final String NAME = "two.example";
    private static final String HERE = "127.0.0.1";

    @TempDir
    Path folder;

    // ---- connecting

    @Test
    void deadline() throws IOException {
        try (OneAnswer server = OneAnswer.on(HERE, 0, socket -> say(socket, "220 welcome\r\n"))) {
            assertThat(Cookbook.firstLine(HERE, server.port())).isEqualTo("220 welcome");
        }
    }

    @Test
    void onlyFour() throws IOException {
        try (LoopbackWorld world = LoopbackWorld.of(Kind.ACCEPTS);
                DialResult result = Cookbook.onlyFour().dial("localhost", world.port())) {
            assertThat(result.trace().candidates())
                    .allSatisfy(each -> assertThat(each.address().addressText()).doesNotContain(":"));
        }
        assertThatThrownBy(() -> Cookbook.onlyFour().dial("::1", 1)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void fourFirst() throws IOException {
        if (!Ports.hasSix("the recipe of IPv4 first")) {
            return;
        }
        try (LoopbackWorld world = LoopbackWorld.of(Kind.ACCEPTS)) {
            Resolver both = registry("::1", HERE);
            try (DialResult result = withResolver(Cookbook.fourFirst(), both).dial(NAME, world.port())) {
                assertThat(candidates(result)).startsWith(HERE);
            }
            try (DialResult result = withResolver(Dialer.create(), both).dial(NAME, world.port())) {
                assertThat(candidates(result)).endsWith(HERE);
            }
        }
    }

    /** What a PostgreSQL does with such sockets is tested with a real one by core's PostgresIT; this one only has an error to tell. */
    @Test
    void jdbc() throws IOException {
        try (OneAnswer server = OneAnswer.on(HERE, 0, CookbookIT::refuseAsPostgres)) {
            assertThatThrownBy(() -> Cookbook.database(HERE, server.port(), "nobody"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("said by a server that was reached");
        }
        try (LoopbackWorld world = LoopbackWorld.of(Kind.REFUSES)) {
            assertThatThrownBy(() -> Cookbook.database(HERE, world.port(), "nobody"))
                    .hasRootCauseInstanceOf(DialConnectException.class);
        }
    }

    /** The first message asks for TLS, which it has not, or is the startup message; the answer to that is an error. */
    private static void refuseAsPostgres(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] message = nextMessage(in);
        if (message.length == 4) {
            say(socket, "N");
            nextMessage(in);
        }
        byte[] fields = "SFATAL\0VFATAL\0C53300\0Msaid by a server that was reached\0\0".getBytes(UTF_8);
        ByteBuffer error = ByteBuffer.allocate(1 + 4 + fields.length);
        error.put((byte) 'E').putInt(4 + fields.length).put(fields);
        socket.getOutputStream().write(error.array());
    }

    private static byte[] nextMessage(InputStream in) throws IOException {
        int length = ByteBuffer.wrap(in.readNBytes(4)).getInt();
        return in.readNBytes(length - 4);
    }

    @Test
    void http() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(HERE), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "came all the way".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            assertThat(Cookbook.httpGet(
                            Dialer.create(), "localhost", server.getAddress().getPort()))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("came all the way");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tls() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        SSLContext context = certificates.server("good");
        try (OneAnswer server = OneAnswer.on(
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.ofLiteral(HERE)),
                socket -> socket.getInputStream().readAllBytes())) {
            assertThat(Cookbook.tlsWith(certificates.rootFile(), HERE, server.port()))
                    .isEqualTo("TLSv1.3");
            Path other = certificates.certificateFile("other-root");
            assertThatThrownBy(() -> Cookbook.tlsWith(other, HERE, server.port()))
                    .hasMessageContaining("issuer is not trusted");
        }
    }

    @Test
    void readiness() throws IOException {
        try (LoopbackWorld silent = LoopbackWorld.of(Kind.REFUSES, Kind.ACCEPTS);
                OneAnswer server = OneAnswer.on("127.0.0.3", silent.port(), socket -> say(socket, "220 welcome\r\n"))) {
            Dialer dialer = Dialer.builder()
                    .resolver(registry("127.0.0.2", "127.0.0.3"))
                    .readiness(Cookbook.greeting("220 "))
                    .build();
            try (DialResult result = dialer.dial(NAME, server.port())) {
                assertThat(result.address().addressText()).isEqualTo("127.0.0.3");
            }
            Dialer other = dialer.toBuilder()
                    .resolver(registry("127.0.0.3"))
                    .readiness(Cookbook.greeting("SSH-"))
                    .build();
            assertThatThrownBy(() -> other.dial(NAME, server.port()))
                    .hasMessageContaining("the greeting does not begin with SSH-");
        }
    }

    @Test
    void many() throws IOException {
        try (LoopbackWorld world = LoopbackWorld.of(Kind.ACCEPTS, Kind.REFUSES)) {
            List<Target> targets = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                targets.add(Target.of(i % 4 == 0 ? "127.0.0.2" : HERE, world.port()));
            }
            assertThat(Cookbook.countOpen(Dialer.create(), targets)).isEqualTo(75);
        }
    }

    @Test
    void cancel() throws Exception {
        try (LoopbackWorld world = LoopbackWorld.of(Kind.HOLE)) {
            List<Runnable> button = new ArrayList<>();
            CompletableFuture<Void> attempting = new CompletableFuture<>();
            CompletableFuture<Void> ended = new CompletableFuture<>();
            Dialer dialer = Dialer.builder()
                    .listener(event -> {
                        switch (event.kind()) {
                            case ATTEMPT_STARTED -> attempting.complete(null);
                            case DIAL_ENDED -> ended.complete(null);
                            default -> {
                                // of no interest
                            }
                        }
                    })
                    .build();
            CompletableFuture<DialResult> dial = Cookbook.stoppable(dialer, Target.of(HERE, world.port()), button::add);
            attempting.get(20, TimeUnit.SECONDS);
            button.get(0).run();
            ended.get(20, TimeUnit.SECONDS);
            assertThatThrownBy(dial::join).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void source() throws IOException {
        try (LoopbackWorld world = LoopbackWorld.of(Kind.ACCEPTS);
                DialResult result = Cookbook.from("127.0.0.7").dial(HERE, world.port())) {
            assertThat(result.socket().getLocalAddress().getHostAddress()).isEqualTo("127.0.0.7");
            assertThat(result.socket().getOption(StandardSocketOptions.SO_KEEPALIVE))
                    .isTrue();
        }
    }

    @Test
    void unix() throws IOException {
        Path path = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Cookbook.sayThrough(Dialer.create(), path.toString(), "hello");
            try (SocketChannel accepted = server.accept()) {
                ByteBuffer said = ByteBuffer.allocate(10);
                while (accepted.read(said) >= 0) {
                    assertThat(said.hasRemaining()).isTrue();
                }
                assertThat(new String(said.array(), 0, said.position(), UTF_8)).isEqualTo("hello");
            }
        }
    }

    @Test
    void sequential() throws Exception {
        try (LoopbackWorld world = LoopbackWorld.of(Kind.HOLE, Kind.ACCEPTS)) {
            Dialer dialer = withResolver(Cookbook.oneAtATimeFor(".example"), registry(HERE, "127.0.0.2"));
            try (DialResult result = dialer.dial(NAME, world.port())) {
                assertThat(result.trace().attempts().get(0).endNanos())
                        .isGreaterThanOrEqualTo(2_000_000_000L)
                        .isLessThanOrEqualTo(result.trace().attempts().get(1).startNanos());
            }
        }
    }

    // ---- names

    @Test
    void resolver() throws IOException {
        try (LoopbackWorld world = LoopbackWorld.of(Kind.REFUSES, Kind.ACCEPTS)) {
            Dialer dialer = withResolver(Dialer.create(), registry(HERE, "127.0.0.2"));
            try (DialResult result = dialer.dial(NAME, world.port())) {
                assertThat(result.address().addressText()).isEqualTo("127.0.0.2");
                assertThat(result.trace().lookups())
                        .allSatisfy(each -> assertThat(each.resolver()).isEqualTo("registry"));
            }
            assertThatThrownBy(() -> dialer.dial("three.example", world.port()))
                    .isInstanceOf(UnknownHostException.class);
        }
    }

    /** In a program of its own, since the choice is made once. */
    @Test
    void foundByItself() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("dev.prise.resolve.ResolverProvider"),
                RegistryResolverProvider.class.getName() + "\n");
        try (OneAnswer server = OneAnswer.on(
                        HERE,
                        0,
                        socket -> say(socket, new String(socket.getInputStream().readAllBytes(), UTF_8)));
                Running program = Running.start(Running.java(
                        "-cp",
                        System.getProperty("prise.examples.jar") + File.pathSeparator + folder,
                        QuickStart.class.getName(),
                        "database.example",
                        Integer.toString(server.port())))) {
            assertThat(program.end()).isEqualTo(Running.Ended.of(0, "hello", "connected to " + HERE));
        }
    }

    @Test
    void hints() throws Exception {
        assertThat(Cookbook.lookup(HERE, "27015")).containsExactly(HERE + " 27015");
        if (Services.tcpPort("https").isEmpty()) {
            System.out.println("Left out: a service by its name, because this machine has no file of services");
            return;
        }
        assertThat(Cookbook.lookup("localhost", "https")).containsExactly(HERE + " 443");
    }

    // ---- remembering

    @Test
    void remembering() throws Exception {
        Path file = folder.resolve("paths");
        try (LoopbackWorld world = LoopbackWorld.of(Kind.REFUSES, Kind.ACCEPTS)) {
            Resolver resolver = registry(HERE, "127.0.0.2");
            DialHistory history = DialHistory.inMemory();
            Dialer first = Dialer.builder().history(history).resolver(resolver).build();
            first.dial(NAME, world.port()).close();
            Cookbook.save(history, file);
            assertThat(Files.readString(file)).startsWith("prise-paths 1\n").contains("trouble ");

            // one dial of each sixteen goes without what is remembered, so that of three in a row one has it
            List<String> firsts = new ArrayList<>();
            Dialer second = withResolver(Cookbook.remembering(file), resolver);
            for (int i = 0; i < 3; i++) {
                try (DialResult result = second.dial(NAME, world.port())) {
                    firsts.add(candidates(result).get(0));
                }
            }
            assertThat(firsts).contains("127.0.0.2");

            Dialer third = withResolver(Cookbook.forgetful(), resolver);
            third.dial(NAME, world.port()).close();
            try (DialResult result = third.dial(NAME, world.port())) {
                assertThat(candidates(result)).startsWith(HERE);
            }
        }
    }

    // ---- seeing

    @Test
    void explained() throws IOException {
        Dialer dialer = Dialer.create();
        try (LoopbackWorld world = LoopbackWorld.of(Kind.ACCEPTS, Kind.REFUSES)) {
            assertThat(Cookbook.explained(dialer, HERE, world.port()))
                    .contains(HERE)
                    .endsWith(" []");
            assertThat(Cookbook.explained(dialer, "127.0.0.2", world.port()))
                    .startsWith("CONNECTION_REFUSED: ")
                    .contains("127.0.0.2")
                    .endsWith(".");
        }
        assertThat(Cookbook.explained(dialer, "two words", 1)).contains("two words");
    }

    @Test
    void logging() throws IOException {
        Told log = new Told();
        Dialer dialer = Cookbook.logging(log);
        try (LoopbackWorld world = LoopbackWorld.of(Kind.ACCEPTS);
                DialResult result = dialer.dial(HERE, world.port())) {
            assertThat(log.lines)
                    .singleElement()
                    .asString()
                    .contains(HERE)
                    .endsWith(" " + result.trace().toJson());
        }
    }

    /** Keeps what it is told. */
    private static final class Told implements System.Logger {
        final List<String> lines = new ArrayList<>();

        @Override
        public String getName() {
            return "told";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, Supplier<String> message) {
            lines.add(message.get());
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            lines.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            lines.add(format);
        }
    }

    // ---- the world

    private static Resolver registry(String... addresses) {
        return Cookbook.registry(Map.of(
                NAME, List.of(addresses).stream().map(InetAddress::ofLiteral).toList()));
    }

    private static Dialer withResolver(Dialer dialer, Resolver resolver) {
        return dialer.toBuilder().resolver(resolver).build();
    }

    private static List<String> candidates(DialResult result) {
        return result.trace().candidates().stream()
                .map(each -> each.address().addressText())
                .toList();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }
}
