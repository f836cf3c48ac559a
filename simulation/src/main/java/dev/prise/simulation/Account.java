package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.RaceSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What a race was told and what it has done, as its checker has written it down. */
final class Account {
    static final long NEVER = Long.MAX_VALUE;

    final RaceSettings settings;

    /** The policy table is that of RFC 6724 here, which prefers IPv6. */
    final AddressFamily preferred;

    final List<Lookup> lookups = new ArrayList<>(2);

    /** In the order of their first arrival. */
    final List<Address> addresses = new ArrayList<>(8);

    final List<Attempt> attempts = new ArrayList<>(8);
    final Set<AddressFamily> demoted = EnumSet.noneOf(AddressFamily.class);
    long startedAt = -1;
    long firstAddressAt = NEVER;
    long newestAddressAt = -1;

    /** Families that are asked for when the others have nothing, until they are. */
    List<AddressFamily> reserve = List.of();

    @Nullable
    ErrorCode cancelled;

    boolean bug;

    /** How many attempts had been started when the network last answered. */
    int silentSince;

    private final ToIntFunction<Candidate> preference;
    private final Map<AddressInfo, Address> byInfo = new HashMap<>(16);

    /** Where an attempt stands. */
    enum State {
        CONNECTING,
        /** Its peer is reached and has to show that it is ready. */
        READYING,
        CONNECTED,
        FAILED,
        CANCELLED,
        CLOSED_LATE,
        WON
    }

    /** A lookup. */
    static final class Lookup {
        final AddressFamily family;
        final long timesOutAt;
        boolean asked;
        boolean pending = true;

        @Nullable
        ErrorCode error;

        Lookup(AddressFamily family, long timesOutAt) {
            this.family = family;
            this.timesOutAt = timesOutAt;
        }
    }

    /** An address. */
    static final class Address {
        final Candidate candidate;
        final AddressFamily family;
        final boolean isLoopback;
        final int preference;
        final int arrival;
        long arrivedAt;

        /** How many attempts had been started before it came. */
        int arrivedAfter;

        boolean tried;
        boolean removed;
        boolean crowded;
        boolean kept;

        Address(Candidate candidate, int preference, int arrival) {
            this.candidate = candidate;
            this.family = candidate.address().family();
            this.isLoopback = candidate.address().isLocal();
            this.preference = preference;
            this.arrival = arrival;
        }

        boolean isBetterThan(@Nullable Address other) {
            return other == null
                    || preference < other.preference
                    || (preference == other.preference && arrival < other.arrival);
        }

        /** Whether it counts among the addresses that there are. */
        boolean isThere() {
            return tried || !removed;
        }

        /** Whether it may still be tried. */
        boolean isOpen() {
            return kept && !tried && !removed;
        }

        /** Whether there is a way to it, and nothing against it. */
        boolean isPromising() {
            return !removed && candidate.source() != null && candidate.path().trouble() == null && !crowded;
        }

        @Override
        public String toString() {
            return candidate.address().toString();
        }
    }

    /** An attempt. */
    static final class Attempt {
        final int id;
        final Address address;
        final long startedAt;

        /** How long after its first packet the next one starts, as long as answers come, and as it is. */
        long plainDelay;

        long delay;
        long sentAt;
        boolean sent;
        long reachedAt = NEVER;

        /** When it should be ready, if it has to show that it is. */
        long readyBy;

        boolean hasToShow;
        long endedAt;
        State state = State.CONNECTING;
        boolean reachedNetwork = true;

        @Nullable
        ErrorCode error;

        Attempt(int id, Address address, long startedAt) {
            this.id = id;
            this.address = address;
            this.startedAt = startedAt;
            this.sentAt = startedAt;
        }

        boolean isInFlight() {
            return state == State.CONNECTING || state == State.READYING;
        }
    }

    /**
     * An account of one dial.
     *
     * @param preference the rank of a candidate in destination address selection, the lowest first; equal ones keep their order
     */
    Account(RaceSettings settings, ToIntFunction<Candidate> preference) {
        this.settings = settings;
        this.preferred =
                settings.preferredFamily() == AddressFamily.UNSPEC ? AddressFamily.INET6 : settings.preferredFamily();
        this.preference = preference;
    }

