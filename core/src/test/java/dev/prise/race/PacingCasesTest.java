package dev.prise.race;

import static dev.prise.address.AddressFamily.INET;
import static dev.prise.address.AddressFamily.INET6;
import static dev.prise.race.RaceScript.dial;
import static dev.prise.race.RaceScript.dialKnown;
import static dev.prise.race.RaceScript.dialOnly;
import static dev.prise.race.RaceSettings.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What other implementations test about when the next attempt starts, as scripts. Where a number differs, it is nearly always the floor:
 * RFC 8305 section 5 forbids two attempts within 10 ms without an exception for a refusal, and the others take one. Times are milliseconds.
 */
class PacingCasesTest {
    private static final long MILLI = 1_000_000L;

    private static RaceSettings delay(long millis) {
        return DEFAULT.withAttemptDelayNanos(millis * MILLI);
    }

    private static RaceSettings.Builder doubling() {
        return DEFAULT.toBuilder().delayMultiplier(2);
    }

    @Nested
    @DisplayName("the Connection Attempt Delay")
    class Delay {
        @Test
        @DisplayName("case 47 (Mozilla): IPv6 is a hole: IPv4 after 250 ms")
        void hole() {
            assertThat(dialKnown(DEFAULT, "6a", "4a").connects("4a", 5).run().starts())
                    .isEqualTo("6a@0 4a@250");
        }

        @Test
        @DisplayName("case 48, 61 (Mozilla, gRPC): asked before its end, it tells what is left, and nothing starts")
        void partlyElapsed() {
            Race race = new Race(delay(100), new TraceRecorder("h", "1", "script", null, null));
            RaceScript names = dial();
            race.handle(new RaceEvent.Start(List.of(), List.of(names.candidate("6a"), names.candidate("4a"))), 0);
            assertThat(race.poll(0)).isInstanceOf(RaceAction.StartAttempt.class);
            for (long at : new long[] {0, 40 * MILLI, 100 * MILLI - 1}) {
                assertThat(race.poll(at)).isNull();
                assertThat(race.nextDeadlineNanos()).isEqualTo(100 * MILLI);
            }
            assertThat(race.poll(100 * MILLI)).isInstanceOf(RaceAction.StartAttempt.class);
        }

