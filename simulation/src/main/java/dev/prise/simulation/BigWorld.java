package dev.prise.simulation;

import static dev.prise.simulation.Millis.MILLI;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.race.KnownPath;
import dev.prise.race.RaceSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dials drawn at random from a big world: random numbers within their bounds, up to thirty addresses of seven kinds, lookups in any
 * shape, and, in half of the dials, late and early wake-ups, shuffled batches of events, unknown and stale numbers.
 */
final class BigWorld {
    private static final int MAX_ADDRESSES = 30;

    /** Round times make events coincide with each other and with the race's own timers. */
    private static final long[] ROUND_MILLIS = {0, 0, 1, 5, 10, 20, 50, 50, 60, 100, 200, 250, 250, 260, 300, 500, 750};

    private final Random random;
    private final List<SimAddress> known = new ArrayList<>();
    private final List<SimLookup> reserve = new ArrayList<>();

    private BigWorld(Random random) {
        this.random = random;
    }

    /**
     * Runs dials on all processors.
     *
     * @param seed dial 0 has this one, so that a failing dial can be run again alone
     * @param first the number of the first dial, so that many can be run in pieces
     * @param runs how many
     * @return how many connected
     * @throws AssertionError when an invariant does not hold; the message has the dial's own seed
     */
    static long run(long seed, long first, long runs) {
        return AllProcessors.sum(runs, i -> dial(seedOf(seed, first + i)) ? 1 : 0);
    }

    static long seedOf(long base, long dial) {
        if (dial == 0) {
            return base;
        }
        // the mixing function of SplitMix64
        long mixed = base + dial * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** Runs one dial; whether it connected. */
    static boolean dial(long seed) {
        return dial(seed, Machine::race);
    }

    static boolean dial(long seed, Machine.Factory factory) {
        try {
            Random random = new Random(seed);
            Scenario scenario = new BigWorld(random).scenario();
            boolean disturbed = random.nextBoolean();
            SimWorld.Disturbance disturbance = disturbed
                    ? new SimWorld.Disturbance(random, random.nextInt(3) == 0 ? random.nextLong(30 * MILLI) : 0)
                    : SimWorld.Disturbance.NONE;
            SimWorld.Result result = new SimWorld(scenario, factory, disturbance).run();
            if (!disturbed) {
                oneMoreAddress(scenario, factory, result);
            }
            return result.won();
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + ", to run it again: "
                            + Again.command("BigWorldTest", "sim.seed=" + seed, "sim.runs=1") + "\n"
                            + failure.getMessage(),
                    failure);
        }
    }

    // ---- invariant 9

    /** Adds a hole behind all others of its family, and compares when the others were started. */
    static void oneMoreAddress(Scenario scenario, Machine.Factory factory, SimWorld.Result before) {
        int count = scenario.addresses().size() + 1;
        RaceSettings settings = scenario.settings();
        boolean fits = count <= settings.maxAddresses() && count <= settings.maxInFlight();
        Scenario larger = fits && isPlain(scenario) && !reorders(scenario) ? withOneMore(scenario) : null;
        if (larger == null) {
            return;
        }
        SimWorld.Result after = new SimWorld(larger, factory, SimWorld.Disturbance.NONE).run();
        // a hole between two loopback addresses also brings the floor back, which does not apply between those two
        boolean loopback = scenario.addresses().values().stream()
                .anyMatch(address -> address.candidate().address().isLocal());
        long postponement = settings.attemptDelayNanos() + (loopback ? settings.attemptFloorNanos() : 0);
        for (Map.Entry<AddressInfo, Long> start : before.starts().entrySet()) {
            long allowedAt = start.getValue() + postponement;
            Long startedAt = after.starts().get(start.getKey());
            if (startedAt == null ? after.overAtNanos() > allowedAt : startedAt > allowedAt) {
                Violation violation = new Violation(
                        Invariant.ONE_MORE_ADDRESS,
                        start.getKey() + " started at " + Millis.text(start.getValue()) + ", with one more address at "
                                + (startedAt == null ? "no time at all" : Millis.text(startedAt)));
                throw new AssertionError(violation.getMessage() + "\n" + larger, violation);
            }
        }
    }

