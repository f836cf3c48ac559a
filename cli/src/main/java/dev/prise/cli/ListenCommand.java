package dev.prise.cli;

import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The server side. */
@Command(name = "listen", description = "Listens on both families and sends back what comes.")
final class ListenCommand implements Callable<Integer> {
    /** So many are served at the same time; the others wait in the system's queue. */
    private static final int MOST_CONNECTIONS = 512;

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "HOST",
            description =
                    "The name or address to listen on, all addresses if left out; also HOST:PORT, [V6]:PORT and unix:PATH.")
    @Nullable
    String host;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PORT",
            description = "A number or the name of a service; 27015 if left out, 0 for any free one.")
    @Nullable
    String port;

    @Option(names = "--once", description = "Serve one connection, then end.")
    boolean once;

    @Option(names = "--discard", description = "Drop what comes in place of sending it back.")
    boolean discard;

    @Option(names = "--banner", paramLabel = "TEXT", description = "Send this first, in UTF-8.")
    String banner = "";

    @Mixin
    final FamilyOptions families = new FamilyOptions();

    @Option(
            names = {"-v", "--verbose"},
            description = "A line on standard error for each connection.")
    boolean verbose;

    ListenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Service service = new Service(banner, !discard);
        AddressFamily family = families.family();
        HostAndPort where = where();
        String path = where.unixPath();
        if (path != null) {
            return listenOnPath(path, service);
        }
        String portText = where.service() == null ? Integer.toString(Target.DEFAULT_PORT) : where.service();
        int number = ListenAddresses.port(portText);
        String name = where.host();
        try (Server server = name.isEmpty()
                ? Server.onAllAddresses(number, family)
                : Server.on(ListenAddresses.of(name, family), number)) {
            return serve(server, service);
        } catch (IOException e) {
            throw cannotListen((name.isEmpty() ? "" : name + " ") + "port " + portText, e, advice(e));
        }
    }

    /** {@code listen 8080} means the port: nobody writes an address that way. */
    private HostAndPort where() {
        if (host == null) {
            return new HostAndPort("", null);
        }
        if (port == null && !host.isEmpty() && !TargetParameters.isName(host)) {
            return new HostAndPort("", host);
        }
        HostAndPort where = HostAndPort.parse(host).withPort(port);
        if (where.host().isEmpty()) {
            throw CommandException.usage("the host to listen on is empty; leave it out to listen on all addresses");
        }
        return where;
    }

    private int listenOnPath(String path, Service service) throws IOException {
        Path file = Path.of(path);
        try (Server server = Server.onPath(UnixDomainSocketAddress.of(file))) {
            Object mine = keyOf(file);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(file, mine), "prise-clean"));
            return serve(server, service);
        } catch (IOException | IllegalArgumentException e) {
            String advice = ErrorCodes.of(e) == ErrorCode.ADDRESS_IN_USE
                    ? "if no server uses this file any more, remove it"
                    : advice(e);
            throw cannotListen("unix:" + path, e, advice);
        }
    }

    /** What tells this file from another one that takes its place; null where the system has no such thing. */
    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Removes our socket's file, but not that of a server which has taken the path over. */
    private static void delete(Path file, @Nullable Object mine) {
        try {
            if (Objects.equals(mine, keyOf(file))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // it stays; the next one to listen there is told so
        }
    }

    private static CommandException cannotListen(String where, Exception e, String advice) {
        return new CommandException(
                ExitStatus.NOT_CONNECTED, "cannot listen on " + where + ": " + Reasons.of(e) + "; " + advice);
    }

    /** The general advice is for those who connect; some of it does not fit here. */
    private static String advice(Exception e) {
        ErrorCode code = ErrorCodes.of(e);
        return switch (code) {
            case ADDRESS_NOT_AVAILABLE -> "choose an address of this machine";
            case NO_SUCH_FILE -> "check that the folder exists";
            case PERMISSION_DENIED -> "choose a port above 1023, check permissions";
            default -> code.advice();
        };
    }

    private int serve(Server server, Service service) throws IOException {
        CompletableFuture<SocketChannel> first = new CompletableFuture<>();
        Semaphore room = new Semaphore(MOST_CONNECTIONS);
        console.say("listening on " + server.where());
        List<Thread> acceptors = server.accept(connection -> {
            if (!once) {
                room.acquireUninterruptibly();
                Thread.startVirtualThread(() -> serveAndTell(connection, service, room));
            } else if (!first.complete(connection)) {
                closeQuietly(connection);
            }
        });
        if (once) {
            return serveOne(server, first.join(), service);
        }
        try {
            for (Thread acceptor : acceptors) {
                acceptor.join();
            }
            return ExitStatus.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.INTERRUPTED;
        }
    }

    private int serveOne(Server server, SocketChannel connection, Service service) throws IOException {
        server.close();
        String peer = peerOf(connection);
        try {
            tell(peer + " connected");
            tell(peer + " sent " + service.serve(connection) + " bytes and is done");
            return ExitStatus.DONE;
        } catch (IOException e) {
            throw new CommandException(ExitStatus.BROKEN, "the connection of " + peer + " broke: " + Reasons.of(e));
        }
    }

    private void serveAndTell(SocketChannel connection, Service service, Semaphore room) {
        try {
            String peer = peerOf(connection);
            tell(peer + " connected");
            try {
                tell(peer + " sent " + service.serve(connection) + " bytes and is done");
            } catch (IOException e) {
                tell(peer + " broke: " + Reasons.of(e));
            }
        } catch (IOException e) {
            tell("a connection broke at once: " + Reasons.of(e));
        } finally {
            closeQuietly(connection);
            room.release();
        }
    }

    private void tell(String sentence) {
        if (verbose) {
            console.say(sentence);
        }
    }

    private static String peerOf(SocketChannel connection) throws IOException {
        AddressInfo peer = AddressInfo.stream(connection.getRemoteAddress());
        // clients of a Unix-domain socket have no name
        return peer.family() == AddressFamily.UNIX ? "a client" : peer.toString();
    }

    private static void closeQuietly(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // nobody uses it any more
        }
    }
}
