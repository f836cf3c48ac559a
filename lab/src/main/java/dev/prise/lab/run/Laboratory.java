package dev.prise.lab.run;

import dev.prise.lab.net.Behaviour;
import dev.prise.lab.net.Capture;
import dev.prise.lab.net.Faults;
import dev.prise.lab.net.Hold;
import dev.prise.lab.net.Network;
import dev.prise.lab.net.Packet;
import dev.prise.lab.net.ServerProcess;
import dev.prise.lab.net.SystemCommand;
import dev.prise.lab.scenario.Place;
import dev.prise.lab.scenario.Scenario;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs clients in scenarios. The methods may be called from several threads: while one client only waits, others are run, but never do
 * two start at once, for the sake of the times.
 */
public final class Laboratory implements AutoCloseable {
    private static final String RUN_DOMAIN = ".lab.test";
    private static final int ECHO_PORT = 7000;
    private static final int HTTP_PORT = 8080;
    private static final int FIRST_LOOPBACK_PORT = 20_000;

    /** How long a client has the machine for itself after its first packet; after that it is taken to be waiting. */
    private static final long ALONE_MILLIS = 500;

    /** How long it may take to send its first packet. */
    private static final long MOST_ALONE_MILLIS = 5_000;

    private static final long PATIENCE_SECONDS = 20;
    private static final int WARM_UP_LOOKUPS = 100;

    private final Path root;
    private final Network network;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Faults serverFaults;
    private final Faults clientFaults;
    private final ServerProcess server;
    private final ServerProcess loopbackServer;
    private final Semaphore machine = new Semaphore(1, true);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger loopbackPorts = new AtomicInteger(FIRST_LOOPBACK_PORT);
    private final Map<String, Recorder> byName = new ConcurrentHashMap<>();
    private final Map<Packet.Endpoint, Recorder> byEndpoint = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> markers = new ConcurrentHashMap<>();

