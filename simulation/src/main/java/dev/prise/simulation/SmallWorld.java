package dev.prise.simulation;

import static dev.prise.simulation.Millis.MILLI;

import dev.prise.address.AddressFamily;
import dev.prise.race.RaceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every dial of a small world: up to three addresses of both families, twelve behaviours each, twenty-one orders in which answers
 * come, three sets of numbers; and a cancel at each step: with up to two addresses always, with three when the numbers are the first.
 */
final class SmallWorld {
    /** All that one address can do. */
    private static final List<Doing> DOINGS = List.of(
            new Doing(Behaviour.ACCEPTS, 5 * MILLI),
            new Doing(Behaviour.ACCEPTS, 100 * MILLI),
            new Doing(Behaviour.ACCEPTS, 300 * MILLI),
            new Doing(Behaviour.REFUSES, 5 * MILLI),
            new Doing(Behaviour.REFUSES, 100 * MILLI),
            new Doing(Behaviour.REFUSES, 300 * MILLI),
            new Doing(Behaviour.HOLE, 0),
            new Doing(Behaviour.LOCAL, 0),
            new Doing(Behaviour.LOCAL_FAMILY, 0),
            new Doing(Behaviour.UNREACHABLE, 5 * MILLI),
            new Doing(Behaviour.UNREACHABLE, 100 * MILLI),
            new Doing(Behaviour.UNREACHABLE, 300 * MILLI));

    /** The families of the addresses, IPv6 first; which behaviour belongs to which follows from the behaviours. */
    private static final List<String> FAMILIES = List.of("6", "4", "66", "64", "44", "666", "664", "644", "444");

    private static final List<RaceSettings> SETTINGS = List.of(
            settings(50, 250, 1, AddressFamily.INET6, 20, 3_000),
            settings(50, 250, 2, AddressFamily.INET6, 1, 300),
            settings(0, 100, 1, AddressFamily.INET, 2, 150));

    private record Doing(Behaviour behaviour, long afterNanos) {}

    /** The order in which answers come. */
    private enum Arrival {
        SIX_THEN_FOUR,
        FOUR_THEN_SIX_WITHIN_RESOLUTION_DELAY,
        FOUR_THEN_SIX_AT_THE_END_OF_RESOLUTION_DELAY,
        FOUR_THEN_SIX_WITH_THEIR_ENDS,
        FOUR_THEN_SIX_LATE,
        SIX_THEN_FOUR_LATE,
        TOGETHER,
        TOGETHER_A_FIRST,
        ONE_BY_ONE,
        ONE_BY_ONE_BACKWARDS,
        SIX_NEVER,
        FOUR_NEVER,
        SIX_FAILS_LATE,
        ONE_LOOKUP,
        ONE_LOOKUP_WITH_ITS_END,
        ONE_LOOKUP_BACKWARDS,
        ONE_LOOKUP_FOUR_THEN_SIX,
        ONE_LOOKUP_FOUR_THEN_SIX_WITH_ITS_END,
        ONE_LOOKUP_FOUR_THEN_SIX_LATE,
        ONE_LOOKUP_SIX_THEN_FOUR_LATE,
        LITERALS
    }

    private SmallWorld() {}

    /** What was run. */
    record Counts(long scenarios, long dials, long connected) {}

    /**
     * Runs all, on all processors.
     *
     * @throws AssertionError when an invariant does not hold
     */
    static Counts run() {
        long scenarios = 0;
        long dials = 0;
        LongAdder connected = new LongAdder();
        for (String families : FAMILIES) {
            int combinations = (int) Math.pow(DOINGS.size(), families.length());
            scenarios += (long) combinations * Arrival.values().length * SETTINGS.size();
            dials += AllProcessors.sum(
                    combinations, combination -> dials(addresses(families, (int) combination), connected));
        }
        return new Counts(scenarios, dials, connected.sum());
    }

