package dev.prise.lab;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * All the servers of a laboratory in one process, which lines on its standard input start and stop.
 *
 * <p>As a command, without arguments: its first line on standard output is {@code ready}; then it answers each line with one, {@code ok}
 * with a port where there is one to tell, or {@code error} and a sentence; an error changes nothing. At the end of the input it closes
 * everything and ends with status 0. The lines are
 *
 * <pre>{@code
 * dns ADDRESS PORT [LOGFILE]     starts a DNS server over UDP and TCP; answers with its port
 * name NAME TYPE BEHAVIOUR       what all DNS servers do for a name and type from now on
 * forget NAME                    this name, with all its types, is not there any more
 * serve KIND PORT [ADDRESS]      starts a TCP server; answers with its port
 * close PORT [ADDRESS]           stops the server that was started with these, and closes its connections
 * mark ADDRESS PORT TEXT         sends a datagram with the text, a word, which a capture of packets then shows
 * }</pre>
 *
 * Words have spaces between them, addresses are literals, and port 0 is any that is free. Without an address it is the wildcard, which
 * stands for both families where Java has both. {@link DnsScript} describes NAME, TYPE and BEHAVIOUR, {@link DnsLog} the log, which is
 * not kept without a file. KIND is one of
 *
 * <pre>{@code
 * echo       sends back what comes, and ends its side when the peer has ended its own
 * http       answers a request, whatever it asks for, with 200 and a line of text, and closes
 * tls        the same in TLS, with a self-signed certificate
 * silent     accepts, reads and says nothing until the peer closes
 * reset      accepts and resets
 * backlog    never accepts, and its queue is full: the system drops all SYNs
 * }</pre>
 *
 * At most 1,000 connections are open, one beyond is closed at once; one on which nothing happens for a minute is closed, except those
 * that are silent.
 */
public final class LabServer implements Closeable {
    private static final int MOST_CONNECTIONS = 1_000;
    private static final Duration IDLE_TIME = Duration.ofMinutes(1);
    private static final String KINDS = "echo, http, tls, silent, reset or backlog";

    private final LiveScript script = new LiveScript();
    private final Connections connections;
    private final Map<InetSocketAddress, Closeable> servers = new HashMap<>();
    private @Nullable SSLSocketFactory tls;

    /** Without any server. */
    LabServer(int mostConnections, Duration idleTime) {
        this.connections = new Connections(mostConnections, idleTime);
    }

