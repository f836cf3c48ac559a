package dev.prise.race;

import dev.prise.address.AddressFamily;

/**
 * The numbers of a race. All times are nanoseconds.
 *
 * @param resolutionDelayNanos how long to wait for the preferred family once the other one has answered (RFC 8305 section 3): 50 ms
 * @param attemptDelayNanos the Connection Attempt Delay (RFC 8305 section 5): 250 ms
 * @param loopbackAttemptDelayNanos the same after an attempt to a loopback address, when shorter: 100 ms
 * @param attemptFloorNanos the least time between two attempts that reach the network (RFC 8305 section 5): 10 ms
 * @param firstFamilyCount First Address Family Count (RFC 8305 section 4): 1
 * @param preferredFamily the family that Resolution Delay waits for: INET6
 * @param maxInFlight how many attempts may be under way: 20
 * @param maxAddresses how many addresses are tried, at least a third of them kept for each family: 20
 * @param evictAfterNanos the age at which the oldest attempt makes room when {@code maxInFlight} are under way: 3 s
 * @param lookupTimeoutNanos when one of several lookups counts as unanswered: 10 s
 * @param deadlineNanos the length of the whole dial, {@link Long#MAX_VALUE} for no limit: 30 s
 * @param policyTable the table of destination address selection: that of RFC 6724
 */
public record RaceSettings(
        long resolutionDelayNanos,
        long attemptDelayNanos,
        long loopbackAttemptDelayNanos,
        long attemptFloorNanos,
        int firstFamilyCount,
        AddressFamily preferredFamily,
        int maxInFlight,
        int maxAddresses,
        long evictAfterNanos,
        long lookupTimeoutNanos,
        long deadlineNanos,
        PolicyTable policyTable) {

    private static final long MILLI = 1_000_000L;

    /** The defaults. */
    public static final RaceSettings DEFAULT = new RaceSettings(
            50 * MILLI,
            250 * MILLI,
            100 * MILLI,
            10 * MILLI,
            1,
            AddressFamily.INET6,
            20,
            20,
            3_000 * MILLI,
            10_000 * MILLI,
            30_000 * MILLI,
            PolicyTable.RFC_6724);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when a number is out of bounds
     */
    public RaceSettings {
        require(resolutionDelayNanos >= 0 && resolutionDelayNanos <= 500 * MILLI, "Resolution Delay: 0 to 500 ms");
        require(attemptFloorNanos >= 10 * MILLI, "attempt floor: at least 10 ms");
        require(
                attemptDelayNanos >= attemptFloorNanos && attemptDelayNanos <= 2_000 * MILLI,
                "Connection Attempt Delay: 10 ms to 2 s");
        require(loopbackAttemptDelayNanos > 0, "loopback attempt delay: more than 0");
        require(firstFamilyCount >= 1 && firstFamilyCount <= 8, "First Address Family Count: 1 to 8");
        require(
                preferredFamily == AddressFamily.INET6 || preferredFamily == AddressFamily.INET,
                "preferred family: INET6 or INET");
        require(maxInFlight >= 1 && maxInFlight <= 64, "attempts in flight: 1 to 64");
        require(maxAddresses >= 2 && maxAddresses <= 100, "addresses: 2 to 100");
        require(evictAfterNanos > 0 && lookupTimeoutNanos > 0, "times: more than 0");
        require(deadlineNanos > 0, "deadline: more than 0");
    }

    private static void require(boolean condition, String bounds) {
        if (!condition) {
            throw new IllegalArgumentException(bounds);
        }
    }

    /** These settings with another Resolution Delay. */
    public RaceSettings withResolutionDelayNanos(long nanos) {
        Copy copy = new Copy(this);
        copy.resolutionDelay = nanos;
        return copy.settings();
    }

    /** These settings with another Connection Attempt Delay. */
    public RaceSettings withAttemptDelayNanos(long nanos) {
        Copy copy = new Copy(this);
        copy.attemptDelay = nanos;
        return copy.settings();
    }

    /** These settings with another First Address Family Count. */
    public RaceSettings withFirstFamilyCount(int count) {
        Copy copy = new Copy(this);
        copy.firstFamily = count;
        return copy.settings();
    }

    /** These settings with another preferred family. */
    public RaceSettings withPreferredFamily(AddressFamily family) {
        Copy copy = new Copy(this);
        copy.preferred = family;
        return copy.settings();
    }

    /** These settings with other caps. */
    public RaceSettings withCaps(int newMaxInFlight, int newMaxAddresses) {
        Copy copy = new Copy(this);
        copy.inFlight = newMaxInFlight;
        copy.addresses = newMaxAddresses;
        return copy.settings();
    }

    /** These settings with another deadline, {@link Long#MAX_VALUE} for none. */
    public RaceSettings withDeadlineNanos(long nanos) {
        Copy copy = new Copy(this);
        copy.deadline = nanos;
        return copy.settings();
    }

    /** What a changed copy may differ in; the rest is that of the original. */
    private static final class Copy {
        private final RaceSettings original;
        private long resolutionDelay;
        private long attemptDelay;
        private int firstFamily;
        private AddressFamily preferred;
        private int inFlight;
        private int addresses;
        private long deadline;

        Copy(RaceSettings original) {
            this.original = original;
            resolutionDelay = original.resolutionDelayNanos;
            attemptDelay = original.attemptDelayNanos;
            firstFamily = original.firstFamilyCount;
            preferred = original.preferredFamily;
            inFlight = original.maxInFlight;
            addresses = original.maxAddresses;
            deadline = original.deadlineNanos;
        }

        RaceSettings settings() {
            return new RaceSettings(
                    resolutionDelay,
                    attemptDelay,
                    original.loopbackAttemptDelayNanos,
                    original.attemptFloorNanos,
                    firstFamily,
                    preferred,
                    inFlight,
                    addresses,
                    original.evictAfterNanos,
                    original.lookupTimeoutNanos,
                    deadline,
                    original.policyTable);
        }
    }
}
