package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of round-trip times and failures, by network and address (RFC 8305 section 4 and 5).
 *
 * <h2>What is remembered</h2>
 *
 * <ul>
 *   <li>Of an address, and of the prefix around it (the /24 or /48, for neighbours that were never tried): the round-trip time, smoothed
 *       as RFC 6298 section 2 says. It holds for {@value #ROUND_TRIP_HOLDS_SECONDS} s after the last sample. A sample of 900 ms or more
 *       may be that of a second SYN, so the address counts as used and its time stays what it was.
 *   <li>Of a port of an address: that it refused, did not answer or was not ready. Each failure weighs 1, weights add up to 1.5 at most
 *       and halve each minute. A port is in trouble while its weight is over 0.5: for a minute after one failure, for 95 s after many.
 *       A connection takes the weight away.
 *   <li>Of a family: the destinations that it was lost to while the other family connected. Three different ones within a minute make it
 *       come second for a minute, then for two, four and so on up to ten. Any connection of the family ends that.
 * </ul>
 *
 * <p>All of it belongs to the network that the machine was attached to; the present one and four of before are remembered. The least
 * recently used entries go when there are more than {@link #MAX_ENTRIES}.
 *
 * <p>Of each 16 dials one goes without what is remembered, so that what has become wrong or never had its chance is found out
 * (draft-ietf-happy-happyeyeballs-v3 section 5.3). Which one is drawn from the seed; of the first 16 it is one of the last eight.
 *
 * <p>Nothing is left out of a race for what stands here: it reorders and paces.
 *
 * <p>Times are nanoseconds of one clock that does not go back, of any origin. Not thread-safe. Experimental: it may change between minor
 * versions.
 */
public final class PathHistory {
    /** How many entries there are at most: round-trip times and troubles. */
    public static final int MAX_ENTRIES = 4096;

    static final int MAX_TROUBLES = 1024;
    static final int MAX_ROUND_TRIPS = MAX_ENTRIES - MAX_TROUBLES;
    static final int MAX_NETWORKS = 5;
    static final int ROUND_TRIP_HOLDS_SECONDS = 600;

    private static final long SECOND = 1_000_000_000L;
    static final long ROUND_TRIP_HOLDS_NANOS = ROUND_TRIP_HOLDS_SECONDS * SECOND;

    /** By then its weight is a thousandth. */
    static final long TROUBLE_HOLDS_NANOS = 600 * SECOND;

    private static final long AMBIGUOUS_NANOS = 900_000_000L;
    private static final double HALF_LIFE_NANOS = 60.0 * SECOND;
    static final double MOST_WEIGHT = 1.5;
    private static final double PENALISED_OVER = 0.5;
    private static final int BLOCK_OF_DIALS = 16;

    long seed;
    long dials;

    /** What they were when a text was last added or made; what is above it, no text knows of. */
    long dialsInTexts;

    final Map<PathKey, RoundTrip> roundTrips = new Recent<>(MAX_ROUND_TRIPS);
    final Map<PathKey, Trouble> troubles = new Recent<>(MAX_TROUBLES);
    final Map<Long, Map<AddressFamily, FamilyStanding>> networks = new Networks();

    /**
     * What is known of the way to an address or a prefix.
     *
     * @param smoothedNanos {@link KnownPath#NO_RTT} when all samples were ambiguous
     * @param variationNanos as that
     */
    record RoundTrip(long smoothedNanos, long variationNanos, long atNanos) {
        boolean isKnown() {
            return smoothedNanos != KnownPath.NO_RTT;
        }
    }

    /**
     * What speaks against a port of an address.
     *
     * @param weight what it was at that time, zero when a connection took it away
     * @param kind the last failure
     * @param code its error, null when there was no answer
     */
    record Trouble(
            double weight,
            long atNanos,
            Lesson.Kind kind,
            @Nullable ErrorCode code) {
        double weightAt(long now) {
            return weight * Math.pow(0.5, Math.max(0, now - atNanos) / HALF_LIFE_NANOS);
        }
    }

    /** Entries in the order of their last use; the eldest goes when there are too many. */
    private static final class Recent<V> extends LinkedHashMap<PathKey, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<PathKey, V> eldest) {
            return size() > most;
        }
    }

    /** Networks in the order of their last use; with the eldest all goes that belongs to it. */
    private final class Networks extends LinkedHashMap<Long, Map<AddressFamily, FamilyStanding>> {
        private static final long serialVersionUID = 1L;

        Networks() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Map<AddressFamily, FamilyStanding>> eldest) {
            boolean tooMany = size() > MAX_NETWORKS;
            if (tooMany) {
                long gone = eldest.getKey();
                roundTrips.keySet().removeIf(key -> key.network() == gone);
                troubles.keySet().removeIf(key -> key.network() == gone);
            }
            return tooMany;
        }
    }

    /**
     * An empty memory.
     *
     * @param seed decides which dials go without what is remembered; any number
     */
    public PathHistory(long seed) {
        this.seed = seed;
    }

    /** How many entries there are, up to {@link #MAX_ENTRIES}; expired ones count as long as nobody has looked at them. */
    public int size() {
        return roundTrips.size() + troubles.size();
    }

    /** Whether nothing is remembered. */
    public boolean isEmpty() {
        return roundTrips.isEmpty() && troubles.isEmpty() && networks.isEmpty();
    }

    /**
     * Counts a dial.
     *
     * @return whether this one is to go without what is remembered; what it teaches is remembered all the same
     */
    public boolean beginDial() {
        long block = dials / BLOCK_OF_DIALS;
        int inBlock = (int) (dials % BLOCK_OF_DIALS);
        dials++;
        int drawn = new SplittableRandom(seed + block).nextInt(BLOCK_OF_DIALS);
        return inBlock == (block == 0 ? BLOCK_OF_DIALS / 2 + drawn / 2 : drawn);
    }

    /** Whether {@link #demotedFamily} can name one in any network. */
    public boolean mayDemote() {
        for (Map<AddressFamily, FamilyStanding> standings : networks.values()) {
            if (!standings.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The family that comes second for now, null when none does.
     *
     * @param network the fingerprint of the present network
     */
    public @Nullable AddressFamily demotedFamily(long network, long nowNanos) {
        Map<AddressFamily, FamilyStanding> standings = networks.get(network);
        if (standings == null) {
            return null;
        }
        AddressFamily demoted = null;
        for (Map.Entry<AddressFamily, FamilyStanding> each : standings.entrySet()) {
            if (each.getValue().isDemoted(nowNanos)) {
                if (demoted != null) {
                    // neither is better than the other
                    return null;
                }
                demoted = each.getKey();
            }
        }
        return demoted;
    }

    /**
     * What is remembered of the way to an address and port; {@link KnownPath#NONE} when nothing is.
     *
     * @param network the fingerprint of the present network
     * @param address the address to connect to; of a Unix path nothing is remembered
     */
    public KnownPath path(long network, AddressInfo address, long nowNanos) {
        InetAddress inet = address.inetAddress();
        if (inet == null || !networks.containsKey(network)) {
            return KnownPath.NONE;
        }
        networks.get(network); // it is in use
        PathKey key = PathKey.of(network, inet);
        RoundTrip own = roundTrip(key, nowNanos);
        RoundTrip time = own != null && own.isKnown() ? own : roundTrip(key.prefix(), nowNanos);
        String trouble = trouble(key.atPort(address.port()), nowNanos);
        if (trouble == null && address.family() == demotedFamily(network, nowNanos) && speaksForFamily(inet)) {
            trouble = (address.family() == AddressFamily.INET6 ? "IPv6" : "IPv4") + " failed for "
                    + FamilyStanding.DESTINATIONS + " destinations";
        }
        if (own == null && time == null && trouble == null) {
            return KnownPath.NONE;
        }
        return new KnownPath(
                time == null ? KnownPath.NO_RTT : time.smoothedNanos,
                time == null ? KnownPath.NO_RTT : time.variationNanos,
                own != null,
                trouble);
    }

    private @Nullable RoundTrip roundTrip(PathKey key, long now) {
        RoundTrip found = roundTrips.get(key);
        if (found != null && now - found.atNanos > ROUND_TRIP_HOLDS_NANOS) {
            roundTrips.remove(key);
            return null;
        }
        return found;
    }

    private @Nullable String trouble(PathKey key, long now) {
        Trouble found = troubles.get(key);
        if (found == null) {
            return null;
        }
        if (now - found.atNanos > TROUBLE_HOLDS_NANOS) {
            troubles.remove(key);
            return null;
        }
        return found.weightAt(now) > PENALISED_OVER ? text(found, now) : null;
    }

    private static String text(Trouble trouble, long now) {
        long seconds = Math.max(0, now - trouble.atNanos) / SECOND;
        String ago = seconds == 0 ? " just now" : " " + seconds + " s ago";
        if (trouble.kind == Lesson.Kind.NOT_READY) {
            return "connected but not ready" + ago;
        }
        ErrorCode code = trouble.code;
        if (code == null || code == ErrorCode.TIMED_OUT) {
            return "no answer" + ago;
        }
        return code.meaning() + ago + " (" + code.shortName() + ")";
    }

    /**
     * Remembers what an attempt has taught.
     *
     * @param network the fingerprint of the network that the attempt was made from
     * @param address the address that was connected to
     */
    public void learn(long network, AddressInfo address, Lesson lesson, long nowNanos) {
        InetAddress inet = address.inetAddress();
        if (inet == null) {
            return;
        }
        PathKey key = PathKey.of(network, inet);
        PathKey port = key.atPort(address.port());
        switch (lesson.kind()) {
            case ROUND_TRIP -> {
                FamilyStanding standing = standings(network).get(address.family());
                sample(key, lesson.nanos(), nowNanos);
                sample(key.prefix(), lesson.nanos(), nowNanos);
                // not removed: in a file that another command has written the trouble may stand yet
                troubles.computeIfPresent(port, (k, old) -> new Trouble(0, nowNanos, old.kind, old.code));
                if (standing != null && speaksForFamily(inet)) {
                    standing.succeeded(nowNanos);
                }
            }
            case FAILED, NOT_READY, UNANSWERED -> {
                standings(network);
                Trouble old = troubles.get(port);
                double before = old == null ? 0 : old.weightAt(nowNanos);
                troubles.put(
                        port, new Trouble(Math.min(MOST_WEIGHT, before + 1), nowNanos, lesson.kind(), lesson.code()));
            }
            case LONGER_THAN -> {
                // it was given up too early to say anything
            }
        }
    }

    /**
     * Remembers that a destination was lost to its family: it failed or did not answer, and an address of the other family of the same
     * name connected. Loopback and link-local addresses say nothing about a family.
     */
    public void lostToOtherFamily(long network, AddressInfo loser, long nowNanos) {
        InetAddress inet = loser.inetAddress();
        if (inet == null || !speaksForFamily(inet)) {
            return;
        }
        FamilyStanding standing = standings(network).computeIfAbsent(loser.family(), family -> new FamilyStanding());
        if (standing.isForgotten(nowNanos)) {
            standing.succeeded(nowNanos);
        }
        standing.lost(PathKey.of(network, inet), nowNanos);
    }

    private static boolean speaksForFamily(InetAddress address) {
        return !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    }

    /** The families of a network, which is in use now. */
    Map<AddressFamily, FamilyStanding> standings(long network) {
        return networks.computeIfAbsent(network, fingerprint -> new LinkedHashMap<>(4));
    }

    /** RFC 6298 section 2, with its alpha of 1/8 and beta of 1/4. */
    private void sample(PathKey key, long nanos, long now) {
        RoundTrip old = roundTrip(key, now);
        long smoothed = old == null ? KnownPath.NO_RTT : old.smoothedNanos;
        long variation = old == null ? KnownPath.NO_RTT : old.variationNanos;
        if (nanos < AMBIGUOUS_NANOS) {
            if (smoothed == KnownPath.NO_RTT) {
                smoothed = nanos;
                variation = nanos / 2;
            } else {
                variation += (Math.abs(smoothed - nanos) - variation) / 4;
                smoothed += (nanos - smoothed) / 8;
            }
        }
        roundTrips.put(key, new RoundTrip(smoothed, variation, now));
    }

    /**
     * All that is remembered, as text that {@link #addText} reads; docs/history.md describes it.
     *
     * @param nowEpochMillis the time of day, in milliseconds since 1970
     * @param mostEntries how many entries may be written; the most recently used are
     */
    public String toText(long nowNanos, long nowEpochMillis, int mostEntries) {
        return new PathHistoryText(this, nowNanos, nowEpochMillis).write(mostEntries);
    }

    /**
     * Adds what another memory has written. Of two entries of the same thing the newer one is kept; those that have expired and those
     * from the future are passed over.
     *
     * @param nowEpochMillis the time of day, in milliseconds since 1970
     * @throws IllegalArgumentException if it is not such a text; nothing is added then
     */
    public void addText(String text, long nowNanos, long nowEpochMillis) {
        new PathHistoryText(this, nowNanos, nowEpochMillis).read(text);
    }
}
