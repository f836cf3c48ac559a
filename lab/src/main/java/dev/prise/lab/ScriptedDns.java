package dev.prise.lab;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A DNS server that does what a {@link DnsScript} says, over UDP and TCP: it answers, late or at once, denies, fails, or keeps silent,
 * for each name and type as the test wants it. For tests only; at most 1,000 delayed answers are under way and 64 connections open.
 *
 * <p>As a command: {@code ScriptedDns ADDRESS PORT ZONEFILE [--log FILE] [--for SECONDS]}. Its first line on standard output is {@code
 * listening on ADDRESS:PORT}. The log goes to standard error or to the file; {@link DnsLog} says how it reads. Exit status: 0 after the
 * seconds, 1 when it cannot listen or read or write a file, 2 when the arguments or the script are not as they should be.
 */
public final class ScriptedDns implements AutoCloseable {
    /** How often it looks for a port that is free for both transports. */
    private static final int TRIES = 20;

    private final InetSocketAddress address;
    private final UdpService udp;
    private final TcpService tcp;

    private ScriptedDns(DatagramChannel datagrams, ServerSocket listener, Responder responder, Limits limits)
            throws IOException {
        this.address = (InetSocketAddress) datagrams.getLocalAddress();
        this.udp = new UdpService(datagrams, responder);
        this.tcp = new TcpService(listener, responder, limits);
    }

    /**
     * Starts a server, which has daemon threads only.
     *
     * @param address where to listen; port 0 for any that is free
     * @throws IOException if it cannot listen there
     */
    public static ScriptedDns start(InetSocketAddress address, DnsScript script, DnsLog log) throws IOException {
        return start(address, script, log, Limits.USUAL);
    }

    static ScriptedDns start(InetSocketAddress address, Script script, DnsLog log, Limits limits) throws IOException {
        for (int tries = 1; ; tries++) {
            DatagramChannel datagrams = DatagramChannel.open();
            ServerSocket listener = new ServerSocket();
            try {
                datagrams.bind(address);
                // A server of before may have left connections that wait for their end.
                listener.setReuseAddress(true);
                listener.bind(datagrams.getLocalAddress());
                return new ScriptedDns(datagrams, listener, new Responder(script, log, limits), limits);
            } catch (IOException | RuntimeException e) {
                datagrams.close();
                listener.close();
                // Somebody else may have, for TCP, the port that was free for UDP.
                if (address.getPort() != 0 || !(e instanceof BindException) || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Where it listens, with the port that it has. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops listening, closes all connections and forgets the answers under way. */
    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }

    /**
     * Serves until the process is told to end, or the time is over.
     *
     * @param arguments as the class comment says
     * @throws InterruptedException never in a process of its own
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws InterruptedException {
        CommandLine line;
        try {
            line = CommandLine.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("ScriptedDns: " + e.getMessage() + "; use it as " + CommandLine.USAGE);
            return 2;
        }
        try (ScriptedDns server = start(line.address(), DnsScript.read(line.script()), open(line.log()))) {
            System.out.println("listening on " + Addresses.text(server.address()));
            waitFor(line.duration());
            return 0;
        } catch (ScriptException e) {
            System.err.println("ScriptedDns: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(
                    "ScriptedDns: cannot serve " + line.script() + " on " + Addresses.text(line.address()) + ": " + e);
            return 1;
        }
    }

    /** The end of the process closes it. */
    private static DnsLog open(@Nullable Path file) throws IOException {
        return new DnsLog(file == null ? System.err : Files.newOutputStream(file));
    }

    private static void waitFor(@Nullable Duration duration) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        if (duration == null) {
            never.await();
        } else if (never.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("nobody counts down");
        }
    }
}
