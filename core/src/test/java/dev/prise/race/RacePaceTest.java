package dev.prise.race;

import static dev.prise.address.AddressFamily.INET;
import static dev.prise.address.AddressFamily.INET6;
import static dev.prise.race.RaceScript.dial;
import static dev.prise.race.RaceScript.dialKnown;
import static dev.prise.race.RaceSettings.DEFAULT;
import static dev.prise.race.RaceSettings.EAGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When the next attempt starts: delays that are known, that grow, that shrink, and dials that do not race. Times are milliseconds. */
class RacePaceTest {
    private static final long MILLI = 1_000_000L;

    @Nested
    @DisplayName("the delay after an attempt")
    class Delay {
        @Test
        @DisplayName("P16: EAGER: each attempt under way makes the next delay twice as long")
        void p16() {
            assertThat(dialKnown(EAGER, "6a", "6b", "6c", "6d", "6e", "6f")
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@100 6c@300 6d@700 6e@1500 6f@2060");
        }

        @Test
        @DisplayName("EAGER without quickening: no delay is longer than 2 s")
        void eagerAtMost() {
            assertThat(dialKnown(EAGER.toBuilder().quickenAfter(0).build(), "6a", "6b", "6c", "6d", "6e", "6f", "6g")
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@100 6c@300 6d@700 6e@1500 6f@3100 6g@5100");
        }

        @Test
        @DisplayName("failures do not make the delay longer")
        void failuresDoNotGrow() {
            assertThat(dialKnown(EAGER, "6a", "6b", "6c", "6d")
                            .refuses("6a", 20)
                            .refuses("6b", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@20 6c@40 6d@140");
        }

        @Test
        @DisplayName("P17: a known round trip of 600 ms: the next attempt starts after 910 ms, and there is none")
        void p17() {
            dial().aaaa(0, "6a")
                    .a(0, "4a")
                    .roundTrip("6a", 600, 20)
                    .connects("6a", 400)
                    .runsAs("0 start 6a (first)", "400 won 6a");
        }

        @Test
        @DisplayName("a known round trip: 1.5 of it or with four variations, 10 ms more, within 100 ms and 1 s")
        void warm() {
            assertThat(secondStart(600, 20)).isEqualTo("4a@910");
            assertThat(secondStart(200, 30)).isEqualTo("4a@330");
            assertThat(secondStart(200, 60)).isEqualTo("4a@450");
            assertThat(secondStart(20, 5)).isEqualTo("4a@100");
            assertThat(secondStart(800, 100)).isEqualTo("4a@1000");
        }

        private static String secondStart(long smoothed, long variation) {
            return dialKnown(DEFAULT, "6a", "4a")
                    .roundTrip("6a", smoothed, variation)
                    .connects("4a", 1)
                    .run()
                    .starts()
                    .substring("6a@0 ".length());
        }

        @Test
        @DisplayName("the delay is that of the attempt just started, not of another one")
        void warmIsOfTheNewest() {
            assertThat(dialKnown(DEFAULT, "6a", "4a", "6b", "4b")
                            .roundTrip("6a", 300, 10)
                            .roundTrip("4a", 20, 1)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@460 6b@560 4b@810");
        }

        @Test
        @DisplayName("known round trips can be left alone")
        void warmOff() {
            assertThat(dialKnown(DEFAULT.toBuilder().warmDelays(false).build(), "6a", "4a")
                            .roundTrip("6a", 600, 20)
                            .connects("4a", 1)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250");
        }
    }

    @Nested
    @DisplayName("quickening: after four attempts that nothing answered")
    class Quickening {
        @Test
        @DisplayName("an answer of any attempt brings the whole delay back, also the one that is running")
        void anyAnswerResets() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "6c", "6d", "6e", "6f", "6g")
                            .refuses("6a", 1_100)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250 6c@500 6d@750 6e@1000 6f@1250 6g@1500");
        }

        @Test
        @DisplayName("an answer in the middle: four more in a row are needed")
        void fourInARow() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "6c", "6d", "6e", "6f", "6g", "6h")
                            .refuses("6a", 510)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250 6c@500 6d@750 6e@1000 6f@1250 6g@1500 6h@1750");
            assertThat(dialKnown(DEFAULT, "6a", "6b", "6c", "6d", "6e", "6f", "6g", "6h", "6i")
                            .refuses("6a", 510)
                            .run()
                            .starts())
                    .endsWith("6h@1750 6i@1925");
        }

        @Test
        @DisplayName("an attempt that sent nothing is none that was not answered")
        void localFailuresDoNotCount() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "6c", "6d", "6e", "6f", "6g")
                            .fails("6b", 0, RaceEvent.FailureKind.LOCAL, ErrorCode.PERMISSION_DENIED)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250 6c@250 6d@500 6e@750 6f@1000 6g@1175");
        }