    /**
     * Serves until the input ends.
     *
     * @param arguments none
     * @throws IOException if the input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            System.err.println("LabServer: there should be no arguments; commands come on standard input");
            System.exit(2);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (LabServer server = new LabServer(MOST_CONNECTIONS, IDLE_TIME)) {
            out.println("ready");
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(server.reply(line));
            }
        }
        System.exit(0);
    }

    /** Does what a line says, and answers with a line. */
    String reply(String line) {
        try {
            return done(line.strip());
        } catch (IOException | ScriptException | IllegalArgumentException e) {
            return "error " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }

    private String done(String line) throws IOException, ScriptException {
        List<String> words = List.of(line.split("\\s+"));
        switch (words.getFirst()) {
            case "dns" -> {
                expect(words, 3, 4, "dns ADDRESS PORT [LOGFILE]");
                return "ok " + dns(place(words.get(2), words.get(1)), words.size() == 4 ? words.get(3) : null);
            }
            case "name" -> script.put(ScriptParser.parseLine(line.substring("name".length())));
            case "forget" -> {
                expect(words, 2, 2, "forget NAME");
                forget(words.get(1));
            }
            case "serve" -> {
                expect(words, 3, 4, "serve KIND PORT [ADDRESS]");
                return "ok " + serve(kind(words.get(1)), place(words.get(2), words.size() == 4 ? words.get(3) : null));
            }
            case "close" -> {
                expect(words, 2, 3, "close PORT [ADDRESS]");
                close(place(words.get(1), words.size() == 3 ? words.get(2) : null));
            }
            case "mark" -> {
                expect(words, 4, 4, "mark ADDRESS PORT TEXT");
                mark(place(words.get(2), words.get(1)), words.get(3));
            }
            default ->
                throw new IllegalArgumentException(
                        "expected dns, name, forget, serve, close or mark, but found \"" + words.getFirst() + "\"");
        }
        return "ok";
    }

    private static void mark(InetSocketAddress to, String text) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        }
    }

    private static void expect(List<String> words, int fewest, int most, String usage) {
        if (words.size() < fewest || words.size() > most) {
            throw new IllegalArgumentException("expected " + usage);
        }
    }

    /** The kinds of TCP servers. */
    private enum Kind {
        ECHO,
        HTTP,
        TLS,
        SILENT,
        RESET,
        BACKLOG
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("expected " + KINDS + ", but found \"" + word + "\"");
    }

    private static InetSocketAddress place(String port, @Nullable String address) {
        int number = CommandLine.port(port);
        InetAddress literal = address == null ? null : InetAddress.ofLiteral(address);
        // Java makes no difference between 0.0.0.0 and ::, so it is the same place.
        boolean wildcard = literal == null || literal.isAnyLocalAddress();
        return wildcard ? new InetSocketAddress(number) : new InetSocketAddress(literal, number);
    }

    private int dns(InetSocketAddress place, @Nullable String file) throws IOException {
        OutputStream log = file == null ? OutputStream.nullOutputStream() : Files.newOutputStream(Path.of(file));
        try {
            ScriptedDns server = ScriptedDns.start(place, script, new DnsLog(log), Limits.USUAL);
            return keep(place, server.address().getPort(), () -> {
                server.close();
                log.close();
            });
        } catch (IOException e) {
            log.close();
            throw cannotListen(place, e);
        }
    }

    private int serve(Kind kind, InetSocketAddress place) throws IOException {
        try {
            if (servers.containsKey(place)) {
                // the system would share the port between the two, which it must let a single address and the wildcard
                // do
                throw new BindException("Address already in use");
            }
            if (kind == Kind.BACKLOG) {
                FullQueue queue = FullQueue.open(place);
                return keep(place, queue.port(), queue);
            }
            Listener listener = Listener.open(place, conversation(kind), connections);
            return keep(place, listener.port(), listener);
        } catch (IOException e) {
            throw cannotListen(place, e);
        }
    }

    private Conversation conversation(Kind kind) throws IOException {
        return switch (kind) {
            case ECHO -> Conversation::echo;
            case HTTP -> Conversation::http;
            case TLS -> Conversation.https(tls());
            case SILENT -> Conversation::silent;
            case RESET -> Connection::reset;
            case BACKLOG -> throw new IllegalArgumentException("nothing is accepted");
        };
    }

    /** Made when it is first asked for, since it takes a second that most laboratories need not wait. */
    private SSLSocketFactory tls() throws IOException {
        SSLSocketFactory made = tls;
        if (made == null) {
            made = SelfSigned.sockets();
            tls = made;
        }
        return made;
    }

    private int keep(InetSocketAddress place, int port, Closeable server) {
        servers.put(new InetSocketAddress(place.getAddress(), port), server);
        return port;
    }

    private static IOException cannotListen(InetSocketAddress place, IOException cause) {
        return new IOException("cannot serve on " + Addresses.text(place) + ": " + cause.getMessage(), cause);
    }

    private void forget(String text) {
        Name name;
        try {
            name = Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("expected a name, but found \"" + text + "\"", e);
        }
        if (!script.forget(name)) {
            throw new IllegalArgumentException("there is no " + text);
        }
    }

    private void close(InetSocketAddress place) throws IOException {
        Closeable server = servers.remove(place);
        if (server == null) {
            throw new IllegalArgumentException("nothing was started on " + Addresses.text(place));
        }
        server.close();
    }

    /** Stops all servers. */
    @Override
    public void close() throws IOException {
        for (Closeable server : servers.values()) {
            server.close();
        }
        servers.clear();
        connections.close();
    }
}
