package dev.prise.lab.report;

import static dev.prise.lab.report.Invented.connected;
import static dev.prise.lab.report.Invented.scenario;
import static dev.prise.lab.report.Invented.unconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Scenario PLAIN = scenario("s");

    @Test
    void aRivalWithinTheMarginIsBestAndNotBetter() {
        Comparison comparison = compare(PLAIN, connected("s", "prise", 20), connected("s", "a", 5));

        assertThat(comparison.best()).extracting(Client::name).containsExactly("a");
        assertThat(comparison.better()).isEmpty();
        assertThat(comparison.isUnexplained()).isFalse();
    }

    @Test
    void aRivalBeyondTheMarginMustBeExplained() {
        Observation[] runs = {connected("s", "prise", 260), connected("s", "a", 240), connected("s", "b", 0.5)};

        Comparison bare = compare(PLAIN, runs);
        Comparison noted = compare(scenario("s", "faster: It asks for nothing"), runs);

        assertThat(bare.better())
                .extracting(better -> better.client().name(), Comparison.Better::aheadMillis)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", 259.5),
                        org.assertj.core.groups.Tuple.tuple("a", 20.0));
        assertThat(bare.isUnexplained()).isTrue();
        assertThat(noted.better()).hasSize(2);
        assertThat(noted.isUnexplained()).isFalse();
    }

    @Test
    void aRivalThatDoesNotConnectInEveryRunIsNeitherBestNorBetter() {
        Comparison comparison = compare(
                PLAIN,
                connected("s", "prise", 260),
                connected("s", "a", 1),
                connected("s", "a", 1),
                unconnected("s", "a", 1, 3));

        assertThat(comparison.best()).extracting(Client::name).containsExactly("prise");
        assertThat(comparison.better()).isEmpty();
    }

    @Test
    void whereOursFailsOnceEveryRivalThatDoesNotIsBetter() {
        Comparison comparison = compare(
                PLAIN, connected("s", "prise", 1), unconnected("s", "prise", null, 12_000), connected("s", "a", 9000));

        assertThat(comparison.isUnexplained()).isTrue();
        assertThat(comparison.isOursRight()).isFalse();
    }

    @Test
    void equalTextsShareTheBest() {
        Comparison comparison = compare(PLAIN, connected("s", "prise", 0.52), connected("s", "a", 0.51));

        assertThat(comparison.best()).hasSize(2);
    }

    @Test
    void whereFailingIsRightTheEarlierEndIsBetter() {
        Scenario refused = scenario("s", "expect: {exit: 1}");

        Comparison comparison =
                compare(refused, unconnected("s", "prise", 1, 60), unconnected("s", "a", 1, 5), connected("s", "b", 1));

        assertThat(comparison.better())
                .extracting(better -> better.client().name())
                .containsExactly("a");
    }

    @Test
    void whereAllAreToldWhenToFailNobodyIsBest() {
        Scenario timed = scenario("s", "expect: {exit: 1}", "timedSeconds: 3");

        Comparison comparison = compare(timed, unconnected("s", "prise", 1, 3050), unconnected("s", "a", 1, 3000));

        assertThat(comparison.best()).isEmpty();
        assertThat(comparison.better()).isEmpty();
    }

    @Test
    void withoutRunsOfOursNobodyIsBetter() {
        Comparison comparison = compare(PLAIN, connected("s", "a", 5));

        assertThat(comparison.better()).isEmpty();
    }

    private static Comparison compare(Scenario scenario, Observation... runs) {
        return Comparison.of(Invented.study(List.of(scenario), List.of("prise", "a", "b"), runs), scenario);
    }
}
