package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;

/**
 * An address of the simulated network.
 *
 * @param place which address it is
 * @param candidate the same with what is remembered of it
 * @param behaviour what becomes of attempts to it
 * @param reachedAfterNanos how long after their start its peer is reached and has to show that it is ready, {@link #NEVER_REACHED} when
 *     there is nothing to show
 * @param afterNanos how long after their start attempts end
 */
record SimAddress(Place place, Candidate candidate, Behaviour behaviour, long reachedAfterNanos, long afterNanos) {
    static final long NEVER_REACHED = -1;

    /** One that has nothing to show, and of which nothing is remembered. */
    SimAddress(Place place, Behaviour behaviour, long afterNanos) {
        this(place, place.candidate(), behaviour, NEVER_REACHED, afterNanos);
    }

    SimAddress reachedAfter(long nanos) {
        return new SimAddress(place, candidate, behaviour, nanos, afterNanos);
    }

    SimAddress with(KnownPath memory) {
        return new SimAddress(place, candidate.withPath(memory), behaviour, reachedAfterNanos, afterNanos);
    }

    AddressFamily family() {
        return candidate.address().family();
    }

    boolean isReached() {
        return reachedAfterNanos != NEVER_REACHED;
    }

    /** The rank in destination address selection, the lowest first. */
    int preference() {
        return place.preference(candidate.path());
    }

    @Override
    public String toString() {
        return candidate.address().addressText()
                + (candidate.source() == null ? " (no source) " : " ")
                + (candidate.path().equals(KnownPath.NONE) ? "" : candidate.path() + " ")
                + (isReached() ? "reached after " + Millis.text(reachedAfterNanos) + ", " : "")
                + behaviour
                + (behaviour == Behaviour.HOLE ? "" : " after " + Millis.text(afterNanos));
    }
}
