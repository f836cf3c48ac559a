package dev.prise.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trace and what it comes down to, sentence by sentence. */
class VerdictTest {
    private static final AddressInfo SIX = address("2001:db8::1", 80);
    private static final AddressInfo SIX_TOO = address("2001:db8::2", 80);
    private static final AddressInfo FOUR = address("192.0.2.1", 80);
    private static final AddressInfo FOUR_TOO = address("192.0.2.2", 80);

    static AddressInfo address(String literal, int port) {
        try {
            return AddressInfo.stream(new InetSocketAddress(InetAddress.getByName(literal), port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void assertVerdict(Verdict verdict, Verdict.Kind kind, String sentence, @Nullable String advice) {
        assertThat(verdict.sentence()).isEqualTo(sentence);
        assertThat(verdict.advice()).isEqualTo(advice);
        assertThat(verdict.kind()).isEqualTo(kind);
    }

    @Nested
    class Connected {
        @Test
        @DisplayName("a literal at once")
        void literal() {
            Verdict verdict = new Story().won(FOUR, 0, 12).end(12);
            assertVerdict(
                    verdict, Verdict.Kind.HEALTHY, "All is well: IPv4 192.0.2.1 answered at the first attempt.", null);
            assertThat(verdict.costs()).isEmpty();
        }

        @Test
        @DisplayName("a literal that this program was slow to begin with: nobody is to blame")
        void literalThatBeganLate() {
            Verdict verdict = new Story().won(FOUR, 40, 60).end(60);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.HEALTHY);
            assertThat(verdict.costs()).isEmpty();
        }

        @Test
        @DisplayName("both lookups answer, IPv6 is first")
        void dual() {
            assertVerdict(
                    new Story()
                            .answered(AddressFamily.INET6, 0, 9, SIX)
                            .answered(AddressFamily.INET, 0, 11, FOUR)
                            .won(SIX, 9, 20)
                            .end(20),
                    Verdict.Kind.HEALTHY,
                    "All is well: IPv6 2001:db8::1 answered at the first attempt.",
                    null);
        }

        @Test
        @DisplayName("a Unix-domain socket")
        void unix() {
            assertVerdict(
                    new Story("/run/s.sock", "")
                            .won(socketAt("/run/s.sock"), 0, 1)
                            .end(1),
                    Verdict.Kind.HEALTHY,
                    "All is well: the socket /run/s.sock answered at the first attempt.",
                    null);
        }

        @Test
        @DisplayName("IPv6 is silent: no more is said than that it did not answer in the time it had")
        void sixIsSilent() {
            Verdict verdict = new Story()
                    .answered(AddressFamily.INET6, 0, 5, SIX)
                    .answered(AddressFamily.INET, 0, 5, FOUR)
                    .lost(SIX, 5, 267)
                    .won(FOUR, 255, 267)
                    .end(267);
            assertVerdict(
                    verdict,
                    Verdict.Kind.IPV6_BROKEN,
                    "Connected only after fallback from IPv6 to IPv4: IPv6 2001:db8::1 did not answer within 262 ms,"
                            + " which cost 250 ms.",
                    "IPv6 may be broken on this machine, on the way or at the server: try IPv6 alone (-6, or family INET6)"
                            + " to see; until that is mended, IPv4 alone (-4, or family INET) goes around it.");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly("250 ms lost: IPv6 2001:db8::1 did not answer");
        }

        @Test
        @DisplayName("two silent addresses of IPv6 cost a delay each, and are told in one breath")
        void sixIsSilentTwice() {
            Verdict verdict = new Story()
                    .lost(SIX, 0, 512)
                    .lost(SIX_TOO, 250, 512)
                    .won(FOUR, 500, 512)
                    .end(512);
            assertThat(verdict.sentence())
                    .isEqualTo(
                            "Connected only after fallback from IPv6 to IPv4: IPv6 2001:db8::1 and 2001:db8::2 did not"
                                    + " answer within 262 ms, which cost 500 ms.");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly(
                            "250 ms lost: IPv6 2001:db8::1 did not answer",
                            "250 ms lost: IPv6 2001:db8::2 did not answer");
        }

        @Test
        @DisplayName("the server listens on IPv4 only, as with localhost: nothing was lost")
        void sixRefuses() {
            Verdict verdict = new Story()
                    .failed(address("::1", 80), 0, 1, ErrorCode.CONNECTION_REFUSED)
                    .won(address("127.0.0.1", 80), 1, 2)
                    .end(2);
            assertVerdict(
                    verdict,
                    Verdict.Kind.IPV6_BROKEN,
                    "Connected only after fallback from IPv6 to IPv4: IPv6 ::1 refused.",
                    "Let the server listen on its IPv6 address too, or take that out of the name; until that is mended, IPv4 alone (-4,"
                            + " or family INET) goes around it.");
            assertThat(verdict.costs()).isEmpty();
        }

        @Test
        @DisplayName("IPv6 has no route")
        void sixHasNoRoute() {
            assertVerdict(
                    new Story()
                            .failed(SIX, 0, 0, ErrorCode.NETWORK_UNREACHABLE)
                            .won(FOUR, 0, 12)
                            .end(12),
                    Verdict.Kind.NO_IPV6_ROUTE,
                    "Connected only after fallback from IPv6 to IPv4: IPv6 2001:db8::1 cannot be reached (no route).",
                    "Give this machine IPv6; until that is mended, IPv4 alone (-4, or family INET) goes around it.");
        }

        @Test
        @DisplayName("IPv4 is the one that fails")
        void fourFails() {
            assertVerdict(
                    new Story()
                            .failed(FOUR, 0, 20, ErrorCode.HOST_UNREACHABLE)
                            .won(SIX, 20, 32)
                            .end(32),
                    Verdict.Kind.IPV4_BROKEN,
                    "Connected only after fallback from IPv4 to IPv6: IPv4 192.0.2.1 cannot be reached (host unreachable),"
                            + " which cost 20.0 ms.",
                    "IPv4 may be broken on this machine, on the way or at the server: try IPv4 alone (-4, or family INET) to"
                            + " see; until that is mended, IPv6 alone (-6, or family INET6) goes around it.");
        }

        @Test
        @DisplayName("some addresses of the winner's family fail too")
        void someFail() {
            assertVerdict(
                    new Story()
                            .lost(SIX, 0, 300)
                            .failed(FOUR, 250, 280, ErrorCode.CONNECTION_REFUSED)
                            .won(FOUR_TOO, 280, 300)
                            .end(300),
                    Verdict.Kind.SOME_ADDRESSES_BROKEN,
                    "Connected only after fallback to IPv4 192.0.2.2: IPv6 2001:db8::1 did not answer within 300 ms, IPv4"
                            + " 192.0.2.1 refused, which cost 280 ms.",
                    "Mend the addresses that do not work, or take them out of the name.");
        }

        @Test
        @DisplayName(
                "an earlier attempt that had less than twice the winner's time was slower, and nothing is called broken")
        void onlySlower() {
            Verdict verdict = new Story().lost(SIX, 0, 590).won(FOUR, 250, 590).end(590);
            assertVerdict(
                    verdict,
                    Verdict.Kind.HEALTHY,
                    "All is well but for 250 ms lost: IPv4 192.0.2.1 answered sooner than IPv6 2001:db8::1.",
                    null);
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly("250 ms lost: IPv6 2001:db8::1 had not answered yet");
        }

        @Test
        @DisplayName("one after the other: an attempt had its time and was given up")
        void sequential() {
            assertVerdict(
                    new Story()
                            .failed(FOUR, 0, 2_000, ErrorCode.TIMED_OUT)
                            .won(FOUR_TOO, 2_000, 2_010)
                            .end(2_010),
                    Verdict.Kind.SOME_ADDRESSES_BROKEN,
                    "Connected only after fallback to IPv4 192.0.2.2: IPv4 192.0.2.1 did not answer within 2.0 s, which cost"
                            + " 2.0 s.",
                    "Mend the addresses that do not work, or take them out of the name.");
        }

        @Test
        @DisplayName("an address accepts and hangs in its handshake, another one is ready")
        void hangs() {
            assertVerdict(
                    new Story()
                            .reachedAndLost(SIX, 0, 10, 330)
                            .won(FOUR, 250, 330)
                            .end(330),
                    Verdict.Kind.IPV6_BROKEN,
                    "Connected only after fallback from IPv6 to IPv4: IPv6 2001:db8::1 accepted, but did not finish the TLS"
                            + " handshake or greeting within 330 ms, which cost 250 ms.",
                    "See what is wrong at that address, or take it out of the name; until that is mended, IPv4 alone (-4, or family"
                            + " INET) goes around it.");
        }

        @Test
        @DisplayName("later attempts that lost do not matter")
        void laterAttempts() {
            assertThat(new Story()
                            .won(SIX, 0, 300)
                            .lost(FOUR, 250, 300)
                            .end(300)
                            .kind())
                    .isEqualTo(Verdict.Kind.HEALTHY);
        }

        @Test
        @DisplayName("a late answer, not the failure before it, is what cost the time")
        void lateAnswer() {
            Story story = new Story()
                    .answered(AddressFamily.INET6, 0, 3_000, SIX)
                    .answered(AddressFamily.INET, 0, 10, FOUR)
                    .failed(FOUR, 60, 70, ErrorCode.CONNECTION_REFUSED);
            Verdict verdict = story.attempt(
                            SIX, Trace.Why.LATE_ANSWER, 3_000, 3_012, Trace.AttemptOutcome.CONNECTED, null, -1)
                    .end(3_012);
            assertThat(verdict.sentence())
                    .isEqualTo("Connected only after fallback from IPv4 to IPv6: IPv4 192.0.2.1 refused.");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly(
                            "50.0 ms lost: the name server had not answered for IPv6 addresses (AAAA)",
                            "2.9 s lost: the answer with IPv6 2001:db8::1 came late");
        }

        @Test
        @DisplayName("the name server is slow for the family that was waited for")
        void slowLookup() {
            Verdict verdict = new Story()
                    .empty(AddressFamily.INET6, 0, 20)
                    .answered(AddressFamily.INET, 0, 400, FOUR)
                    .won(FOUR, 400, 412)
                    .end(412);
            assertVerdict(
                    verdict,
                    Verdict.Kind.SLOW_LOOKUP,
                    "Connected to IPv4 192.0.2.1, but the name server took 400 ms for IPv4 addresses (A).",
                    "Look at the name servers of this machine (as in /etc/resolv.conf): their load, the way to them, and"
                            + " whether the first of them answers at all.");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly("400 ms lost: the name server was slow for IPv4 addresses (A)");
        }

        @Test
        @DisplayName("the name server is slow for both families, and for one of them slower")
        void slowLookups() {
            Verdict verdict = new Story()
                    .answered(AddressFamily.INET6, 0, 630, SIX)
                    .answered(AddressFamily.INET, 0, 600, FOUR)
                    .won(SIX, 630, 642)
                    .end(642);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.SLOW_LOOKUP);
            assertThat(verdict.sentence())
                    .isEqualTo(
                            "Connected to IPv6 2001:db8::1, but the name server took 630 ms for IPv6 addresses (AAAA).");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly(
                            "600 ms lost: the name server was slow for IPv4 addresses (A)",
                            "30.0 ms lost: the name server had not answered for IPv6 addresses (AAAA)");
        }

        @Test
        @DisplayName("the name server is slow for both families alike, and neither is blamed alone")
        void equallySlowLookups() {
            Verdict verdict = new Story()
                    .answered(AddressFamily.INET6, 0, 538, SIX)
                    .answered(AddressFamily.INET, 0, 542, FOUR)
                    .won(SIX, 542, 560)
                    .end(560);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.SLOW_LOOKUP);
            assertThat(verdict.sentence())
                    .isEqualTo(
                            "Connected to IPv6 2001:db8::1, but the name server took 542 ms for IPv6 and IPv4 addresses"
                                    + " (AAAA and A).");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly("542 ms lost: the name server was slow for IPv6 and IPv4 addresses (AAAA and A)");
        }

        @Test
        @DisplayName("a delay that is lost is told, also where all is well")
        void wellButForALookup() {
            Verdict verdict = new Story()
                    .answered(AddressFamily.INET6, 0, 12, SIX)
                    .answered(AddressFamily.INET, 0, 42, FOUR)
                    .won(SIX, 42, 54)
                    .end(54);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.HEALTHY);
            assertThat(verdict.sentence())
                    .isEqualTo("All is well but for 30.0 ms lost: IPv6 2001:db8::1 answered at the first attempt.");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly("30.0 ms lost: the name server had not answered for IPv4 addresses (A)");
        }

        @Test
        @DisplayName("what is too short to count is neither in the costs nor in the sentence")
        void noise() {
            Verdict verdict = new Story()
                    .answered(AddressFamily.INET6, 0, 20, SIX)
                    .answered(AddressFamily.INET, 0, 12, FOUR)
                    .won(SIX, 20, 34)
                    .end(34);
            assertThat(verdict.sentence()).isEqualTo("All is well: IPv6 2001:db8::1 answered at the first attempt.");
            assertThat(verdict.costs()).isEmpty();
        }

        @Test
        @DisplayName("silence counts until another one answered, not until that one's TLS handshake was done")
        void silentWhileAnotherShookHands() {
            assertThat(new Story()
                            .lost(SIX, 68, 910)
                            .attempt(FOUR, Trace.Why.DELAY, 319, 910, Trace.AttemptOutcome.CONNECTED, null, 334)
                            .end(910)
                            .sentence())
                    .isEqualTo(
                            "Connected only after fallback from IPv6 to IPv4: IPv6 2001:db8::1 did not answer within 266 ms,"
                                    + " which cost 251 ms.");
        }

        @Test
        @DisplayName("AAAA was waited for as long as one does, and given up")
        void halfALookup() {
            Verdict verdict = new Story()
                    .pending(AddressFamily.INET6, 0, 72)
                    .answered(AddressFamily.INET, 0, 10, FOUR)
                    .won(FOUR, 60, 72)
                    .end(72);
            assertVerdict(
                    verdict,
                    Verdict.Kind.HALF_A_LOOKUP,
                    "Connected to IPv4 192.0.2.1, but the name server had not answered for IPv6 addresses (AAAA) after 72.0"
                            + " ms, which cost 50.0 ms.",
                    "See why the name server has no answer to that question; until that is mended, IPv4 alone (-4, or family INET) does"
                            + " without it.");
            assertThat(verdict.costs())
                    .extracting(Verdict.Cost::toString)
                    .containsExactly("50.0 ms lost: the name server had not answered for IPv6 addresses (AAAA)");
        }

        @Test
        @DisplayName("one lookup fails")
        void oneLookupFails() {
            assertVerdict(
                    new Story()
                            .answered(AddressFamily.INET6, 0, 10, SIX)
                            .failed(AddressFamily.INET, 0, 11, ErrorCode.TRY_AGAIN)
                            .won(SIX, 10, 22)
                            .end(22),
                    Verdict.Kind.HALF_A_LOOKUP,
                    "Connected to IPv6 2001:db8::1, but the lookup of IPv4 addresses (A) failed.",
                    "See why the name server has no answer to that question; until that is mended, IPv6 alone (-6, or family INET6) does"
                            + " without it.");
        }

        @Test
        @DisplayName(
                "systems that call a name unknown which has addresses of the other family only: nothing is wrong with it")
        void unknownInOneFamily() {
            assertThat(new Story()
                            .failed(AddressFamily.INET6, 0, 9, ErrorCode.HOST_NOT_FOUND)
                            .answered(AddressFamily.INET, 0, 10, FOUR)
                            .won(FOUR, 10, 22)
                            .end(22)
                            .kind())
                    .isEqualTo(Verdict.Kind.HEALTHY);
        }

        @Test
        @DisplayName("a lookup that was given up without having been waited for was only slower")
        void lookupNotWaitedFor() {
            Verdict verdict = new Story()
                    .answered(AddressFamily.INET6, 0, 10, SIX)
                    .pending(AddressFamily.INET, 0, 22)
                    .won(SIX, 10, 22)
                    .end(22);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.HEALTHY);
            assertThat(verdict.costs()).isEmpty();
        }

