package dev.prise.race;

import static dev.prise.race.RaceScript.PREFER_IPV4;
import static dev.prise.race.RaceScript.dial;
import static dev.prise.race.RaceScript.dialKnown;
import static dev.prise.race.RaceSettings.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other implementations test about which address is next and which attempt wins, as scripts. Several of them keep the order of the
 * answer; ours is that of RFC 6724, by which IPv6 is first unless the policy table says otherwise. Times are milliseconds.
 */
class OrderCasesTest {
    private static final long MILLI = 1_000_000L;

    /** Which addresses are tried when all refuse. */
    private static String tried(RaceSettings settings, String... addresses) {
        RaceScript script = dialKnown(settings, addresses);
        for (String address : addresses) {
            script.refuses(address, 20);
        }
        return script.run().starts().replaceAll("@\\d+", "");
    }

    @Nested
    @DisplayName("interleaving")
    class Interleaving {
        @Test
        @DisplayName("case 54 (Mozilla): AAAA = a, b and A: IPv6, IPv4, IPv6")
        void byOne() {
            assertThat(dial().aaaa(0, "6a", "6b")
                            .a(0, "4a")
                            .connects("6b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@500");
        }

        @Test
        @DisplayName(
                "case 64 (gRPC): 4a 6a 4b 4c 4d 6d: with IPv4 preferred 4a 6a 4b 6d 4c 4d, and 6a 4a 6d 4b 4c 4d without")
        void gRpc() {
            String[] given = {"4a", "6a", "4b", "4c", "4d", "6d"};
            assertThat(tried(PREFER_IPV4, given)).isEqualTo("4a 6a 4b 6d 4c 4d");
            assertThat(tried(DEFAULT, given)).isEqualTo("6a 4a 6d 4b 4c 4d");
        }

        @Test
        @DisplayName("case 80 (OkHttp): 4a 4b 4c 6a 6b: 6a 4a 6b 4b 4c")
        void okHttp() {
            assertThat(tried(DEFAULT, "4a", "4b", "4c", "6a", "6b")).isEqualTo("6a 4a 6b 4b 4c");
        }

        @Test
        @DisplayName(
                "case 125 (aiohappyeyeballs): 6a 6b 6c 4a: 6a 4a 6b 6c; and 4a 6a 4b: with IPv4 preferred the same")
        void aiohappyeyeballs() {
            assertThat(tried(DEFAULT, "6a", "6b", "6c", "4a")).isEqualTo("6a 4a 6b 6c");
            assertThat(tried(PREFER_IPV4, "4a", "6a", "4b")).isEqualTo("4a 6a 4b");
        }

        @Test
        @DisplayName("case 114, 115, 126 (aiohappyeyeballs): First Address Family Count 1: 6a 4a, with 2: 6a 6b 4a 6c")
        void firstAddressFamilyCount() {
            assertThat(tried(DEFAULT, "6a", "6b", "4a")).startsWith("6a 4a");
            assertThat(tried(DEFAULT.withFirstFamilyCount(2), "6a", "6b", "4a")).startsWith("6a 6b");
            assertThat(tried(DEFAULT.withFirstFamilyCount(2), "6a", "6b", "6c", "4a"))
                    .isEqualTo("6a 6b 4a 6c");
        }

        @Test
        @DisplayName("case 116 (aiohappyeyeballs): IPv6 alone: the second when the first fails")
        void sixAlone() {
            assertThat(tried(DEFAULT, "6a", "6b")).isEqualTo("6a 6b");
        }

        @Test
        @DisplayName("case 132 (Node): three and three, the last of IPv4 is good: IPv6 and IPv4 in turns, to the last")
        void threeAndThree() {
            RaceScript script = dialKnown(DEFAULT, "6a", "6b", "6c", "4a", "4b", "4c");
            Stream.of("6a", "6b", "6c", "4a", "4b").forEach(address -> script.refuses(address, 20));
            assertThat(script.connects("4c", 5).run().starts()).isEqualTo("6a@0 4a@20 6b@40 4b@60 6c@80 4c@100");
        }

        @Test
        @DisplayName("case 127 (aiohappyeyeballs): one address in two spellings is one address")
        void spellings() {
            Race race = new Race(DEFAULT, new TraceRecorder("h", "1", "script", null, null));
            List<Candidate> twice = Stream.of("dead:beef::", "dead:beef:0:0:0:0:0:0")
                    .map(text -> new Candidate(
                            AddressInfo.stream(new InetSocketAddress(RaceScript.inet(text), 1)),
                            RaceScript.inet("dead:beef::1")))
                    .toList();
            race.handle(new RaceEvent.Start(List.of(), twice), 0);
            assertThat(race.poll(0)).isInstanceOf(RaceAction.StartAttempt.class);
            assertThat(race.isLastAttempt()).isTrue();
        }
    }

