package dev.prise.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the memory, with a clock that the test moves. */
class PathHistoryTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long HOME = 1;
    private static final long OFFICE = 2;
    private static final AddressInfo FOUR = address("192.0.2.1", 80);
    private static final AddressInfo SIX = address("2001:db8::1", 80);

    private static final List<Lesson.Kind> KINDS = List.of(Lesson.Kind.values());

    private final PathHistory history = new PathHistory(7);

    /** A reading of a monotonic clock may be negative. */
    private long now = -30 * SECOND;

    static AddressInfo address(String literal, int port) {
        try {
            return AddressInfo.stream(new InetSocketAddress(InetAddress.getByName(literal), port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    private void connected(AddressInfo address, long millis) {
        history.learn(HOME, address, new Lesson(Lesson.Kind.ROUND_TRIP, millis * MILLI, null), now);
    }

    private void failed(AddressInfo address, Lesson.Kind kind, @Nullable ErrorCode code) {
        history.learn(HOME, address, new Lesson(kind, SECOND, code), now);
    }

    private void refused(AddressInfo address) {
        failed(address, Lesson.Kind.FAILED, ErrorCode.CONNECTION_REFUSED);
    }

    private KnownPath path(AddressInfo address) {
        return history.path(HOME, address, now);
    }

    /** How many seconds from now on it stays in trouble. */
    private int secondsInTrouble(AddressInfo address) {
        int seconds = 0;
        while (history.path(HOME, address, now + seconds * SECOND).isPenalised()) {
            seconds++;
        }
        return seconds;
    }

    @Nested
    class RoundTrips {
        @Test
        void nothingIsKnownOfAnAddressThatWasNotTried() {
            connected(FOUR, 20);
            assertThat(path(SIX)).isEqualTo(KnownPath.NONE);
        }

        @Test
        void theFirstSampleIsTheTimeAndHalfOfItTheVariation() {
            connected(FOUR, 20);
            assertThat(path(FOUR)).isEqualTo(new KnownPath(20 * MILLI, 10 * MILLI, true, null));
        }

        @Test
        void laterSamplesAreSmoothed() {
            connected(FOUR, 20);
            connected(FOUR, 100);
            // RFC 6298 section 2: 10 + (|20 - 100| - 10) / 4 and 20 + (100 - 20) / 8
            assertThat(path(FOUR)).isEqualTo(new KnownPath(30 * MILLI, 27_500_000, true, null));
        }

        @Test
        void aSampleThatMayBeThatOfASecondSynIsNotAveraged() {
            connected(FOUR, 20);
            connected(FOUR, 900);
            assertThat(path(FOUR).smoothedRttNanos()).isEqualTo(20 * MILLI);
            connected(SIX, 900);
            assertThat(path(SIX)).isEqualTo(new KnownPath(KnownPath.NO_RTT, KnownPath.NO_RTT, true, null));
            connected(SIX, 899);
            assertThat(path(SIX).smoothedRttNanos()).isEqualTo(899 * MILLI);
        }

        @Test
        void theyHoldForAllPortsAndForTenMinutesAfterTheLast() {
            connected(FOUR, 20);
            assertThat(path(address("192.0.2.1", 81)).smoothedRttNanos()).isEqualTo(20 * MILLI);
            now += 600 * SECOND;
            assertThat(path(FOUR).hasRtt()).isTrue();
            now++;
            assertThat(path(FOUR)).isEqualTo(KnownPath.NONE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"192.0.2.254", "2001:db8:0:ffff::1"})
        void aNeighbourHasThoseOfThePrefixAndCountsAsUnused(String neighbour) {
            connected(FOUR, 20);
            connected(SIX, 20);
            assertThat(path(address(neighbour, 80))).isEqualTo(new KnownPath(20 * MILLI, 10 * MILLI, false, null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"192.0.3.1", "2001:db8:1::1"})
        void anAddressOutsideThePrefixHasNone(String stranger) {
            connected(FOUR, 20);
            connected(SIX, 20);
            assertThat(path(address(stranger, 80))).isEqualTo(KnownPath.NONE);
        }

        @Test
        void theZoneIsAPartOfTheAddress() throws UnknownHostException {
            connected(zoned(2), 20);
            assertThat(path(zoned(2)).hasRtt()).isTrue();
            assertThat(path(zoned(3))).isEqualTo(KnownPath.NONE);
        }

        private AddressInfo zoned(int zone) throws UnknownHostException {
            byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
            return AddressInfo.stream(new InetSocketAddress(Inet6Address.getByAddress(null, bytes, zone), 80));
        }
    }

    @Nested
    class Troubles {
        @Test
        void oneFailureHoldsForAMinute() {
            refused(FOUR);
            assertThat(secondsInTrouble(FOUR)).isEqualTo(60);
        }

        @Test
        void howeverManyFailuresHoldForLessThan100Seconds() {
            for (int i = 0; i < 1000; i++) {
                refused(FOUR);
                now += SECOND;
            }
            now -= SECOND;
            assertThat(secondsInTrouble(FOUR)).isBetween(90, 99);
        }

        @Test
        void theyAreThoseOfAPort() {
            refused(FOUR);
            assertThat(path(address("192.0.2.1", 81))).isEqualTo(KnownPath.NONE);
            assertThat(path(address("192.0.2.2", 80))).isEqualTo(KnownPath.NONE);
        }

        @Test
        void aConnectionEndsThemForThatPort() {
            AddressInfo other = address("192.0.2.1", 81);
            refused(FOUR);
            refused(other);
            connected(FOUR, 20);
            assertThat(path(FOUR).isPenalised()).isFalse();
            assertThat(path(other).isPenalised()).isTrue();
            // and the next failure counts as the first
            refused(FOUR);
            assertThat(secondsInTrouble(FOUR)).isEqualTo(60);
        }

        @Test
        void theTextSaysWhatAndWhen() {
            refused(FOUR);
            assertThat(path(FOUR).trouble()).isEqualTo("refused just now (ECONNREFUSED)");
            now += 3 * SECOND;
            assertThat(path(FOUR).trouble()).isEqualTo("refused 3 s ago (ECONNREFUSED)");
            failed(FOUR, Lesson.Kind.UNANSWERED, null);
            now += 12 * SECOND;
            assertThat(path(FOUR).trouble()).isEqualTo("no answer 12 s ago");
            failed(FOUR, Lesson.Kind.FAILED, ErrorCode.TIMED_OUT);
            now += 5 * SECOND;
            assertThat(path(FOUR).trouble()).isEqualTo("no answer 5 s ago");
            failed(FOUR, Lesson.Kind.NOT_READY, ErrorCode.TIMED_OUT);
            now += 6 * SECOND;
            assertThat(path(FOUR).trouble()).isEqualTo("connected but not ready 6 s ago");
            failed(FOUR, Lesson.Kind.FAILED, ErrorCode.NETWORK_UNREACHABLE);
            now += 7 * SECOND;
            assertThat(path(FOUR).trouble()).isEqualTo("network unreachable 7 s ago (ENETUNREACH)");
        }

        @Test
        void whatWasGivenUpTooEarlySaysNothing() {
            failed(FOUR, Lesson.Kind.LONGER_THAN, null);
            assertThat(history.isEmpty()).isTrue();
        }
    }

    @Nested
    class Families {
        private void lost(int destination) {
            history.lostToOtherFamily(HOME, address("2001:db8::" + destination, 443), now);
        }

        private void demote() {
            lost(1);
            lost(2);
            lost(3);
        }

        private int secondsDemoted() {
            int seconds = 0;
            while (history.demotedFamily(HOME, now + seconds * SECOND) == AddressFamily.INET6) {
                seconds++;
            }
            return seconds;
        }

        @Test
        void threeDestinationsWithinAMinuteMakeItComeSecondForAMinute() {
            lost(1);
            now += 30 * SECOND;
            lost(2);
            assertThat(history.demotedFamily(HOME, now)).isNull();
            now += 30 * SECOND;
            lost(3);
            assertThat(secondsDemoted()).isEqualTo(60);
            assertThat(path(address("2001:db8:9::9", 80)).trouble()).isEqualTo("IPv6 failed for 3 destinations");
            assertThat(path(FOUR).isPenalised()).isFalse();
        }

        @Test
        void threeDestinationsInMoreThanAMinuteDoNot() {
            lost(1);
            now += 31 * SECOND;
            lost(2);
            now += 31 * SECOND;
            lost(3);
            assertThat(history.demotedFamily(HOME, now)).isNull();
        }

        @Test
        void oneDestinationThriceDoesNot() {
            lost(1);
            lost(1);
            lost(1);
            assertThat(history.demotedFamily(HOME, now)).isNull();
        }

        @Test
        void itLastsTwiceAsLongEachTimeUpToTenMinutes() {
            List<Integer> lengths = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                demote();
                lengths.add(secondsDemoted());
                now += secondsDemoted() * SECOND;
            }
            assertThat(lengths).containsExactly(60, 120, 240, 480, 600, 600, 600, 600, 600, 600, 600, 600);
        }

        @Test
        void aConnectionOfTheFamilyEndsItAndTheNextTimeIsTheFirst() {
            demote();
            connected(SIX, 20);
            assertThat(history.demotedFamily(HOME, now)).isNull();
            demote();
            assertThat(secondsDemoted()).isEqualTo(60);
        }

        @Test
        void aConnectionOfTheOtherFamilyDoesNot() {
            demote();
            connected(FOUR, 20);
            assertThat(secondsDemoted()).isEqualTo(60);
        }

        @Test
        void tenMinutesAfterItsEndTheNextTimeIsTheFirst() {
            demote();
            now += 660 * SECOND;
            demote();
            assertThat(secondsDemoted()).isEqualTo(120);
            now += 721 * SECOND;
            demote();
            assertThat(secondsDemoted()).isEqualTo(60);
        }

        @Test
        void loopbackAndLinkLocalAddressesSayNothing() {
            for (String local : List.of("::1", "fe80::1", "fe80::2", "fe80::3")) {
                history.lostToOtherFamily(HOME, address(local, 80), now);
            }
            assertThat(history.demotedFamily(HOME, now)).isNull();
            demote();
            connected(address("::1", 80), 1);
            assertThat(secondsDemoted()).isEqualTo(60);
            assertThat(path(address("fe80::1", 80)).isPenalised()).isFalse();
        }

        @Test
        void whenBothFailNeitherComesSecond() {
            demote();
            for (int i = 1; i <= 3; i++) {
                history.lostToOtherFamily(HOME, address("192.0.2." + i, 80), now);
            }
            assertThat(history.demotedFamily(HOME, now)).isNull();
        }
    }

    @Nested
    class Networks {
        @Test
        void whatWasLearntInOneIsNotUsedInAnother() {
            connected(FOUR, 20);
            refused(FOUR);
            assertThat(history.path(OFFICE, FOUR, now)).isEqualTo(KnownPath.NONE);
            assertThat(path(FOUR)).isNotEqualTo(KnownPath.NONE);
        }

        @Test
        void fourOfBeforeAreRememberedAndNoMore() {
            connected(FOUR, 20);
            for (int network = 11; network <= 14; network++) {
                history.learn(network, FOUR, new Lesson(Lesson.Kind.ROUND_TRIP, MILLI, null), now);
            }
            assertThat(path(FOUR).hasRtt()).isTrue();
            // home was used last, so the eldest is now 11
            history.learn(15, FOUR, new Lesson(Lesson.Kind.ROUND_TRIP, MILLI, null), now);
            assertThat(path(FOUR).hasRtt()).isTrue();
            assertThat(history.path(11, FOUR, now)).isEqualTo(KnownPath.NONE);
            assertThat(history.size()).isEqualTo(2 * 5);
        }
    }

    @Nested
    class Convergence {
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 7, -1, Long.MAX_VALUE})
        void oneDialOfEachSixteenGoesWithoutAndNotOneOfTheFirstEight(long seed) {
            PathHistory seeded = new PathHistory(seed);
            int first = -1;
            for (int block = 0; block < 100; block++) {
                int cold = 0;
                for (int i = 0; i < 16; i++) {
                    if (seeded.beginDial()) {
                        cold++;
                        first = first < 0 ? i : first;
                    }
                }
                assertThat(cold).isEqualTo(1);
            }
            assertThat(first).isBetween(8, 15);
        }

        @Test
        void twoHostsInTurnBothHaveTheirShare() {
            int even = 0;
            int odd = 0;
            for (int i = 0; i < 1600; i++) {
                if (history.beginDial()) {
                    even += i % 2 == 0 ? 1 : 0;
                    odd += i % 2;
                }
            }
            assertThat(even).isGreaterThan(30);
            assertThat(odd).isGreaterThan(30);
        }
    }

    @Nested
    class Bounds {
        @Test
        void aMillionAddressesLeaveTheLastOnes() {
            for (int i = 0; i < 100_000; i++) {
                AddressInfo each = address("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 80);
                connected(each, 20);
                refused(each);
                assertThat(history.size()).isLessThanOrEqualTo(PathHistory.MAX_ENTRIES);
            }
            assertThat(history.size()).isEqualTo(PathHistory.MAX_ENTRIES);
            AddressInfo last = address("10.1.134.159", 80);
            assertThat(path(last).used()).isTrue();
            assertThat(path(last).isPenalised()).isTrue();
        }

        @Test
        void anAddressInUseStays() {
            connected(FOUR, 20);
            for (int i = 0; i < 20_000; i++) {
                connected(address("10.0." + (i >> 8) + "." + (i & 255), 80), 20);
                assertThat(path(FOUR).used()).isTrue();
            }
        }

        @Test
        void noSequenceOfLessonsBreaksABound() {
            for (long seed = 1; seed <= 20; seed++) {
                Random random = new Random(seed);
                PathHistory any = new PathHistory(seed);
                long at = random.nextLong() / 4;
                for (int i = 0; i < 5_000; i++) {
                    at += random.nextBoolean() ? random.nextInt(1_000_000_000) : 0;
                    AddressInfo each = anyAddress(random);
                    long network = random.nextInt(7);
                    Lesson.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
                    any.learn(network, each, new Lesson(kind, random.nextInt(2_000_000_000), null), at);
                    if (random.nextInt(5) == 0) {
                        any.lostToOtherFamily(network, each, at);
                    }
                    KnownPath path = any.path(network, each, at);
                    assertThat(path.smoothedRttNanos()).as("seed %s", seed).isBetween(-1L, 900 * MILLI);
                    assertThat(path.rttVariationNanos()).as("seed %s", seed).isBetween(-1L, 900 * MILLI);
                }
                assertThat(any.size()).as("seed %s", seed).isLessThanOrEqualTo(PathHistory.MAX_ENTRIES);
                assertThat(any.networks).as("seed %s", seed).hasSizeLessThanOrEqualTo(PathHistory.MAX_NETWORKS);
                assertThat(any.roundTrips.keySet())
                        .as("seed %s", seed)
                        .allMatch(key -> any.networks.containsKey(key.network()));
                PathHistory read = new PathHistory(0);
                read.addText(any.toText(at, 1_000_000_000_000L, 10_000), at, 1_000_000_000_000L);
                assertThat(read.toText(at, 1_000_000_000_000L, 10_000).lines())
                        .as("seed %s", seed)
                        .containsExactlyInAnyOrderElementsOf(any.toText(at, 1_000_000_000_000L, 10_000)
                                .lines()
                                .toList());
            }
        }

        private AddressInfo anyAddress(Random random) {
            int host = random.nextInt(3_000);
            return random.nextBoolean()
                    ? address("10." + (host >> 8) + ".0." + (host & 255), 80 + random.nextInt(2))
                    : address("2001:db8:" + Integer.toHexString(host) + "::1", 80);
        }
    }

    @Nested
    class Texts {
        private static final long DAY_MILLIS = 1_795_000_000_000L;

        private String text() {
            return history.toText(now, DAY_MILLIS, 1000);
        }

        private void fill() {
            connected(FOUR, 20);
            refused(SIX);
            connected(address("192.0.2.9", 80), 950);
            history.lostToOtherFamily(HOME, SIX, now);
        }

        @Test
        void isWrittenAsTheDocumentSays() {
            fill();
            history.beginDial();
            assertThat(text()).isEqualTo("""
                            prise-paths 1
                            dials 1 7
                            family 1 inet6 1795000000000 0 0 2001:db8::1 1795000000000
                            trouble 1 2001:db8::1 80 1795000000000 1000 FAILED CONNECTION_REFUSED
                            rtt 1 192.0.2.1 1795000000000 20000 10000
                            rtt 1 192.0.2.9 1795000000000 -1 -1
                            rtt 1 192.0.2.0/24 1795000000000 20000 10000
                            """);
        }

        @Test
        void isReadInAnotherProcessWithAnotherClock() {
            fill();
            PathHistory read = new PathHistory(0);
            long theirs = 5_000 * SECOND;
            read.addText(text(), theirs, DAY_MILLIS + 30_000);
            assertThat(read.path(HOME, FOUR, theirs)).isEqualTo(path(FOUR));
            assertThat(read.path(HOME, SIX, theirs).trouble()).isEqualTo("refused 30 s ago (ECONNREFUSED)");
            assertThat(read.path(HOME, SIX, theirs + 31 * SECOND).isPenalised()).isFalse();
            assertThat(read.path(HOME, FOUR, theirs + 569 * SECOND).hasRtt()).isTrue();
            assertThat(read.path(HOME, FOUR, theirs + 571 * SECOND).hasRtt()).isFalse();
        }

        @Test
        void aDemotedFamilyStaysSo() {
            for (int i = 1; i <= 3; i++) {
                history.lostToOtherFamily(HOME, address("2001:db8::" + i, 80), now);
            }
            PathHistory read = new PathHistory(0);
            read.addText(text(), 0, DAY_MILLIS + 59_000);
            assertThat(read.demotedFamily(HOME, 0)).isEqualTo(AddressFamily.INET6);
            assertThat(read.demotedFamily(HOME, 2 * SECOND)).isNull();
        }

        @Test
        void theCountOfDialsGoesOn() {
            for (int i = 0; i < 5; i++) {
                history.beginDial();
            }
            PathHistory read = new PathHistory(99);
            read.addText(text(), now, DAY_MILLIS);
            for (int i = 5; i < 100; i++) {
                assertThat(read.beginDial()).isEqualTo(history.beginDial());
            }
        }

        @Test
        void dialsOfMemoriesThatShareATextAddUp() {
            String begin = "prise-paths 1\ndials 100 7\n";
            PathHistory other = new PathHistory(99);
            for (PathHistory each : List.of(history, other)) {
                each.addText(begin, now, DAY_MILLIS);
                each.beginDial();
            }
            other.beginDial();
            other.addText(text(), now, DAY_MILLIS);
            assertThat(other.toText(now, DAY_MILLIS, 1000)).contains("dials 103 7\n");
            // what has been added once is not added again
            other.addText(text(), now, DAY_MILLIS);
            other.addText(other.toText(now, DAY_MILLIS, 1000), now, DAY_MILLIS);
            assertThat(other.toText(now, DAY_MILLIS, 1000)).contains("dials 103 7\n");
            // nor is a text of its own, made before its last dial
            String own = other.toText(now, DAY_MILLIS, 1000);
            other.beginDial();
            other.addText(own, now, DAY_MILLIS);
            assertThat(other.toText(now, DAY_MILLIS, 1000)).contains("dials 104 7\n");
        }

        @Test
        void whatHasExpiredIsPassedOver() {
            fill();
            PathHistory read = new PathHistory(0);
            read.addText(text(), now, DAY_MILLIS + 2_000_000);
            assertThat(read.isEmpty()).isTrue();
        }

        @Test
        void whatIsFromTheFutureIsPassedOver() {
            fill();
            PathHistory read = new PathHistory(0);
            read.addText(text(), now, DAY_MILLIS - 2_000);
            assertThat(read.isEmpty()).isTrue();
        }

        @Test
        void theNewerOfTwoEntriesIsKept() {
            refused(SIX);
            String older = text();
            now += SECOND;
            connected(SIX, 20);
            // the trouble that a connection has ended does not come back with the text
            history.addText(older, now, DAY_MILLIS + 1_000);
            assertThat(path(SIX)).isEqualTo(new KnownPath(20 * MILLI, 10 * MILLI, true, null));
            PathHistory behind = new PathHistory(0);
            behind.addText(older, now, DAY_MILLIS + 1_000);
            behind.addText(history.toText(now, DAY_MILLIS + 1_000, 1000), now, DAY_MILLIS + 1_000);
            assertThat(behind.path(HOME, SIX, now)).isEqualTo(path(SIX));
        }

        @Test
        void aWeightOfATextHoldsNoLongerThanOneThatWasLearnt() {
            history.addText(
                    "prise-paths 1\ntrouble 1 192.0.2.1 80 1795000000000 10000 FAILED CONNECTION_REFUSED\n",
                    now,
                    DAY_MILLIS);
            assertThat(history.path(1, FOUR, now + 95 * SECOND).isPenalised()).isTrue();
            assertThat(history.path(1, FOUR, now + 96 * SECOND).isPenalised()).isFalse();
        }

        @Test
        void networksOfATextDoNotDriveOutOurOwn() {
            PathHistory other = new PathHistory(0);
            for (int network = 11; network <= 15; network++) {
                other.learn(network, FOUR, new Lesson(Lesson.Kind.ROUND_TRIP, MILLI, null), now);
            }
            connected(FOUR, 20);
            history.addText(other.toText(now, DAY_MILLIS, 1000), now, DAY_MILLIS);
            assertThat(path(FOUR).used()).isTrue();
            assertThat(history.path(15, FOUR, now).used()).isTrue();
            assertThat(history.path(11, FOUR, now).used()).isFalse();
        }

        @Test
        void hasTheEntriesThatWereUsedLast() {
            for (int i = 0; i < 200; i++) {
                AddressInfo each = address("10.0." + i + ".1", 80);
                connected(each, 20);
                refused(each);
            }
            String text = history.toText(now, DAY_MILLIS, 100);
            assertThat(text.lines().filter(line -> line.startsWith("rtt ") || line.startsWith("trouble ")))
                    .hasSize(100);
            assertThat(text).contains("10.0.199.1").doesNotContain("10.0.100.1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "prise-paths 2\n",
                    "prise-paths 1\nrtt\n",
                    "prise-paths 1\nrtt 1 192.0.2.1 1795000000000 20000\n",
                    "prise-paths 1\nrtt 1 192.0.2.1 1795000000000 20000 10000 7\n",
                    "prise-paths 1\nrtt 1 name.example 1795000000000 20000 10000\n",
                    "prise-paths 1\nrtt 1 192.0.2.1/24 1795000000000 20000 10000\n",
                    "prise-paths 1\nrtt 1 192.0.2.1 9223372036854775807 20000 10000\n",
                    "prise-paths 1\nrtt 1 192.0.2.1 1795000000000 -7 10000\n",
                    "prise-paths 1\nrtt x 192.0.2.1 1795000000000 20000 10000\n",
                    "prise-paths 1\ntrouble 1 192.0.2.1 65536 1795000000000 1000 FAILED -\n",
                    "prise-paths 1\ntrouble 1 192.0.2.1 80 1795000000000 99999 FAILED -\n",
                    "prise-paths 1\ntrouble 1 192.0.2.1 80 1795000000000 1000 BAD -\n",
                    "prise-paths 1\ntrouble 1 192.0.2.1 80 1795000000000 1000 FAILED BAD\n",
                    "prise-paths 1\nfamily 1 unix 1795000000000 0 0\n",
                    "prise-paths 1\ndials -1 0\n",
                    "prise-paths 1\n\n",
                    "prise-paths 1\nrtt 1 192.0.2.1 1795000000000 20000 10000",
                    "prise-paths 1\nrtt 1 192.0.2.1/48 1795000000000 20000 10000\n",
                    "prise-paths 1\nrtt 1 fe80::1%eth0 1795000000000 20000 10000\n",
                    "\u0000\u0001\u0002"
                })
        void anythingElseIsRefusedAndNothingOfItKept(String text) {
            String before = text();
            String good = text.replaceFirst("\n", "\nrtt 1 192.0.2.77 1795000000000 20000 10000\n");
            assertThatIllegalArgumentException().isThrownBy(() -> history.addText(good, now, DAY_MILLIS));
            assertThat(text()).isEqualTo(before);
        }

        @Test
        void noPartOfATextBreaksAnything() {
            fill();
            String whole = text();
            for (int end = 0; end < whole.length(); end++) {
                PathHistory read = new PathHistory(0);
                try {
                    read.addText(whole.substring(0, end), now, DAY_MILLIS);
                } catch (IllegalArgumentException e) {
                    assertThat(read.isEmpty())
                            .as("the first %s characters", end)
                            .isTrue();
                }
            }
        }
    }
}