    // ---- what is written down

    /** Lookups that are to be asked for together; only beside another one does a lookup have a limit of its own. */
    void expectLookups(List<AddressFamily> families, long now) {
        long timesOutAt = families.size() > 1 ? plus(now, settings.lookupTimeoutNanos()) : NEVER;
        for (AddressFamily family : families) {
            lookups.add(new Lookup(family, timesOutAt));
        }
    }

    void add(List<Candidate> candidates, @Nullable Lookup lookup, long now) {
        boolean changed = false;
        for (Candidate candidate : candidates) {
            if (lookup == null || lookup.family.admits(candidate.address().family())) {
                changed |= add(candidate, now);
            }
        }
        if (changed) {
            firstAddressAt = Math.min(firstAddressAt, now);
            newestAddressAt = now;
            Share.distribute(this);
        }
    }

    /** Whether it is new, or back. */
    private boolean add(Candidate candidate, long now) {
        Address address = byInfo.get(candidate.address());
        if (address == null) {
            address = new Address(candidate, preference.applyAsInt(candidate), addresses.size());
            addresses.add(address);
            byInfo.put(candidate.address(), address);
        } else if (!address.removed) {
            return false;
        }
        address.removed = false;
        address.arrivedAt = now;
        address.arrivedAfter = attempts.size();
        return true;
    }

    void remove(List<AddressInfo> infos) {
        for (AddressInfo info : infos) {
            Address address = byInfo.get(info);
            if (address != null && !address.tried) {
                address.removed = true;
            }
        }
        Share.distribute(this);
    }

    void crowd(AddressInfo info, boolean crowded) {
        Address address = byInfo.get(info);
        if (address != null) {
            address.crowded = crowded;
        }
    }

    /** Something came from the network: whatever runs has its plain delay again. */
    void networkAnswered() {
        silentSince = attempts.size();
        Attempt newest = newest();
        if (newest != null) {
            newest.delay = newest.plainDelay;
        }
    }

    // ---- questions

    @Nullable
    Address address(AddressInfo info) {
        return byInfo.get(info);
    }

    int countOf(AddressFamily family) {
        int count = 0;
        for (Address address : addresses) {
            count += address.family == family && address.isThere() ? 1 : 0;
        }
        return count;
    }

    int triedOf(AddressFamily family) {
        int count = 0;
        for (Attempt attempt : attempts) {
            count += attempt.address.family == family ? 1 : 0;
        }
        return count;
    }

    boolean anyPending() {
        for (Lookup lookup : lookups) {
            if (lookup.pending) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing more will be looked up, as an address was attempted or there is no reserve left. */
    boolean reserveIsAsked() {
        return reserve.isEmpty() || !attempts.isEmpty();
    }

    long deadlineAt() {
        return plus(startedAt, settings.deadlineNanos());
    }

    @Nullable
    Attempt newest() {
        return attempts.isEmpty() ? null : attempts.getLast();
    }

    int inFlight() {
        int count = 0;
        for (Attempt attempt : attempts) {
            count += attempt.isInFlight() ? 1 : 0;
        }
        return count;
    }

    Attempt oldestInFlight() {
        for (Attempt attempt : attempts) {
            if (attempt.isInFlight()) {
                return attempt;
            }
        }
        throw new IllegalStateException("nothing in flight");
    }

    @Nullable
    Attempt best(State state) {
        Attempt best = null;
        for (Attempt attempt : attempts) {
            if (attempt.state == state && (best == null || attempt.address.isBetterThan(best.address))) {
                best = attempt;
            }
        }
        return best;
    }

    @Nullable
    Lookup pending(int id) {
        Lookup lookup = id >= 1 && id <= lookups.size() ? lookups.get(id - 1) : null;
        return lookup != null && lookup.pending ? lookup : null;
    }

    @Nullable
    Attempt attempt(int id) {
        return id >= 1 && id <= attempts.size() ? attempts.get(id - 1) : null;
    }

    @Nullable
    Attempt inFlight(int id) {
        Attempt attempt = attempt(id);
        return attempt != null && attempt.isInFlight() ? attempt : null;
    }

    static long plus(long at, long nanos) {
        return at > NEVER - nanos ? NEVER : at + nanos;
    }
}