    private Laboratory(Path root) throws IOException {
        this.root = root;
        this.network = opened(Network.open(root.resolve("lab")));
        try {
            this.server = opened(ServerProcess.open(network::inServer));
            this.loopbackServer = opened(ServerProcess.open(network::inClient));
            opened(Hold.open(network, root.resolve("lab/src/main/c/hold.c"), root.resolve("lab/target")));
            this.serverFaults = Faults.open(network::inServer);
            this.clientFaults = Faults.open(network::inClient);
            server.tell("dns " + Network.SERVER_4 + " 53");
            server.tell("serve echo " + ECHO_PORT);
            server.tell("serve http " + HTTP_PORT);
            opened(Capture.open(network, this::sort));
            awaitMarker();
            warmUp();
        } catch (IOException | RuntimeException e) {
            try {
                close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /**
     * Makes a laboratory.
     *
     * @param root the folder of the project
     * @throws IOException if this machine does not let it, or lacks a tool; nothing is left then
     */
    public static Laboratory open(Path root) throws IOException {
        return new Laboratory(root.toAbsolutePath());
    }

    /** The first answers of a server that has just started are late, and no client shall meet them. */
    private void warmUp() throws IOException {
        String name = "warm-up" + RUN_DOMAIN;
        server.tell("name " + name + " AAAA answer 2001:db8::2");
        server.tell("name " + name + " A answer " + Network.SERVER_4);
        for (int lookup = 0; lookup < WARM_UP_LOOKUPS; lookup++) {
            SystemCommand.run(network.inClient(List.of("getent", "ahosts", name)));
        }
        server.tell("forget " + name);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /**
     * Runs a client in a scenario.
     *
     * @throws IOException if the laboratory fails, not the client
     */
    public Observation run(Scenario scenario, Client client) throws IOException, InterruptedException {
        Observation seen;
        machine.acquire();
        try (Run run = new Run(scenario, client)) {
            boolean ended;
            try {
                run.prepare();
                run.start();
                ended = run.hasEndedSoon();
            } finally {
                machine.release();
            }
            if (!ended) {
                run.awaitEnd();
            }
            seen = run.observation();
        }
        return seen;
    }

    // ---- packets

    private void sort(Packet packet) {
        Recorder recorder = switch (packet) {
            case Packet.Dns dns -> byQuestion(dns.name());
            case Packet.Segment segment -> {
                Recorder receiver = byEndpoint.get(segment.destination());
                yield receiver == null ? byEndpoint.get(segment.source()) : receiver;
            }
            case Packet.Icmp icmp -> byEndpoint.get(icmp.destination());
            case Packet.Marker marker -> {
                CountDownLatch latch = markers.get(marker.text());
                if (latch != null) {
                    latch.countDown();
                }
                yield null;
            }
        };
        if (recorder != null) {
            recorder.add(packet);
        }
    }

    /** A resolver may ask for the name within its own domain, too. */
    private @Nullable Recorder byQuestion(String name) {
        Recorder recorder = byName.get(name);
        int domain = name.indexOf(RUN_DOMAIN + ".");
        return recorder == null && domain > 0 ? byName.get(name.substring(0, domain + RUN_DOMAIN.length())) : recorder;
    }

    /** Waits until all packets that have passed so far are sorted. */
    private void awaitMarker() throws IOException {
        String text = "marker-" + runs.incrementAndGet();
        CountDownLatch latch = new CountDownLatch(1);
        markers.put(text, latch);
        try {
            server.tell("mark " + Network.CLIENT_4 + " 9 " + text);
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the capture does not show what passes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            markers.remove(text);
        }
    }

    /** One run of a client. */
    private final class Run implements AutoCloseable {
        private final Scenario scenario;
        private final Client client;
        private final Recorder recorder;
        private final String name;
        private final int port;
        private final Map<String, InetAddress> addresses = new LinkedHashMap<>();
        private @Nullable Process process;
        private @Nullable Outputs outputs;
        private @Nullable Path memory;
        private long startedNanos;
        private boolean killed;

        Run(Scenario scenario, Client client) {
            this.scenario = scenario;
            this.client = client;
            this.recorder = new Recorder(scenario.name(), client.name());
            this.name = "r" + runs.incrementAndGet() + "." + scenario.name() + RUN_DOMAIN;
            this.port = isLoopback() ? loopbackPorts.getAndIncrement() : client.speaksHttp() ? HTTP_PORT : ECHO_PORT;
        }

        private boolean isLoopback() {
            return scenario.hostKind().equals("localhost");
        }

        private Process process() {
            return Objects.requireNonNull(process);
        }

        void prepare() throws IOException {
            for (Place place : scenario.places()) {
                InetAddress address = isLoopback()
                        ? InetAddress.getByName(place.isSix() ? "::1" : "127.0.0.1")
                        : place.isSix() ? network.next6() : network.next4();
                addresses.put(place.name(), address);
                recorder.name(new Packet.Endpoint(address, port), place.name());
                byEndpoint.put(new Packet.Endpoint(address, port), recorder);
                prepare(place.behaviour(), address);
            }
            if (!isLoopback()) {
                byName.put(name, recorder);
                Map<String, String> texts = new HashMap<>();
                addresses.forEach((place, address) -> texts.put(place, address.getHostAddress()));
                for (String line : scenario.dnsLines(texts)) {
                    server.tell("name " + name + " " + line);
                }
            }
        }

        private void prepare(Behaviour behaviour, InetAddress address) throws IOException {
            switch (behaviour.kind().by()) {
                case SERVER ->
                    servers().tell("serve " + behaviour.kind().means() + " " + port + " " + address.getHostAddress());
                case ROUTE -> network.setUnrouted(address, true);
                case RULE, HOLD -> (isLoopback() ? clientFaults : serverFaults).put(address, port, behaviour);
                case NOBODY -> {
                    if (isLoopback()) {
                        servers()
                                .tell("serve " + (client.speaksHttp() ? "http " : "echo ") + port + " "
                                        + address.getHostAddress());
                    }
                }
            }
        }

        private ServerProcess servers() {
            return isLoopback() ? loopbackServer : server;
        }

        /** Starts the client; in a scenario of its memory after the dials that fill it, of which nothing is kept. */
        void start() throws IOException, InterruptedException {
            if (scenario.dialCount() > 1) {
                memory = Files.createTempDirectory("prise-lab-");
            }
            for (int dial = 1; dial < scenario.dialCount(); dial++) {
                launch();
                awaitEnd();
                awaitMarker();
                recorder.forget();
                killed = false;
            }
            launch();
        }

        private void launch() throws IOException {
            String host = switch (scenario.hostKind()) {
                case "name" -> name;
                case "localhost" -> "localhost";
                default ->
                    Objects.requireNonNull(addresses.get(scenario.hostKind())).getHostAddress();
            };
            ProcessBuilder builder = new ProcessBuilder(
                            network.inClient(client.words(host, port, scenario.timed(), scenario.priseOptions())))
                    .directory(root.toFile())
                    .redirectInput(new File("/dev/null"));
            // each run is a first dial, unless it is about the next ones
            builder.environment()
                    .put(
                            "PRISE_HISTORY",
                            memory == null ? "off" : memory.resolve("paths").toString());
            startedNanos = nowNanos();
            process = builder.start();
            outputs = new Outputs(process);
        }

        /** Waits for the end of the client, or until it has sent its first packet and then done what it does at once. */
        boolean hasEndedSoon() throws InterruptedException {
            CountDownLatch seen = new CountDownLatch(1);
            recorder.onFirst(seen::countDown);
            CompletableFuture<Void> _ = process().onExit().thenRun(seen::countDown);
            boolean _ = seen.await(MOST_ALONE_MILLIS, TimeUnit.MILLISECONDS);
            return process().waitFor(ALONE_MILLIS, TimeUnit.MILLISECONDS);
        }

        void awaitEnd() throws InterruptedException {
            long left = scenario.limit() * 1000L - (nowNanos() - startedNanos) / 1_000_000;
            Process running = process();
            if (!running.waitFor(Math.max(left, 0), TimeUnit.MILLISECONDS)) {
                killed = true;
                running.destroyForcibly().waitFor();
            }
        }

        Observation observation() throws IOException {
            long endedNanos = nowNanos();
            awaitMarker();
            String said = Objects.requireNonNull(outputs).text();
            return recorder.observation(
                    startedNanos, endedNanos, killed ? null : process().exitValue(), said);
        }

        /** Ends the client if it still runs, and takes back what was prepared. */
        @Override
        public void close() throws IOException {
            if (process != null) {
                process.destroyForcibly();
            }
            if (memory != null) {
                Files.deleteIfExists(memory.resolve("paths"));
                Files.deleteIfExists(memory.resolve("paths.lock"));
                Files.deleteIfExists(memory);
            }
            if (byName.remove(name) != null) {
                server.tell("forget " + name);
            }
            for (Place place : scenario.places()) {
                InetAddress address = addresses.get(place.name());
                if (address == null) {
                    continue;
                }
                byEndpoint.remove(new Packet.Endpoint(address, port));
                Behaviour.By by = place.behaviour().kind().by();
                if (by == Behaviour.By.ROUTE) {
                    network.setUnrouted(address, false);
                } else if (by == Behaviour.By.SERVER || (by == Behaviour.By.NOBODY && isLoopback())) {
                    servers().tell("close " + port + " " + address.getHostAddress());
                }
            }
        }
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** Ends everything and removes the namespaces. */
    @Override
    public void close() throws IOException {
        IOException failure = new IOException("the laboratory does not end well");
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
