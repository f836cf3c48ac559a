package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import dev.prise.race.Candidate;

/**
 * An address of the simulated network.
 *
 * @param place which address it is
 * @param behaviour what becomes of attempts to it
 * @param afterNanos how long after their start
 */
record SimAddress(Place place, Behaviour behaviour, long afterNanos) {
    Candidate candidate() {
        return place.candidate();
    }

    AddressFamily family() {
        return place.candidate().address().family();
    }

    @Override
    public String toString() {
        return candidate().address().addressText()
                + (candidate().source() == null ? " (no source) " : " ")
                + behaviour
                + (behaviour == Behaviour.HOLE ? "" : " after " + Millis.text(afterNanos));
    }
}
