package dev.prise.race;

import static dev.prise.address.AddressFamily.INET;
import static dev.prise.address.AddressFamily.INET6;
import static dev.prise.address.AddressFamily.UNSPEC;
import static dev.prise.race.RaceScript.dial;
import static dev.prise.race.RaceScript.dialKnown;
import static dev.prise.race.RaceScript.dialOneLookup;
import static dev.prise.race.RaceScript.dialOnly;
import static dev.prise.race.RaceSettings.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of the race, each with the script that proves it. Times are milliseconds since the dial began. */
class RaceTest {
    private static final long MILLI = 1_000_000L;

    private static final RaceSettings STEADY =
            RaceSettings.builder().quickenAfter(0).build();

    private static RaceSettings deadline(long millis) {
        return DEFAULT.withDeadlineNanos(millis * MILLI);
    }

    private static String[] names(char family, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "" + family + (char) ('a' + i))
                .toArray(String[]::new);
    }

    @Nested
    @DisplayName("RFC 8305 section 3: when the first attempt starts")
    class Resolution {
        @Test
        @DisplayName("P1: the preferred family answers first: started at the same instant")
        void p1() {
            dial().aaaa(10, "6a").a(12, "4a").connects("6a", 30).runsAs("10 start 6a (first)", "40 won 6a");
        }

        @Test
        @DisplayName("P2: the other family answers first: started when the Resolution Delay is over")
        void p2() {
            dial().a(10, "4a")
                    .aaaa(200, "6a")
                    .connects("4a", 20)
                    .runsAs("60 start 4a (first)", "80 cancel lookup inet6", "80 won 4a");
        }

        @Test
        @DisplayName("P3: a late preferred answer is merged and waits for the attempt delay")
        void p3() {
            dial().a(10, "4a", "4b")
                    .aaaa(100, "6a")
                    .connects("6a", 20)
                    .runsAs("60 start 4a (first)", "310 start 6a (delay)", "330 cancel 4a (lost)", "330 won 6a");
        }

        @Test
        @DisplayName("P4: a negative preferred answer within the Resolution Delay ends it")
        void p4() {
            dial().a(10, "4a").aaaa(35).connects("4a", 20).runsAs("35 start 4a (first)", "55 won 4a");
        }

        @Test
        @DisplayName("P4: so does a failed one")
        void p4Failed() {
            dial().a(10, "4a")
                    .lookupFails(35, INET6, ErrorCode.TRY_AGAIN)
                    .connects("4a", 20)
                    .runsAs("35 start 4a (first)", "55 won 4a");
        }

        @Test
        @DisplayName("P5: a negative preferred answer first: no Resolution Delay at all")
        void p5() {
            dial().aaaa(5).a(10, "4a").connects("4a", 20).runsAs("10 start 4a (first)", "30 won 4a");
        }

        @Test
        @DisplayName("P4: so does one that ends with an empty answer")
        void p4EmptyLastAnswer() {
            RaceScript script = dial().lastAnswer(10, INET, "4a")
                    .lastAnswer(35, INET6)
                    .connects("4a", 20)
                    .runsAs("35 start 4a (first)", "55 won 4a");
            assertThat(script.trace().lookups())
                    .extracting(Trace.Lookup::outcome)
                    .containsExactly(Trace.LookupOutcome.EMPTY, Trace.LookupOutcome.ANSWERED);
        }

        @Test
        @DisplayName("the preferred family within the Resolution Delay is started at once")
        void preferredWithinResolutionDelay() {
            dial().a(10, "4a").aaaa(35, "6a").connects("6a", 20).runsAs("35 start 6a (first)", "55 won 6a");
        }

        @Test
        @DisplayName("with the preferred family IPv4, the parts are swapped")
        void preferredFamilyInet() {
            assertThat(dial(DEFAULT.withPreferredFamily(INET))
                            .aaaa(10, "6a")
                            .connects("6a", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@60");
            assertThat(dial(DEFAULT.withPreferredFamily(INET))
                            .a(10, "4a")
                            .connects("4a", 20)
                            .run()
                            .starts())
                    .isEqualTo("4a@10");
        }

        @Test
        @DisplayName("a preferred answer that this machine has no way to opens nothing: the other family's comes first")
        void preferredWithoutAWay() {
            dial().aaaa(10, "6a!").a(12, "4a").connects("4a", 20).runsAs("12 start 4a (first)", "32 won 4a");
        }

        @Test
        @DisplayName(
                "a preferred answer that this machine has no way to waits for another one as long as the Resolution Delay")
        void preferredWithoutAWayAlone() {
            dial().aaaa(10, "6a!")
                    .a(200, "4a")
                    .fails("6a", 0, RaceEvent.FailureKind.LOCAL_FAMILY, ErrorCode.NETWORK_UNREACHABLE)
                    .connects("4a", 20)
                    .runsAs("60 start 6a (first)", "200 start 4a (late_answer)", "220 won 4a");
        }

        @Test
        @DisplayName("answers of both families without a way there: nothing is waited for")
        void bothWithoutAWay() {
            assertThat(dial().aaaa(10, "6a!")
                            .a(12, "4a!")
                            .connects("6a", 1)
                            .run()
                            .starts())
                    .isEqualTo("6a@12");
        }

        @Test
        @DisplayName("a Resolution Delay of 0 waits for nothing")
        void noResolutionDelay() {
            assertThat(dial(DEFAULT.withResolutionDelayNanos(0))
                            .a(10, "4a")
                            .connects("4a", 20)
                            .run()
                            .starts())
                    .isEqualTo("4a@10");
        }

        @Test
        @DisplayName(
                "the Resolution Delay runs from the first positive answer of the other family, not from an empty one")
        void resolutionDelayFromThePositiveAnswer() {
            assertThat(dial().answer(10, INET)
                            .answer(100, INET, "4a")
                            .connects("4a", 20)
                            .run()
                            .starts())
                    .isEqualTo("4a@150");
        }

        @Test
        @DisplayName("and from the first of several")
        void resolutionDelayFromTheFirstAnswer() {
            assertThat(dial().answer(10, INET, "4a")
                            .answer(40, INET, "4b")
                            .connects("4a", 20)
                            .run()
                            .starts())
                    .isEqualTo("4a@60");
        }

        @Test
        @DisplayName("one lookup for both families: all is there at once, nothing to wait for")
        void oneLookup() {
            dialOneLookup(DEFAULT).both(10, "4a", "6a").connects("6a", 30).runsAs("10 start 6a (first)", "40 won 6a");
            dialOneLookup(DEFAULT).both(10, "4a").connects("4a", 30).runsAs("10 start 4a (first)", "40 won 4a");
        }

        @Test
        @DisplayName("so it is when the lookup ends with the answer itself")
        void oneLookupEndingWithItsAnswer() {
            dialOneLookup(DEFAULT)
                    .lastAnswer(10, UNSPEC, "4a", "6a")
                    .connects("6a", 30)
                    .runsAs("10 start 6a (first)", "40 won 6a");
            dialOneLookup(DEFAULT)
                    .lastAnswer(10, UNSPEC, "4a")
                    .connects("4a", 30)
                    .runsAs("10 start 4a (first)", "40 won 4a");
        }

        @Test
        @DisplayName("a last answer opens the gate for the addresses that came before it, as the end does")
        void lastAnswerOpensTheGate() {
            dialOneLookup(DEFAULT)
                    .answer(10, UNSPEC, "4a")
                    .lastAnswer(35, UNSPEC, "4b")
                    .connects("4a", 30)
                    .runsAs("35 start 4a (first)", "65 won 4a");
            dialOneLookup(DEFAULT)
                    .answer(10, UNSPEC, "4a")
                    .lastAnswer(35, UNSPEC)
                    .connects("4a", 30)
                    .runsAs("35 start 4a (first)", "65 won 4a");
        }

        @Test
        @DisplayName("a last answer of the other family alone opens nothing")
        void lastAnswerOfTheOtherFamily() {
            dial().lastAnswer(10, INET, "4a")
                    .connects("4a", 20)
                    .runsAs("60 start 4a (first)", "80 cancel lookup inet6", "80 won 4a");
        }

        @Test
        @DisplayName("one lookup that goes on after IPv4 addresses may still bring IPv6")
        void oneLookupInParts() {
            assertThat(dialOneLookup(DEFAULT)
                            .answer(10, UNSPEC, "4a")
                            .connects("4a", 30)
                            .run()
                            .starts())
                    .isEqualTo("4a@60");
        }

        @Test
        @DisplayName("a literal needs no lookup")
        void literal() {
            dialKnown(DEFAULT, "4a").connects("4a", 30).runsAs("0 start 4a (first)", "30 won 4a");
        }

        @Test
        @DisplayName("an answer of a family that was not asked for is left out")
        void foreignFamilyInAnswer() {
            RaceScript script = dial().answer(10, INET6, "4b", "6a").connects("6a", 30);
            script.run();
            assertThat(script.starts()).isEqualTo("6a@10");
            assertThat(script.trace().candidates()).hasSize(1);
        }
    }

    @Nested
    @DisplayName("RFC 8305 section 5: when the next attempt starts")
    class Pacing {
        @Test
        @DisplayName("P6: the Connection Attempt Delay after an attempt that does not answer")
        void p6() {
            dial().aaaa(10, "6a")
                    .a(12, "4a")
                    .connects("4a", 20)
                    .runsAs("10 start 6a (first)", "260 start 4a (delay)", "280 cancel 6a (lost)", "280 won 4a");
        }

        @Test
        @DisplayName("P7: a failure starts the next one, but not within the floor of 10 ms")
        void p7() {
            dialKnown(DEFAULT, "6a", "4a")
                    .refuses("6a", 1)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "10 start 4a (failure)", "30 won 4a");
        }

        @Test
        @DisplayName("P8: a failure later than the floor starts the next one at once")
        void p8() {
            dialKnown(DEFAULT, "6a", "4a")
                    .refuses("6a", 40)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "40 start 4a (failure)", "60 won 4a");
        }

        @Test
        @DisplayName("P11: the failure of the newest attempt starts the next one, although an older one is under way")
        void p11() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "4a")
                            .refuses("4a", 30)
                            .connects("6b", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@280");
        }

        @Test
        @DisplayName("the failure of an older attempt starts nothing")
        void failureOfAnOlderAttempt() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "4a")
                            .refuses("6a", 300)
                            .connects("6b", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@500");
        }

        @Test
        @DisplayName("near-simultaneous failures start one attempt, not several")
        void simultaneousFailures() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "4a", "4b")
                            .refuses("6a", 280)
                            .refuses("4a", 30)
                            .connects("4b", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@280 4b@530");
        }

        @Test
        @DisplayName("a failure restarts the delay")
        void failureRestartsTheDelay() {
            assertThat(dialKnown(DEFAULT, "4a", "4b", "4c")
                            .refuses("4a", 249)
                            .connects("4c", 1)
                            .run()
                            .starts())
                    .isEqualTo("4a@0 4b@249 4c@499");
        }

        @Test
        @DisplayName("P12: an older attempt may still win after a newer one has started")
        void p12() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 260)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "260 cancel 4a (lost)", "260 won 6a");
        }

        @Test
        @DisplayName("P13: the first that is connected wins, not the preferred one")
        void p13() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 280)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "270 cancel 6a (lost)", "270 won 4a");
        }

        @Test
        @DisplayName("P25: no attempt is given up because the delay is over")
        void p25() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 400)
                    .connects("4a", 400)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "400 cancel 4a (lost)", "400 won 6a");
        }

        @Test
        @DisplayName("what failed locally has sent nothing: the floor does not apply")
        void noFloorAfterLocalFailure() {
            assertThat(dialKnown(DEFAULT, "6a", "4a", "4b")
                            .fails("6a", 0, RaceEvent.FailureKind.LOCAL, ErrorCode.ADDRESS_NOT_AVAILABLE)
                            .fails("4a", 1, RaceEvent.FailureKind.LOCAL, ErrorCode.PERMISSION_DENIED)
                            .connects("4b", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@0 4b@1");
        }

        @Test
        @DisplayName("but it does between the network attempts before and after a local failure")
        void floorAcrossLocalFailure() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "4a", "4b")
                            .refuses("6a", 1)
                            .fails("4a", 0, RaceEvent.FailureKind.LOCAL, ErrorCode.PERMISSION_DENIED)
                            .connects("6b", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@10 6b@10");
        }

        @Test
        @DisplayName("between two loopback attempts there is no floor")
        void noFloorOnLoopback() {
            dialKnown(DEFAULT, "6lo", "4lo")
                    .refuses("6lo", 0)
                    .connects("4lo", 1)
                    .runsAs("0 start 6lo (first)", "0 start 4lo (failure)", "1 won 4lo");
        }

        @Test
        @DisplayName("between a loopback attempt and another one there is")
        void floorFromLoopbackToNetwork() {
            assertThat(dialKnown(DEFAULT, "6lo", "4a")
                            .refuses("6lo", 1)
                            .connects("4a", 1)
                            .run()
                            .starts())
                    .isEqualTo("6lo@0 4a@10");
        }

        @Test
        @DisplayName("loopback attempts are paced at 100 ms")
        void loopbackDelay() {
            assertThat(dialKnown(DEFAULT, "6lo", "4lo", "4lo2")
                            .connects("4lo2", 1)
                            .run()
                            .starts())
                    .isEqualTo("6lo@0 4lo@100 4lo2@200");
        }

        @Test
        @DisplayName("but not slower than all others")
        void loopbackDelayIsAtMostTheAttemptDelay() {
            assertThat(dialKnown(DEFAULT.withAttemptDelayNanos(40 * MILLI), "6lo", "4lo")
                            .connects("4lo", 1)
                            .run()
                            .starts())
                    .isEqualTo("6lo@0 4lo@40");
        }
    }

    @Nested
    @DisplayName("RFC 8305 section 4: which address is next")
    class Order {
        @Test
        @DisplayName("the families alternate, whatever the order of the answer")
        void interleaving() {
            assertThat(dialKnown(DEFAULT, "4a", "4b", "4c", "6a", "6b")
                            .connects("4c", 1)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@500 4b@750 4c@1000");
        }

        @Test
        @DisplayName("P15: First Address Family Count 2 opens with two of the first family")
        void p15() {
            assertThat(dialKnown(deadline(1500).withFirstFamilyCount(2), "6a", "6b", "6c", "4a", "4b")
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250 4a@500 6c@750 4b@1000");
        }

        @Test
        @DisplayName("LOCAL_FAMILY puts the rest of the family last, and never drops it")
        void localFamilyIsDemoted() {
            assertThat(dialKnown(DEFAULT, "6a", "6b", "4a", "4b")
                            .fails("6a", 0, RaceEvent.FailureKind.LOCAL_FAMILY, ErrorCode.NETWORK_UNREACHABLE)
                            .refuses("4a", 20)
                            .refuses("4b", 20)
                            .connects("6b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@0 4b@20 6b@40");
        }

        @Test
        @DisplayName("an address of a demoted family that comes late is demoted too")
        void lateAddressOfDemotedFamily() {
            assertThat(dial().aaaa(0, "6a")
                            .answer(0, INET, "4a")
                            .a(5, "4b")
                            .fails("6a", 0, RaceEvent.FailureKind.LOCAL_FAMILY, ErrorCode.NETWORK_UNREACHABLE)
                            .refuses("4a", 20)
                            .connects("4b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@0 4b@20");
            assertThat(dial().answer(0, INET6, "6a")
                            .aaaa(5, "6b")
                            .a(0, "4a", "4b")
                            .fails("6a", 0, RaceEvent.FailureKind.LOCAL_FAMILY, ErrorCode.NETWORK_UNREACHABLE)
                            .refuses("4a", 20)
                            .refuses("4b", 20)
                            .connects("6b", 5)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@0 4b@20 6b@40");
        }

        @Test
        @DisplayName("an address without a source comes last in its family, and is tried all the same")
        void withoutSource() {
            assertThat(dialKnown(DEFAULT, "6a!", "6b", "4a")
                            .connects("6a", 1)
                            .run()
                            .starts())
                    .isEqualTo("6b@0 4a@250 6a@500");
        }

        @Test
        @DisplayName("the delay and the floor run from the first packet of an attempt, which leaves after its start")
        void fromTheFirstPacket() {
            assertThat(dialKnown(DEFAULT, "6a", "4a")
                            .event(3, new RaceEvent.AttemptSent(1))
                            .event(100, new RaceEvent.AttemptSent(1))
                            .connects("4a", 1)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@253");
            assertThat(dialKnown(DEFAULT, "6a", "4a")
                            .event(3, new RaceEvent.AttemptSent(1))
                            .refuses("6a", 4)
                            .connects("4a", 1)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@13");
        }

        @Test
        @DisplayName("the same address twice is attempted once")
        void duplicates() {
            RaceScript script = dial().answer(0, INET6, "6a", "6a")
                    .aaaa(5, "6a")
                    .a(5, "4a", "4a")
                    .refuses("6a", 20)
                    .refuses("4a", 20);
            script.runsAs("0 start 6a (first)", "20 start 4a (failure)", "40 failed (connect)");
            assertThat(script.trace().candidates()).hasSize(2);
        }
    }

    @Nested
    @DisplayName("RFC 4007: zones")
    class Zones {
        @Test
        @DisplayName("the same link-local address in two zones is two addresses")
        void twoZones() throws UnknownHostException {
            byte[] bytes = RaceScript.inet("fe80::1").getAddress();
            List<Candidate> candidates = new ArrayList<>();
            for (int zone : new int[] {1, 2, 1}) {
                candidates.add(new Candidate(
                        AddressInfo.stream(new InetSocketAddress(Inet6Address.getByAddress(null, bytes, zone), 27015)),
                        RaceScript.inet("fe80::2")));
            }
            Race race = new Race(DEFAULT, new TraceRecorder("h", "27015", "script", null, null));
            race.handle(new RaceEvent.Start(List.of(), candidates), 0);
            race.poll(0);
            race.handle(new RaceEvent.Cancel(ErrorCode.CANCELLED), 1);
            assertThat(race.poll(1)).isInstanceOf(RaceAction.Learn.class);
            assertThat(race.poll(1)).isEqualTo(new RaceAction.CancelAttempt(1, RaceAction.CancelReason.CANCELLED));
            assertThat(Objects.requireNonNull(race.trace()).candidates())
                    .extracting(candidate -> candidate.address().addressText())
                    .containsExactly("fe80::1%1", "fe80::1%2");
        }
    }

    @Nested
    @DisplayName("RFC 8305 section 6: late answers")
    class LateAnswers {
        @Test
        @DisplayName("rule (d): a late answer alone does not pull the next start forward")
        void doesNotPullTheTimerForward() {
            dial().aaaa(0, "6a")
                    .a(100, "4a")
                    .connects("4a", 10)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "260 cancel 6a (lost)", "260 won 4a");
        }

        @Test
        @DisplayName("rule (b): with nothing in flight it is started at once")
        void nothingInFlight() {
            dial().aaaa(0, "6a")
                    .a(100, "4a")
                    .refuses("6a", 20)
                    .connects("4a", 10)
                    .runsAs("0 start 6a (first)", "100 start 4a (late_answer)", "110 won 4a");
        }

        @Test
        @DisplayName(
                "rule (c): when the newest attempt has failed it is started at once, although an older one is under way")
        void newestHasFailed() {
            assertThat(dial().aaaa(0, "6a", "6b")
                            .a(300, "4a")
                            .refuses("6b", 20)
                            .connects("4a", 10)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 6b@250 4a@300");
        }

        @Test
        @DisplayName("after the delay it is started at once")
        void afterTheDelay() {
            dial().aaaa(0, "6a")
                    .a(400, "4a")
                    .connects("4a", 10)
                    .runsAs("0 start 6a (first)", "400 start 4a (late_answer)", "410 cancel 6a (lost)", "410 won 4a");
        }

        @Test
        @DisplayName("v3 section 7: sorted with those tried already, so that a late family is next, not last")
        void sortedWithTheTriedOnes() {
            assertThat(dial(deadline(1100))
                            .aaaa(0, "6a", "6b", "6c")
                            .a(100, "4a")
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@500 6c@750");
        }

        @Test
        @DisplayName("P20: all attempts failed, but a lookup is pending: it is waited for")
        void p20() {
            RaceScript script = dial().aaaa(0, "6a").a(500).refuses("6a", 20);
            script.runsAs("0 start 6a (first)", "500 failed (connect)");
            assertThat(Objects.requireNonNull(script.trace().error()).code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        }
    }

    @Nested
    @DisplayName("Failure")
    class Failure {
        @Test
        @DisplayName("P21: both answers negative: failed at the last of them")
        void p21() {
            RaceScript script = dial().aaaa(10).a(30);
            script.runsAs("30 failed (resolution)");
            assertThat(Objects.requireNonNull(script.trace().error()).code()).isEqualTo(ErrorCode.NO_DATA);
        }

        @Test
        @DisplayName("P21: so with answers that are empty and the last")
        void emptyLastAnswers() {
            RaceScript script = dial().lastAnswer(10, INET6).lastAnswer(30, INET);
            script.runsAs("30 failed (resolution)");
            assertThat(Objects.requireNonNull(script.trace().error()).code()).isEqualTo(ErrorCode.NO_DATA);
            dialOneLookup(DEFAULT).lastAnswer(30, UNSPEC).runsAs("30 failed (resolution)");
        }

        @Test
        @DisplayName("an empty last answer after addresses is not negative")
        void emptyLastAnswerAfterAddresses() {
            RaceScript script = dialOneLookup(DEFAULT)
                    .answer(10, UNSPEC, "6a")
                    .lastAnswer(500, UNSPEC)
                    .refuses("6a", 20);
            script.runsAs("10 start 6a (first)", "500 failed (connect)");
            assertThat(script.trace().lookups().get(0).outcome()).isEqualTo(Trace.LookupOutcome.ANSWERED);
        }

        @Test
        @DisplayName("a last answer with addresses of the other family only is negative")
        void lastAnswerOfForeignFamily() {
            RaceScript script = dial().lastAnswer(10, INET6, "4a").a(30);
            script.runsAs("30 failed (resolution)");
            assertThat(script.trace().lookups().get(0).outcome()).isEqualTo(Trace.LookupOutcome.EMPTY);
        }

        @Test
        @DisplayName("an error of a lookup says more than an empty answer, and no answer most")
        void resolutionErrors() {
            assertThat(errorOf(dial().aaaa(10).lookupFails(30, INET, ErrorCode.HOST_NOT_FOUND)))
                    .isEqualTo(ErrorCode.HOST_NOT_FOUND);
            assertThat(errorOf(dial().lookupFails(10, INET6, ErrorCode.HOST_NOT_FOUND)
                            .lookupFails(30, INET, ErrorCode.TRY_AGAIN)))
                    .isEqualTo(ErrorCode.TRY_AGAIN);
        }

        @Test
        @DisplayName("a failed lookup does not matter when the other family connects")
        void oneLookupIsEnough() {
            dial().lookupFails(5, INET6, ErrorCode.TRY_AGAIN)
                    .a(10, "4a")
                    .connects("4a", 20)
                    .runsAs("10 start 4a (first)", "30 won 4a");
        }

        @Test
        @DisplayName("the error is that of the most preferred address that reached the network")
        void primaryError() {
            assertThat(errorOf(dialKnown(DEFAULT, "6a", "4a", "4b")
                            .fails("6a", 0, RaceEvent.FailureKind.LOCAL, ErrorCode.ADDRESS_NOT_AVAILABLE)
                            .fails("4a", 50, RaceEvent.FailureKind.NETWORK, ErrorCode.HOST_UNREACHABLE)
                            .refuses("4b", 20)))
                    .isEqualTo(ErrorCode.HOST_UNREACHABLE);
            assertThat(errorOf(dialKnown(DEFAULT, "6a", "4a")
                            .fails("6a", 0, RaceEvent.FailureKind.LOCAL, ErrorCode.ADDRESS_NOT_AVAILABLE)
                            .fails("4a", 0, RaceEvent.FailureKind.LOCAL, ErrorCode.PERMISSION_DENIED)))
                    .isEqualTo(ErrorCode.ADDRESS_NOT_AVAILABLE);
        }

        @Test
        @DisplayName(
                "a peer that was reached and is not ready says more than an address that refuses, of a better rank or not")
        void primaryErrorOfReadiness() {
            assertThat(errorOf(dialKnown(DEFAULT, "6a", "4a")
                            .refuses("6a", 0)
                            .reaches("4a", 1)
                            .fails("4a", 20, RaceEvent.FailureKind.NOT_READY, ErrorCode.TLS_CERTIFICATE)))
                    .isEqualTo(ErrorCode.TLS_CERTIFICATE);
            assertThat(errorOf(dialKnown(DEFAULT, "6a", "4a", "4b")
                            .reaches("6a", 1)
                            .fails("6a", 20, RaceEvent.FailureKind.NOT_READY, ErrorCode.TLS_HANDSHAKE)
                            .reaches("4a", 1)
                            .fails("4a", 20, RaceEvent.FailureKind.NOT_READY, ErrorCode.TLS_CERTIFICATE)
                            .refuses("4b", 0)))
                    .isEqualTo(ErrorCode.TLS_HANDSHAKE);
        }

        @Test
        @DisplayName("the trace names the address of the NAT64 that a candidate is reached through")
        void through() {
            AddressInfo address = AddressInfo.stream(new InetSocketAddress("198.51.100.121", 80));
            AddressInfo via = AddressInfo.stream(new InetSocketAddress("64:ff9b::c633:6479", 80));
            Candidate translated = new Candidate(address, null, KnownPath.NONE, via);
            assertThat(dialOnly(INET)
                            .event(0, new RaceEvent.Answered(1, List.of(translated), true))
                            .run()
                            .trace()
                            .candidates())
                    .containsExactly(new Trace.Candidate(address, "only address, through 64:ff9b::c633:6479"));
        }

        @Test
        @DisplayName("deadline: every attempt and every lookup is given up")
        void deadlinePasses() {
            RaceScript script = dial(deadline(300)).aaaa(0, "6a", "6b");
            script.runsAs(
                    "0 start 6a (first)",
                    "250 start 6b (delay)",
                    "300 cancel 6a (deadline)",
                    "300 cancel 6b (deadline)",
                    "300 cancel lookup inet",
                    "300 failed (deadline)");
            assertThat(Objects.requireNonNull(script.trace().error()).code()).isEqualTo(ErrorCode.TIMED_OUT);
        }

        @Test
        @DisplayName("deadline while nothing is known yet")
        void deadlineWithoutAnswer() {
            dialOneLookup(deadline(300)).runsAs("300 cancel lookup any", "300 failed (deadline)");
        }

        @Test
        @DisplayName("a connection at the very deadline still wins")
        void connectedAtTheDeadline() {
            dialKnown(deadline(300), "4a").connects("4a", 300).runsAs("0 start 4a (first)", "300 won 4a");
        }

        @Test
        @DisplayName("without a deadline a race waits for events only")
        void noDeadline() {
            Race race =
                    dialKnown(DEFAULT.withDeadlineNanos(Long.MAX_VALUE), "4a").race();
            Candidate candidate = dial().candidate("4a");
            race.handle(new RaceEvent.Start(List.of(), List.of(candidate)), 5);
            assertThat(race.poll(5)).isInstanceOf(RaceAction.StartAttempt.class);
            assertThat(race.poll(5)).isNull();
            assertThat(race.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
            assertThat(race.isLastAttempt()).isTrue();
        }

        @Test
        @DisplayName("cancel: all is given up at once")
        void cancel() {
            RaceScript script = dial().aaaa(0, "6a").cancel(40);
            script.runsAs(
                    "0 start 6a (first)", "40 cancel 6a (cancelled)", "40 cancel lookup inet", "40 failed (cancelled)");
            assertThat(Objects.requireNonNull(script.trace().error()).code()).isEqualTo(ErrorCode.CANCELLED);
        }

        @Test
        @DisplayName("cancel during the Resolution Delay starts nothing")
        void cancelWhileGated() {
            dial().a(0, "4a").cancel(40).runsAs("40 cancel lookup inet6", "40 failed (cancelled)");
        }

        @Test
        @DisplayName("a connection in the same batch as the cancel wins")
        void connectedAndCancelled() {
            dialKnown(DEFAULT, "4a").cancel(20).connects("4a", 20).runsAs("0 start 4a (first)", "20 won 4a");
        }

        @Test
        @DisplayName("a fault of the program ends the dial, the next address is not tried")
        void bug() {
            dialKnown(DEFAULT, "6a", "4a")
                    .fails("6a", 5, RaceEvent.FailureKind.BUG, ErrorCode.UNKNOWN)
                    .runsAs("0 start 6a (first)", "5 failed (bug)");
        }

        @Test
        @DisplayName("one of two lookups without an answer does not hold back the failure of the other")
        void lookupTimeout() {
            RaceScript script = dial().a(10, "4a").refuses("4a", 20);
            script.runsAs("60 start 4a (first)", "10000 cancel lookup inet6", "10000 failed (connect)");
            Trace.Lookup lookup = script.trace().lookups().get(0);
            assertThat(lookup.outcome()).isEqualTo(Trace.LookupOutcome.FAILED);
            assertThat(Objects.requireNonNull(lookup.error()).code()).isEqualTo(ErrorCode.TRY_AGAIN);
        }

        @Test
        @DisplayName("neither of two lookups answers: failed when both have timed out")
        void bothLookupsTimeOut() {
            RaceScript script = dial();
            script.runsAs("10000 cancel lookup inet6", "10000 cancel lookup inet", "10000 failed (resolution)");
            assertThat(Objects.requireNonNull(script.trace().error()).code()).isEqualTo(ErrorCode.TRY_AGAIN);
        }

        private static ErrorCode errorOf(RaceScript script) {
            return Objects.requireNonNull(script.run().trace().error()).code();
        }
    }

    @Nested
    @DisplayName("Winning")
    class Winning {
        @Test
        @DisplayName("two connections in one batch: the better ranked wins, the other is closed late")
        void batchOfTwo() {
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("4a", 20)
                    .connects("6a", 270)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "270 close late 4a", "270 won 6a");
        }

        @Test
        @DisplayName("the win gives up pending lookups")
        void winCancelsLookups() {
            dial().aaaa(0, "6a").connects("6a", 20).runsAs("0 start 6a (first)", "20 cancel lookup inet", "20 won 6a");
        }

        @Test
        @DisplayName("stale and unknown numbers are ignored, before and after the end")
        void staleNumbers() {
            RaceScript script = dialKnown(DEFAULT, "6a", "4a")
                    .refuses("6a", 20)
                    .event(5, new RaceEvent.Connected(0))
                    .event(5, new RaceEvent.Connected(-1))
                    .event(5, new RaceEvent.Connected(2))
                    .event(5, new RaceEvent.LookupEnded(1))
                    .event(5, new RaceEvent.Answered(7, List.of(dial().candidate("4z"))))
                    .event(30, new RaceEvent.Connected(1))
                    .event(
                            30,
                            new RaceEvent.AttemptFailed(1, RaceEvent.FailureKind.BUG, ErrorCode.UNKNOWN, "once more"))
                    .connects("4a", 30);
            script.runsAs("0 start 6a (first)", "20 start 4a (failure)", "50 won 4a");
            Trace trace = script.trace();
            script.race().handle(new RaceEvent.Connected(2), 60 * MILLI);
            script.race().handle(new RaceEvent.Cancel(ErrorCode.CANCELLED), 60 * MILLI);
            assertThat(script.race().poll(60 * MILLI)).isNull();
            assertThat(script.race().nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
            assertThat(script.trace()).isSameAs(trace);
        }

        @Test
        @DisplayName("an answer after the lookup has ended is ignored")
        void answerAfterTheEnd() {
            dial().aaaa(5).answer(6, INET6, "6a").a(10).runsAs("10 failed (resolution)");
        }

        @Test
        @DisplayName("after a last answer its lookup is not heard of any more")
        void staleAfterTheLastAnswer() {
            RaceScript script = dial().lastAnswer(5, INET6)
                    .answer(6, INET6, "6a")
                    .lastAnswer(6, INET6, "6b")
                    .lookupFails(7, INET6, ErrorCode.TRY_AGAIN)
                    .ends(7, INET6)
                    .lastAnswer(10, INET);
            script.runsAs("10 failed (resolution)");
            Trace trace = script.trace();
            assertThat(Objects.requireNonNull(trace.error()).code()).isEqualTo(ErrorCode.NO_DATA);
            assertThat(trace.candidates()).isEmpty();
            assertThat(trace.lookups())
                    .extracting(Trace.Lookup::outcome)
                    .containsExactly(Trace.LookupOutcome.EMPTY, Trace.LookupOutcome.EMPTY);
            assertThat(trace.lookups().get(0).endNanos()).isEqualTo(5 * MILLI);
        }

        @Test
        @DisplayName("in one batch, what follows the last answer is stale already")
        void staleInTheSameBatch() {
            dial().lastAnswer(10, INET6, "6a")
                    .answer(10, INET6, "6b")
                    .lastAnswer(10, INET)
                    .refuses("6a", 20)
                    .runsAs("10 start 6a (first)", "30 failed (connect)");
        }

        @Test
        @DisplayName("Start comes first, and once")
        void startComesFirst() {
            Race race = new Race(DEFAULT, new TraceRecorder("h", "1", "script", null, null));
            assertThat(race.poll(0)).isNull();
            assertThat(race.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
            assertThatThrownBy(() -> race.handle(new RaceEvent.Cancel(ErrorCode.CANCELLED), 0))
                    .isInstanceOf(IllegalStateException.class);
            RaceEvent.Start start = new RaceEvent.Start(List.of(), List.of());
            race.handle(start, 0);
            assertThatThrownBy(() -> race.handle(start, 0)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        @DisplayName("the last attempt is known as such")
        void lastAttempt() {
            Race race = new Race(DEFAULT, new TraceRecorder("h", "1", "script", null, null));
            Candidate six = dial().candidate("6a");
            Candidate four = dial().candidate("4a");
            race.handle(new RaceEvent.Start(List.of(), List.of(six, four)), 0);
            assertThat(race.isLastAttempt()).isFalse();
            assertThat(race.poll(0)).isNotNull();
            assertThat(race.poll(0)).isNull();
            assertThat(race.isLastAttempt()).isFalse();
            race.handle(
                    new RaceEvent.AttemptFailed(
                            1, RaceEvent.FailureKind.NETWORK, ErrorCode.CONNECTION_REFUSED, "refused"),
                    20 * MILLI);
            assertThat(race.poll(20 * MILLI)).isInstanceOf(RaceAction.Learn.class);
            assertThat(race.poll(20 * MILLI)).isInstanceOf(RaceAction.StartAttempt.class);
            assertThat(race.poll(20 * MILLI)).isNull();
            assertThat(race.isLastAttempt()).isTrue();
        }
    }

    @Nested
    @DisplayName("Caps")
    class Caps {
        @Test
        @DisplayName("P23 (a): ten and ten holes, all started, ever faster, failure at the deadline")
        void p23DefaultCap() {
            RaceScript script = dialKnown(DEFAULT, tenAndTen()).run();
            assertThat(startTimes(script))
                    .containsExactly(
                            0L, 250L, 500L, 750L, 1000L, 1175L, 1298L, 1398L, 1498L, 1598L, 1698L, 1798L, 1898L, 1998L,
                            2098L, 2198L, 2298L, 2398L, 2498L, 2598L);
            assertThat(script.trace().elapsedNanos()).isEqualTo(30_000 * MILLI);
        }

        private static List<Long> startTimes(RaceScript script) {
            return script.trace().attempts().stream()
                    .map(attempt -> attempt.startNanos() / MILLI)
                    .toList();
        }

        @Test
        @DisplayName("P23 (a) without quickening: one each 250 ms")
        void p23WithoutQuickening() {
            RaceScript script = dialKnown(STEADY, tenAndTen()).run();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.add("" + (i % 2 == 0 ? '6' : '4') + (char) ('a' + i / 2) + "@" + 250 * i);
            }
            assertThat(script.starts()).isEqualTo(String.join(" ", expected));
            assertThat(script.trace().elapsedNanos()).isEqualTo(30_000 * MILLI);
        }

        @Test
        @DisplayName("P23 (b): with 6 in flight the oldest makes room once it is 3 s old")
        void p23CapOfSix() {
            RaceScript script = dialKnown(STEADY.withCaps(6, 20), tenAndTen()).run();
            List<Long> starts = startTimes(script);
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.add(3000L * (i / 6) + 250L * (i % 6));
            }
            assertThat(starts).isEqualTo(expected);
            Trace.Attempt evicting = script.trace().attempts().get(6);
            assertThat(evicting.why()).isEqualTo(Trace.Why.EVICTION);
            assertThat(evicting.startNanos())
                    .isEqualTo(script.trace().attempts().get(0).endNanos());
        }

        @Test
        @DisplayName("P23 (b) with quickening: the sixth comes sooner, the others as room is made")
        void p23CapOfSixQuickened() {
            assertThat(startTimes(
                            dialKnown(DEFAULT.withCaps(6, 20), tenAndTen()).run()))
                    .startsWith(0L, 250L, 500L, 750L, 1000L, 1175L, 3000L, 3250L, 3500L, 3750L, 4000L, 4175L, 6000L);
        }

        @Test
        @DisplayName("eviction: the oldest is cancelled before the newer one starts")
        void eviction() {
            dialKnown(DEFAULT.withCaps(1, 20), "6a", "4a")
                    .connects("4a", 20)
                    .runsAs(
                            "0 start 6a (first)",
                            "3000 cancel 6a (evicted)",
                            "3000 start 4a (eviction)",
                            "3020 won 4a");
        }

        @Test
        @DisplayName("a failure makes room before that")
        void failureMakesRoom() {
            assertThat(dialKnown(DEFAULT.withCaps(2, 20), "6a", "6b", "4a", "4b")
                            .refuses("6a", 700)
                            .connects("6b", 20)
                            .run()
                            .starts())
                    .isEqualTo("6a@0 4a@250 6b@700");
        }

        @Test
        @DisplayName("20 addresses are tried, at least a third of them of each family")
        void addressCap() {
            String[] addresses = Stream.concat(Stream.of(names('6', 26)), Stream.of(names('4', 10)))
                    .toArray(String[]::new);
            RaceScript script = dialKnown(DEFAULT, addresses).run();
            assertThat(script.trace().attempts()).hasSize(20);
            assertThat(script.trace().attempts())
                    .filteredOn(attempt -> attempt.address().family() == INET)
                    .hasSize(6);
            assertThat(script.trace().candidates()).hasSize(36);
            assertThat(script.trace().candidates().get(35).why()).contains("not tried: over the limit of 20");
        }

        @Test
        @DisplayName("a family with less than a third leaves its places to the other")
        void addressCapWithFewOfOneFamily() {
            String[] addresses = Stream.concat(Stream.of(names('4', 26)), Stream.of("6a", "6b"))
                    .toArray(String[]::new);
            RaceScript script = dialKnown(DEFAULT, addresses).run();
            assertThat(script.trace().attempts())
                    .hasSize(20)
                    .filteredOn(attempt -> attempt.address().family() == INET6)
                    .hasSize(2);
        }

        @Test
        @DisplayName("a late family still has its third, what was attempted counts first")
        void addressCapAndLateAnswer() {
            RaceScript script = dial().a(0, names('4', 26)).aaaa(1060, names('6', 26));
            script.run();
            assertThat(script.trace().attempts()).hasSize(20);
            assertThat(script.trace().attempts().subList(0, 5))
                    .allMatch(attempt -> attempt.address().family() == INET);
            assertThat(script.trace().attempts())
                    .filteredOn(attempt -> attempt.address().family() == INET)
                    .hasSizeBetween(6, 14);
        }

        @Test
        @DisplayName("a name server that sends thousands of addresses of one family does not shut the other out")
        void thousandsOfAddresses() {
            List<Candidate> many = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                many.add(new Candidate(
                        AddressInfo.stream(
                                new InetSocketAddress(RaceScript.inet("198.18." + i / 256 + "." + i % 256), 27015)),
                        RaceScript.inet("192.0.2.99")));
            }
            RaceScript script = dial().event(0, new RaceEvent.Answered(2, many))
                    .aaaa(30, "6a")
                    .connects("6a", 20);
            script.run();
            assertThat(script.starts()).isEqualTo("6a@30");
            assertThat(script.trace().candidates()).hasSizeLessThanOrEqualTo(1000);
        }

        private static String[] tenAndTen() {
            return Stream.concat(Stream.of(names('6', 10)), Stream.of(names('4', 10)))
                    .toArray(String[]::new);
        }
    }
}
