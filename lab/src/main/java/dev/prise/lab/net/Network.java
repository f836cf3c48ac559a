package dev.prise.lab.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces joined by a pair of virtual Ethernet devices, with both families.
 *
 * <pre>{@code
 *   client  192.0.2.1, 2001:db8::1  ----  server  192.0.2.2, 2001:db8::2
 *                                                 and all of 198.18.0.0/15, 2001:db8:1::/64
 * }</pre>
 *
 * All addresses of those two networks are local to the server (a {@code local} route), so each run of a client gets addresses that
 * nobody has used before, and finds nothing in any cache. The client's name server is 192.0.2.2.
 *
 * <p>A janitor, a process of its own, removes the namespaces, and ends all that runs in them, as soon as this process has ended, killed
 * or not. Namespaces carry the number of this process, so that laboratories side by side do not meet.
 */
public final class Network implements AutoCloseable {
    /** Where the client connects from. */
    public static final String CLIENT_4 = "192.0.2.1";

    /** Where the name server listens. */
    public static final String SERVER_4 = "192.0.2.2";

    private static final String CLIENT_6 = "2001:db8::1";
    private static final String SERVER_6 = "2001:db8::2";
    private static final String CLIENT_MAC = "02:00:00:00:00:01";
    private static final String SERVER_MAC = "02:00:00:00:00:02";
    private static final int FIRST_4 = (198 << 24) | (18 << 16) | 1;
    private static final int COUNT_4 = (1 << 17) - 2;

    private final String client;
    private final String server;
    private final Process janitor;
    private final AtomicInteger used4 = new AtomicInteger();
    private final AtomicInteger used6 = new AtomicInteger();

    private Network(String client, String server, Process janitor) {
        this.client = client;
        this.server = server;
        this.janitor = janitor;
    }

    /**
     * Makes the namespaces.
     *
     * @param lab the folder of the laboratory's scripts
     * @throws IOException if the system does not let it; nothing is left then
     */
    public static Network open(Path lab) throws IOException {
        String prefix = "prise-" + ProcessHandle.current().pid() + "-";
        String client = prefix + "client";
        String server = prefix + "server";
        Process janitor = new ProcessBuilder("setsid", lab.resolve("janitor").toString(), client, server)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Network network = new Network(client, server, janitor);
        try {
            var out = new BufferedReader(new InputStreamReader(janitor.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(out.readLine())) {
                throw new IOException("the janitor does not start");
            }
            network.make();
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private void make() throws IOException {
        SystemCommand.run(List.of("ip", "netns", "add", client));
        SystemCommand.run(List.of("ip", "netns", "add", server));
        writeClientFiles();
        // who is at the other end is written down, so that no client waits for the answer to that question
        batch(client, """
                link set lo up
                link add to-server address %s type veth peer name to-client address %s netns %s
                address add %s/24 dev to-server
                address add %s/64 dev to-server nodad
                link set to-server up
                neighbour add %s lladdr %s nud permanent dev to-server
                neighbour add %s lladdr %s nud permanent dev to-server
                """.formatted(
                CLIENT_MAC, SERVER_MAC, server, CLIENT_4, CLIENT_6, SERVER_4, SERVER_MAC, SERVER_6, SERVER_MAC));
        batch(server, """
                link set lo up
                address add %s/24 dev to-client
                address add %s/64 dev to-client nodad
                link set to-client up
                neighbour add %s lladdr %s nud permanent dev to-client
                neighbour add %s lladdr %s nud permanent dev to-client
                route add local 198.18.0.0/15 dev lo
                route add local 2001:db8:1::/64 dev lo
                """.formatted(SERVER_4, SERVER_6, CLIENT_4, CLIENT_MAC, CLIENT_6, CLIENT_MAC));
        batch(client, """
                route add default via %s
                route add default via %s
                """.formatted(SERVER_4, SERVER_6));
        // an address without an entry of its own may be listened on; no error message is held back
        SystemCommand.run(inServer(List.of(
                "sysctl",
                "-qw",
                "net.ipv6.ip_nonlocal_bind=1",
                "net.ipv4.icmp_ratelimit=0",
                "net.ipv6.icmp.ratelimit=0")));
    }

    /** What {@code ip netns exec} puts in place of the system's own. */
    private void writeClientFiles() throws IOException {
        Path files = Files.createDirectories(Path.of("/etc/netns", client));
        Files.writeString(files.resolve("resolv.conf"), "nameserver " + SERVER_4 + "\n");
        Files.writeString(files.resolve("hosts"), "127.0.0.1 localhost\n::1 localhost\n");
        Files.writeString(files.resolve("nsswitch.conf"), "hosts: files dns\nservices: files\n");
    }

    private static void batch(String namespace, String lines) throws IOException {
        SystemCommand.run(List.of("ip", "-n", namespace, "-batch", "-"), lines);
    }

    /** The command that runs this one where the clients are. */
    public List<String> inClient(List<String> command) {
        return in(client, command);
    }

    /** The command that runs this one where the servers are. */
    public List<String> inServer(List<String> command) {
        return in(server, command);
    }

    private static List<String> in(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole;
    }

    /** Adds or takes away the client's route to an address, which then fails with "network is unreachable". */
    public void setUnrouted(InetAddress address, boolean unrouted) throws IOException {
        String length = address.getAddress().length == 4 ? "/32" : "/128";
        batch(client, "route " + (unrouted ? "add" : "del") + " throw " + address.getHostAddress() + length + "\n");
    }

    /** An IPv4 address of the server that nobody has had before. */
    public InetAddress next4() {
        int number = used4.getAndIncrement();
        if (number >= COUNT_4) {
            throw new IllegalStateException("all IPv4 addresses are used");
        }
        int bits = FIRST_4 + number;
        return address(new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits});
    }

    /** An IPv6 address of the server that nobody has had before. */
    public InetAddress next6() {
        int number = used6.incrementAndGet();
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[1] = 0x01;
        bytes[2] = 0x0d;
        bytes[3] = (byte) 0xb8;
        bytes[5] = 1;
        bytes[12] = (byte) (number >> 24);
        bytes[13] = (byte) (number >> 16);
        bytes[14] = (byte) (number >> 8);
        bytes[15] = (byte) number;
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the janitor remove everything, and waits until it has. */
    @Override
    public void close() throws IOException {
        janitor.getOutputStream().close();
        try {
            janitor.waitFor();
        } catch (InterruptedException e) {
            // it goes on without us
            Thread.currentThread().interrupt();
        }
    }
}