        @Test
        @DisplayName("the delay of an attempt that sent nothing is not the one that is shortened")
        void localFailuresDoNotShorten() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "6c", "6d", "6e", "6f", "6g", "6h")
                            .fails("6f", 0, RaceEvent.FailureKind.LOCAL, ErrorCode.PERMISSION_DENIED)
                            .run()
                            .starts())
                    .endsWith("6e@1000 6f@1175 6g@1175 6h@1298");
        }

        @Test
        @DisplayName("the system giving up is no answer")
        void timeoutIsNoAnswer() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "6c", "6d", "6e", "6f", "6g")
                            .fails("6a", 900, RaceEvent.FailureKind.NETWORK, ErrorCode.TIMED_OUT)
                            .run()
                            .starts())
                    .endsWith("6e@1000 6f@1175 6g@1298");
        }

        @Test
        @DisplayName("a path that is known to be slow keeps its delay")
        void notUnderTheWarmDelay() {
            assertThat(dialKnown(DEFAULT, "6a", "4a", "6b", "4b", "6c", "4c")
                            .roundTrip("6a", 20, 1)
                            .roundTrip("6b", 20, 1)
                            .roundTrip("6c", 200, 30)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@100 6b@350 4b@450 6c@700 4c@1030");
        }

        @Test
        @DisplayName("the delay of a known path is what it is without others under way")
        void warmDelayUnmultiplied() {
            assertThat(dialKnown(EAGER.toBuilder().quickenAfter(1).build(), "6a", "4a", "6b")
                            .roundTrip("4a", 60, 2)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@100 6b@200");
        }
    }

    @Nested
    @DisplayName("v3 section 6.1: an attempt may have to show that it is ready")
    class Readiness {
        @Test
        @DisplayName("the first that is ready wins, not the first that is connected")
        void readyWins() {
            dialKnown(DEFAULT, "6a", "4a")
                    .reaches("6a", 20)
                    .reaches("4a", 20)
                    .connects("4a", 50)
                    .runsAs("0 start 6a (first)", "270 start 4a (delay)", "320 cancel 6a (lost)", "320 won 4a");
        }

        @Test
        @DisplayName("a connected attempt puts the next one off until it should be ready: two round trips and 50 ms")
        void putsOff() {
            dialKnown(DEFAULT, "6a", "4a")
                    .reaches("6a", 240)
                    .connects("6a", 760)
                    .runsAs("0 start 6a (first)", "760 won 6a");
            dialKnown(DEFAULT, "6a", "4a")
                    .reaches("6a", 240)
                    .connects("6a", 790)
                    .runsAs("0 start 6a (first)", "770 start 4a (delay)", "790 cancel 4a (lost)", "790 won 6a");
        }

        @Test
        @DisplayName("a failed handshake starts the next at once")
        void failedHandshake() {
            dialKnown(DEFAULT, "6a", "4a")
                    .reaches("6a", 20)
                    .fails("6a", 60, RaceEvent.FailureKind.NOT_READY, ErrorCode.CONNECTION_RESET)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "60 start 4a (failure)", "80 won 4a");
        }

        @Test
        @DisplayName("an older attempt in its handshake puts the next one off, too")
        void olderPutsOff() {
            assertThat(dialKnown(DEFAULT.withDeadlineNanos(2_000 * MILLI), "6a", "4a", "6b")
                            .reaches("6a", 490)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@1520");
        }

        @Test
        @DisplayName("reaching the peer is told in the trace")
        void traced() {
            RaceScript script = dialKnown(DEFAULT, "6a")
                    .reaches("6a", 20)
                    .connects("6a", 50)
                    .run();
            Trace.Attempt attempt = script.trace().attempts().get(0);
            assertThat(attempt.reachedNanos()).isEqualTo(20 * MILLI);
            assertThat(script.trace().toJson()).contains("\"reached_ms\": 20.0");
        }

        @Test
        @DisplayName("lessons: the round trip once, and that it was not ready")
        void lessons() {
            assertThat(dialKnown(DEFAULT, "6a", "4a")
                            .reaches("6a", 20)
                            .reaches("4a", 20)
                            .connects("4a", 50)
                            .run()
                            .lessons())
                    .containsExactly("20 6a round_trip 20", "290 4a round_trip 20", "320 6a not_ready 320 timed_out");
        }
    }

    @Nested
    @DisplayName("sequential: one after the other")
    class Sequential {
        private static final RaceSettings SEQUENTIAL =
                RaceSettings.builder().sequential(true).build();

        @Test
        @DisplayName("the next starts when the one before has failed, never beside it")
        void oneAfterTheOther() {
            dialKnown(SEQUENTIAL, "6a", "4a")
                    .refuses("6a", 2_000)
                    .connects("4a", 1_500)
                    .runsAs("0 start 6a (first)", "2000 start 4a (failure)", "3500 won 4a");
        }

        @Test
        @DisplayName("each has its share of the time left, as with Go: 12 s for 1, 2, 3 addresses: 12, 6, 4 s")
        void shares() {
            RaceSettings twelve = SEQUENTIAL.withDeadlineNanos(12_000 * MILLI);
            assertThat(dialKnown(twelve, "6a").run().trace().elapsedNanos()).isEqualTo(12_000 * MILLI);
            dialKnown(twelve, "6a", "4a")
                    .runsAs(
                            "0 start 6a (first)",
                            "6000 cancel 6a (timeout)",
                            "6000 start 4a (failure)",
                            "12000 cancel 4a (deadline)",
                            "12000 failed (deadline)");
            assertThat(dialKnown(twelve, "6a", "4a", "6b").run().starts()).isEqualTo("6a@0 4a@4000 6b@8000");
        }

        @Test
        @DisplayName("addresses that come while an attempt runs share its time as well")
        void laterAddressesShare() {
            RaceSettings twelve = SEQUENTIAL.withDeadlineNanos(12_000 * MILLI);
            assertThat(dial(twelve).aaaa(0, "6a").a(1, "4a").run().starts()).isEqualTo("6a@0 4a@6000");
            assertThat(dial(twelve).aaaa(0, "6a").a(4_000, "4a", "4b").run().starts())
                    .isEqualTo("6a@0 4a@4000 4b@8000");
        }

        @Test
        @DisplayName("an address that comes when the share is over is tried at once, and none has less than 2 s")
        void lateAddresses() {
            RaceSettings six = SEQUENTIAL.withDeadlineNanos(6_000 * MILLI);
            assertThat(dial(six).aaaa(0, "6a").a(4_500, "4a").run().starts()).isEqualTo("6a@0 4a@4500");
            assertThat(dial(six)
                            .aaaa(0, "6a")
                            .a(500, "4a", "4b", "4c", "4d")
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@2000 4b@4000");
        }

        @Test
        @DisplayName("what is taken back leaves its share to the others")
        void takenBack() {
            RaceSettings twelve = SEQUENTIAL.withDeadlineNanos(12_000 * MILLI);
            RaceScript script = dialKnown(twelve, "6a", "4a", "4b").removed(1_000, "4b");
            assertThat(script.run().starts()).isEqualTo("6a@0 4a@6000");
        }

        @Test
        @DisplayName("none has less than 2 s, or what is left")
        void leastShare() {
            assertThat(dialKnown(SEQUENTIAL.withDeadlineNanos(5_000 * MILLI), "6a", "4a", "6b", "4b")
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@2000 6b@4000");
            assertThat(dialKnown(SEQUENTIAL.withDeadlineNanos(1_900 * MILLI), "6a", "4a")
                            .run()
                            .starts())
                    .isEqualTo("6a@0");
        }

        @Test
        @DisplayName("without a deadline there is nothing to share")
        void noDeadline() {
            RaceScript script = dialKnown(SEQUENTIAL.withDeadlineNanos(Long.MAX_VALUE), "6a", "4a")
                    .refuses("6a", 100_000)
                    .connects("4a", 10);
            assertThat(script.run().starts()).isEqualTo("6a@0 4a@100000");
        }
    }

    @Nested
    @DisplayName("a limit for each attempt")
    class Timeout {
        @Test
        @DisplayName("it ends the attempt, and the next starts at once")
        void ends() {
            dialKnown(DEFAULT.toBuilder().attemptTimeoutNanos(3_000 * MILLI).build(), "6a", "4a")
                    .connects("4a", 3_100)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 4a (delay)",
                            "3000 cancel 6a (timeout)",
                            "3250 cancel 4a (timeout)",
                            "3250 failed (connect)");
        }
    }

    @Nested
    @DisplayName("lessons")
    class Lessons {
        @Test
        @DisplayName("a loser that had its own delay and twice the winner's round trip counts, a newer one does not")
        void losers() {
            assertThat(dialKnown(DEFAULT, "6a", "4a", "6b")
                            .connects("4a", 260)
                            .run()
                            .lessons())
                    .containsExactly("510 4a round_trip 260", "510 6a longer_than 510", "510 6b longer_than 10");
            assertThat(dialKnown(DEFAULT, "6a", "4a").connects("4a", 20).run().lessons())
                    .containsExactly("270 4a round_trip 20", "270 6a unanswered 270");
        }

        @Test
        @DisplayName("a refusal says so, what failed locally says nothing of the path")
        void failures() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "4a")
                            .refuses("6a", 20)
                            .fails("4a", 0, RaceEvent.FailureKind.LOCAL_FAMILY, ErrorCode.NETWORK_UNREACHABLE)
                            .connects("6b", 30)
                            .run()
                            .lessons())
                    .containsExactly("20 6a failed 20 connection_refused", "50 6b round_trip 30");
        }

        @Test
        @DisplayName("at the deadline all that had their delay count")
        void deadline() {
            assertThat(dialKnown(DEFAULT.withDeadlineNanos(300 * MILLI), "6a", "4a")
                            .run()
                            .lessons())
                    .containsExactly("300 6a unanswered 300", "300 4a longer_than 50");
        }
    }

    @Nested
    @DisplayName("addresses that come and go")
    class Answers {
        @Test
        @DisplayName("RFC 8305 section 6: an address that is taken back is not tried, one under way goes on")
        void removed() {
            dialKnown(DEFAULT, "6a", "4a", "6b")
                    .removed(100, "6a", "4a")
                    .connects("6a", 600)
                    .runsAs("0 start 6a (first)", "250 start 6b (delay)", "600 cancel 6b (lost)", "600 won 6a");
        }

        @Test
        @DisplayName("one that is given again is back")
        void givenAgain() {
            dial().a(0, "4a")
                    .removed(10, "4a")
                    .answer(100, INET6)
                    .answer(120, INET6, "6a")
                    .ends(130, INET6)
                    .refuses("6a", 30)
                    .runsAs("120 start 6a (first)", "150 failed (connect)");
        }

        @Test
        @DisplayName("one that is given again comes when it is given again")
        void givenAgainLate() {
            dial().answer(0, INET6, "6a", "6b")
                    .removed(10, "6b")
                    .answer(400, INET6, "6b")
                    .ends(410, INET6)
                    .connects("6b", 20)
                    .runsAs(
                            "0 start 6a (first)",
                            "400 start 6b (late_answer)",
                            "420 cancel 6a (lost)",
                            "420 cancel lookup inet",
                            "420 won 6b");
        }

        @Test
        @DisplayName("a removed address is told in the trace")
        void told() {
            assertThat(dialKnown(DEFAULT, "6a", "4a")
                            .removed(10, "4a")
                            .connects("6a", 300)
                            .run()
                            .trace()
                            .candidates()
                            .get(1)
                            .why())
                    .endsWith("not tried: taken back by a later answer");
        }

        @Test
        @DisplayName("a crowded address is passed over while there is another one")
        void crowded() {
            dialKnown(DEFAULT, "6a", "4a", "6b")
                    .crowded(100, "4a", true)
                    .connects("6a", 900)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 6b (delay)",
                            "500 start 4a (delay)",
                            "900 cancel 6b (lost)",
                            "900 cancel 4a (lost)",
                            "900 won 6a");
        }

        @Test
        @DisplayName("a crowded preferred address opens nothing by itself")
        void crowdedGate() {
            dial().aaaa(10, "6a")
                    .crowded(10, "6a", true)
                    .a(30, "4a")
                    .connects("4a", 20)
                    .runsAs("30 start 4a (first)", "50 won 4a");
            assertThat(dial().aaaa(10, "6a")
                            .crowded(10, "6a", true)
                            .connects("6a", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@60");
        }

        @Test
        @DisplayName("a preferred address with recent trouble opens nothing by itself")
        void troubleGate() {
            assertThat(dial().aaaa(10, "6a")
                            .trouble("6a", "no answer 10 s ago")
                            .connects("6a", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@60");
        }

        @Test
        @DisplayName("v3 section 4.1: families out of reach are asked for when the others have nothing")
        void reserve() {
            RaceScript script = RaceScript.dialOnly(INET)
                    .reserve(INET6)
                    .a(10)
                    .aaaa(20, "6lo")
                    .connects("6lo", 1);
            script.runsAs("20 start 6lo (first)", "21 won 6lo");
            assertThat(script.trace().lookups()).hasSize(2);
            assertThat(RaceScript.dialOnly(INET)
                            .reserve(INET6)
                            .a(10, "4a")
                            .refuses("4a", 10)
                            .run()
                            .trace()
                            .lookups())
                    .hasSize(1);
        }
    }
}
