package dev.prise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The whole small world, in every build. */
class SmallWorldTest {
    @Test
    void everyDialOfTheSmallWorld() {
        SmallWorld.Counts counts = SmallWorld.run();
        System.out.printf(
                Locale.ROOT,
                "small world: %,d scenarios, %,d dials with the cancels, no violation%n",
                counts.scenarios(),
                counts.dials());
        // behaviours of one address, of two in three mixes, of three in four; orders of arrival; settings
        assertThat(counts.scenarios()).isEqualTo((2 * 12 + 3 * 12 * 12 + 4 * 12 * 12 * 12) * 21L * 3);
        assertThat(counts.dials()).isGreaterThan(4 * counts.scenarios());
        // a world in which nothing or everything connects would test little
        assertThat(counts.connected()).isBetween(counts.scenarios() / 4, counts.scenarios() * 3 / 4);
    }
}
