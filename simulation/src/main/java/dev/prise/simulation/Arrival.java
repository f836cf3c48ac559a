package dev.prise.simulation;

import static dev.prise.simulation.Millis.MILLI;

import dev.prise.address.AddressFamily;
import dev.prise.race.RaceSettings;
import java.util.ArrayList;
import java.util.List;

/** The orders in which the small world hears of its addresses. */
enum Arrival {
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
    LITERALS,
    /** The last one is taken back at 120 ms. */
    TAKEN_BACK,
    /** The last one is taken back at 120 ms, and all are given again at 400 ms. */
    TAKEN_BACK_AND_GIVEN_AGAIN,
    /** All IPv4 addresses are taken back within the Resolution Delay, and IPv6 comes late. */
    TAKEN_BACK_BEFORE_THE_FIRST,
    /** The first one is crowded from its answer until 400 ms. */
    CROWDED,
    /** The last one is crowded for good. */
    CROWDED_FOR_GOOD,
    /** IPv6 is out of reach. */
    SIX_IN_RESERVE,
    /** Both families are out of reach. */
    BOTH_IN_RESERVE;

    Scenario scenario(RaceSettings settings, List<SimAddress> all) {
        List<SimAddress> six = of(AddressFamily.INET6, all);
        List<SimAddress> four = of(AddressFamily.INET, all);
        List<SimAddress> first = all.subList(0, Math.min(1, all.size()));
        List<SimAddress> last = all.subList(Math.max(0, all.size() - 1), all.size());
        return switch (this) {
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
            case ONE_BY_ONE -> oneByOne(settings, all, six);
            case ONE_BY_ONE_BACKWARDS -> oneByOne(settings, all.reversed(), six);
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
            case TAKEN_BACK ->
                one(settings, all, 10, List.of(), 10).withChanges(List.of(Scenario.Change.removed(120 * MILLI, last)));
            case TAKEN_BACK_AND_GIVEN_AGAIN ->
                one(settings, all, 10, all, 400).withChanges(List.of(Scenario.Change.removed(120 * MILLI, last)));
            case TAKEN_BACK_BEFORE_THE_FIRST ->
                two(settings, six, 200, four, 10).withChanges(List.of(Scenario.Change.removed(30 * MILLI, four)));
            case CROWDED -> two(settings, six, 10, four, 12).withChanges(crowdedFor(first, 12, 400));
            case CROWDED_FOR_GOOD ->
                two(settings, six, 10, four, 30).withChanges(Scenario.Change.crowded(30 * MILLI, last, true));
            case SIX_IN_RESERVE ->
                dial(settings, List.of(lookup(AddressFamily.INET, answers(four, 10), SimLookup.End.ENDED, 10)))
                        .withReserve(lookup(AddressFamily.INET6, answers(six, 10), SimLookup.End.ENDED, 10));
            case BOTH_IN_RESERVE ->
                dial(settings, List.of())
                        .withReserve(
                                lookup(AddressFamily.INET6, answers(six, 10), SimLookup.End.ENDED, 10),
                                lookup(AddressFamily.INET, answers(four, 12), SimLookup.End.ENDED, 12));
            case LITERALS -> new Scenario(settings, List.of(), all);
        };
    }

    private static List<Scenario.Change> crowdedFor(List<SimAddress> addresses, long fromMillis, long toMillis) {
        List<Scenario.Change> changes = new ArrayList<>(Scenario.Change.crowded(fromMillis * MILLI, addresses, true));
        changes.addAll(Scenario.Change.crowded(toMillis * MILLI, addresses, false));
        return changes;
    }

    private static List<SimAddress> of(AddressFamily family, List<SimAddress> all) {
        List<SimAddress> some = new ArrayList<>(all.size());
        for (SimAddress address : all) {
            if (address.family() == family) {
                some.add(address);
            }
        }
        return some;
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

    private static Scenario oneByOne(RaceSettings settings, List<SimAddress> inOrder, List<SimAddress> six) {
        List<SimLookup.Answer> sixAnswers = new ArrayList<>();
        List<SimLookup.Answer> fourAnswers = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            SimAddress address = inOrder.get(i);
            (six.contains(address) ? sixAnswers : fourAnswers)
                    .add(new SimLookup.Answer((10 + 130L * i) * MILLI, List.of(address)));
        }
        long last = 10 + 130L * Math.max(0, inOrder.size() - 1);
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
}