    /**
     * Whether one more attempt does nothing but take its delay. With quickening, a delay multiplier, readiness, or in a sequential dial, it
     * may also change how long others are waited for.
     */
    private static boolean isPlain(Scenario scenario) {
        RaceSettings settings = scenario.settings();
        return scenario.cancel().isNone()
                && scenario.changes().isEmpty()
                && scenario.reserve().isEmpty()
                && !settings.sequential()
                && settings.quickenAfter() == 0
                && settings.delayMultiplier() == 1
                && scenario.addresses().values().stream()
                        .allMatch(address -> !address.isReached()
                                && address.candidate().path().equals(KnownPath.NONE));
    }

    /** Whether the order may change on the way: a family is demoted, or a late address is better ranked than one that waits. */
    private static boolean reorders(Scenario scenario) {
        Set<Place.Kind> six = EnumSet.noneOf(Place.Kind.class);
        Set<Place.Kind> four = EnumSet.noneOf(Place.Kind.class);
        for (SimAddress address : scenario.addresses().values()) {
            (address.family() == AddressFamily.INET6 ? six : four)
                    .add(address.place().kind());
            if (address.behaviour() == Behaviour.LOCAL_FAMILY) {
                return true;
            }
        }
        return six.size() > 1 || four.size() > 1;
    }

    private static @Nullable Scenario withOneMore(Scenario scenario) {
        for (int l = 0; l < scenario.lookups().size(); l++) {
            SimLookup lookup = scenario.lookups().get(l);
            for (int a = lookup.answers().size() - 1; a >= 0; a--) {
                SimLookup.Answer answer = lookup.answers().get(a);
                if (answer.addresses().isEmpty()) {
                    continue;
                }
                AddressFamily family = answer.addresses().getLast().family();
                if (!isLastOfFamily(scenario, lookup, a, family)
                        || !lookup.family().admits(family)) {
                    return null;
                }
                Place.Kind kind = family == AddressFamily.INET6 ? Place.Kind.NO_SOURCE_6 : Place.Kind.NO_SOURCE_4;
                List<SimAddress> addresses = new ArrayList<>(answer.addresses());
                addresses.add(new SimAddress(Place.of(kind, Place.COUNT - 1), Behaviour.HOLE, 0));
                List<SimLookup.Answer> answers = new ArrayList<>(lookup.answers());
                answers.set(a, new SimLookup.Answer(answer.atNanos(), addresses, answer.last()));
                List<SimLookup> lookups = new ArrayList<>(scenario.lookups());
                lookups.set(l, new SimLookup(lookup.family(), answers, lookup.end(), lookup.endAtNanos()));
                return new Scenario(scenario.settings(), lookups, scenario.known());
            }
        }
        return null;
    }

    /** Whether no later answer of this lookup brings addresses of the family; other lookups ask for the other family. */
    private static boolean isLastOfFamily(Scenario scenario, SimLookup lookup, int answer, AddressFamily family) {
        boolean later = lookup.answers().subList(answer + 1, lookup.answers().size()).stream()
                .flatMap(a -> a.addresses().stream())
                .anyMatch(a -> a.family() == family);
        boolean used = scenario.addresses().values().stream()
                .anyMatch(a -> a.place().equals(Place.of(Place.Kind.NO_SOURCE_6, Place.COUNT - 1))
                        || a.place().equals(Place.of(Place.Kind.NO_SOURCE_4, Place.COUNT - 1)));
        return !later && !used;
    }

    // ---- drawing

