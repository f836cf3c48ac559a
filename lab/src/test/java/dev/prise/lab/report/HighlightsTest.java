package dev.prise.lab.report;

import static dev.prise.lab.report.Invented.connected;
import static dev.prise.lab.report.Invented.scenario;
import static dev.prise.lab.report.Invented.unconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.lab.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class HighlightsTest {
    private static final Scenario HOLE = scenario("v6-hole");
    private static final Scenario DROPPED = scenario("dns-a-dropped");
    private static final Scenario ALL_DEAD = scenario("all-dead-10-10", "expect: {exit: 1}");

    @Test
    void sentencesCountWhatWasObserved() {
        Study study = Invented.study(
                List.of(HOLE, DROPPED, ALL_DEAD),
                List.of("prise", "a", "b"),
                connected("v6-hole", "prise", 254.4),
                connected("v6-hole", "a", 254.2),
                unconnected("v6-hole", "b", null, 12_000),
                connected("dns-a-dropped", "prise", 4),
                unconnected("dns-a-dropped", "a", 1, 15_010),
                unconnected("dns-a-dropped", "b", 1, 15_020),
                unconnected("all-dead-10-10", "prise", 1, 6000, "syn 6a", 1, "syn 4a", 251),
                unconnected("all-dead-10-10", "a", 1, 6000, "syn 6a", 1));

        assertThat(new Highlights(study).sentences())
                .containsExactly(
                        "In 2 scenarios some client connects in every run, before the laboratory ends it. Each of them does so in:"
                                + " 2 (prise); 1 (a); 0 (b).",
                        "IPv6 never answers, IPv4 is good (`v6-hole`): 254 ms (a, prise); not within 12 s (b).",
                        "A is never answered, AAAA at once (`dns-a-dropped`): 4 ms (prise); failed after 15.0 s (a, b).",
                        "Of twenty addresses that never answer (`all-dead-10-10`) are tried within 6 s: 2 (prise); 1 (a).");
    }

    @Test
    void whatWasNotRunIsNotTold() {
        assertThat(new Highlights(Invented.study(List.of(HOLE), List.of("prise"))).sentences())
                .isEmpty();
    }
}
