package dev.prise.lab.net;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the client's namespace sends and receives, from {@code tcpdump}, with the kernel's own time stamps.
 */
public final class Capture implements AutoCloseable {
    private final Process process;
    private final Thread reader;

    private Capture(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    /**
     * Starts a capture.
     *
     * @param sink gets every packet that is of use, in order, in a thread of the capture
     * @throws IOException if it does not start
     */
    public static Capture open(Network network, Consumer<Packet> sink) throws IOException {
        Process process = new ProcessBuilder(network.inClient(List.of(
                        "tcpdump",
                        "-i",
                        "any",
                        "-w",
                        "-",
                        "-U",
                        "--immediate-mode",
                        "--time-stamp-precision=nano",
                        "-s",
                        "300",
                        "tcp or icmp or icmp6 or udp port 53 or udp port " + PacketReader.MARKER_PORT)))
                .start();
        try {
            awaitListening(process);
            PacketReader packets = new PacketReader(new BufferedInputStream(process.getInputStream()));
            packets.readHeader();
            Thread reader = Thread.ofPlatform().daemon().name("capture").start(() -> readAll(packets, sink));
            return new Capture(process, reader);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static void awaitListening(Process process) throws IOException {
        var errors = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.contains("listening on")) {
                return;
            }
            said.append(line).append(' ');
        }
        throw new IOException("tcpdump does not listen: " + said);
    }

    private static void readAll(PacketReader packets, Consumer<Packet> sink) {
        try {
            for (Packet packet = packets.next(); packet != null; packet = packets.next()) {
                sink.accept(packet);
            }
        } catch (IOException e) {
            // the end of tcpdump ends the capture; who waits for a packet says that it did not come
        }
    }

    /** Ends the capture; all packets that came before have been handed over then. */
    @Override
    public void close() {
        process.destroy();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