        @Test
        @DisplayName("the first attempt took as long as after a lost packet")
        void slowConnect() {
            assertVerdict(
                    new Story().won(FOUR, 0, 1_040).end(1_040),
                    Verdict.Kind.SLOW_CONNECT,
                    "Connected to IPv4 192.0.2.1, but it took 1.0 s to answer.",
                    "Look at the way there and at the server's load: so long takes a lost packet, a very long way or a full"
                            + " queue.");
            assertVerdict(
                    new Story()
                            .attempt(FOUR, Trace.Why.FIRST, 0, 3_040, Trace.AttemptOutcome.CONNECTED, null, 40)
                            .end(3_040),
                    Verdict.Kind.SLOW_CONNECT,
                    "Connected to IPv4 192.0.2.1, but its TLS handshake or greeting took 3.0 s.",
                    "Look at the server's load, and at what it looks up before it answers.");
        }
    }

    @Nested
    class Unresolved {
        @Test
        void nameUnknown() {
            assertVerdict(
                    bothFail(ErrorCode.HOST_NOT_FOUND, 5).end(ErrorCode.HOST_NOT_FOUND, 5),
                    Verdict.Kind.NAME_UNKNOWN,
                    "No host named dual.example is known.",
                    "Check the spelling; a name that only another network knows needs that network or its name server.");
        }

        @Test
        @DisplayName("asked for one family, some systems call a name unknown that has addresses of the other")
        void nameUnknownInOneFamily() {
            assertThat(new Story()
                            .failed(AddressFamily.INET6, 0, 5, ErrorCode.HOST_NOT_FOUND)
                            .end(ErrorCode.HOST_NOT_FOUND, 5)
                            .sentence())
                    .isEqualTo("No host named dual.example is known, or it has no IPv6 address.");
        }

        @Test
        void nameWithoutAddress() {
            assertVerdict(
                    new Story()
                            .empty(AddressFamily.INET6, 0, 5)
                            .empty(AddressFamily.INET, 0, 5)
                            .end(ErrorCode.NO_DATA, 5),
                    Verdict.Kind.NAME_WITHOUT_ADDRESS,
                    "The name dual.example exists, but has no address.",
                    "Give the name an A or AAAA record, or see whether another name is meant.");
            assertVerdict(
                    new Story().empty(AddressFamily.INET6, 0, 5).end(ErrorCode.NO_DATA, 5),
                    Verdict.Kind.NAME_WITHOUT_ADDRESS,
                    "The name dual.example exists, but has no IPv6 address.",
                    "Allow the other family too, or give the name an IPv6 address.");
        }

        @Test
        @DisplayName("the name server is silent: the resolver gives up, or the dial's time is over")
        void silence() {
            String advice =
                    "See whether the name servers of this machine (as in /etc/resolv.conf) can be reached and are not"
                            + " overloaded; a failure of theirs that comes late (SERVFAIL) looks the same from here.";
            assertVerdict(
                    bothFail(ErrorCode.TRY_AGAIN, 10_010).end(ErrorCode.TRY_AGAIN, 10_010),
                    Verdict.Kind.LOOKUP_TIMEOUT,
                    "No name server gave an answer for dual.example within 10.0 s.",
                    advice);
            assertVerdict(
                    new Story()
                            .pending(AddressFamily.INET6, 0, 300)
                            .pending(AddressFamily.INET, 0, 300)
                            .end(ErrorCode.TIMED_OUT, 300),
                    Verdict.Kind.LOOKUP_TIMEOUT,
                    "No name server gave an answer for dual.example within 300 ms.",
                    advice);
        }

        @Test
        @DisplayName("there is no IPv6 address, and the question for IPv4 is not answered")
        void halfSilence() {
            assertThat(new Story()
                            .empty(AddressFamily.INET6, 0, 5)
                            .pending(AddressFamily.INET, 0, 300)
                            .end(ErrorCode.TIMED_OUT, 300)
                            .sentence())
                    .isEqualTo(
                            "No name server gave an answer for the IPv4 addresses (A) of dual.example within 300 ms.");
        }

        @Test
        void serverFailure() {
            assertVerdict(
                    bothFail(ErrorCode.TRY_AGAIN, 4).end(ErrorCode.TRY_AGAIN, 4),
                    Verdict.Kind.LOOKUP_FAILED,
                    "The lookup of dual.example failed: no name server gave an answer that is of use.",
                    "A name server told a failure (SERVFAIL, REFUSED) or cannot be reached: ask it directly, as with dig, and"
                            + " see its log and whether it reaches the servers of the domain.");
        }

        @Test
        @DisplayName("one family alone was asked for, and nothing is said of the other")
        void serverFailureForOneFamily() {
            assertThat(new Story()
                            .failed(AddressFamily.INET6, 0, 4, ErrorCode.TRY_AGAIN)
                            .end(ErrorCode.TRY_AGAIN, 4)
                            .sentence())
                    .isEqualTo(
                            "The lookup of the IPv6 addresses (AAAA) of dual.example failed: no name server gave an answer"
                                    + " that is of use.");
        }

        @Test
        @DisplayName("other codes have the words and the advice of the table")
        void others() {
            assertVerdict(
                    bothFail(ErrorCode.ADDRESS_FAMILY, 0).end(ErrorCode.ADDRESS_FAMILY, 0),
                    Verdict.Kind.OTHER,
                    "Not resolved: the address is of another family.",
                    "Ask for the address's own family.");
            assertVerdict(
                    bothFail(ErrorCode.UNKNOWN, 0).end(ErrorCode.UNKNOWN, 0),
                    Verdict.Kind.OTHER,
                    "Not resolved: words of the system.",
                    "See the message.");
        }

        @Test
        @DisplayName("an address is there, and the time is over before the first attempt")
        void outOfTime() {
            assertVerdict(
                    new Story().candidate(FOUR).end(ErrorCode.TIMED_OUT, 1),
                    Verdict.Kind.OTHER,
                    "The time of 1.0 ms was over before the first attempt.",
                    "Allow more time.");
        }

        private Story bothFail(ErrorCode code, long end) {
            return new Story().failed(AddressFamily.INET6, 0, end, code).failed(AddressFamily.INET, 0, end, code);
        }
    }

    @Nested
    class Unconnected {
        @Test
        void refused() {
            assertVerdict(
                    new Story()
                            .failed(SIX, 0, 10, ErrorCode.CONNECTION_REFUSED)
                            .failed(FOUR, 10, 20, ErrorCode.CONNECTION_REFUSED)
                            .end(ErrorCode.CONNECTION_REFUSED, 20),
                    Verdict.Kind.REFUSED,
                    "Not connected: IPv6 2001:db8::1 and IPv4 192.0.2.1 refused.",
                    "Nothing listens on port 80 there, or a firewall rejects: see whether the server runs, and whether it"
                            + " listens on that address and port.");
        }

        @Test
        void silent() {
            assertVerdict(
                    new Story().timedOut(FOUR, 0, 30_000).end(ErrorCode.TIMED_OUT, 30_000),
                    Verdict.Kind.SILENT,
                    "Not connected within 30.0 s: IPv4 192.0.2.1 did not answer.",
                    "Silence comes from a firewall that drops, or from a machine that is off or not there: look at the"
                            + " firewalls on the way, and whether the address is right and its machine is up.");
        }

        @Test
        @DisplayName("a short time may have been too short")
        void silentForAMoment() {
            assertThat(new Story()
                            .timedOut(FOUR, 0, 200)
                            .end(ErrorCode.TIMED_OUT, 200)
                            .advice())
                    .endsWith("and whether the address is right and its machine is up; or allow more time.");
        }

        @Test
        @DisplayName("twenty addresses are counted by family, and what was not tried is told")
        void many() {
            Story story = new Story();
            for (int i = 0; i < 10; i++) {
                story.timedOut(address("2001:db8::" + (i + 1), 80), i * 500L, 5_000)
                        .timedOut(address("192.0.2." + (i + 1), 80), i * 500L + 250, 5_000);
            }
            assertThat(story.candidate(FOUR)
                            .candidate(SIX)
                            .end(ErrorCode.TIMED_OUT, 5_000)
                            .sentence())
                    .isEqualTo(
                            "Not connected within 5.0 s: 10 IPv6 and 10 IPv4 addresses did not answer; 2 more were not tried.");
        }

        @Test
        void unreachable() {
            assertVerdict(
                    new Story().failed(FOUR, 0, 10, ErrorCode.HOST_UNREACHABLE).end(ErrorCode.HOST_UNREACHABLE, 10),
                    Verdict.Kind.UNREACHABLE,
                    "Not connected: IPv4 192.0.2.1 cannot be reached (host unreachable).",
                    "Nobody has that address on its own network, or a router or firewall says that nothing leads there: see"
                            + " whether the address is right and its machine is up, and look at the routes and firewalls on the"
                            + " way.");
        }

        @Test
        void noRoute() {
            assertVerdict(
                    new Story().failed(SIX, 0, 0, ErrorCode.NETWORK_UNREACHABLE).end(ErrorCode.NETWORK_UNREACHABLE, 0),
                    Verdict.Kind.UNREACHABLE,
                    "Not connected: IPv6 2001:db8::1 cannot be reached (no route).",
                    "This machine, or a router on the way, has no route for IPv6: give the machine IPv6, or use a name or"
                            + " address of the server's IPv4.");
            assertThat(new Story()
                            .failed(FOUR, 0, 0, ErrorCode.NETWORK_UNREACHABLE)
                            .end(ErrorCode.NETWORK_UNREACHABLE, 0)
                            .advice())
                    .isEqualTo(
                            "This machine, or a router on the way, has no route there: look at this machine's addresses and"
                                    + " routes, as with ip route.");
        }

        @Test
        @DisplayName("that this machine has no IPv6 is told, but does not count where the peer has refused over IPv4")
        void noRouteBesideARefusal() {
            Verdict verdict = new Story()
                    .failed(FOUR, 0, 10, ErrorCode.CONNECTION_REFUSED)
                    .failed(SIX, 10, 10, ErrorCode.NETWORK_UNREACHABLE)
                    .end(ErrorCode.CONNECTION_REFUSED, 10);
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.REFUSED);
            assertThat(verdict.sentence())
                    .isEqualTo("Not connected: IPv4 192.0.2.1 refused, IPv6 2001:db8::1 cannot be reached (no route).");
        }

        @Test
        void mixed() {
            assertVerdict(
                    new Story()
                            .timedOut(SIX, 0, 5_000)
                            .failed(FOUR, 250, 260, ErrorCode.CONNECTION_REFUSED)
                            .end(ErrorCode.TIMED_OUT, 5_000),
                    Verdict.Kind.MIXED,
                    "Not connected within 5.0 s: IPv6 2001:db8::1 did not answer, IPv4 192.0.2.1 refused.",
                    "Look at each address: refused means that nothing listens there, or that a firewall rejects; no answer"
                            + " means that a firewall drops, or that the machine is off or not there.");
        }

        @Test
        @DisplayName("a lookup that failed beside addresses that do not work is told")
        void lookupFailedToo() {
            assertThat(new Story()
                            .answered(AddressFamily.INET6, 0, 5, SIX)
                            .failed(AddressFamily.INET, 0, 5, ErrorCode.TRY_AGAIN)
                            .failed(SIX, 5, 15, ErrorCode.CONNECTION_REFUSED)
                            .end(ErrorCode.CONNECTION_REFUSED, 15)
                            .sentence())
                    .isEqualTo("Not connected: IPv6 2001:db8::1 refused; the lookup of IPv4 addresses (A) failed.");
        }

        @Test
        void tlsFails() {
            assertVerdict(
                    new Story()
                            .failed(FOUR, 0, 10, ErrorCode.TLS_HANDSHAKE, "the peer refused the TLS handshake")
                            .end(ErrorCode.TLS_HANDSHAKE, 10),
                    Verdict.Kind.TLS_FAILED,
                    "Not connected: IPv4 192.0.2.1 failed at TLS (the peer refused the TLS handshake).",
                    "See whether that port speaks TLS and which versions, and look at the server's log.");
        }

        @Test
        void certificate() {
            assertVerdict(
                    new Story()
                            .failed(FOUR, 0, 10, ErrorCode.TLS_CERTIFICATE, "the certificate has expired")
                            .failed(FOUR_TOO, 10, 20, ErrorCode.TLS_CERTIFICATE, "the certificate has expired")
                            .end(ErrorCode.TLS_CERTIFICATE, 20),
                    Verdict.Kind.CERTIFICATE_REFUSED,
                    "Not connected: IPv4 192.0.2.1 and 192.0.2.2 showed a certificate that is not accepted (the certificate has expired).",
                    "Compare the name with those of the certificate, and look at its dates, its issuer, this machine's clock"
                            + " and the roots that this program trusts.");
        }

        @Test
        void hangs() {
            assertVerdict(
                    new Story().reachedAndTimedOut(FOUR, 0, 10, 5_000).end(ErrorCode.TIMED_OUT, 5_000),
                    Verdict.Kind.NOT_READY,
                    "Not connected within 5.0 s: IPv4 192.0.2.1 accepted, but did not finish the TLS handshake or greeting.",
                    "The way there works for small packets, so the server hangs, the port speaks something else, or large"
                            + " packets are lost: look at the server's log and load, and at the MTU on the way.");
        }

        @Test
        void reset() {
            assertVerdict(
                    new Story().failed(FOUR, 0, 10, ErrorCode.CONNECTION_RESET).end(ErrorCode.CONNECTION_RESET, 10),
                    Verdict.Kind.RESET,
                    "Not connected: IPv4 192.0.2.1 hung up (reset by peer).",
                    "Something accepted the connection and ended it: look at the server's log, and for a proxy or firewall in"
                            + " between.");
        }

        @Test
        void local() {
            assertVerdict(
                    new Story()
                            .failed(FOUR, 0, 0, ErrorCode.TOO_MANY_OPEN_FILES)
                            .end(ErrorCode.TOO_MANY_OPEN_FILES, 0),
                    Verdict.Kind.LOCAL,
                    "Not connected: IPv4 192.0.2.1 could not be tried (too many open files).",
                    Judge.adviceOf(ErrorCode.TOO_MANY_OPEN_FILES));
            assertVerdict(
                    new Story().failed(FOUR, 0, 0, ErrorCode.NOT_PERMITTED).end(ErrorCode.NOT_PERMITTED, 0),
                    Verdict.Kind.LOCAL,
                    "Not connected: IPv4 192.0.2.1 may not be reached (operation not permitted).",
                    "Check the local firewall, the rights of this process, and firewalls on the way, which may say the same.");
        }

        @Test
        @DisplayName("Unix-domain sockets have reasons of their own")
        void unixSockets() {
            AddressInfo socket = socketAt("/run/s.sock");
            assertVerdict(
                    new Story("/run/s.sock", "")
                            .failed(socket, 0, 0, ErrorCode.NO_SUCH_FILE)
                            .end(ErrorCode.NO_SUCH_FILE, 0),
                    Verdict.Kind.NO_SOCKET_FILE,
                    "Not connected: the socket /run/s.sock is not there.",
                    "The server makes that file when it starts: see whether it runs, and whether the path is the one that it listens"
                            + " on.");
            assertVerdict(
                    new Story("/run/s.sock", "")
                            .failed(socket, 0, 0, ErrorCode.CONNECTION_REFUSED)
                            .end(ErrorCode.CONNECTION_REFUSED, 0),
                    Verdict.Kind.REFUSED,
                    "Not connected: the socket /run/s.sock refused.",
                    "The file is there, but nobody listens on it any more: start the server again.");
            assertThat(new Story("/run/s.sock", "")
                            .failed(socket, 0, 0, ErrorCode.PERMISSION_DENIED)
                            .end(ErrorCode.PERMISSION_DENIED, 0)
                            .advice())
                    .isEqualTo("Check the rights of the socket's file and of the folders above it.");
        }

        @Test
        @DisplayName("many reasons are told without their particulars")
        void manyReasons() {
            assertThat(new Story()
                            .failed(SIX, 0, 1, ErrorCode.TLS_HANDSHAKE, "one")
                            .failed(SIX_TOO, 1, 2, ErrorCode.TLS_HANDSHAKE, "two")
                            .failed(FOUR, 2, 3, ErrorCode.TLS_HANDSHAKE, "three")
                            .failed(FOUR_TOO, 3, 4, ErrorCode.TLS_HANDSHAKE, "four")
                            .end(ErrorCode.TLS_HANDSHAKE, 4)
                            .sentence())
                    .isEqualTo("Not connected: 2 IPv6 and 2 IPv4 addresses failed at TLS.");
        }

        @Test
        @DisplayName("cancelled and interrupted is nobody's fault")
        void givenUp() {
            assertVerdict(
                    new Story().timedOut(FOUR, 0, 700).end(ErrorCode.CANCELLED, 700),
                    Verdict.Kind.GIVEN_UP,
                    "The dial was cancelled after 700 ms.",
                    null);
            assertVerdict(
                    new Story().pending(AddressFamily.INET, 0, 700).end(ErrorCode.INTERRUPTED, 700),
                    Verdict.Kind.GIVEN_UP,
                    "The dial was interrupted after 700 ms, before the name was resolved.",
                    null);
        }
    }

    @Nested
    @DisplayName("whatever comes from outside")
    class Hostile {
        private static final String EVIL = "a\n\u001b[31m\u202e\ud800<script>alert(1)</script>\u0007\u2028"
                + "x".repeat(500) + "\ud83d\ude00".repeat(300);

        private void assertHarmless(Verdict verdict) {
            List<String> texts = new ArrayList<>(List.of(verdict.sentence()));
            if (verdict.advice() != null) {
                texts.add(verdict.advice());
            }
            verdict.costs().forEach(cost -> texts.add(cost.toString()));
            assertThat(texts).allSatisfy(text -> {
                assertThat(PlainText.of(text)).isEqualTo(text);
                assertThat(text).hasSizeLessThan(1_000);
            });
            assertThat(verdict.sentence()).endsWith(".");
            assertThat(String.valueOf(verdict.advice())).matches("null|.*\\.");
        }

        @ParameterizedTest
        @EnumSource(ErrorCode.class)
        @DisplayName("host, service, path and messages, with each code of a failure")
        void everyCode(ErrorCode code) {
            assertHarmless(new Story(EVIL, EVIL)
                    .failed(AddressFamily.INET6, 0, 5, code, EVIL)
                    .end(code, 5));
            assertHarmless(new Story(EVIL, EVIL)
                    .failed(AddressFamily.INET6, 0, 2_000, code, EVIL)
                    .empty(AddressFamily.INET, 0, 5)
                    .end(code, 2_000));
            assertHarmless(new Story(EVIL, EVIL).failed(FOUR, 0, 5, code, EVIL).end(code, 5));
            assertHarmless(new Story(EVIL, "")
                    .failed(socketAt(EVIL.replace("\ud800", "")), 0, 5, code, EVIL)
                    .end(code, 5));
            assertHarmless(new Story(EVIL, EVIL)
                    .failed(SIX, 0, 50, code, EVIL)
                    .won(FOUR, 50, 60)
                    .end(60));
        }

        @Test
        @DisplayName("any story has a verdict, in one line")
        void anyStory() {
            Random random = new Random(27015);
            ErrorCode[] codes = ErrorCode.values();
            for (int i = 0; i < 5_000; i++) {
                Story story = new Story(EVIL, EVIL);
                int attempts = random.nextInt(22);
                boolean wins = attempts > 0 && random.nextBoolean();
                for (int lookups = random.nextInt(3); lookups > 0; lookups--) {
                    story.anyLookup(random, codes);
                }
                int winner = wins ? random.nextInt(attempts) : -1;
                for (int k = 0; k < attempts; k++) {
                    story.anyAttempt(random, codes, k == winner);
                }
                assertHarmless(wins ? story.end(9_000) : story.end(codes[random.nextInt(codes.length)], 9_000));
            }
        }
    }

    static AddressInfo socketAt(String path) {
        return AddressInfo.stream(UnixDomainSocketAddress.of(path.replace('\0', '?')));
    }

    /** Writes a trace down, in milliseconds. */
    static final class Story {
        private final List<Trace.Lookup> lookups = new ArrayList<>();
        private final List<Trace.Attempt> attempts = new ArrayList<>();
        private final List<Trace.Candidate> candidates = new ArrayList<>();
        private final String host;
        private final String service;

        Story() {
            this("dual.example", "80");
        }

        Story(String host, String service) {
            this.host = host;
            this.service = service;
        }

        private static long nanos(long millis) {
            return millis * 1_000_000;
        }

        Story lookup(
                AddressFamily family,
                long start,
                long end,
                Trace.LookupOutcome outcome,
                List<String> addresses,
                Trace.@Nullable Failure error) {
            lookups.add(new Trace.Lookup(
                    lookups.size() + 1, family, "script", null, nanos(start), nanos(end), outcome, addresses, error));
            return this;
        }

        Story answered(AddressFamily family, long start, long end, AddressInfo address) {
            return lookup(family, start, end, Trace.LookupOutcome.ANSWERED, List.of(address.addressText()), null);
        }

        Story empty(AddressFamily family, long start, long end) {
            return lookup(family, start, end, Trace.LookupOutcome.EMPTY, List.of(), null);
        }

        Story pending(AddressFamily family, long start, long end) {
            return lookup(family, start, end, Trace.LookupOutcome.CANCELLED, List.of(), null);
        }

        Story failed(AddressFamily family, long start, long end, ErrorCode code) {
            return failed(family, start, end, code, "words of the system");
        }

        Story failed(AddressFamily family, long start, long end, ErrorCode code, String message) {
            return lookup(family, start, end, Trace.LookupOutcome.FAILED, List.of(), new Trace.Failure(code, message));
        }

        void anyLookup(Random random, ErrorCode[] codes) {
            Trace.LookupOutcome[] outcomes = Trace.LookupOutcome.values();
            Trace.LookupOutcome outcome = outcomes[random.nextInt(outcomes.length)];
            AddressFamily[] families = {AddressFamily.INET6, AddressFamily.INET, AddressFamily.UNSPEC};
            long start = random.nextInt(100);
            lookup(
                    families[random.nextInt(3)],
                    start,
                    start + random.nextInt(2_000),
                    outcome,
                    List.of(),
                    outcome == Trace.LookupOutcome.FAILED
                            ? new Trace.Failure(codes[random.nextInt(codes.length)], Hostile.EVIL)
                            : null);
        }

        void anyAttempt(Random random, ErrorCode[] codes, boolean wins) {
            AddressInfo[] addresses = {SIX, SIX_TOO, FOUR, FOUR_TOO, socketAt("/" + Hostile.EVIL.replace("\ud800", ""))
            };
            Trace.Why[] whys = Trace.Why.values();
            long start = attempts.size() * 200L + random.nextInt(200);
            boolean failed = !wins && random.nextBoolean();
            attempt(
                    addresses[random.nextInt(addresses.length)],
                    whys[random.nextInt(whys.length)],
                    start,
                    start + random.nextInt(3_000),
                    wins
                            ? Trace.AttemptOutcome.CONNECTED
                            : failed ? Trace.AttemptOutcome.FAILED : Trace.AttemptOutcome.CANCELLED,
                    failed ? new Trace.Failure(codes[random.nextInt(codes.length)], Hostile.EVIL) : null,
                    random.nextBoolean() ? start + 1 : -1);
        }

        Story candidate(AddressInfo address) {
            candidates.add(new Trace.Candidate(address, "rule 10: the order of the answer"));
            return this;
        }

        Story attempt(
                AddressInfo address,
                Trace.Why why,
                long start,
                long end,
                Trace.AttemptOutcome outcome,
                Trace.@Nullable Failure error,
                long reached) {
            attempts.add(new Trace.Attempt(
                    attempts.size() + 1,
                    address,
                    why,
                    nanos(start),
                    nanos(end),
                    outcome,
                    error,
                    reached < 0 ? null : nanos(reached)));
            return candidate(address);
        }

        private Trace.Why why() {
            return attempts.isEmpty() ? Trace.Why.FIRST : Trace.Why.DELAY;
        }

        Story won(AddressInfo address, long start, long end) {
            return attempt(address, why(), start, end, Trace.AttemptOutcome.CONNECTED, null, -1);
        }

        Story lost(AddressInfo address, long start, long end) {
            return attempt(address, why(), start, end, Trace.AttemptOutcome.CANCELLED, null, -1);
        }

        Story reachedAndLost(AddressInfo address, long start, long reached, long end) {
            return attempt(address, why(), start, end, Trace.AttemptOutcome.CANCELLED, null, reached);
        }

        Story timedOut(AddressInfo address, long start, long end) {
            return reachedAndTimedOut(address, start, -1, end);
        }

        Story reachedAndTimedOut(AddressInfo address, long start, long reached, long end) {
            Trace.Failure failure = new Trace.Failure(ErrorCode.TIMED_OUT, "no answer");
            return attempt(address, why(), start, end, Trace.AttemptOutcome.CANCELLED, failure, reached);
        }

        Story failed(AddressInfo address, long start, long end, ErrorCode code) {
            return failed(address, start, end, code, "words of the system");
        }

        Story failed(AddressInfo address, long start, long end, ErrorCode code, String message) {
            return attempt(
                    address, why(), start, end, Trace.AttemptOutcome.FAILED, new Trace.Failure(code, message), -1);
        }

        /** The end of a dial that connected. */
        Verdict end(long end) {
            Trace.Attempt winner = attempts.stream()
                    .filter(attempt -> attempt.outcome() == Trace.AttemptOutcome.CONNECTED)
                    .findFirst()
                    .orElse(null);
            return Verdict.of(trace(end, Trace.Outcome.CONNECTED, Objects.requireNonNull(winner), null));
        }

        /** The end of a dial that failed. */
        Verdict end(ErrorCode error, long end) {
            return Verdict.of(
                    trace(end, Trace.Outcome.FAILED, null, new Trace.Failure(error, "the sentence of the dial")));
        }

        private Trace trace(
                long end, Trace.Outcome outcome, Trace.@Nullable Attempt winner, Trace.@Nullable Failure error) {
            return new Trace(host, service, outcome, nanos(end), winner, error, lookups, candidates, attempts);
        }
    }
}
