package dev.prise.simulation;

import dev.prise.address.AddressInfo;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One dial in its world: all that will happen to it, unless it is over before.
 *
 * @param settings the numbers of the race
 * @param lookups in the order in which they are asked
 * @param reserve those of families that are asked for when the others have nothing
 * @param known addresses that need no lookup
 * @param changes what is heard of addresses, apart from answers
 * @param cancel when the caller gives up
 */
record Scenario(
        RaceSettings settings,
        List<SimLookup> lookups,
        List<SimLookup> reserve,
        List<SimAddress> known,
        List<Change> changes,
        Cancel cancel) {
    Scenario {
        lookups = List.copyOf(lookups);
        reserve = List.copyOf(reserve);
        known = List.copyOf(known);
        changes = List.copyOf(changes);
    }

    /** A dial in which nothing is heard but answers, and nobody gives up. */
    Scenario(RaceSettings settings, List<SimLookup> lookups, List<SimAddress> known) {
        this(settings, lookups, List.of(), known, List.of(), Cancel.NONE);
    }

    /**
     * Addresses are taken back, or one is crowded or no longer so.
     *
     * @param atNanos when that is told
     * @param event what is told
     */
    record Change(long atNanos, RaceEvent event) {
        static Change removed(long atNanos, List<SimAddress> addresses) {
            List<AddressInfo> infos = new ArrayList<>(addresses.size());
            addresses.forEach(address -> infos.add(address.candidate().address()));
            return new Change(atNanos, new RaceEvent.AddressesRemoved(infos));
        }

        static List<Change> crowded(long atNanos, List<SimAddress> addresses, boolean crowded) {
            List<Change> changes = new ArrayList<>(addresses.size());
            for (SimAddress address : addresses) {
                changes.add(new Change(
                        atNanos, new RaceEvent.Crowded(address.candidate().address(), crowded)));
            }
            return changes;
        }
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
        return new Scenario(settings, lookups, reserve, known, changes, newCancel);
    }

    Scenario withChanges(List<Change> newChanges) {
        return new Scenario(settings, lookups, reserve, known, newChanges, cancel);
    }

    Scenario withReserve(SimLookup... newReserve) {
        return new Scenario(settings, lookups, List.of(newReserve), known, changes, cancel);
    }

    /** The lookup of a number. */
    SimLookup lookup(int id) {
        return id <= lookups.size() ? lookups.get(id - 1) : reserve.get(id - 1 - lookups.size());
    }

    /** The addresses by place; the first one said of a place counts. */
    Map<AddressInfo, SimAddress> addresses() {
        Map<AddressInfo, SimAddress> all = LinkedHashMap.newLinkedHashMap(8);
        put(known, all);
        for (SimLookup lookup : lookups) {
            lookup.answers().forEach(answer -> put(answer.addresses(), all));
        }
        for (SimLookup lookup : reserve) {
            lookup.answers().forEach(answer -> put(answer.addresses(), all));
        }
        return all;
    }

    private static void put(List<SimAddress> addresses, Map<AddressInfo, SimAddress> all) {
        for (SimAddress address : addresses) {
            all.putIfAbsent(address.candidate().address(), address);
        }
    }
}
