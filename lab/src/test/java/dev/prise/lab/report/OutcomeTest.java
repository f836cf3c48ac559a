package dev.prise.lab.report;

import static dev.prise.lab.report.Invented.connected;
import static dev.prise.lab.report.Invented.scenario;
import static dev.prise.lab.report.Invented.unconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Scenario HOLE = scenario("hole");
    private static final Scenario NO_SUCH_NAME = scenario("no-such-name", "expect: {exit: 3}");

    @Test
    void runsThatAgreeTellTheirMedian() {
        Outcome outcome =
                outcome(HOLE, connected("hole", "c", 254), connected("hole", "c", 251), connected("hole", "c", 260));

        assertThat(outcome.text(HOLE)).isEqualTo("254");
        assertThat(outcome.isRight()).isTrue();
    }

    @Test
    void runsThatScatterTellTheirRange() {
        Outcome outcome =
                outcome(HOLE, connected("hole", "c", 12), connected("hole", "c", 7.5), connected("hole", "c", 140));

        assertThat(outcome.text(HOLE)).isEqualTo("12.0 (7.5–140)");
    }

    @Test
    void whereRunsDisagreeMostOfThemCount() {
        Outcome once = outcome(
                HOLE,
                connected("hole", "c", 254),
                unconnected("hole", "c", 1, 3000),
                unconnected("hole", "c", 1, 3060));
        Outcome twice = outcome(
                HOLE, connected("hole", "c", 254), unconnected("hole", "c", null, 12_000), connected("hole", "c", 256));

        assertThat(once.text(HOLE)).isEqualTo("✗ 3.0 s (2/3)");
        assertThat(twice.text(HOLE)).isEqualTo("255 (2/3)");
        assertThat(once.isRight()).isFalse();
        assertThat(twice.isRight()).isFalse();
    }

    @Test
    void whoIsEndedByTheLaboratoryNeverConnected() {
        Scenario longer = scenario("hole", "limitSeconds: 15");

        assertThat(outcome(HOLE, unconnected("hole", "c", null, 12_003)).text(HOLE))
                .isEqualTo("> 12 s");
        assertThat(outcome(longer, unconnected("hole", "c", null, 15_003)).text(longer))
                .isEqualTo("> 15 s");
    }

    @Test
    void whereFailingIsRightItTellsWhenItEnded() {
        Outcome outcome = outcome(NO_SUCH_NAME, unconnected("no-such-name", "c", 3, 36.04));

        assertThat(outcome.text(NO_SUCH_NAME)).isEqualTo("✗ 36.0 ms");
        assertThat(outcome.isRight()).isTrue();
        assertThat(outcome(NO_SUCH_NAME, connected("no-such-name", "c", 4)).isRight())
                .isFalse();
    }

    @Test
    void withoutRunsThereIsNone() {
        assertThat(Outcome.of(HOLE, List.of())).isEmpty();
    }

    private static Outcome outcome(Scenario scenario, Observation... runs) {
        return Outcome.of(scenario, List.of(runs)).orElseThrow();
    }
}
