package dev.prise.race;

import dev.prise.address.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt has taught about the way to its address.
 *
 * @param kind what happened
 * @param nanos how long it took, or, of one that was not answered, how long it was waited for
 * @param code why it failed, null when it did not
 */
public record Lesson(Kind kind, long nanos, @Nullable ErrorCode code) {

    /** What can happen to an attempt. */
    public enum Kind {
        /** It connected; the time is that of one round trip, unless a packet was lost. */
        ROUND_TRIP,
        /** The network or the peer answered with an error, or the system gave up. */
        FAILED,
        /**
         * It was connected, and then not ready: the peer answered, so the way is good and the service is not.
         */
        NOT_READY,
        /**
         * It lost without an answer, although it had been waited for as long as its own delay and twice the winner's round trip; or the
         * dial ended so.
         */
        UNANSWERED,
        /** It was given up too early to say anything, but that the round trip takes longer. */
        LONGER_THAN
    }
}
