package dev.prise.simulation;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs the simulation from the command line: {@code Simulation [RUNS [SEED]]}. First the small world, unless it is a single dial that
 * is to be run again, then as many dials of the big one; ends with status 1 and the story of the dial when an invariant does not hold.
 */
public final class Simulation {
    private Simulation() {}

    /**
     * Runs it.
     *
     * @param arguments how many dials, by default 1,000,000, and the seed, by default a fresh one
     */
    public static void main(String[] arguments) {
        long runs = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        long seed = arguments.length > 1
                ? Long.parseLong(arguments[1])
                : ThreadLocalRandom.current().nextLong();
        try {
            if (runs > 1) {
                small();
            }
            big(seed, runs);
        } catch (AssertionError violation) {
            System.out.println(violation.getMessage());
            System.exit(1);
        }
    }

    private static void small() {
        long startedAt = System.nanoTime();
        SmallWorld.Counts counts = SmallWorld.run();
        System.out.printf(
                Locale.ROOT,
                "small world: %,d scenarios, %,d dials, %.1f s, no violation%n",
                counts.scenarios(),
                counts.dials(),
                (System.nanoTime() - startedAt) / 1e9);
    }

    private static void big(long seed, long runs) {
        System.out.printf(Locale.ROOT, "big world: seed %d, %,d dials%n", seed, runs);
        long startedAt = System.nanoTime();
        long connected = BigWorld.run(seed, runs);
        System.out.printf(
                Locale.ROOT,
                "big world: %,d dials, %,d of them connected, %.1f s, no violation%n",
                runs,
                connected,
                (System.nanoTime() - startedAt) / 1e9);
    }
}