    /** All dials to these addresses; how many. */
    private static int dials(List<SimAddress> addresses, LongAdder connected) {
        int dials = 0;
        for (Arrival arrival : Arrival.values()) {
            for (RaceSettings settings : SETTINGS) {
                Scenario scenario = scenario(settings, arrival, addresses);
                SimWorld.Result result = SimWorld.run(scenario);
                dials++;
                connected.add(result.won() ? 1 : 0);
                if (addresses.size() < 3 || settings.equals(SETTINGS.get(0))) {
                    dials += cancelEachStep(scenario, result.steps());
                }
            }
        }
        return dials;
    }

    private static int cancelEachStep(Scenario scenario, int steps) {
        for (int step = 0; step < steps; step++) {
            SimWorld.run(scenario.withCancel(Scenario.Cancel.atStep(step, false)));
            SimWorld.run(scenario.withCancel(Scenario.Cancel.atStep(step, true)));
        }
        return 2 * steps;
    }

    private static List<SimAddress> addresses(String families, int combination) {
        List<SimAddress> addresses = new ArrayList<>();
        int rest = combination;
        for (int i = 0; i < families.length(); i++) {
            Doing doing = DOINGS.get(rest % DOINGS.size());
            rest /= DOINGS.size();
            Place.Kind kind = families.charAt(i) == '6' ? Place.Kind.GLOBAL_6 : Place.Kind.GLOBAL_4;
            addresses.add(new SimAddress(Place.of(kind, i), doing.behaviour, doing.afterNanos));
        }
        return addresses;
    }

    private static Scenario scenario(RaceSettings settings, Arrival arrival, List<SimAddress> all) {
        List<SimAddress> six =
                all.stream().filter(a -> a.family() == AddressFamily.INET6).toList();
        List<SimAddress> four =
                all.stream().filter(a -> a.family() == AddressFamily.INET).toList();
        return switch (arrival) {
            case SIX_THEN_FOUR -> two(settings, six, 10, four, 12);
            case FOUR_THEN_SIX_WITHIN_RESOLUTION_DELAY -> two(settings, six, 35, four, 10);
            case FOUR_THEN_SIX_AT_THE_END_OF_RESOLUTION_DELAY -> two(settings, six, 60, four, 10);
            case FOUR_THEN_SIX_WITH_THEIR_ENDS ->
                dial(
                        settings,
                        List.of(
                                endingWith(AddressFamily.INET6, List.of(), six, 35),
                                endingWith(AddressFamily.INET, List.of(), four, 10)));
            case FOUR_THEN_SIX_LATE -> two(settings, six, 200, four, 10);
            case SIX_THEN_FOUR_LATE -> two(settings, six, 10, four, 400);
            case TOGETHER -> two(settings, six, 10, four, 10);
            case TOGETHER_A_FIRST ->
                dial(
                        settings,
                        List.of(
                                lookup(AddressFamily.INET, answers(four, 10), SimLookup.End.ENDED, 10),
                                lookup(AddressFamily.INET6, answers(six, 10), SimLookup.End.ENDED, 10)));
            case ONE_BY_ONE -> oneByOne(settings, all, six, four);
            case ONE_BY_ONE_BACKWARDS -> oneByOne(settings, all.reversed(), six, four);
            case SIX_NEVER ->
                dial(
                        settings,
                        List.of(
                                lookup(AddressFamily.INET6, List.of(), SimLookup.End.NEVER, 0),
                                lookup(AddressFamily.INET, answers(four, 10), SimLookup.End.ENDED, 10)));
            case FOUR_NEVER ->
                dial(
                        settings,
                        List.of(
                                lookup(AddressFamily.INET6, answers(six, 10), SimLookup.End.ENDED, 10),
                                lookup(AddressFamily.INET, List.of(), SimLookup.End.NEVER, 0)));
            case SIX_FAILS_LATE ->
                dial(
                        settings,
                        List.of(
                                lookup(AddressFamily.INET6, answers(six, 80), SimLookup.End.FAILED, 500),
                                lookup(AddressFamily.INET, answers(four, 10), SimLookup.End.ENDED, 10)));
            case ONE_LOOKUP -> one(settings, all, 10, List.of(), 10);
            case ONE_LOOKUP_WITH_ITS_END ->
                dial(settings, List.of(endingWith(AddressFamily.UNSPEC, List.of(), all, 10)));
            case ONE_LOOKUP_BACKWARDS -> one(settings, all.reversed(), 10, List.of(), 10);
            case ONE_LOOKUP_FOUR_THEN_SIX -> one(settings, four, 10, six, 40);
            case ONE_LOOKUP_FOUR_THEN_SIX_WITH_ITS_END ->
                dial(settings, List.of(endingWith(AddressFamily.UNSPEC, answers(four, 10), six, 40)));
            case ONE_LOOKUP_FOUR_THEN_SIX_LATE -> one(settings, four, 10, six, 200);
            case ONE_LOOKUP_SIX_THEN_FOUR_LATE -> one(settings, six, 10, four, 400);
            case LITERALS -> new Scenario(settings, List.of(), all);
        };
    }