        @Test
        @DisplayName("case 49 (Mozilla): a multiplier of 2: 0, 250, 750, and the next 1000 later")
        void multiplier() {
            assertThat(dialKnown(doubling().build(), "6a", "6b", "6c", "6d")
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250 6c@750 6d@1750");
        }

        @Test
        @DisplayName("case 50 (Mozilla): a failure does not make the delay longer")
        void failuresDoNotMultiply() {
            // Mozilla: 6b at 0
            assertThat(dialKnown(doubling().build(), "6a", "6b", "6c")
                            .refuses("6a", 0)
                            .connects("6c", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@10 6c@260");
        }

        @Test
        @DisplayName("case 52 (Mozilla): several addresses of one record: one after the other")
        void severalOfOneRecord() {
            assertThat(dial().aaaa(0, "6a", "6b", "6c")
                            .a(0)
                            .connects("6b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250");
        }

        @Test
        @DisplayName("case 53 (Mozilla): one address: nothing is left to start at 250, and it is not tried twice")
        void neverTwice() {
            dial().aaaa(0, "6a")
                    .a(0)
                    .runsAs("0 start 6a (first)", "30000 cancel 6a (deadline)", "30000 failed (deadline)");
        }

        @Test
        @DisplayName("case 94 (Go): delays of 10 ms, 200 ms and the default: a slow IPv6 is followed after these")
        void fallbackDelay() {
            // Go takes 1 ns and has a default of 300 ms
            assertThat(secondStart(delay(10))).isEqualTo("6a@0 4a@10");
            assertThat(secondStart(delay(200))).isEqualTo("6a@0 4a@200");
            assertThat(secondStart(DEFAULT)).isEqualTo("6a@0 4a@250");
        }

        private static String secondStart(RaceSettings settings) {
            return dialKnown(settings, "6a", "4a")
                    .connects("6a", 2_000)
                    .connects("4a", 1)
                    .run()
                    .starts();
        }

        @Test
        @DisplayName("case 106 (curl): three holes, 123 ms, 1 s in all: three attempts, no success")
        void threeHoles() {
            RaceScript script = dialKnown(
                            delay(123).toBuilder().deadlineNanos(1_000 * MILLI).build(), "6a", "6b", "6c")
                    .run();
            assertThat(script.starts()).isEqualTo("6a@0 6b@123 6c@246");
            assertThat(Objects.requireNonNull(script.trace().error()).code()).isEqualTo(ErrorCode.TIMED_OUT);
        }

        @Test
        @DisplayName("case 137 (robur): at exactly the delay the next one starts")
        void atTheDelay() {
            // robur compares strictly, and starts at its next tick
            assertThat(dialKnown(delay(50), "6a", "4a").connects("4a", 1).run().starts())
                    .isEqualTo("6a@0 4a@50");
        }
    }

    @Nested
    @DisplayName("a failure")
    class Failure {
        @Test
        @DisplayName("case 55, 90 (Mozilla, Go): of the only one starts the next at once, after the floor")
        void startsTheNext() {
            assertThat(dialKnown(DEFAULT, "6a", "4a")
                            .refuses("6a", 0)
                            .connects("4a", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@10");
        }

        @Test
        @DisplayName("case 88, 89 (Go): refusing addresses are passed over; there is one list, not two chains")
        void skipsRefused() {
            assertThat(dialKnown(DEFAULT, "4a", "6a")
                            .refuses("6a", 0)
                            .connects("4a", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@10");
            // Go's second chain would go on to 4b at about 200: RFC 8305 section 4 alternates the families
            assertThat(dialKnown(delay(200), "6a", "6b", "4a", "4b")
                            .refuses("4a", 1)
                            .connects("4b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@200 6b@210 4b@410");
        }

        @Test
        @DisplayName(
                "case 62 (gRPC): starts the delay anew: failed at 249, second at 249, nothing at 250, third at 499")
        void startsTheDelayAnew() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "6c")
                            .refuses("6a", 249)
                            .connects("6c", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@249 6c@499");
        }

        @Test
        @DisplayName("case 63 (gRPC): failures after the end of the list: failed with the last of them")
        void afterTheEndOfTheList() {
            dialKnown(DEFAULT, "6a", "6b", "6c")
                    .refuses("6a", 600)
                    .refuses("6b", 450)
                    .refuses("6c", 300)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 6b (delay)",
                            "500 start 6c (delay)",
                            "800 failed (connect)");
        }

        @Test
        @DisplayName("case 71, 82 (OkHttp): of IPv6 starts IPv4 at once")
        void firstFailsSecondConnects() {
            RaceScript script = dialKnown(DEFAULT, "4a", "6a").refuses("6a", 20).connects("4a", 20);
            script.runsAs("0 start 6a (first)", "20 start 4a (failure)", "40 won 4a");
            assertThat(script.trace().attempts())
                    .extracting(Trace.Attempt::outcome)
                    .containsExactly(Trace.AttemptOutcome.FAILED, Trace.AttemptOutcome.CONNECTED);
        }

        @Test
        @DisplayName(
                "case 75 (OkHttp): of older ones starts nothing; of the newest at 530 does, and the next follows at 780")
        void ofOlderOnes() {
            // OkHttp waits until nothing is in flight, which here is the same moment
            dialKnown(DEFAULT, "6a", "6b", "6c", "6d", "6e")
                    .refuses("6a", 510)
                    .refuses("6b", 270)
                    .refuses("6c", 30)
                    .connects("6e", 10)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 6b (delay)",
                            "500 start 6c (delay)",
                            "530 start 6d (failure)",
                            "780 start 6e (delay)",
                            "790 cancel 6d (lost)",
                            "790 won 6e");
        }

        @Test
        @DisplayName("case 130 (CPython): with a long delay, the early failure starts the second")
        void longDelay() {
            // CPython's delay is 10 s here; ours ends at 2 s
            assertThat(dialKnown(delay(2_000), "6a", "4a")
                            .refuses("6a", 100)
                            .connects("4a", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@100");
        }

        @Test
        @DisplayName(
                "case 139 (robur): with others in flight, that of the newest starts the next and the delay anew, no other does")
        void othersInFlight() {
            assertThat(dialKnown(DEFAULT, "6a", "4a", "6b", "4b")
                            .refuses("4a", 50)
                            .connects("4b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@300 4b@550");
            // robur starts 6b at 300: bursts of attempts come from this, and it is never sooner than at the delay with
            // us
            assertThat(dialKnown(DEFAULT, "6a", "4a", "6b")
                            .refuses("6a", 300)
                            .connects("6b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@500");
        }
    }

    @Nested
    @DisplayName("how many, and how long")
    class Many {
        @Test
        @DisplayName("case 51 (Mozilla): a black hole of IPv6: IPv4 comes second, or next when it is late")
        void blackHole() {
            String[] holes = Stream.of("abcdefghijklmnop".split(""))
                    .map(letter -> "6" + letter)
                    .toArray(String[]::new);
            assertThat(dial().aaaa(0, holes).a(0, "4a").connects("4a", 5).run().starts())
                    .isEqualTo("6a@0 4a@250");
            assertThat(dial().aaaa(0, holes)
                            .a(600, "4a")
                            .connects("4a", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250 6c@500 4a@750");
        }

        @Test
        @DisplayName("case 92 (Go): a thousand copies of a good address: one attempt, at once")
        void copies() {
            String[] copies = IntStream.range(0, 1_000).mapToObj(i -> "4a").toArray(String[]::new);
            RaceScript script = dialKnown(DEFAULT, copies).connects("4a", 5);
            script.runsAs("0 start 4a (first)", "5 won 4a");
            assertThat(script.trace().candidates()).hasSize(1);
        }

        @Test
        @DisplayName("case 100 (curl): one address that fails after 250 ms: one attempt")
        void one() {
            dialKnown(delay(150), "6a").refuses("6a", 250).runsAs("0 start 6a (first)", "250 failed (connect)");
        }

        @Test
        @DisplayName("case 101 (curl): two of one family, 150 ms apart, each fails after 250 ms: over at 400")
        void two() {
            dialKnown(delay(150), "6a", "6b")
                    .refuses("6a", 250)
                    .refuses("6b", 250)
                    .runsAs("0 start 6a (first)", "150 start 6b (delay)", "400 failed (connect)");
        }

        @Test
        @DisplayName("case 102 (curl): one of each family, in either order of the answer: the same, IPv6 first")
        void oneOfEach() {
            for (String[] given : new String[][] {{"6a", "4a"}, {"4a", "6a"}}) {
                dialKnown(delay(150), given)
                        .refuses("6a", 250)
                        .refuses("4a", 250)
                        .runsAs("0 start 6a (first)", "150 start 4a (delay)", "400 failed (connect)");
            }
        }

        @Test
        @DisplayName(
                "case 103 (curl): one family demanded: the other is never tried, and all of the time is for this one")
        void oneFamily() {
            dialOnly(INET).a(0, "4a").refuses("4a", 500).runsAs("0 start 4a (first)", "500 failed (connect)");
            dialOnly(INET6)
                    .aaaa(0, "6a")
                    .runsAs("0 start 6a (first)", "30000 cancel 6a (deadline)", "30000 failed (deadline)");
        }

        @Test
        @DisplayName(
                "case 104 (curl): three of IPv6 and one of IPv4, 50 ms apart, each fails after 400 ms: four at once, over at 550")
        void four() {
            RaceScript script = dialKnown(delay(50), "6a", "6b", "6c", "4a");
            for (String address : List.of("6a", "6b", "6c", "4a")) {
                script.refuses(address, 400);
            }
            script.run();
            assertThat(script.starts()).isEqualTo("6a@0 4a@50 6b@100 6c@150");
            assertThat(script.trace().elapsedNanos()).isEqualTo(550 * MILLI);
        }

        @Test
        @DisplayName(
                "case 105 (curl): nine addresses, six in flight at most: room is waited for, none younger than 3 s gives way")
        void sixInFlight() {
            // curl drops the oldest at once, which may be the one whose answer is on its way
            String[] nine = {"6a", "6b", "6c", "6d", "6e", "6f", "6g", "6h", "4a"};
            RaceScript script = dialKnown(delay(20).withCaps(6, 20), nine);
            for (String address : nine) {
                script.refuses(address, 500);
            }
            script.run();
            assertThat(script.starts()).isEqualTo("6a@0 4a@20 6b@40 6c@60 6d@80 6e@100 6f@500 6g@520 6h@540");
            assertThat(script.trace().elapsedNanos()).isEqualTo(1_040 * MILLI);
        }

        @Test
        @DisplayName("case 138 (robur): nothing within the time for all: failed then, all given up")
        void overall() {
            dial(DEFAULT.withDeadlineNanos(10_000 * MILLI))
                    .aaaa(0, "6a")
                    .a(0)
                    .runsAs("0 start 6a (first)", "10000 cancel 6a (deadline)", "10000 failed (deadline)");
        }

        @Test
        @DisplayName("case 84 (OkHttp): without the race a hole takes all of the time")
        void sequentialHole() {
            dialKnown(
                            DEFAULT.toBuilder()
                                    .sequential(true)
                                    .deadlineNanos(1_000 * MILLI)
                                    .build(),
                            "4a",
                            "6a")
                    .connects("4a", 5)
                    .runsAs("0 start 6a (first)", "1000 cancel 6a (deadline)", "1000 failed (deadline)");
        }
    }
}
