package dev.prise.engine;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Connects in the calling thread, for a dial that has one address only. */
final class BlockingConnect {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int NO_LIMIT = 0;

    /** A program that dials more often than this has a thread that watches its dials; any other does not need one. */
    private static final int FEW = 32;

    /** Far beyond any deadline, and near enough to reckon with. */
    private static final long LONGEST_WATCHED_NANOS = Long.MAX_VALUE / 4;

    /** Counts as far as {@link #FEW}; exactness does not matter. */
    private static int soFar;

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
        return connect(channel, address, remainingNanos, isWatched(remainingNanos));
    }

    /**
     * The same.
     *
     * @param isWatched whether another thread ends it in time, and not the call itself
     */
    static Result connect(SocketChannel channel, SocketAddress address, long remainingNanos, boolean isWatched)
            throws IOException {
        ConnectWatch.Watched watched = isWatched ? watch(channel, remainingNanos) : null;
        if (watched != null) {
            return connectWatched(channel, address, watched);
        }
        // rounding up leaves the deadline behind us when time runs out
        long millis = remainingNanos == Long.MAX_VALUE ? NO_LIMIT : (remainingNanos - 1) / NANOS_PER_MILLI + 1;
        return connect(channel, address, (int) Math.min(millis, Integer.MAX_VALUE));
    }

    private static boolean isWatched(long remainingNanos) {
        if (soFar < FEW) {
            soFar++;
            return false;
        }
        return remainingNanos < LONGEST_WATCHED_NANOS;
    }

    /** Null when no thread is to be had. */
    private static ConnectWatch.@Nullable Watched watch(SocketChannel channel, long remainingNanos) {
        try {
            return ConnectWatch.shared().begin(() -> giveUp(channel), System.nanoTime() + remainingNanos);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** It may be connected by now, and then a socket that lingers would hold up who closes it. */
    private static void giveUp(SocketChannel channel) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, -1);
        } catch (IOException e) {
            // closed already, or a socket that cannot linger
        }
        channel.close();
    }

    /** Without a limit of the call's own: the channel is closed when its time is over. */
    private static Result connectWatched(SocketChannel channel, SocketAddress address, ConnectWatch.Watched watched)
            throws IOException {
        Result result = null;
        try {
            result = connect(channel, address, NO_LIMIT);
        } finally {
            if (watched.end()) {
                result = Result.OUT_OF_TIME;
                giveUp(channel);
            }
        }
        return result;
    }

    private static Result connect(SocketChannel channel, SocketAddress address, int millis) throws IOException {
        try {
            if (millis == NO_LIMIT) {
                channel.connect(address);
            } else {
                channel.socket().connect(address, millis);
            }
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
