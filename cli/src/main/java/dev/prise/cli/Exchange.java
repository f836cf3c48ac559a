package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Carries both directions of a connection at the same time: source to socket, with a half-close at the source's end, on a thread of its
 * own; socket to sink, until the peer closes, on the caller's. Two buffers, whatever the amount.
 *
 * <p>The end of what the peer sends does not say whether the peer still reads. So what the source has ready is still delivered after it;
 * but a source that stays silent, such as a terminal, does not hold the end up.
 */
final class Exchange {
    /** How long a pipe may be silent after the peer's end before we leave; a terminal may not at all. */
    private static final long SILENCE_NANOS = 200_000_000L;

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final String SHOWN_OUT =
            "the peer accepted and then ended the connection: look at the server's log, whether this is its protocol and whether it"
                    + " lets this machine in, and for a proxy or firewall in between";

    private static final String CUT_OFF =
            "the peer ended the connection in the middle of it: look at the server's log for a crash or a"
                    + " limit, and for a proxy or firewall in between";

    private static final String BROKEN_TLS =
            "the peer or something on the way cut the connection off: look at the server's log for a crash or a refusal, and for a proxy or"
                    + " firewall in between";

    private final Line socket;
    private final ReadableByteChannel source;
    private final WritableByteChannel sink;
    private final long silenceNanos;

    /** When the sender began to wait for the source, 0 while it has something to deliver. */
    private volatile long waitingSinceNanos;

    private final LongAdder sent = new LongAdder();
    private long received;
    private volatile @Nullable IOException sendFailure;
    private volatile @Nullable IOException sourceFailure;

    Exchange(Line socket, ReadableByteChannel source, boolean sourceIsTerminal, WritableByteChannel sink) {
        this.socket = socket;
        this.source = source;
        this.sink = sink;
        this.silenceNanos = sourceIsTerminal ? 0 : SILENCE_NANOS;
    }

    /**
     * Runs until both directions have ended.
     *
     * @param peer how the peer is called in sentences
     * @throws CommandException with exit status 4 when the connection broke, or not all could be delivered; with 130 on interruption
     * @throws OutputException when the sink does not take it
     */
    void run(String peer) {
        // a daemon: a read of standard input cannot be given up
        Thread sender = Thread.ofPlatform().daemon().name("prise-send").start(this::send);
        try {
            receive();
            awaitEndOf(sender);
        } catch (IOException e) {
            if (isInterruption(e)) {
                throw CommandException.interrupted();
            }
            throw broken("the connection to " + peer + " broke", e);
        }
        IOException undelivered = sendFailure;
        if (undelivered != null) {
            throw broken(peer + " did not take all of the data", undelivered);
        }
        IOException unread = sourceFailure;
        if (unread != null) {
            throw broken("cannot read standard input", unread);
        }
    }

    /** With TLS it is the cause of a SocketException. */
    private static boolean isInterruption(IOException failure) {
        return failure instanceof ClosedByInterruptException
                || failure.getCause() instanceof ClosedByInterruptException;
    }

    private CommandException broken(String what, IOException cause) {
        return new CommandException(
                ExitStatus.BROKEN,
                what + " after " + sent.sum() + " bytes sent and " + received + " received: " + Reasons.of(cause) + "; "
                        + advice(cause));
    }

    /** A reset of a connection that has not received anything is mostly somebody who does not want us. */
    private String advice(IOException cause) {
        if (cause instanceof SSLException) {
            return BROKEN_TLS;
        }
        ErrorCode code = ErrorCodes.of(cause);
        return switch (code) {
            case CONNECTION_RESET, BROKEN_PIPE -> received > 0 ? CUT_OFF : SHOWN_OUT;
            default -> code.advice();
        };
    }

    private void receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        while (socket.read(buffer) >= 0) {
            buffer.flip();
            received += buffer.remaining();
            try {
                while (buffer.hasRemaining()) {
                    sink.write(buffer);
                }
            } catch (IOException e) {
                throw new OutputException(e);
            }
            buffer.clear();
        }
    }

    private void send() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (fill(buffer)) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    sent.add(socket.write(buffer));
                }
                buffer.clear();
            }
        } catch (IOException e) {
            sendFailure = e;
            return;
        }
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // the peer has gone already; whether that broke anything is for the receiving side to see
        }
    }

    /** Reads what the source has; false at its end. */
    private boolean fill(ByteBuffer buffer) {
        waitingSinceNanos = Math.max(1, System.nanoTime());
        try {
            return source.read(buffer) >= 0;
        } catch (IOException e) {
            sourceFailure = e;
            return false;
        } finally {
            waitingSinceNanos = 0;
        }
    }

    private void awaitEndOf(Thread sender) {
        try {
            while (!sender.join(Duration.ofMillis(silenceNanos == 0 ? 1 : 10))) {
                long since = waitingSinceNanos;
                if (since != 0 && System.nanoTime() - since >= silenceNanos) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.interrupted();
        }
    }
}
