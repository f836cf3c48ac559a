package dev.prise.lab.net;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the client's namespace sends and receives, from {@code tcpdump}, with the kernel's own time stamps.
 */
public final class Capture implements AutoCloseable {
    private static final Pattern LOST = Pattern.compile("([0-9]+) packets? dropped by (kernel|interface)");

    private final Process process;
    private final Thread reader;
    private final BufferedReader errors;

    private Capture(Process process, Thread reader, BufferedReader errors) {
        this.process = process;
        this.reader = reader;
        this.errors = errors;
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
                        "-B",
                        "16384",
                        "--immediate-mode",
                        "--time-stamp-precision=nano",
                        "-s",
                        "300",
                        "tcp or icmp or icmp6 or udp port 53 or udp port " + PacketReader.MARKER_PORT)))
                .start();
        try {
            var errors = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
            awaitListening(errors);
            PacketReader packets = new PacketReader(new BufferedInputStream(process.getInputStream()));
            packets.readHeader();
            Thread reader = Thread.ofPlatform().daemon().name("capture").start(() -> readAll(packets, sink));
            return new Capture(process, reader, errors);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static void awaitListening(BufferedReader errors) throws IOException {
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

    /**
     * Ends the capture; all packets that came before have been handed over then.
     *
     * @throws IOException if packets were lost, so that what was seen is not all that passed
     */
    @Override
    public void close() throws IOException {
        process.toHandle().destroy(); // Process.destroy would also close what is still to be read
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            Matcher lost = LOST.matcher(line);
            if (lost.find() && !lost.group(1).equals("0")) {
                throw new IOException("the capture is not whole: " + line);
            }
        }
    }
}
