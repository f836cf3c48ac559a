package dev.prise.simulation;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs the simulation from the command line: {@code Simulation [RUNS [SEED [FIRST]]]}. First the small world, unless dials are to be run
 * again or a run goes on, then as many dials of the big one, from number FIRST on; ends with status 1 and the story of the dial when an
 * invariant does not hold. After each million it says with which FIRST a run that is stopped goes on.
 */
public final class Simulation {
    private static final long PIECE = 1_000_000;

    private Simulation() {}

    /**
     * Runs it.
     *
     * @param arguments how many dials, by default 1,000,000; the seed, by default a fresh one; the number of the first dial, by default 0
     */
    public static void main(String[] arguments) {
        long runs = arguments.length > 0 ? Long.parseLong(arguments[0]) : PIECE;
        long seed = arguments.length > 1
                ? Long.parseLong(arguments[1])
                : ThreadLocalRandom.current().nextLong();
        long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        try {
            if (runs > 1 && first == 0) {
                small();
            }
            big(seed, first, runs);
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

    private static void big(long seed, long first, long runs) {
        System.out.printf(Locale.ROOT, "big world: seed %d, %,d dials from number %d on%n", seed, runs, first);
        long startedAt = System.nanoTime();
        long connected = 0;
        for (long done = 0; done < runs; done += PIECE) {
            long piece = Math.min(PIECE, runs - done);
            connected += BigWorld.run(seed, first + done, piece);
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "big world: %,d dials, %,d of them connected, %.1f s, %,.0f dials/s, no violation; to go on: %d %d %d%n",
                    done + piece,
                    connected,
                    seconds,
                    (done + piece) / seconds,
                    runs - done - piece,
                    seed,
                    first + done + piece);
        }
    }
}
