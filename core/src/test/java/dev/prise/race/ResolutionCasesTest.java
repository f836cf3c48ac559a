package dev.prise.race;

import static dev.prise.address.AddressFamily.INET;
import static dev.prise.address.AddressFamily.INET6;
import static dev.prise.race.RaceScript.PREFER_IPV4;
import static dev.prise.race.RaceScript.dial;
import static dev.prise.race.RaceScript.dialKnown;
import static dev.prise.race.RaceScript.dialOnly;
import static dev.prise.race.RaceSettings.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What other implementations of Happy Eyeballs test about the time before the first attempt, as scripts; docs/conformance.md lists them all.
 * Times are milliseconds since the dial began.
 */
class ResolutionCasesTest {
    private static final long MILLI = 1_000_000L;

    private static ErrorCode errorOf(RaceScript script) {
        return Objects.requireNonNull(script.trace().error()).code();
    }

    private static List<AddressFamily> lookupsOf(RaceScript script) {
        return script.trace().lookups().stream().map(Trace.Lookup::family).toList();
    }

    @Nested
    @DisplayName("what is asked")
    class Queries {
        @Test
        @DisplayName("case 1, 39 (Mozilla, robur): AAAA and A are asked for at once, in this order")
        void order() {
            RaceScript script = dial().aaaa(10, "6a").connects("6a", 10).run();
            assertThat(lookupsOf(script)).containsExactly(INET6, INET);
            assertThat(script.trace().lookups())
                    .extracting(Trace.Lookup::startNanos)
                    .containsOnly(0L);
        }

        @Test
        @DisplayName("case 17 (Mozilla): IPv4 only: A is all that is asked for, and its answer opens the gate")
        void onlyFour() {
            RaceScript script = dialOnly(INET).a(10, "4a").connects("4a", 20);
            script.runsAs("10 start 4a (first)", "30 won 4a");
            assertThat(lookupsOf(script)).containsExactly(INET);
        }

        @Test
        @DisplayName("case 18 (Mozilla): IPv6 only: AAAA is all that is asked for")
        void onlySix() {
            RaceScript script = dialOnly(INET6).aaaa(10, "6a").connects("6a", 20);
            script.runsAs("10 start 6a (first)", "30 won 6a");
            assertThat(lookupsOf(script)).containsExactly(INET6);
        }

        @Test
        @DisplayName("case 21, 37 (Mozilla, Ruby): a literal of either family is tried at once, nothing is asked")
        void literals() {
            for (String address : List.of("6a", "4a")) {
                RaceScript script = dialKnown(DEFAULT, address).connects(address, 20);
                script.runsAs("0 start " + address + " (first)", "20 won " + address);
                assertThat(script.trace().lookups()).isEmpty();
            }
        }

        @Test
        @DisplayName("case 23 (Mozilla): a literal that refuses fails at once, and is not tried again")
        void literalRefused() {
            dialKnown(DEFAULT, "4lo").refuses("4lo", 0).runsAs("0 start 4lo (first)", "0 failed (connect)");
        }

