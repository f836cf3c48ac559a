package dev.prise.engine;

import dev.prise.address.AddressInfo;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** What a connected channel has yet to do before its attempt counts as connected. Called on the loop's thread only. */
public interface ReadyCheck {
    /** What a check waits for. */
    enum Need {
        /** Until the channel has something to read. */
        READ,
        /** Until the channel takes more. */
        WRITE,
        /** Until it wakes the loop itself. */
        WAKE,
        /** Nothing: the channel is ready. */
        NOTHING
    }

    /** Makes the check of each attempt. */
    @FunctionalInterface
    interface Factory {
        /**
         * The check of a channel that has just been connected and does not block.
         *
         * @param wake has the check called again; may be called on any thread, at any time and more often than needed
         * @throws IOException when the channel will not be ready
         */
        ReadyCheck begin(SocketChannel channel, AddressInfo address, Runnable wake) throws IOException;
    }

    /**
     * Goes on as far as it can without blocking.
     *
     * @throws IOException when the channel will not be ready
     */
    Need step() throws IOException;

    /** The attempt is given up or has failed; the channel is closed by the caller. Not called for the attempt that wins. */
    void close();
}
