package dev.prise.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.prise.lab.net.Packet;
import dev.prise.lab.scenario.Scenario;
import dev.prise.lab.scenario.ScenarioFile;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final int SYN = 2;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int RESET = 4;

    private final Recorder recorder = new Recorder("s", "prise");

    private static Scenario scenario(String expect) throws IOException {
        return ScenarioFile.parse(
                        "test",
                        "- {name: s, shows: s, right: r, rule: u, inet6: [good], inet: [good], expect: {" + expect
                                + "}}")
                .getFirst();
    }

    private void segment(long atMillis, String address, int port, int flags) throws IOException {
        boolean outgoing = flags == SYN || flags == ACK;
        Packet.Endpoint ours = new Packet.Endpoint(InetAddress.getByName("2001:db8::9"), port);
        Packet.Endpoint theirs = new Packet.Endpoint(InetAddress.getByName(address), 7000);
        recorder.name(theirs, address.contains(":") ? "6a" : "4a");
        recorder.add(new Packet.Segment(nanos(atMillis), outgoing ? ours : theirs, outgoing ? theirs : ours, flags));
    }

    private static long nanos(long millis) {
        return (1000 + millis) * 1_000_000;
    }

    private Observation fallback(long second) throws IOException {
        recorder.add(new Packet.Dns(nanos(0), "n", 28, -1));
        recorder.add(new Packet.Dns(nanos(1), "n", 1, -1));
        recorder.add(new Packet.Dns(nanos(2), "n", 28, 0));
        segment(3, "2001:db8::1", 1, SYN);
        segment(second, "192.0.2.1", 2, SYN);
        segment(second + 1, "192.0.2.1", 2, SYN_ACK);
        segment(second + 2, "192.0.2.1", 2, ACK);
        segment(second + 900, "2001:db8::1", 1, SYN);
        return recorder.observation(0, nanos(second + 1000), 0, "");
    }

    @Test
    @DisplayName("packets become events, counted from the first one")
    void observation() throws IOException {
        Observation seen = fallback(253);
        assertThat(seen.winner()).isEqualTo("4a");
        assertThat(seen.connectedMillis()).isEqualTo(255.0);
        assertThat(seen.queries()).containsExactly("AAAA", "A");
        assertThat(seen.attempts()).containsExactly("6a", "4a");
        assertThat(seen.synCount()).isEqualTo(2);
        assertThat(seen.between("answer AAAA", "syn 6a")).isEqualTo(1.0);
        assertThat(seen.between("answer A", "syn 6a")).isNull();
        assertThat(seen.at("again 6a")).isEqualTo(1153.0);
        assertThat(seen.at("end")).isEqualTo(1253.0);
    }

    @Test
    @DisplayName("a refusal is told, and is no connection")
    void refused() throws IOException {
        segment(0, "2001:db8::1", 1, SYN);
        segment(1, "2001:db8::1", 1, RESET);
        Observation seen = recorder.observation(0, nanos(5), 1, "no");
        assertThat(seen.at("refused 6a")).isEqualTo(1.0);
        assertThat(seen.connectedMillis()).isNull();
    }

    @Test
    @DisplayName("a run as it must be has no problem")
    void good() throws IOException {
        Verdict verdict = Verdict.of(
                scenario("winner: 4a, attempts: 6a 4a, queries: AAAA A, times: ['syn 6a -> syn 4a: 250..255']"),
                List.of(fallback(253)));
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.figures()).isEqualTo("syn 6a -> syn 4a 250.0 ms");
    }

    @Test
    @DisplayName("each thing that is not as it must be is a problem")
    void bad() throws IOException {
        Observation seen = fallback(253);
        for (String expect : List.of(
                "winner: 6a",
                "attempts: 4a 6a",
                "attempts: ''",
                "queries: A AAAA",
                "exit: 1",
                "says: [ECONNREFUSED]",
                "times: ['syn 6a -> syn 4a: 0..249']",
                "times: ['syn 6a -> syn 4a: 251..300']",
                "times: ['syn 6a -> accepted 6a: 0..300']")) {
            assertThat(Verdict.of(scenario(expect), List.of(seen)).problems())
                    .as(expect)
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("no run may be too short, and the middle one not too long")
    void times() throws IOException {
        Observation usual = fallback(253);
        Observation late = new VerdictTest().fallback(300);
        Observation early = new VerdictTest().fallback(200);
        Scenario scenario = scenario("times: ['syn 6a -> syn 4a: 250..255']");
        assertThat(Verdict.of(scenario, List.of(usual, late, usual)).problems()).isEmpty();
        assertThat(Verdict.of(scenario, List.of(usual, late, late)).problems()).hasSize(1);
        assertThat(Verdict.of(scenario, List.of(usual, early, usual)).problems())
                .hasSize(1);
    }

    @Test
    @DisplayName("what a dial that is over has not asked is no problem; what it has asked must be the beginning")
    void overBeforeAllIsAsked() throws IOException {
        for (String first : List.of("AAAA", "A")) {
            VerdictTest run = new VerdictTest();
            run.recorder.add(new Packet.Dns(nanos(0), "n", first.equals("A") ? 1 : 28, -1));
            run.segment(3, "2001:db8::1", 1, SYN);
            run.segment(4, "2001:db8::1", 1, SYN_ACK);
            run.segment(5, "2001:db8::1", 1, ACK);
            Observation seen = run.recorder.observation(0, nanos(9), 0, "");
            assertThat(Verdict.of(scenario("queries: AAAA A"), List.of(seen)).problems())
                    .as(first)
                    .hasSize(first.equals("A") ? 1 : 0);
        }
    }

    @Test
    @DisplayName("an address that is tried twice is a problem")
    void twice() throws IOException {
        segment(0, "2001:db8::1", 1, SYN);
        segment(5, "2001:db8::1", 3, SYN);
        Observation seen = recorder.observation(0, nanos(9), 0, "");
        assertThat(Verdict.of(scenario("attempts: 6a"), List.of(seen)).problems())
                .hasSize(1);
    }

    @Test
    @DisplayName("one run that is far too late is a problem, whatever the others are")
    void farTooLate() throws IOException {
        Scenario scenario = scenario("times: ['syn 6a -> syn 4a: 250..255']");
        List<Observation> runs =
                List.of(fallback(253), new VerdictTest().fallback(253), new VerdictTest().fallback(5000));
        assertThat(Verdict.of(scenario, runs).problems()).hasSize(1);
    }

    @Test
    @DisplayName("attempts that are not 100 ms apart are a problem, unless the one before has failed; then it is 10 ms")
    void pace() throws IOException {
        assertThat(Verdict.of(scenario(""), List.of(fallback(60))).problems()).hasSize(1);
        VerdictTest refused = new VerdictTest();
        refused.segment(4, "2001:db8::1", 1, RESET);
        assertThat(Verdict.of(scenario(""), List.of(refused.fallback(60))).problems())
                .isEmpty();
        VerdictTest tooSoon = new VerdictTest();
        tooSoon.segment(4, "2001:db8::1", 1, RESET);
        assertThat(Verdict.of(scenario(""), List.of(tooSoon.fallback(9))).problems())
                .hasSize(1);
    }

    @Test
    @DisplayName("an attempt after the connection is a problem")
    void afterTheConnection() throws IOException {
        segment(0, "2001:db8::1", 1, SYN);
        segment(1, "2001:db8::1", 1, SYN_ACK);
        segment(2, "2001:db8::1", 1, ACK);
        segment(250, "192.0.2.1", 2, SYN);
        segment(290, "2001:db8::1", 1, RESET); // too late to be a reason
        Observation seen = recorder.observation(0, nanos(300), 0, "");
        assertThat(Verdict.of(scenario(""), List.of(seen)).problems()).hasSize(1);
    }

    @Test
    @DisplayName("a time that cannot be read is refused, and so is an event that there is none of")
    void unreadable() {
        assertThatIOException().isThrownBy(() -> scenario("times: [soon]"));
        assertThatIOException().isThrownBy(() -> scenario("times: ['syn 6a -> synn 4a: 0..1']"));
    }
}
