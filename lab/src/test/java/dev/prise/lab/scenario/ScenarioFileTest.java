package dev.prise.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.prise.lab.DnsScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {
    private static List<Scenario> parse(String text) throws IOException {
        return ScenarioFile.parse("test", text);
    }

    @Test
    @DisplayName(
            "the laboratory's own file is as it should be: names, behaviours, and a script of DNS that can be read")
    void own() throws Exception {
        List<Scenario> scenarios = ScenarioFile.read(Path.of("scenarios.yaml"));
        assertThat(scenarios.stream().map(Scenario::family).distinct()).hasSizeGreaterThanOrEqualTo(40);
        for (Scenario scenario : scenarios) {
            Map<String, String> addresses = new HashMap<>();
            for (Place place : scenario.places()) {
                addresses.put(place.name(), place.isSix() ? "2001:db8::1" : "192.0.2.1");
            }
            List<String> lines = scenario.dnsLines(addresses).stream()
                    .map(line -> "name.test " + line)
                    .toList();
            DnsScript.parse(scenario.name(), lines);
        }
    }

    @Test
    @DisplayName("addresses are called by family and letter, and a number makes several")
    void places() throws IOException {
        Scenario scenario = parse("""
                - {name: n, shows: s, right: r, rule: u, inet6: [hole * 28, good], inet: [refused], expect: {}}
                """).getFirst();
        assertThat(scenario.places()).hasSize(30);
        assertThat(scenario.places().get(25).name()).isEqualTo("6z");
        assertThat(scenario.places().get(26).name()).isEqualTo("6aa");
        assertThat(scenario.places().getLast().name()).isEqualTo("4a");
    }

    @Test
    @DisplayName("several dials make it a scenario of the memory, which other clients have not")
    void dials() throws IOException {
        String fields = "name: n, shows: s, right: r, rule: u, inet: [good], expect: {}";
        Scenario one = parse("- {" + fields + "}").getFirst();
        assertThat(one.dialCount()).isEqualTo(1);
        assertThat(one.isForAll()).isTrue();
        Scenario two = parse("- {" + fields + ", dials: 2}").getFirst();
        assertThat(two.dialCount()).isEqualTo(2);
        assertThat(two.isForAll()).isFalse();
        assertThatIOException().isThrownBy(() -> parse("- {" + fields + ", dials: 0}"));
    }

    @Test
    @DisplayName("DNS answers with all addresses of the family, in order, unless told otherwise")
    void dns() throws IOException {
        Scenario scenario = parse("""
                - name: n
                  shows: s
                  right: r
                  rule: u
                  inet6: [good, good]
                  dns: {AAAA: delay 2s, HTTPS: answer 1 . ipv6hint=6b}
                  expect: {}
                """).getFirst();
        assertThat(scenario.dnsLines(Map.of("6a", "::a", "6b", "::b")))
                .containsExactly("AAAA delay 2s answer ::a ::b", "A empty", "HTTPS answer 1 . ipv6hint=::b");
        assertThatIllegalArgumentException().isThrownBy(() -> scenario.dnsLines(Map.of("6a", "::a")));
    }

    @Test
    @DisplayName("a sweep becomes a scenario for each value, with what holds in its part beside what holds in all")
    void sweep() throws IOException {
        List<Scenario> scenarios = parse("""
                - name: n
                  shows: s
                  right: r
                  rule: u
                  inet6: [syn delay $value ms]
                  inet: [good]
                  dns: {A: delay $valuems}
                  expect: {winner: 6a}
                  sweep: {from: 0, to: 20, step: 10, cases: [{from: 10, to: 10, expect: {winner: 4a, queries: A}}]}
                """);
        assertThat(scenarios).extracting(Scenario::name).containsExactly("n-000", "n-010", "n-020");
        assertThat(scenarios).extracting(Scenario::family).containsOnly("n");
        assertThat(scenarios).extracting(Scenario::runCount).containsOnly(1);
        assertThat(scenarios).extracting(scenario -> scenario.expect().winner()).containsExactly("6a", "4a", "6a");
        assertThat(scenarios.get(1).expect().queries()).isEqualTo("A");
        assertThat(scenarios.get(2).places().getFirst().behaviour().number()).isEqualTo(20);
        assertThat(scenarios.get(2).dns()).containsEntry("A", "delay 20ms");
    }

    @Test
    @DisplayName("a field that does not exist, a missing one, a wrong behaviour and a name used twice are refused")
    void refused() {
        String good = "- {name: n, shows: s, right: r, rule: u, expect: {}}\n";
        for (String text : List.of(
                "- {name: n, shows: s, right: r, rule: u, expect: {}, inet5: [good]}",
                "- {name: n, shows: s, right: r, rule: u}",
                "- {name: N, shows: s, right: r, rule: u, expect: {}}",
                "- {name: n, shows: s, right: r, rule: u, inet: [fine], expect: {}}",
                "- {name: n, shows: s, right: r, rule: u, inet: [good], expect: {winner: 4b}}",
                "- {name: n, shows: s, right: r, rule: u, expect: {}, sweep: {from: 0, to: 9, step: 0}}",
                "- {name: n, shows: s, right: r, rule: u, expect: {}, sweep: {from: 9, to: 0, step: 1}}",
                good + good,
                "nothing: at all")) {
            assertThatIOException().as(text).isThrownBy(() -> parse(text));
        }
    }
}