    @Nested
    @DisplayName("answers that come late")
    class Late {
        @Test
        @DisplayName("case 136 (robur): A comes while IPv6 is tried: IPv4 is next, then in turns")
        void merged() {
            assertThat(dial().aaaa(0, "6a", "6b", "6c")
                            .a(100, "4a", "4b")
                            .connects("6c", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@500 4b@750 6c@1000");
        }
    }

    @Nested
    @DisplayName("who wins")
    class Winner {
        @Test
        @DisplayName("case 65 (OkHttp): connected at 240: no second attempt")
        void justInTime() {
            dialKnown(DEFAULT, "6a", "4a").connects("6a", 240).runsAs("0 start 6a (first)", "240 won 6a");
        }

        @Test
        @DisplayName("case 66 (OkHttp): the first, connected at 260, before the second would be")
        void firstLate() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 260)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "260 cancel 4a (lost)", "260 won 6a");
        }

        @Test
        @DisplayName("case 67 (OkHttp): the second, connected at 260, before the first would be")
        void second() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 270)
                    .connects("4a", 10)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "260 cancel 6a (lost)", "260 won 4a");
        }

        @Test
        @DisplayName(
                "case 68, 69 (OkHttp): one that is connected at once, as from a pool, as soon as its turn has come")
        void atOnce() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 260)
                    .connects("4a", 0)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "250 cancel 6a (lost)", "250 won 4a");
            dialKnown(DEFAULT, "6a", "4a", "6b")
                    .connects("6a", 520)
                    .connects("4a", 260)
                    .connects("6b", 0)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 4a (delay)",
                            "500 start 6b (delay)",
                            "500 cancel 6a (lost)",
                            "500 cancel 4a (lost)",
                            "500 won 6b");
        }

        @Test
        @DisplayName("case 79 (OkHttp): both are connected in one batch: one is taken, the other closed")
        void bothAtOnce() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 260)
                    .connects("4a", 10)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "260 close late 4a", "260 won 6a");
        }

        @Test
        @DisplayName(
                "case 124 (aiohappyeyeballs): four are connected in one batch: the best ranked is taken, three are closed")
        void fourAtOnce() {
            dialKnown(DEFAULT, "6a", "6b", "4a", "4b")
                    .connects("6a", 760)
                    .connects("4a", 510)
                    .connects("6b", 260)
                    .connects("4b", 10)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 4a (delay)",
                            "500 start 6b (delay)",
                            "750 start 4b (delay)",
                            "760 close late 4a",
                            "760 close late 6b",
                            "760 close late 4b",
                            "760 won 6a");
        }

        @Test
        @DisplayName(
                "case 81, 83, 86, 134 (OkHttp, Go, Node): IPv6 works: one attempt, wherever it stood in the answer")
        void sixWorks() {
            dialKnown(DEFAULT, "4a", "6a").connects("6a", 20).runsAs("0 start 6a (first)", "20 won 6a");
            dialKnown(DEFAULT, "4a", "6a")
                    .connects("6a", 20)
                    .refuses("4a", 1)
                    .runsAs("0 start 6a (first)", "20 won 6a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"4a", "6a"})
        @DisplayName("case 85 (Go): the first try")
        void firstTry(String address) {
            dialKnown(DEFAULT, address)
                    .connects(address, 0)
                    .runsAs("0 start " + address + " (first)", "0 won " + address);
        }

        @Test
        @DisplayName("case 87 (Go): the preferred family is a hole: the other after the delay of 200 ms")
        void primaryHole() {
            dialKnown(DEFAULT.withAttemptDelayNanos(200 * MILLI), "6a", "4a")
                    .connects("4a", 0)
                    .runsAs("0 start 6a (first)", "200 start 4a (delay)", "200 cancel 6a (lost)", "200 won 4a");
        }

        @Test
        @DisplayName("case 113 (aiohappyeyeballs): IPv4 fails: IPv6 wins, tried before or after it")
        void fourFails() {
            dialKnown(DEFAULT, "6a", "4a")
                    .refuses("4a", 10)
                    .connects("6a", 300)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "300 won 6a");
            dialKnown(PREFER_IPV4, "6a", "4a")
                    .refuses("4a", 10)
                    .connects("6a", 20)
                    .runsAs("0 start 4a (first)", "10 start 6a (failure)", "30 won 6a");
        }

        @Test
        @DisplayName(
                "case 131 (CPython): the first hangs: the second wins after 100 ms, and the first is told as cancelled")
        void firstHangs() {
            RaceScript script = dialKnown(DEFAULT.withAttemptDelayNanos(100 * MILLI), "6a", "4a")
                    .connects("4a", 0)
                    .run();
            assertThat(script.trace().attempts())
                    .extracting(Trace.Attempt::outcome)
                    .containsExactly(Trace.AttemptOutcome.CANCELLED, Trace.AttemptOutcome.CONNECTED);
            assertThat(script.trace().elapsedNanos()).isEqualTo(100 * MILLI);
        }

        @Test
        @DisplayName(
                "case 58 (Mozilla): the winner cancels all others; the one that would be next at that moment is not started")
        void cancelsTheOthers() {
            // Mozilla hands 6b out before it hears of the connection; here all that has happened counts first
            dialKnown(DEFAULT, "6a", "4a", "6b")
                    .connects("6a", 500)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "500 cancel 4a (lost)", "500 won 6a");
            dialKnown(DEFAULT, "6a", "4a", "6b")
                    .connects("6a", 501)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 4a (delay)",
                            "500 start 6b (delay)",
                            "501 cancel 4a (lost)",
                            "501 cancel 6b (lost)",
                            "501 won 6a");
        }

        @Test
        @DisplayName(
                "case 59, 60 (Mozilla): after the end a poll gives nothing, and what a cancelled attempt reports is ignored")
        void after() {
            // Mozilla answers "succeeded" to each poll; one terminal action is easier on a driver
            RaceScript script =
                    dialKnown(DEFAULT, "6a", "4a").connects("6a", 300).run();
            Trace trace = script.trace();
            script.race()
                    .handle(
                            new RaceEvent.AttemptFailed(
                                    2, RaceEvent.FailureKind.NETWORK, ErrorCode.CONNECTION_RESET, "late"),
                            301 * MILLI);
            assertThat(script.race().poll(301 * MILLI)).isNull();
            assertThat(script.race().isDone()).isTrue();
            assertThat(script.trace()).isSameAs(trace);
        }

        @Test
        @DisplayName("case 93 (Go): cancelled after 5 ms, whatever is under way: over at 5")
        void cancelled() {
            List<RaceScript> scripts = List.of(
                    dialKnown(DEFAULT, "6a", "4a"),
                    dialKnown(DEFAULT, "6a", "4a").refuses("6a", 1),
                    dialKnown(DEFAULT, "4a"),
                    dial().a(0, "4a"),
                    dial().aaaa(0, "6a").refuses("6a", 1),
                    dial());
            for (RaceScript script : scripts) {
                script.cancel(5).run();
                assertThat(script.trace().elapsedNanos()).isEqualTo(5 * MILLI);
                assertThat(Objects.requireNonNull(script.trace().error()).code())
                        .isEqualTo(ErrorCode.CANCELLED);
            }
        }
    }
}
