package dev.prise.race;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the way to one address, as it stood when its candidate was made. It reorders and paces, and never removes.
 *
 * @param smoothedRttNanos the smoothed round-trip time (RFC 6298 section 2) in nanoseconds, {@link #NO_RTT} when there is none
 * @param rttVariationNanos its variation in nanoseconds, {@link #NO_RTT} when there is none
 * @param used whether a connection to this very address has been used before (RFC 8305 section 4); a round-trip time may also be that of
 *     a neighbour in the same network
 * @param trouble why it is placed behind others, as a sentence's part, for example {@code refused 12 s ago}; null when it is not
 */
public record KnownPath(
        long smoothedRttNanos,
        long rttVariationNanos,
        boolean used,
        @Nullable String trouble) {

    /** The time of a path whose round trip has not been measured. */
    public static final long NO_RTT = -1;

    /** Nothing is remembered. */
    public static final KnownPath NONE = new KnownPath(NO_RTT, NO_RTT, false, null);

    /** Whether it is placed behind others. */
    public boolean isPenalised() {
        return trouble != null;
    }

    /** Whether there is a round-trip time. */
    public boolean hasRtt() {
        return smoothedRttNanos != NO_RTT;
    }
}
