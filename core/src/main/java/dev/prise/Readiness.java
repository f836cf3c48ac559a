package dev.prise;

import dev.prise.address.AddressInfo;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * What a connection has to show before it counts as connected: that the peer greets, that a proxy lets through, that a handshake of the
 * caller's own is done. The first attempt that is ready wins the race, not the first that is connected; one that does not become ready
 * is like one that cannot be connected to.
 *
 * <p>Used by all dials of a {@link Dialer} at once, so thread-safe. See {@link Dialer.Builder#readiness}.
 */
@FunctionalInterface
public interface Readiness {
    /**
     * The check of one attempt, never null. Called on the thread that serves all dials, so it must not block.
     *
     * @throws IOException when the connection will not be ready; the dial goes on with the next address. An unchecked exception is a fault
     *     of the program and ends the dial, which throws it; for null it throws an {@link IllegalStateException}
     */
    Check begin(Connection connection) throws IOException;

    /**
     * A connection that is to be checked.
     *
     * @param target where the dial goes
     * @param address what it is connected to
     * @param channel the connected channel, in non-blocking mode; nobody else uses it as long as the check goes on. What a check reads,
     *     the program that dialled does not find there any more
     * @param wake has {@link Check#step} called again after {@link Step#PENDING}; may be called on any thread, also when nobody waits
     *     for it
     */
    record Connection(Target target, AddressInfo address, SocketChannel channel, Runnable wake) {}

    /** What a check waits for. */
    enum Step {
        /** It is to be called again when the channel has something to read, or has ended. */
        NEEDS_READ,
        /** It is to be called again when the channel takes more. */
        NEEDS_WRITE,
        /** It waits for something else, and will call {@link Connection#wake}. */
        PENDING,
        /** The connection is ready. */
        READY
    }

    /** The check of one attempt. All calls come one after another, on the thread that serves all dials, and must not block. */
    interface Check {
        /**
         * Goes on as far as it can without blocking, and says what it waits for, never null. There is no limit of its own but the dial's
         * deadline, which is looked at between steps: one that reads stops after a bounded amount, calls {@link Connection#wake} and returns
         * {@link Step#PENDING}, since a peer that sends without end would hold up all dials.
         *
         * @throws IOException when the connection will not be ready; the dial goes on with the next address. An unchecked exception is a
         *     fault of the program and ends the dial, which throws it; for null it throws an {@link IllegalStateException}
         */
        Step step() throws IOException;

        /**
         * The attempt has lost, failed or was cancelled. Its channel is closed by the caller of this. Not called for the attempt that wins.
         * Nothing to do unless overridden. What it throws disturbs no dial; it is told to the thread's handler of uncaught exceptions, as for
         * a listener.
         */
        default void close() {}
    }
}
