package dev.prise.simulation;

import static dev.prise.simulation.Millis.MILLI;

import dev.prise.address.AddressFamily;
import dev.prise.race.KnownPath;
import dev.prise.race.RaceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every dial of a small world: up to three addresses of both families, thirteen behaviours each, twenty-eight ways in which they become
 * known, seven sets of numbers, three memories; and a cancel at each step. Scenarios have numbers, so that one of them can be run again.
 *
 * <p>With three addresses some combinations are left out; docs/simulation.md says which and why.
 */
final class SmallWorld {
    /** All that one address can do. */
    private static final List<Doing> DOINGS = List.of(
            new Doing(Behaviour.ACCEPTS, 5),
            new Doing(Behaviour.ACCEPTS, 100),
            new Doing(Behaviour.ACCEPTS, 300),
            new Doing(Behaviour.REFUSES, 5),
            new Doing(Behaviour.REFUSES, 100),
            new Doing(Behaviour.REFUSES, 300),
            new Doing(Behaviour.HOLE, 0),
            new Doing(Behaviour.LOCAL, 0),
            new Doing(Behaviour.LOCAL_FAMILY, 0),
            new Doing(Behaviour.GIVEN_UP, 300),
            new Doing(Behaviour.ACCEPTS, 200, 100),
            new Doing(Behaviour.NOT_READY, 300, 5),
            new Doing(Behaviour.HOLE, 0, 100));

    /** The families of the addresses, none or IPv6 first; which behaviour belongs to which follows from the behaviours. */
    private static final List<String> FAMILIES = List.of("", "6", "4", "66", "64", "44", "666", "664", "644", "444");

    private static final RaceSettings USUAL = RaceSettings.builder()
            .lookupTimeoutNanos(700 * MILLI)
            .deadlineNanos(1_500 * MILLI)
            .build();

    private static final RaceSettings ONE_IN_FLIGHT = USUAL.toBuilder()
            .firstFamilyCount(2)
            .maxInFlight(1)
            .evictAfterNanos(300 * MILLI)
            .build();

    private static final RaceSettings IPV4_PREFERRED = USUAL.toBuilder()
            .resolutionDelayNanos(0)
            .attemptDelayNanos(100 * MILLI)
            .preferredFamily(AddressFamily.INET)
            .maxInFlight(2)
            .evictAfterNanos(150 * MILLI)
            .build();

    /** The second delay is 175 ms when nothing has answered. */
    private static final RaceSettings QUICK = USUAL.toBuilder().quickenAfter(1).build();

    private static final RaceSettings EAGER = USUAL.toBuilder()
            .attemptDelayNanos(100 * MILLI)
            .delayMultiplier(2)
            .quickenAfter(0)
            .build();

    /** Shares of three, two or one address: 2, 2.75, 5.5 s. */
    private static final RaceSettings SEQUENTIAL =
            USUAL.toBuilder().sequential(true).deadlineNanos(5_500 * MILLI).build();

    private static final RaceSettings TIMED = USUAL.toBuilder()
            .attemptTimeoutNanos(3_000 * MILLI)
            .deadlineNanos(3_400 * MILLI)
            .build();

    private static final List<KnownPath> NOTHING = List.of(KnownPath.NONE, KnownPath.NONE, KnownPath.NONE);
    private static final KnownPath TROUBLE = new KnownPath(KnownPath.NO_RTT, KnownPath.NO_RTT, false, "refused");
    private static final KnownPath NEAR = new KnownPath(20 * MILLI, MILLI, true, null);
    private static final KnownPath FAR = new KnownPath(200 * MILLI, 30 * MILLI, false, null);
    private static final List<KnownPath> TROUBLE_IN_THE_MIDDLE = List.of(FAR, TROUBLE, NEAR);
    private static final List<KnownPath> TROUBLE_FIRST = List.of(TROUBLE, NEAR, KnownPath.NONE);

    /** What is run with one and two addresses, and with three. */
    private static final List<Variant> FEW = few();

    private static final List<Variant> THREE = three();

    private record Doing(Behaviour behaviour, long afterMillis, long reachedAfterMillis) {
        Doing(Behaviour behaviour, long afterMillis) {
            this(behaviour, afterMillis, SimAddress.NEVER_REACHED);
        }

        SimAddress at(Place place, KnownPath memory) {
            SimAddress address = new SimAddress(place, behaviour, afterMillis * MILLI);
            address = memory.equals(KnownPath.NONE) ? address : address.with(memory);
            return reachedAfterMillis == SimAddress.NEVER_REACHED
                    ? address
                    : address.reachedAfter(reachedAfterMillis * MILLI);
        }
    }

    /**
     * What goes with each combination of addresses.
     *
     * @param cancels whether the dial is run once more for each of its steps, with a cancel there
     */
    private record Variant(Arrival arrival, RaceSettings settings, List<KnownPath> memory, boolean cancels) {}

    private SmallWorld() {}

    /** What was run. */
    record Counts(long scenarios, long dials, long connected) {}

    /** How many scenarios there are; their numbers go from 0. */
    static long size() {
        long size = 0;
        for (String families : FAMILIES) {
            size += sizeOf(families);
        }
        return size;
    }

    /**
     * Runs all, on all processors.
     *
     * @throws AssertionError when an invariant does not hold; the message has the scenario's number
     */
    static Counts run() {
        LongAdder connected = new LongAdder();
        long dials = AllProcessors.sum(size(), number -> dials(number, connected));
        return new Counts(size(), dials, connected.sum());
    }

