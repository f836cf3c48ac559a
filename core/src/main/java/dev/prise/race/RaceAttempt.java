package dev.prise.race;

import dev.prise.address.ErrorCode;
import org.jspecify.annotations.Nullable;

/** One connection attempt as the race sees it. */
final class RaceAttempt {
    private static final long NEVER = Long.MAX_VALUE;

    final int id;
    final RaceCandidates.Entry entry;
    final long startedAtNanos;

    /** What {@link #delayNanos} is when answers come. */
    final long plainDelayNanos;

    /** How long after its first packet the next attempt starts. */
    long delayNanos;

    /** When its first packet left: what comes next is paced from here. */
    long sentAtNanos;

    boolean sent;

    /** When its peer was reached. */
    long transportAtNanos = NEVER;

    /** When it should be ready, once its peer is reached. */
    long readyByNanos;

    long endedAtNanos;
    Phase phase = Phase.CONNECTING;
    boolean reachedNetwork = true;

    @Nullable
    ErrorCode error;

    /** Where an attempt stands. */
    enum Phase {
        CONNECTING,
        /** The peer is reached, and has to show that it is ready. */
        READYING,
        CONNECTED,
        FAILED,
        CANCELLED
    }

    /** How far an attempt came, the least first. */
    enum Reach {
        THIS_MACHINE,
        NETWORK,
        PEER
    }

    RaceAttempt(int id, RaceCandidates.Entry entry, long startedAtNanos, long plainDelayNanos, long delayNanos) {
        this.id = id;
        this.entry = entry;
        this.startedAtNanos = startedAtNanos;
        this.plainDelayNanos = plainDelayNanos;
        this.delayNanos = delayNanos;
        this.sentAtNanos = startedAtNanos;
    }

    boolean isInFlight() {
        return phase == Phase.CONNECTING || phase == Phase.READYING;
    }

    Reach reach() {
        if (transportAtNanos != NEVER) {
            return Reach.PEER;
        }
        return reachedNetwork ? Reach.NETWORK : Reach.THIS_MACHINE;
    }

    boolean isLocal() {
        return entry.isLocal();
    }

    /** How long the peer took to be reached, {@link Long#MAX_VALUE} when it never was. */
    long roundTripNanos() {
        return transportAtNanos == NEVER ? NEVER : transportAtNanos - sentAtNanos;
    }
}
