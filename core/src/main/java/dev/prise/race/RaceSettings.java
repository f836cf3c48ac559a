package dev.prise.race;

import dev.prise.address.AddressFamily;

/**
 * The numbers of a race. All times are nanoseconds.
 *
 * @param resolutionDelayNanos how long to wait for the preferred family once the other one has answered (RFC 8305 section 3): 50 ms
 * @param attemptDelayNanos the Connection Attempt Delay of a path without a known round-trip time (RFC 8305 section 5): 250 ms
 * @param loopbackAttemptDelayNanos the same after an attempt to a loopback address, when shorter: 100 ms
 * @param attemptFloorNanos the least time between two attempts that reach the network (RFC 8305 section 5): 10 ms
 * @param minAttemptDelayNanos what no delay that is computed goes below, the Minimum Connection Attempt Delay of RFC 8305 section 8: 100 ms
 * @param maxWarmDelayNanos what no delay that follows from a known round-trip time goes above: 1 s
 * @param maxAttemptDelayNanos what no delay goes above, the Maximum Connection Attempt Delay of RFC 8305 section 8: 2 s
 * @param delayMultiplier each attempt in flight makes the next delay so many times as long: 1, so it does not
 * @param quickenAfter after so many attempts in a row that nothing answered, each further delay is 0.7 of the one before: 4; 0 for never
 * @param warmDelays whether known round-trip times decide the delay: yes
 * @param sequential whether the next attempt waits for the end of the one before, in place of a race: no
 * @param attemptTimeoutNanos when an attempt is given up, {@link Long#MAX_VALUE} for not before the dial: {@link Long#MAX_VALUE}; in a
 *     sequential dial that is each address's share of the time left, at least 2 s, which
 *     addresses that come later make smaller
 * @param firstFamilyCount First Address Family Count (RFC 8305 section 4): 1
 * @param preferredFamily the family that Resolution Delay waits for: UNSPEC, which is the one that the policy table prefers
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
        long minAttemptDelayNanos,
        long maxWarmDelayNanos,
        long maxAttemptDelayNanos,
        int delayMultiplier,
        int quickenAfter,
        boolean warmDelays,
        boolean sequential,
        long attemptTimeoutNanos,
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
    public static final RaceSettings DEFAULT = new Builder().build();

    /**
     * Attempts start sooner, and each one under way slows the next: with addresses that do not answer, after 0, 100, 300, 700 and 1500 ms.
     * No delay is under the recommended minimum of RFC 8305 section 5.
     */
    public static final RaceSettings EAGER =
            builder().attemptDelayNanos(100 * MILLI).delayMultiplier(2).build();

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when a number is out of bounds
     */
    public RaceSettings {
        require(resolutionDelayNanos >= 0 && resolutionDelayNanos <= 500 * MILLI, "Resolution Delay: 0 to 500 ms");
        require(attemptFloorNanos >= 10 * MILLI, "attempt floor: at least 10 ms");
        require(
                attemptDelayNanos >= attemptFloorNanos && attemptDelayNanos <= maxAttemptDelayNanos,
                "Connection Attempt Delay: from the floor of 10 ms to the maximum of 2 s");
        require(loopbackAttemptDelayNanos > 0, "loopback attempt delay: more than 0");
        require(
                minAttemptDelayNanos >= attemptFloorNanos
                        && minAttemptDelayNanos <= maxWarmDelayNanos
                        && maxWarmDelayNanos <= maxAttemptDelayNanos
                        && maxAttemptDelayNanos <= 2_000 * MILLI,
                "computed delays: from 10 ms to 2 s");
        require(delayMultiplier >= 1 && delayMultiplier <= 4, "delay multiplier: 1 to 4");
        require(quickenAfter >= 0, "quickening: after 0 attempts (never) or more");
        require(attemptTimeoutNanos >= 3_000 * MILLI, "attempt timeout: at least 3 s, to outlive a lost packet");
        require(firstFamilyCount >= 1 && firstFamilyCount <= 8, "First Address Family Count: 1 to 8");
        require(preferredFamily != AddressFamily.UNIX, "preferred family: UNSPEC, INET6 or INET");
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

    /** A builder with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** A builder with these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** These settings with another Resolution Delay. */
    public RaceSettings withResolutionDelayNanos(long nanos) {
        return toBuilder().resolutionDelayNanos(nanos).build();
    }

    /** These settings with another Connection Attempt Delay. */
    public RaceSettings withAttemptDelayNanos(long nanos) {
        return toBuilder().attemptDelayNanos(nanos).build();
    }

    /** These settings with another First Address Family Count. */
    public RaceSettings withFirstFamilyCount(int count) {
        return toBuilder().firstFamilyCount(count).build();
    }

    /** These settings with another preferred family. */
    public RaceSettings withPreferredFamily(AddressFamily family) {
        return toBuilder().preferredFamily(family).build();
    }

    /** These settings with other caps. */
    public RaceSettings withCaps(int newMaxInFlight, int newMaxAddresses) {
        return toBuilder()
                .maxInFlight(newMaxInFlight)
                .maxAddresses(newMaxAddresses)
                .build();
    }

    /** These settings with another deadline, {@link Long#MAX_VALUE} for none. */
    public RaceSettings withDeadlineNanos(long nanos) {
        return toBuilder().deadlineNanos(nanos).build();
    }

    /** Makes settings; what each number means and its default stand at {@link RaceSettings}. Each method returns this builder. */
    public static final class Builder {
        private long resolutionDelayNanos = 50 * MILLI;
        private long attemptDelayNanos = 250 * MILLI;
        private long loopbackAttemptDelayNanos = 100 * MILLI;
        private long attemptFloorNanos = 10 * MILLI;
        private long minAttemptDelayNanos = 100 * MILLI;
        private long maxWarmDelayNanos = 1_000 * MILLI;
        private long maxAttemptDelayNanos = 2_000 * MILLI;
        private int delayMultiplier = 1;
        private int quickenAfter = 4;
        private boolean warmDelays = true;
        private boolean sequential = false;
        private long attemptTimeoutNanos = Long.MAX_VALUE;
        private int firstFamilyCount = 1;
        private AddressFamily preferredFamily = AddressFamily.UNSPEC;
        private int maxInFlight = 20;
        private int maxAddresses = 20;
        private long evictAfterNanos = 3_000 * MILLI;
        private long lookupTimeoutNanos = 10_000 * MILLI;
        private long deadlineNanos = 30_000 * MILLI;
        private PolicyTable policyTable = PolicyTable.RFC_6724;

        private Builder() {}

        private Builder(RaceSettings settings) {
            resolutionDelayNanos = settings.resolutionDelayNanos;
            attemptDelayNanos = settings.attemptDelayNanos;
            loopbackAttemptDelayNanos = settings.loopbackAttemptDelayNanos;
            attemptFloorNanos = settings.attemptFloorNanos;
            minAttemptDelayNanos = settings.minAttemptDelayNanos;
            maxWarmDelayNanos = settings.maxWarmDelayNanos;
            maxAttemptDelayNanos = settings.maxAttemptDelayNanos;
            delayMultiplier = settings.delayMultiplier;
            quickenAfter = settings.quickenAfter;
            warmDelays = settings.warmDelays;
            sequential = settings.sequential;
            attemptTimeoutNanos = settings.attemptTimeoutNanos;
            firstFamilyCount = settings.firstFamilyCount;
            preferredFamily = settings.preferredFamily;
            maxInFlight = settings.maxInFlight;
            maxAddresses = settings.maxAddresses;
            evictAfterNanos = settings.evictAfterNanos;
            lookupTimeoutNanos = settings.lookupTimeoutNanos;
            deadlineNanos = settings.deadlineNanos;
            policyTable = settings.policyTable;
        }

        /** See {@link RaceSettings#resolutionDelayNanos}. */
        public Builder resolutionDelayNanos(long value) {
            resolutionDelayNanos = value;
            return this;
        }

        /** See {@link RaceSettings#attemptDelayNanos}. */
        public Builder attemptDelayNanos(long value) {
            attemptDelayNanos = value;
            return this;
        }

        /** See {@link RaceSettings#loopbackAttemptDelayNanos}. */
        public Builder loopbackAttemptDelayNanos(long value) {
            loopbackAttemptDelayNanos = value;
            return this;
        }

        /** See {@link RaceSettings#attemptFloorNanos}. */
        public Builder attemptFloorNanos(long value) {
            attemptFloorNanos = value;
            return this;
        }

        /** See {@link RaceSettings#minAttemptDelayNanos}. */
        public Builder minAttemptDelayNanos(long value) {
            minAttemptDelayNanos = value;
            return this;
        }

        /** See {@link RaceSettings#maxWarmDelayNanos}. */
        public Builder maxWarmDelayNanos(long value) {
            maxWarmDelayNanos = value;
            return this;
        }

        /** See {@link RaceSettings#maxAttemptDelayNanos}. */
        public Builder maxAttemptDelayNanos(long value) {
            maxAttemptDelayNanos = value;
            return this;
        }

        /** See {@link RaceSettings#delayMultiplier}. */
        public Builder delayMultiplier(int value) {
            delayMultiplier = value;
            return this;
        }

        /** See {@link RaceSettings#quickenAfter}. */
        public Builder quickenAfter(int value) {
            quickenAfter = value;
            return this;
        }

        /** See {@link RaceSettings#warmDelays}. */
        public Builder warmDelays(boolean value) {
            warmDelays = value;
            return this;
        }

        /** See {@link RaceSettings#sequential}. */
        public Builder sequential(boolean value) {
            sequential = value;
            return this;
        }

        /** See {@link RaceSettings#attemptTimeoutNanos}. */
        public Builder attemptTimeoutNanos(long value) {
            attemptTimeoutNanos = value;
            return this;
        }

        /** See {@link RaceSettings#firstFamilyCount}. */
        public Builder firstFamilyCount(int value) {
            firstFamilyCount = value;
            return this;
        }

        /** See {@link RaceSettings#preferredFamily}. */
        public Builder preferredFamily(AddressFamily value) {
            preferredFamily = value;
            return this;
        }

        /** See {@link RaceSettings#maxInFlight}. */
        public Builder maxInFlight(int value) {
            maxInFlight = value;
            return this;
        }

        /** See {@link RaceSettings#maxAddresses}. */
        public Builder maxAddresses(int value) {
            maxAddresses = value;
            return this;
        }

        /** See {@link RaceSettings#evictAfterNanos}. */
        public Builder evictAfterNanos(long value) {
            evictAfterNanos = value;
            return this;
        }

        /** See {@link RaceSettings#lookupTimeoutNanos}. */
        public Builder lookupTimeoutNanos(long value) {
            lookupTimeoutNanos = value;
            return this;
        }

        /** See {@link RaceSettings#deadlineNanos}. */
        public Builder deadlineNanos(long value) {
            deadlineNanos = value;
            return this;
        }

        /** See {@link RaceSettings#policyTable}. */
        public Builder policyTable(PolicyTable value) {
            policyTable = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException when a number is out of bounds
         */
        public RaceSettings build() {
            return new RaceSettings(
                    resolutionDelayNanos,
                    attemptDelayNanos,
                    loopbackAttemptDelayNanos,
                    attemptFloorNanos,
                    minAttemptDelayNanos,
                    maxWarmDelayNanos,
                    maxAttemptDelayNanos,
                    delayMultiplier,
                    quickenAfter,
                    warmDelays,
                    sequential,
                    attemptTimeoutNanos,
                    firstFamilyCount,
                    preferredFamily,
                    maxInFlight,
                    maxAddresses,
                    evictAfterNanos,
                    lookupTimeoutNanos,
                    deadlineNanos,
                    policyTable);
        }
    }
}
