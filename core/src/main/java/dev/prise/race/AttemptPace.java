package dev.prise.race;

/**
 * How long the race waits after an attempt before it starts the next one.
 *
 * <p>Pure arithmetic on {@link RaceSettings}. All times are nanoseconds.
 */
final class AttemptPace {
    /** What a TLS handshake takes beyond its round trips: the peer computes. */
    private static final long READY_ALLOWANCE_NANOS = 50_000_000L;

    private static final long WARM_ALLOWANCE_NANOS = 10_000_000L;

    private final RaceSettings settings;

    AttemptPace(RaceSettings settings) {
        this.settings = settings;
    }

    /**
     * The delay after an attempt as long as answers come.
     *
     * @param inFlight how many attempts are under way, this one included
     */
    long plainDelay(RaceCandidates.Entry entry, int inFlight) {
        long delay = unmultiplied(entry);
        // a proposal for v3: each attempt under way slows the next one
        for (int i = 1; i < inFlight && delay < settings.maxAttemptDelayNanos(); i++) {
            delay *= settings.delayMultiplier();
        }
        return Math.min(delay, settings.maxAttemptDelayNanos());
    }

    private long unmultiplied(RaceCandidates.Entry entry) {
        long delay = isWarm(entry) ? warmDelay(entry.candidate.path()) : settings.attemptDelayNanos();
        return entry.isLocal() ? Math.min(delay, settings.loopbackAttemptDelayNanos()) : delay;
    }

    private boolean isWarm(RaceCandidates.Entry entry) {
        return settings.warmDelays() && entry.candidate.path().hasRtt();
    }

    /** RFC 8305 section 5: about when the attempt would send its second SYN, if the timer were made from what is known (RFC 6298). */
    private long warmDelay(KnownPath path) {
        long smoothed = path.smoothedRttNanos();
        long delay = Math.max(smoothed + smoothed / 2, smoothed + 4 * path.rttVariationNanos()) + WARM_ALLOWANCE_NANOS;
        return Math.max(settings.minAttemptDelayNanos(), Math.min(delay, settings.maxWarmDelayNanos()));
    }

    /**
     * The delay after an attempt when none of those before it was answered.
     *
     * @param plain what it would be otherwise
     * @param unanswered how many attempts in a row nothing has answered, this one included
     * @param previous the delay after the attempt before
     */
    long quickenedDelay(RaceCandidates.Entry entry, long plain, int unanswered, long previous) {
        if (settings.quickenAfter() == 0 || unanswered <= settings.quickenAfter()) {
            return plain;
        }
        // RFC 8305 section 8: not under the Minimum Connection Attempt Delay, nor under what the path is known to take
        long least = isWarm(entry) ? unmultiplied(entry) : Math.min(plain, settings.minAttemptDelayNanos());
        return Math.max(least, Math.min(plain, previous / 10 * 7));
    }

    /**
     * When an attempt that has reached its peer should be ready (v3 section 6.1: the next attempt is put off until then).
     *
     * @param roundTrip how long the peer took to be reached
     * @param delay the delay after the attempt
     */
    long readyEstimate(long roundTrip, long delay) {
        return Math.max(2 * roundTrip + READY_ALLOWANCE_NANOS, delay);
    }
}