    private Scenario scenario() {
        int count = random.nextInt(3) == 0 ? random.nextInt(MAX_ADDRESSES + 1) : random.nextInt(6);
        boolean loopback = random.nextInt(4) == 0;
        boolean plain = random.nextInt(5) == 0;
        boolean remembers = !plain && random.nextInt(3) == 0;
        boolean demanding = !plain && random.nextInt(4) == 0;
        boolean silent = random.nextInt(5) == 0;
        List<SimAddress> six = new ArrayList<>();
        List<SimAddress> four = new ArrayList<>();
        int sixOfTen = random.nextInt(4) == 0 ? random.nextInt(2) * 10 : 5;
        for (int i = 0; i < count; i++) {
            boolean isSix = random.nextInt(10) < sixOfTen;
            SimAddress address = address(kind(isSix, loopback), silent);
            address = demanding ? demanding(address) : address;
            (isSix ? six : four).add(remembers ? address.with(memory()) : address);
        }
        List<SimAddress> all = new ArrayList<>(six);
        all.addAll(four);
        RaceSettings settings = plain
                ? settings().toBuilder()
                        .quickenAfter(0)
                        .delayMultiplier(1)
                        .sequential(false)
                        .build()
                : settings();
        return new Scenario(
                settings,
                lookups(six, four),
                reserve,
                known,
                !plain && random.nextInt(4) == 0 && !all.isEmpty() ? changes(all) : List.of(),
                cancel(settings));
    }

    /** A dial without a deadline may never end by itself. */
    private Scenario.Cancel cancel(RaceSettings settings) {
        if (random.nextInt(6) == 0) {
            return Scenario.Cancel.at(time() + random.nextInt(2) * time());
        }
        return settings.deadlineNanos() == Long.MAX_VALUE ? Scenario.Cancel.at(60_000 * MILLI) : Scenario.Cancel.NONE;
    }

    private List<SimLookup> lookups(List<SimAddress> six, List<SimAddress> four) {
        List<SimLookup> lookups = new ArrayList<>(2);
        switch (random.nextInt(9)) {
            case 0 -> {
                known.addAll(six);
                known.addAll(random.nextInt(known.size() + 1), four);
            }
            case 1 -> lookups.add(lookup(AddressFamily.INET6, six));
            case 2, 3 -> {
                six.addAll(random.nextInt(six.size() + 1), four);
                lookups.add(lookup(AddressFamily.UNSPEC, six));
            }
            case 4 -> {
                lookups.add(lookup(AddressFamily.INET, four));
                lookups.add(lookup(AddressFamily.INET6, six));
            }
            case 5 -> {
                // families out of reach; now and then all of them
                if (random.nextInt(4) == 0) {
                    reserve.add(lookup(AddressFamily.INET, four));
                } else {
                    lookups.add(lookup(AddressFamily.INET, random.nextBoolean() ? List.of() : four));
                }
                reserve.add(lookup(AddressFamily.INET6, six));
            }
            default -> {
                lookups.add(lookup(AddressFamily.INET6, six));
                lookups.add(lookup(AddressFamily.INET, four));
            }
        }
        return lookups;
    }