    private static Scenario two(
            RaceSettings settings, List<SimAddress> six, long sixMillis, List<SimAddress> four, long fourMillis) {
        return dial(
                settings,
                List.of(
                        lookup(AddressFamily.INET6, answers(six, sixMillis), SimLookup.End.ENDED, sixMillis),
                        lookup(AddressFamily.INET, answers(four, fourMillis), SimLookup.End.ENDED, fourMillis)));
    }

    private static Scenario one(
            RaceSettings settings, List<SimAddress> first, long firstMillis, List<SimAddress> then, long thenMillis) {
        List<SimLookup.Answer> answers = new ArrayList<>(answers(first, firstMillis));
        answers.addAll(answers(then, thenMillis));
        return dial(settings, List.of(lookup(AddressFamily.UNSPEC, answers, SimLookup.End.ENDED, thenMillis)));
    }

    private static Scenario oneByOne(
            RaceSettings settings, List<SimAddress> inOrder, List<SimAddress> six, List<SimAddress> four) {
        List<SimLookup.Answer> sixAnswers = new ArrayList<>();
        List<SimLookup.Answer> fourAnswers = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            SimAddress address = inOrder.get(i);
            (six.contains(address) ? sixAnswers : fourAnswers)
                    .add(new SimLookup.Answer((10 + 130L * i) * MILLI, List.of(address)));
        }
        long last = 10 + 130L * (six.size() + four.size() - 1);
        return dial(
                settings,
                List.of(
                        lookup(AddressFamily.INET6, sixAnswers, SimLookup.End.ENDED, last),
                        lookup(AddressFamily.INET, fourAnswers, SimLookup.End.ENDED, last + 20)));
    }

    private static List<SimLookup.Answer> answers(List<SimAddress> addresses, long millis) {
        return addresses.isEmpty() ? List.of() : List.of(new SimLookup.Answer(millis * MILLI, addresses));
    }

    private static SimLookup lookup(
            AddressFamily family, List<SimLookup.Answer> answers, SimLookup.End end, long endMillis) {
        return new SimLookup(family, answers, end, endMillis * MILLI);
    }

    /** A lookup that ends together with its last answer, empty or not. */
    private static SimLookup endingWith(
            AddressFamily family, List<SimLookup.Answer> before, List<SimAddress> last, long millis) {
        List<SimLookup.Answer> answers = new ArrayList<>(before);
        answers.add(new SimLookup.Answer(millis * MILLI, last, true));
        return new SimLookup(family, answers, SimLookup.End.NEVER, 0);
    }

    private static Scenario dial(RaceSettings settings, List<SimLookup> lookups) {
        return new Scenario(settings, lookups, List.of());
    }

    private static RaceSettings settings(
            long resolutionDelay,
            long attemptDelay,
            int firstFamilyCount,
            AddressFamily preferred,
            int maxInFlight,
            long evictAfter) {
        return RaceSettings.builder()
                .resolutionDelayNanos(resolutionDelay * MILLI)
                .attemptDelayNanos(attemptDelay * MILLI)
                .firstFamilyCount(firstFamilyCount)
                .preferredFamily(preferred)
                .maxInFlight(maxInFlight)
                .evictAfterNanos(evictAfter * MILLI)
                .lookupTimeoutNanos(700 * MILLI)
                .deadlineNanos(1_500 * MILLI)
                .build();
    }
}
