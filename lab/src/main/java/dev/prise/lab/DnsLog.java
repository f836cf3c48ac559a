package dev.prise.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * The log of a {@link ScriptedDns}: a line for each question, and one for what became of it, in columns with tabs between. Thread-safe.
 *
 * <pre>{@code
 * TIME TRANSPORT NAME TYPE EVENT DETAIL CLIENT
 * }</pre>
 *
 * TIME is in nanoseconds since 1970, and never goes back within a log: the wall clock is read once, at the start. Of a {@code query} it
 * is the moment of arrival, of an {@code answer} the moment before it leaves. TRANSPORT is {@code udp} or {@code tcp}. NAME and TYPE are
 * {@code -} where a packet has none. DETAIL is {@code -} for a query; for an {@code answer} the response code, the count of answer
 * records and {@code truncated} where it is; for {@code silence}, no answer, and {@code lost}, an answer that could not be sent, it is
 * the reason. CLIENT is the client's address and port, and the number of its message: the same for a question and its answer.
 *
 * <p>Two events are of the transport itself: {@code closed}, a connection that the server or an error has ended, and {@code trouble},
 * with the system's reason.
 *
 * <p>Lines are in the order of being written: that of an answer may stand after a later question. What is logged goes on when its line
 * cannot be written; of the first such line standard error tells.
 */
public final class DnsLog {
    private final OutputStream out;
    private final long epochNanos;
    private boolean broken;

    /**
     * A log that writes each line at once.
     *
     * @param out where to; never closed here
     */
    public DnsLog(OutputStream out) {
        this.out = out;
        this.epochNanos = Duration.between(Instant.EPOCH, Instant.now()).toNanos() - System.nanoTime();
    }

    /** Now, for a line of this log. */
    long nowNanos() {
        return epochNanos + System.nanoTime();
    }

    /** Where a packet came from, and what it asked. */
    record Subject(String transport, String client, String name, String type) {}

    void write(long timeNanos, Subject subject, String event, String detail) {
        String line = String.join(
                        "\t",
                        Long.toString(timeNanos),
                        subject.transport(),
                        subject.name(),
                        subject.type(),
                        event,
                        detail.replaceAll("\\s", " "),
                        subject.client())
                + "\n";
        synchronized (out) {
            try {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                if (!broken) {
                    broken = true;
                    System.err.println("ScriptedDns: the log cannot be written: " + e.getMessage());
                }
            }
        }
    }
}