    private List<Scenario.Change> changes(List<SimAddress> all) {
        List<Scenario.Change> changes = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int which = random.nextInt(all.size());
            List<SimAddress> some = all.subList(which, which + 1 + random.nextInt(Math.min(2, all.size() - which)));
            long from = time();
            switch (random.nextInt(3)) {
                case 0 -> changes.addAll(Scenario.Change.crowded(from, some, true));
                case 1 -> {
                    changes.addAll(Scenario.Change.crowded(from, some, true));
                    changes.addAll(Scenario.Change.crowded(from + time(), some, false));
                }
                default -> changes.add(Scenario.Change.removed(from, some));
            }
        }
        return changes;
    }

    /** Whole milliseconds, so that tenths of what is computed from them are whole numbers. */
    private KnownPath memory() {
        long smoothed = pick(KnownPath.NO_RTT, 1, 15, 20, 25, 80, 200, 1 + random.nextInt(1_500));
        boolean known = smoothed != KnownPath.NO_RTT;
        return new KnownPath(
                known ? smoothed * MILLI : KnownPath.NO_RTT,
                known ? random.nextInt(100) * MILLI : KnownPath.NO_RTT,
                random.nextInt(3) == 0,
                random.nextInt(3) == 0 ? "refused 12 s ago" : null);
    }

    /** One that has to show that it is ready, if it is one that can be reached. */
    private SimAddress demanding(SimAddress address) {
        return switch (address.behaviour()) {
            case ACCEPTS -> {
                long reached = time();
                SimAddress later = new SimAddress(
                        address.place(),
                        random.nextInt(4) == 0 ? Behaviour.NOT_READY : Behaviour.ACCEPTS,
                        reached + time());
                yield random.nextInt(8) == 0 ? later : later.reachedAfter(reached);
            }
            case HOLE -> random.nextInt(3) == 0 ? address.reachedAfter(time()) : address;
            default -> address;
        };
    }

    private Place.Kind kind(boolean six, boolean loopback) {
        if (loopback && random.nextBoolean()) {
            return six ? Place.Kind.LOOPBACK_6 : Place.Kind.LOOPBACK_4;
        }
        int other = random.nextInt(8);
        if (six) {
            return other == 0 ? Place.Kind.NO_SOURCE_6 : other == 1 ? Place.Kind.UNIQUE_LOCAL_6 : Place.Kind.GLOBAL_6;
        }
        return other == 0 ? Place.Kind.NO_SOURCE_4 : Place.Kind.GLOBAL_4;
    }

    private SimAddress address(Place.Kind kind, boolean silent) {
        Place place = Place.of(kind, random.nextInt(Place.COUNT - 1));
        if (silent && random.nextInt(5) > 0) {
            return new SimAddress(place, Behaviour.HOLE, 0);
        }
        return switch (random.nextInt(21)) {
            case 0, 1, 2, 3 -> new SimAddress(place, Behaviour.ACCEPTS, time());
            case 4, 5, 6, 7, 8 -> new SimAddress(place, Behaviour.REFUSES, time());
            case 9, 10 -> new SimAddress(place, Behaviour.UNREACHABLE, time());
            case 11, 12 -> new SimAddress(place, Behaviour.LOCAL, random.nextInt(4) == 0 ? time() : 0);
            case 13 -> new SimAddress(place, Behaviour.LOCAL_FAMILY, random.nextInt(4) == 0 ? time() : 0);
            case 14 ->
                random.nextInt(8) == 0
                        ? new SimAddress(place, Behaviour.BUG, time())
                        : new SimAddress(place, Behaviour.HOLE, 0);
            case 15 -> new SimAddress(place, Behaviour.GIVEN_UP, time());
            default -> new SimAddress(place, Behaviour.HOLE, 0);
        };
    }

    private SimLookup lookup(AddressFamily family, List<SimAddress> addresses) {
        List<SimLookup.Answer> answers = new ArrayList<>();
        long at = time();
        int from = 0;
        while (from < addresses.size()) {
            int to = random.nextInt(3) == 0 ? from + 1 + random.nextInt(addresses.size() - from) : addresses.size();
            answers.add(new SimLookup.Answer(at, addresses.subList(from, to)));
            if (random.nextInt(8) == 0) {
                // the same addresses once more
                answers.add(new SimLookup.Answer(at + time(), addresses.subList(0, to)));
            }
            at += time();
            from = to;
        }
        answers.sort((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        long lastAt = answers.isEmpty() ? at : answers.getLast().atNanos();
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> {
                endWithAnAnswer(answers, at);
                yield new SimLookup(family, answers, SimLookup.End.NEVER, 0);
            }
            case 5 -> {
                // and once more, which must not matter
                endWithAnAnswer(answers, at);
                yield new SimLookup(
                        family,
                        answers,
                        random.nextBoolean() ? SimLookup.End.ENDED : SimLookup.End.FAILED,
                        lastAt + time());
            }
            case 6, 7 -> new SimLookup(family, answers, SimLookup.End.NEVER, 0);
            case 8 -> new SimLookup(family, answers, SimLookup.End.FAILED, lastAt + time());
            case 9 -> new SimLookup(family, answers, SimLookup.End.NO_SUCH_NAME, lastAt + time());
            case 10 -> new SimLookup(family, answers, SimLookup.End.ENDED, time());
            case 11, 12 -> new SimLookup(family, answers, SimLookup.End.ENDED, lastAt + time());
            default -> new SimLookup(family, answers, SimLookup.End.ENDED, lastAt);
        };
    }

    /** Mostly with the latest that brings addresses, now and then with an empty one after it, or with one that others follow. */
    private void endWithAnAnswer(List<SimLookup.Answer> answers, long at) {
        int form = random.nextInt(8);
        if (answers.isEmpty()) {
            answers.add(new SimLookup.Answer(at, List.of(), true));
        } else if (form == 0) {
            answers.add(new SimLookup.Answer(answers.getLast().atNanos() + time(), List.of(), true));
        } else {
            int which = form == 1 ? random.nextInt(answers.size()) : answers.size() - 1;
            answers.set(which, answers.get(which).asLast());
        }
    }

    private RaceSettings settings() {
        if (random.nextInt(4) == 0) {
            return random.nextInt(4) == 0 ? RaceSettings.EAGER : RaceSettings.DEFAULT;
        }
        long attemptDelay = pick(250, 250, 10, 100, 2_000, 10 + random.nextInt(500)) * MILLI;
        boolean sequential = random.nextInt(8) == 0;
        return RaceSettings.builder()
                .resolutionDelayNanos(pick(50, 50, 0, 500, random.nextInt(500)) * MILLI)
                .attemptDelayNanos(attemptDelay)
                .loopbackAttemptDelayNanos(pick(100, 100, 1, 300) * MILLI)
                .attemptFloorNanos(random.nextInt(4) == 0 ? Math.min(attemptDelay, pick(20, 100) * MILLI) : 10 * MILLI)
                .minAttemptDelayNanos(pick(100, 100, 100, 200) * MILLI)
                .maxWarmDelayNanos(pick(1_000, 1_000, 400) * MILLI)
                .maxAttemptDelayNanos(Math.max(attemptDelay, pick(2_000, 2_000, 1_000) * MILLI))
                .delayMultiplier((int) pick(1, 1, 1, 1, 2, 4))
                .quickenAfter((int) pick(4, 4, 1, 2, 0, 0))
                .warmDelays(random.nextInt(8) > 0)
                .sequential(sequential)
                .attemptTimeoutNanos(random.nextInt(8) == 0 ? pick(3_000, 5_000) * MILLI : Long.MAX_VALUE)
                .firstFamilyCount((int) pick(1, 1, 1, 2, 3, 8))
                .preferredFamily(preferred())
                .maxInFlight((int) pick(20, 20, 1, 2, 6, 64))
                .maxAddresses((int) pick(20, 20, 2, 3, 7, 100))
                .evictAfterNanos(pick(3_000, 3_000, 100, 500) * MILLI)
                .lookupTimeoutNanos(pick(10_000, 10_000, 200, 1_000) * MILLI)
                .deadlineNanos(random.nextInt(16) == 0 && !sequential ? Long.MAX_VALUE : deadline())
                .build();
    }

    private AddressFamily preferred() {
        return switch (random.nextInt(4)) {
            case 0 -> AddressFamily.INET;
            case 1 -> AddressFamily.INET6;
            default -> AddressFamily.UNSPEC;
        };
    }

    private long deadline() {
        return pick(30_000, 30_000, 10_000, 2_000, 300, 1) * MILLI;
    }

    private long pick(long... values) {
        return values[random.nextInt(values.length)];
    }

    private long time() {
        long round = pick(ROUND_MILLIS) * MILLI;
        return switch (random.nextInt(10)) {
            case 0 -> round + 1;
            case 1 -> Math.max(0, round - 1);
            case 2, 3, 4 -> random.nextLong(800 * MILLI);
            default -> round;
        };
    }
}
