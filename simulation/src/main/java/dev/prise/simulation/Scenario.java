package dev.prise.simulation;

import dev.prise.race.RaceSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One dial in its world: all that will happen to it, unless it is over before.
 *
 * @param settings the numbers of the race
 * @param lookups in the order in which they are asked
 * @param known addresses that need no lookup
 * @param cancel when the caller gives up
 */
record Scenario(RaceSettings settings, List<SimLookup> lookups, List<SimAddress> known, Cancel cancel) {
    Scenario {
        lookups = List.copyOf(lookups);
        known = List.copyOf(known);
    }

    /**
     * When the caller gives up: at a time, or at a step of the dial, together with that step's events or after all was done about them.
     *
     * @param atNanos the time, {@link Long#MAX_VALUE} for none
     * @param step the step, -1 for none
     * @param afterPolls whether the race has been polled in that step before
     */
    record Cancel(long atNanos, int step, boolean afterPolls) {
        static final Cancel NONE = new Cancel(Long.MAX_VALUE, -1, false);

        static Cancel at(long nanos) {
            return new Cancel(nanos, -1, false);
        }

        static Cancel atStep(int step, boolean afterPolls) {
            return new Cancel(Long.MAX_VALUE, step, afterPolls);
        }

        boolean isNone() {
            return atNanos == Long.MAX_VALUE && step < 0;
        }
    }

    Scenario withCancel(Cancel newCancel) {
        return new Scenario(settings, lookups, known, newCancel);
    }

    /** The addresses by place; the first one said of a place counts. */
    Map<Object, SimAddress> addresses() {
        Map<Object, SimAddress> all = LinkedHashMap.newLinkedHashMap(8);
        known.forEach(address -> all.putIfAbsent(address.candidate().address(), address));
        for (SimLookup lookup : lookups) {
            for (SimLookup.Answer answer : lookup.answers()) {
                answer.addresses()
                        .forEach(address -> all.putIfAbsent(address.candidate().address(), address));
            }
        }
        return all;
    }
}
