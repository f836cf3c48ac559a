package dev.prise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A sample of the big world, another one in every build; the log says which. */
class BigWorldTest {
    private static final long RUNS = Long.getLong("sim.runs", 200_000);
    private static final long FIRST = Long.getLong("sim.first", 0);

    @Test
    void seededDials() {
        Long given = Long.getLong("sim.seed");
        long seed = given != null ? given : System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "big world: %,d dials; to run them again: -Dsim.seed=%d -Dsim.first=%d -Dsim.runs=%d%n",
                RUNS,
                seed,
                FIRST,
                RUNS);
        long connected = BigWorld.run(seed, FIRST, RUNS);
        System.out.printf(Locale.ROOT, "big world: %,d of them connected, no violation%n", connected);
        if (RUNS >= 1_000) {
            assertThat(connected).isBetween(RUNS / 10, RUNS * 9 / 10);
        }
    }

    @Test
    void theFirstDialHasTheGivenSeed() {
        assertThat(BigWorld.seedOf(27015, 0)).isEqualTo(27015);
        assertThat(LongStream.range(0, 10_000)
                        .map(i -> BigWorld.seedOf(27015, i))
                        .distinct())
                .hasSize(10_000);
    }
}
