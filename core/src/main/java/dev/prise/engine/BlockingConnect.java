package dev.prise.engine;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/** Connects in the calling thread, for a dial that has one address only. */
final class BlockingConnect {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private BlockingConnect() {}

    enum Result {
        CONNECTED,
        INTERRUPTED,
        CLOSED,
        OUT_OF_TIME
    }

    /**
     * Connects within a time.
     *
     * @param remainingNanos the time that is left, {@link Long#MAX_VALUE} for no limit
     * @throws IOException when connecting failed
     */
    static Result connect(SocketChannel channel, SocketAddress address, long remainingNanos) throws IOException {
        if (remainingNanos <= 0) {
            return Result.OUT_OF_TIME;
        }
        try {
            // zero is no limit for the socket; rounding up leaves the deadline behind us when time runs out
            long millis = remainingNanos == Long.MAX_VALUE ? 0 : (remainingNanos - 1) / NANOS_PER_MILLI + 1;
            channel.socket().connect(address, (int) Math.min(millis, Integer.MAX_VALUE));
            return Result.CONNECTED;
        } catch (ClosedByInterruptException e) {
            return Result.INTERRUPTED;
        } catch (ClosedChannelException e) {
            return Result.CLOSED;
        } catch (SocketTimeoutException e) {
            return Result.OUT_OF_TIME;
        }
    }
}