    /** The scenario of a number, without its cancels. */
    static Scenario scenario(long number) {
        String families = familiesOf(number);
        Variant variant = variantOf(number);
        long combination = inFamilies(number) / variants(families).size();
        return variant.arrival.scenario(variant.settings, addresses(families, combination, variant.memory));
    }

    /** All dials of the scenario of this number; how many. */
    static int dials(long number, LongAdder connected) {
        try {
            Scenario scenario = scenario(number);
            SimWorld.Result result = SimWorld.run(scenario);
            connected.add(result.won() ? 1 : 0);
            return 1 + (variantOf(number).cancels ? cancelEachStep(scenario, result.steps()) : 0);
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "scenario " + number + ", to run it again: "
                            + Again.command("SmallWorldTest", "sim.scenario=" + number) + "\n" + failure.getMessage(),
                    failure);
        }
    }

    /** Whether the scenario of this number is run with cancels, too. */
    static boolean hasCancels(long number) {
        return variantOf(number).cancels;
    }

    /** The numbers of all scenarios with addresses of these families of which nothing is remembered. */
    static List<Long> plainNumbersOf(String... families) {
        List<Long> numbers = new ArrayList<>();
        long first = 0;
        for (String each : FAMILIES) {
            for (long i = 0; i < sizeOf(each) && List.of(families).contains(each); i++) {
                if (variantOf(first + i).memory.equals(NOTHING)) {
                    numbers.add(first + i);
                }
            }
            first += sizeOf(each);
        }
        return numbers;
    }

    private static int cancelEachStep(Scenario scenario, int steps) {
        for (int step = 0; step < steps; step++) {
            SimWorld.run(scenario.withCancel(Scenario.Cancel.atStep(step, false)));
            SimWorld.run(scenario.withCancel(Scenario.Cancel.atStep(step, true)));
        }
        return 2 * steps;
    }

    // ---- numbers

    private static long sizeOf(String families) {
        return (long) Math.pow(DOINGS.size(), families.length())
                * variants(families).size();
    }

    private static List<Variant> variants(String families) {
        return families.length() < 3 ? FEW : THREE;
    }

    private static String familiesOf(long number) {
        long rest = number;
        for (String families : FAMILIES) {
            if (rest < sizeOf(families)) {
                return families;
            }
            rest -= sizeOf(families);
        }
        throw new IllegalArgumentException("no scenario " + number);
    }

    /** The number among those of the same families. */
    private static long inFamilies(long number) {
        long rest = number;
        for (String families : FAMILIES) {
            if (rest < sizeOf(families)) {
                break;
            }
            rest -= sizeOf(families);
        }
        return rest;
    }

    private static Variant variantOf(long number) {
        List<Variant> variants = variants(familiesOf(number));
        return variants.get((int) (inFamilies(number) % variants.size()));
    }

    private static List<SimAddress> addresses(String families, long combination, List<KnownPath> memory) {
        List<SimAddress> addresses = new ArrayList<>(families.length());
        long rest = combination;
        for (int i = 0; i < families.length(); i++) {
            Doing doing = DOINGS.get((int) (rest % DOINGS.size()));
            rest /= DOINGS.size();
            Place.Kind kind = families.charAt(i) == '6' ? Place.Kind.GLOBAL_6 : Place.Kind.GLOBAL_4;
            addresses.add(doing.at(Place.of(kind, i), memory.get(i)));
        }
        return addresses;
    }

    // ---- what is combined

    private static List<Variant> few() {
        List<RaceSettings> withCancels = List.of(USUAL, ONE_IN_FLIGHT, QUICK, SEQUENTIAL);
        List<Variant> variants = new ArrayList<>();
        for (Arrival arrival : Arrival.values()) {
            for (RaceSettings settings :
                    List.of(USUAL, ONE_IN_FLIGHT, IPV4_PREFERRED, QUICK, EAGER, SEQUENTIAL, TIMED)) {
                boolean cancels = withCancels.contains(settings);
                variants.add(new Variant(arrival, settings, NOTHING, cancels));
                variants.add(new Variant(arrival, settings, TROUBLE_IN_THE_MIDDLE, false));
                variants.add(new Variant(arrival, settings, TROUBLE_FIRST, false));
            }
        }
        return List.copyOf(variants);
    }

    private static List<Variant> three() {
        List<Arrival> withCancels = List.of(
                Arrival.SIX_THEN_FOUR,
                Arrival.FOUR_THEN_SIX_AT_THE_END_OF_RESOLUTION_DELAY,
                Arrival.ONE_LOOKUP_WITH_ITS_END,
                Arrival.LITERALS,
                Arrival.TAKEN_BACK_AND_GIVEN_AGAIN,
                Arrival.CROWDED);
        List<Variant> variants = new ArrayList<>();
        for (Arrival arrival : Arrival.values()) {
            variants.add(new Variant(arrival, USUAL, NOTHING, withCancels.contains(arrival)));
            for (RaceSettings settings : List.of(ONE_IN_FLIGHT, IPV4_PREFERRED, QUICK, EAGER, SEQUENTIAL)) {
                variants.add(new Variant(arrival, settings, NOTHING, false));
            }
            variants.add(new Variant(arrival, USUAL, TROUBLE_IN_THE_MIDDLE, false));
            variants.add(new Variant(arrival, USUAL, TROUBLE_FIRST, false));
            variants.add(new Variant(arrival, QUICK, TROUBLE_IN_THE_MIDDLE, false));
        }
        return List.copyOf(variants);
    }
}
