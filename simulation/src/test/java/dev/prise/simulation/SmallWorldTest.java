package dev.prise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** The small world, exhausted in every build; or one of its scenarios again. */
class SmallWorldTest {
    @Test
    void everyDial() {
        Long scenario = Long.getLong("sim.scenario");
        if (scenario != null) {
            LongAdder connected = new LongAdder();
            int dials = SmallWorld.dials(scenario, connected);
            System.out.printf(Locale.ROOT, "small world: scenario %d, %,d dials, no violation%n", scenario, dials);
            return;
        }
        SmallWorld.Counts counts = SmallWorld.run();
        System.out.printf(
                Locale.ROOT,
                "small world: %,d scenarios, %,d dials, %,d scenarios connected, no violation%n",
                counts.scenarios(),
                counts.dials(),
                counts.connected());
        assertThat(counts.scenarios()).isEqualTo(SmallWorld.size()).isGreaterThan(2_000_000);
        assertThat(counts.dials()).isGreaterThan(counts.scenarios());
        assertThat(counts.connected()).isBetween(counts.scenarios() / 10, counts.scenarios() * 9 / 10);
    }

    @Test
    void numbersGoFromZeroToTheLast() {
        assertThat(SmallWorld.scenario(0).addresses()).isEmpty();
        assertThat(SmallWorld.scenario(SmallWorld.size() - 1).addresses()).hasSize(3);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SmallWorld.scenario(SmallWorld.size()));
    }
}