        @Test
        @DisplayName("case 38 (Ruby): without the race the addresses follow one another")
        void sequential() {
            dial(DEFAULT.toBuilder().sequential(true).build())
                    .aaaa(0, "6a")
                    .a(0, "4a")
                    .refuses("6a", 700)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "700 start 4a (failure)", "720 won 4a");
        }
    }

    @Nested
    @DisplayName("which answer opens the gate")
    class Gate {
        @Test
        @DisplayName("case 2, 3 (Mozilla): AAAA has answered and A has not: started at the same instant")
        void sixFirst() {
            dial().aaaa(10, "6a")
                    .connects("6a", 20)
                    .runsAs("10 start 6a (first)", "30 cancel lookup inet", "30 won 6a");
        }

        @Test
        @DisplayName("case 4 (Mozilla): A, then AAAA: IPv6 is first")
        void fourThenSix() {
            dial().a(10, "4a").aaaa(20, "6a").connects("6a", 20).runsAs("20 start 6a (first)", "40 won 6a");
        }

        @Test
        @DisplayName("case 5, 40, 41 (Mozilla, robur): A, with a negative AAAA before or after it: IPv4 at once")
        void fourAndNoSix() {
            dial().a(10, "4a").aaaa(20).connects("4a", 20).runsAs("20 start 4a (first)", "40 won 4a");
            dial().lookupFails(5, INET6, ErrorCode.TRY_AGAIN)
                    .a(20, "4a")
                    .connects("4a", 20)
                    .runsAs("20 start 4a (first)", "40 won 4a");
            dial().a(0, "4a")
                    .lookupFails(20, INET6, ErrorCode.TRY_AGAIN)
                    .connects("4a", 20)
                    .runsAs("20 start 4a (first)", "40 won 4a");
        }

        @Test
        @DisplayName("case 6 (Mozilla): IPv4 preferred: A opens the gate alone")
        void preferFour() {
            assertThat(dial(PREFER_IPV4).a(10, "4a").connects("4a", 20).run().starts())
                    .isEqualTo("4a@10");
        }

        @Test
        @DisplayName("case 7 (Mozilla): IPv4 preferred, AAAA first: A within the Resolution Delay opens the gate")
        void preferFourSixFirst() {
            assertThat(dial(PREFER_IPV4)
                            .aaaa(10, "6a")
                            .a(20, "4a")
                            .connects("4a", 20)
                            .run()
                            .starts())
                    .isEqualTo("4a@20");
        }

        @Test
        @DisplayName("case 8 (Mozilla): IPv4 preferred, but there is none: IPv6 at the negative answer")
        void preferFourWithoutFour() {
            assertThat(dial(PREFER_IPV4)
                            .aaaa(10, "6a")
                            .a(20)
                            .connects("6a", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@20");
        }
    }

    @Nested
    @DisplayName("the Resolution Delay")
    class ResolutionDelay {
        @Test
        @DisplayName("case 9, 25 (Mozilla, Ruby): A alone: IPv4 after 50 ms")
        void runsOut() {
            dial().a(0, "4a")
                    .aaaa(9_000, "6a")
                    .connects("4a", 20)
                    .runsAs("50 start 4a (first)", "70 cancel lookup inet6", "70 won 4a");
        }

        @Test
        @DisplayName("case 10 (Mozilla): it does not run before there is an address")
        void notBeforeAnAnswer() {
            Race race = started();
            assertThat(race.nextDeadlineNanos()).isEqualTo(DEFAULT.lookupTimeoutNanos());
            race.handle(new RaceEvent.Answered(2, List.of(dial().candidate("4a"))), 7 * MILLI);
            assertThat(race.poll(7 * MILLI)).isNull();
            assertThat(race.nextDeadlineNanos()).isEqualTo(57 * MILLI);
        }

        @Test
        @DisplayName("case 11 (Mozilla): it runs from the answer: A at 10, 10 ms remain at 50, IPv4 at 60")
        void fromTheAnswer() {
            Race race = started();
            race.handle(new RaceEvent.Answered(2, List.of(dial().candidate("4a"))), 10 * MILLI);
            assertThat(race.poll(10 * MILLI)).isNull();
            assertThat(race.poll(50 * MILLI)).isNull();
            assertThat(race.nextDeadlineNanos()).isEqualTo(60 * MILLI);
            assertThat(race.poll(60 * MILLI - 1)).isNull();
            assertThat(race.poll(60 * MILLI)).isInstanceOf(RaceAction.StartAttempt.class);
        }

        private static Race started() {
            Race race = new Race(DEFAULT, new TraceRecorder("h", "1", "script", null, null));
            race.handle(new RaceEvent.Start(List.of(INET6, INET), List.of()), 0);
            assertThat(race.poll(0)).isInstanceOf(RaceAction.StartLookup.class);
            assertThat(race.poll(0)).isInstanceOf(RaceAction.StartLookup.class);
            assertThat(race.poll(0)).isNull();
            return race;
        }

        @Test
        @DisplayName(
                "case 12 (Mozilla): what fails when it has run out is no failure of the dial while AAAA is pending")
        void boundary() {
            // that the next deadline lies ahead is checked by every script
            dial().a(0, "4a")
                    .aaaa(300, "6a")
                    .refuses("4a", 0)
                    .connects("6a", 10)
                    .runsAs("50 start 4a (first)", "300 start 6a (late_answer)", "310 won 6a");
        }

        @Test
        @DisplayName("case 13 (Mozilla): delays of 10 and 50 ms: started at 10, the next at 60")
        void otherDelays() {
            RaceSettings settings = DEFAULT.toBuilder()
                    .resolutionDelayNanos(10 * MILLI)
                    .attemptDelayNanos(50 * MILLI)
                    .build();
            assertThat(dial(settings).a(0, "4a", "4b").connects("4b", 5).run().starts())
                    .isEqualTo("4a@10 4b@60");
        }

        @Test
        @DisplayName("case 14 (Mozilla): without it, A alone starts IPv4 at once")
        void without() {
            assertThat(dial(DEFAULT.withResolutionDelayNanos(0))
                            .a(0, "4a")
                            .connects("4a", 5)
                            .run()
                            .starts())
                    .isEqualTo("4a@0");
        }

        @Test
        @DisplayName("case 15 (Mozilla): without it, IPv4 preferred: AAAA alone starts IPv6 at once")
        void withoutPreferFour() {
            assertThat(dial(PREFER_IPV4.withResolutionDelayNanos(0))
                            .aaaa(0, "6a")
                            .connects("6a", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0");
        }

        @Test
        @DisplayName("case 26 (Ruby): AAAA within it: IPv6 at its answer")
        void sixWithin() {
            dial().a(0, "4a").aaaa(25, "6a").connects("6a", 10).runsAs("25 start 6a (first)", "35 won 6a");
        }

        @Test
        @DisplayName("case 45 (curl): AAAA is waited for 50 ms from A's answer, not 25 ms from the question")
        void notFromTheQuestion() {
            // RFC 8305 section 3: curl's clock may have run out before A has answered
            assertThat(dial().a(10, "4a").connects("4a", 5).run().starts()).isEqualTo("4a@60");
            // AAAA that was never asked for counts as answered, as with curl
            assertThat(dialOnly(INET).a(10, "4a").connects("4a", 5).run().starts())
                    .isEqualTo("4a@10");
        }
    }

    @Nested
    @DisplayName("one family after the other")
    class Families {
        @Test
        @DisplayName("case 24 (Ruby): AAAA at 0, A at 1000: connected over IPv6, A is not waited for")
        void sixEarlier() {
            dial().aaaa(0, "6a")
                    .a(1_000, "4a")
                    .connects("6a", 30)
                    .runsAs("0 start 6a (first)", "30 cancel lookup inet", "30 won 6a");
        }

        @Test
        @DisplayName("case 27 (Ruby): IPv6 refuses at once: IPv4 when A answers, though not within the floor of 10 ms")
        void sixRefuses() {
            dial().aaaa(0, "6a")
                    .a(12, "4a")
                    .refuses("6a", 1)
                    .connects("4a", 5)
                    .runsAs("0 start 6a (first)", "12 start 4a (late_answer)", "17 won 4a");
            // RFC 8305 section 5 has no exception for a refusal: Ruby starts at 1
            assertThat(dial().aaaa(0, "6a")
                            .a(1, "4a")
                            .refuses("6a", 1)
                            .connects("4a", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@10");
        }

        @Test
        @DisplayName("case 28 (Ruby): A at 0, AAAA at 25 and refused: IPv4 next, 10 ms after IPv6")
        void sixLaterRefuses() {
            dial().a(0, "4a")
                    .aaaa(25, "6a")
                    .refuses("6a", 1)
                    .connects("4a", 5)
                    .runsAs("25 start 6a (first)", "35 start 4a (failure)", "40 won 4a");
        }

        @Test
        @DisplayName("case 29 (Ruby): AAAA in error at 0, A at 10: IPv4 at 10")
        void sixInError() {
            dial().lookupFails(0, INET6, ErrorCode.TRY_AGAIN)
                    .a(10, "4a")
                    .connects("4a", 5)
                    .runsAs("10 start 4a (first)", "15 won 4a");
        }

        @Test
        @DisplayName("case 30 (Ruby): AAAA at 0, A in error at 1: success, and no error is told")
        void fourInError() {
            RaceScript script = dial().aaaa(0, "6a")
                    .lookupFails(1, INET, ErrorCode.TRY_AGAIN)
                    .connects("6a", 5);
            script.runsAs("0 start 6a (first)", "5 won 6a");
            assertThat(script.trace().error()).isNull();
        }

        @Test
        @DisplayName("case 43 (robur): all IPv6 attempts have failed and A is pending: back to resolving, not failed")
        void backToResolving() {
            RaceScript script = dial().aaaa(0, "6a", "6b")
                    .a(1_000, "4a")
                    .refuses("6a", 20)
                    .refuses("6b", 20)
                    .connects("4a", 10);
            script.runsAs("0 start 6a (first)", "20 start 6b (failure)", "1000 start 4a (late_answer)", "1010 won 4a");
        }
    }

    @Nested
    @DisplayName("when it cannot be resolved")
    class Errors {
        @Test
        @DisplayName("case 19, 46 (Mozilla, curl): both lookups fail: failed at the last of them, at once")
        void allFailed() {
            RaceScript script = dial().lookupFails(10, INET6, ErrorCode.HOST_NOT_FOUND)
                    .lookupFails(30, INET, ErrorCode.HOST_NOT_FOUND);
            script.runsAs("30 failed (resolution)");
            assertThat(errorOf(script)).isEqualTo(ErrorCode.HOST_NOT_FOUND);
        }

        @Test
        @DisplayName("case 20 (Mozilla): AAAA positive, A negative, IPv6 fails: that is a failure to connect")
        void partial() {
            dial().aaaa(0, "6a").a(10).refuses("6a", 30).runsAs("0 start 6a (first)", "30 failed (connect)");
        }

        @Test
        @DisplayName(
                "case 31 (Ruby): both lookups fail: a server that does not answer is told before a name that is unknown")
        void whichError() {
            // Ruby tells the last one: which that is depends on the network's moods
            RaceScript first =
                    dial().lookupFails(0, INET6, ErrorCode.TRY_AGAIN).lookupFails(10, INET, ErrorCode.HOST_NOT_FOUND);
            first.runsAs("10 failed (resolution)");
            assertThat(errorOf(first)).isEqualTo(ErrorCode.TRY_AGAIN);
            RaceScript second =
                    dial().lookupFails(0, INET, ErrorCode.HOST_NOT_FOUND).lookupFails(10, INET6, ErrorCode.TRY_AGAIN);
            second.runsAs("10 failed (resolution)");
            assertThat(errorOf(second)).isEqualTo(ErrorCode.TRY_AGAIN);
        }

        @Test
        @DisplayName("case 32 (Ruby): nothing answers within the time for lookups: failed then")
        void lookupTimeout() {
            RaceScript script = dial(lookupTimeout(10));
            script.runsAs("10 cancel lookup inet6", "10 cancel lookup inet", "10 failed (resolution)");
            assertThat(errorOf(script)).isEqualTo(ErrorCode.TRY_AGAIN);
        }

        @Test
        @DisplayName("case 33 (Ruby): refused, then the other lookup runs out of time: refused is what is told")
        void timeoutAfterRefusal() {
            // Ruby tells the timeout: but what was tried says more than what was not found
            RaceScript script = dial(lookupTimeout(200)).a(0, "4a").refuses("4a", 1);
            script.runsAs("50 start 4a (first)", "200 cancel lookup inet6", "200 failed (connect)");
            assertThat(errorOf(script)).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        }

        private static RaceSettings lookupTimeout(long millis) {
            return DEFAULT.toBuilder().lookupTimeoutNanos(millis * MILLI).build();
        }

        @Test
        @DisplayName("case 34 (Ruby): the deadline covers all, the Resolution Delay included")
        void deadline() {
            RaceScript script = dial(DEFAULT.withDeadlineNanos(10 * MILLI)).a(0, "4a");
            script.runsAs("10 cancel lookup inet6", "10 failed (deadline)");
            assertThat(errorOf(script)).isEqualTo(ErrorCode.TIMED_OUT);
        }

        @Test
        @DisplayName("case 35 (Ruby): refused, then the other lookup fails: refused is what is told")
        void errorAfterRefusal() {
            // of Ruby's two rules, that of Socket.tcp; TCPSocket tells the failed lookup
            RaceScript script = dial().a(0, "4a")
                    .lookupFails(100, INET6, ErrorCode.NO_RECOVERY)
                    .refuses("4a", 1);
            script.runsAs("50 start 4a (first)", "100 failed (connect)");
            assertThat(errorOf(script)).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        }

        @Test
        @DisplayName("case 36 (Ruby): the lookup fails, then the other family refuses: refused is what is told")
        void refusalAfterError() {
            RaceScript script = dial().lookupFails(0, INET6, ErrorCode.NO_RECOVERY)
                    .a(100, "4a")
                    .refuses("4a", 1);
            script.runsAs("100 start 4a (first)", "101 failed (connect)");
            assertThat(errorOf(script)).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        }

        @Test
        @DisplayName("case 44 (robur): a lookup that never ends does not stop the race: its time runs out")
        void silentLookup() {
            RaceScript script = dial().a(10);
            script.runsAs("10000 cancel lookup inet6", "10000 failed (resolution)");
            assertThat(errorOf(script)).isEqualTo(ErrorCode.TRY_AGAIN);
        }
    }
}
