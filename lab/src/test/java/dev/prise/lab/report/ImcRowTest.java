package dev.prise.lab.report;

import static dev.prise.lab.report.Invented.connected;
import static dev.prise.lab.report.Invented.unconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImcRowTest {
    private static final List<Scenario> SCENARIOS = Invented.scenarios("""
            - {name: dual-healthy, shows: s, right: r, rule: q, expect: {}}
            - {name: v6-hole, shows: s, right: r, rule: q, expect: {}}
            - {name: dns-aaaa-late-2s, shows: s, right: r, rule: q, expect: {}}
            - {name: dns-a-late-2s, shows: s, right: r, rule: q, expect: {}}
            - {name: all-dead-10-10, shows: s, right: r, rule: q, expect: {exit: 1}}
            - {name: cad, shows: s, right: r, rule: q, inet6: [syn delay $value ms], expect: {}, sweep: {from: 0, to: 20, step: 10, cases: []}}
            - {name: rd, shows: s, right: r, rule: q, expect: {}, sweep: {from: 0, to: 100, step: 50, cases: []}}
            - {name: late-a, shows: s, right: r, rule: q, expect: {}, sweep: {from: 0, to: 100, step: 50, cases: []}}
            """);

    @Test
    void aClientThatDoesAllOfIt() {
        List<String> row = row(
                connected("dual-healthy", "c", 1, "6a", "query AAAA", 0, "query A", 0.4, "syn 6a", 1),
                connected("cad-000", "c", 1, "6a", "query AAAA", 0, "query A", 0.2, "syn 6a", 1),
                connected("cad-010", "c", 11, "6a", "syn 6a", 1, "syn 4a", 10.5),
                connected("cad-020", "c", 11, "4a", "syn 6a", 1, "syn 4a", 11.5),
                connected("dns-aaaa-late-2s", "c", 51, "4a", "answer A", 1, "syn 4a", 51.5),
                connected("dns-a-late-2s", "c", 2, "6a", "answer AAAA", 1, "syn 6a", 1.6),
                unconnected("all-dead-10-10", "c", 1, 6000, "syn 6a", 1, "syn 4a", 2, "again 6a", 3, "syn 6b", 4));

        assertThat(row)
                .containsExactly(
                        "c", "yes", "10.0", "IPv6 to 10, IPv4 from 20", "yes", "0.3", "50.5", "0.6", "2 + 1", "yes");
    }

    @Test
    void aClientThatWaitsForAllAndTriesOneAddress() {
        List<String> row = row(
                connected("dual-healthy", "c", 1, "4a", "query A", 0, "query AAAA", 0.1, "syn 4a", 1),
                connected("cad-000", "c", 1, "4a", "syn 4a", 1),
                connected("v6-hole", "c", 1, "4a", "syn 4a", 1),
                connected("dns-aaaa-late-2s", "c", 2003, "6a", "answer A", 1, "answer AAAA", 2000, "syn 6a", 2002),
                connected("dns-a-late-2s", "c", 2002, "6a", "answer AAAA", 1, "answer A", 2000, "syn 6a", 2001),
                unconnected("all-dead-10-10", "c", null, 15_000, "syn 4a", 1));

        assertThat(row)
                .containsExactly(
                        "c",
                        "no",
                        "none",
                        "IPv4 always",
                        "no",
                        "0.1",
                        "none: waits for AAAA",
                        "waits for A",
                        "0 + 1",
                        "no");
    }

    @Test
    void aDelayLongerThanTheSweepIsThatOfTheHole() {
        List<String> row = row(
                connected("cad-000", "c", 1, "6a", "syn 6a", 1),
                connected("v6-hole", "c", 10_002, "4a", "syn 6a", 1, "syn 4a", 10_001));

        assertThat(row.get(2)).isEqualTo("10000");
        assertThat(row.get(3)).isEqualTo("IPv6 always");
    }

    @Test
    void runsThatDisagreeAndScenariosWithoutRunsShow() {
        List<String> row = row(
                connected("dual-healthy", "c", 1, "4a", "query A", 0),
                connected("dual-healthy", "c", 1, "6a", "query A", 0, "query AAAA", 1),
                connected("dual-healthy", "c", 1, "6a", "query AAAA", 0, "query A", 3));

        assertThat(row).containsExactly("c", "in 2 of 3", "–", "–", "in 1 of 2", "2.0", "–", "–", "–", "–");
    }

    @Test
    void aClientThatTriesNothingDoesNotWait() {
        List<String> row = row(unconnected("dns-aaaa-late-2s", "c", 1, 30, "answer A", 1));

        assertThat(row.get(6)).isEqualTo("tries no address");
    }

    @Test
    void detailsTellTheRunsAndTheirRange() {
        Study study = study(
                connected("cad-010", "c", 11, "6a", "syn 6a", 1, "syn 4a", 10.5),
                connected("cad-020", "c", 11, "4a", "syn 6a", 1, "syn 4a", 11.5),
                connected("rd-050", "c", 51, "6a", "answer A", 1, "syn 6a", 48),
                connected("rd-100", "c", 51, "4a", "answer A", 1, "syn 4a", 51.2),
                connected("late-a-050", "c", 51, "6a", "answer AAAA", 1, "syn 6a", 1.5),
                connected("late-a-100", "c", 51, "6a", "answer AAAA", 1, "syn 6a", 3));

        String details = String.join("\n", ImcRow.details(study, study.clients().getFirst()));

        assertThat(details)
                .contains(
                        "2 runs, 9.5 / 10.0 / 10.5 ms. The greatest delay of the SYN-ACK of IPv6 with which IPv6 won is 10 ms")
                .contains("which IPv4 won: 1 run, 50.2 / 50.2 / 50.2 ms.")
                .contains("IPv6 won is 50 ms, the least with which IPv4 won 100 ms")
                .contains("A 0 to 1000 ms late: 2 runs, 0.5 / 1.3 / 2.0 ms")
                .contains("in `dns-a-late-2s`: not measured");
    }

    private static List<String> row(Observation... runs) {
        Study study = study(runs);
        return ImcRow.of(study, study.clients().getFirst());
    }

    private static Study study(Observation... runs) {
        List<Client> clients = List.of(Invented.client("c"));
        return Study.of(SCENARIOS, clients, new Results(List.of(runs)));
    }
}
