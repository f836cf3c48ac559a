package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaterfallTest {
    private static final long MILLI = 1_000_000L;
    private static final Style ASCII = new Style(90, false, false);

    @Test
    void connectedAfterADelay() {
        assertThat(text(delayed(), ASCII)).startsWith("""
                connected to dual.example port 443 at 192.0.2.1 in 287 ms

                                    start  0                287 ms     took  why    outcome
                  lookup (jdk)     0.0 ms  #                        12.1 ms         2 addresses
                  1. 2001:db8::1  12.2 ms   ######################   275 ms  first  given up, 2. was first
                > 2. 192.0.2.1     262 ms                       ##  25.0 ms  delay  connected

                250 ms lost: IPv6 2001:db8::1 did not answer

                order of trial
                  1. 2001:db8::1  rule 6: precedence 40 > 35
                  2. 192.0.2.1    rule 6: precedence 35 < 40

                """);
    }

    @Test
    void atTheEndTheVerdictAndTheAdvice() {
        Verdict verdict = Verdict.of(delayed());
        Style wide = new Style(200, true, true);
        assertThat(Waterfall.of(delayed(), wide))
                .endsWith("", "\u001b[1m" + verdict.sentence() + "\u001b[0m", "" + verdict.advice());
        List<String> narrow = Waterfall.of(delayed(), new Style(60, true, false));
        assertThat(String.join(" ", narrow)).endsWith(" " + verdict.sentence() + " " + verdict.advice());
    }

    /** Who looked up goes first, then why, then the codes, then the start; at last names and outcomes are cut. */
    @Test
    void whatDoesNotFitIsLeftOut() {
        assertThat(table(refused(), 120)).isEqualTo("""
                                                 start  0                              79.0 ms     took  why      outcome
                  lookup IPv6 (getaddrinfo)     0.0 ms  #########                               19.0 ms           1 address
                  1. 2001:db8::1234:5678:9abc  19.0 ms           ####################           41.0 ms  first    refused (ECONNREFUSED)
                > 2. 192.0.2.1                 61.0 ms                               #########  18.0 ms  failure  connected
                """);
        assertThat(table(refused(), 100)).isEqualTo("""
                                                 start  0                   79.0 ms     took  outcome
                  lookup IPv6 (getaddrinfo)     0.0 ms  ######                       19.0 ms  1 address
                  1. 2001:db8::1234:5678:9abc  19.0 ms        ###############        41.0 ms  refused (ECONNREFUSED)
                > 2. 192.0.2.1                 61.0 ms                       ######  18.0 ms  connected
                """);
        assertThat(table(refused(), 80)).isEqualTo("""
                                                 start  0            79.0 ms     took  outcome
                  lookup IPv6 (getaddrinfo)     0.0 ms  #####                 19.0 ms  1 address
                  1. 2001:db8::1234:5678:9abc  19.0 ms       ##########       41.0 ms  refused
                > 2. 192.0.2.1                 61.0 ms                 #####  18.0 ms  connected
                """);
        assertThat(table(refused(), 60)).isEqualTo("""
                                              0  79.0 ms     took  outcome
                  lookup IPv6                 ##          19.0 ms  1 address
                  1. 2001:db8...34:5678:9abc    ######    41.0 ms  refused
                > 2. 192.0.2.1                        ##  18.0 ms  connected
                """);
    }

    /** Where nothing more can be left out the bar has what there is, from ten cells on, before anything is cut. */
    @Test
    void noColumnIsLeftUnused() {
        assertThat(table(refused(), 63)).isEqualTo("""
                                               0    79.0 ms     took  outcome
                  lookup IPv6                  ###           19.0 ms  1 address
                  1. 2001:db8::1234:5678:9abc     ######     41.0 ms  refused
                > 2. 192.0.2.1                          ###  18.0 ms  connected
                """);
    }

    @Test
    void theMiddleOfALongScaleIsTold() {
        assertThat(table(refused(), 180)).contains("  0 ", " 39.5 ms ", " 79.0 ms ");
    }

    /** With a name of its own, an IPv6 address with a zone has 55 characters at most. */
    @Test
    void aLongAddressKeepsItsBeginningAndItsEndAndIsWholeInTheOrderOfTrial() {
        String longest = "/run/fe80-1234-5678-9abc-def0-1234-5678-9abc-enp0s31f6.4000";
        AddressInfo one = AddressInfo.stream(UnixDomainSocketAddress.of(longest));
        AddressInfo two = address("192.0.2.1");
        Trace.Failure late = new Trace.Failure(ErrorCode.TIMED_OUT, "late");
        Trace.Attempt attempt =
                new Trace.Attempt(1, one, Trace.Why.FIRST, 0, 900 * MILLI, Trace.AttemptOutcome.CANCELLED, late);
        Trace trace = new Trace(
                "dual.example",
                "443",
                Trace.Outcome.FAILED,
                900 * MILLI,
                null,
                late,
                List.of(),
                List.of(new Trace.Candidate(one, "rule 2: a rule"), new Trace.Candidate(two, "rule 3")),
                List.of(attempt));
        String text = text(trace, new Style(60, false, false));
        assertThat(text).contains("  1. /run/f...31f6.4000  ##########  900 ms  no answer in...");
        assertThat(text).contains("""
                order of trial
                  1. /run/fe80-1234-5678-9abc-def0-1234-5678-9abc-enp0s31f6.
                     4000
                     rule 2: a rule
                """);
    }

    @Test
    void whatWasWaitedForInVainIsABadEndOrALoss() {
        Trace.Failure late = new Trace.Failure(ErrorCode.TIMED_OUT, "late");
        Trace.Attempt attempt = new Trace.Attempt(
                1, address("192.0.2.1"), Trace.Why.FIRST, 0, 900 * MILLI, Trace.AttemptOutcome.CANCELLED, late);
        Trace trace = new Trace(
                "192.0.2.1",
                "443",
                Trace.Outcome.FAILED,
                900 * MILLI,
                null,
                late,
                List.of(),
                List.of(),
                List.of(attempt));
        Style colored = new Style(90, false, true);
        assertThat(text(trace, colored)).contains("\u001b[31m###", "\u001b[31mno answer in time");
        assertThat(text(delayed(), colored)).contains("\u001b[35m###", "\u001b[35mgiven up, 2. was first");
    }

    @Test
    void manyLossesAreSummedUp() {
        AddressInfo six = address("2001:db8::1");
        List<Trace.Attempt> attempts = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            attempts.add(new Trace.Attempt(
                    i,
                    six,
                    Trace.Why.DELAY,
                    (i - 1) * 100L * MILLI,
                    850 * MILLI,
                    Trace.AttemptOutcome.CANCELLED,
                    null));
        }
        Trace.Attempt winner = new Trace.Attempt(
                9,
                address("192.0.2.1"),
                Trace.Why.DELAY,
                800 * MILLI,
                850 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null);
        attempts.add(winner);
        Trace trace = new Trace(
                "dual.example",
                "443",
                Trace.Outcome.CONNECTED,
                850 * MILLI,
                winner,
                null,
                List.of(),
                List.of(),
                attempts);
        assertThat(Waterfall.of(trace, ASCII).stream().filter(line -> line.contains(" lost: ")))
                .hasSize(5)
                .last()
                .isEqualTo("400 ms lost: 4 more attempts");
    }

    /** What comes after the connection was made has its own sign: an equals sign, or a lighter block. */
    @Test
    void handshakeIsTheSecondPart() {
        Trace.Attempt hanging = new Trace.Attempt(
                1,
                address("192.0.2.1"),
                Trace.Why.FIRST,
                0,
                400 * MILLI,
                Trace.AttemptOutcome.CANCELLED,
                null,
                100 * MILLI);
        Trace.Attempt winner = new Trace.Attempt(
                2,
                address("192.0.2.2"),
                Trace.Why.DELAY,
                200 * MILLI,
                400 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null,
                300 * MILLI);
        Trace trace = new Trace(
                "two.example",
                "443",
                Trace.Outcome.CONNECTED,
                400 * MILLI,
                winner,
                null,
                List.of(),
                List.of(),
                List.of(hanging, winner));
        assertThat(table(trace, 90)).isEqualTo("""
                                 start  0               400 ms    took  outcome
                  1. 192.0.2.1  0.0 ms  ######================  400 ms  given up, 2. was first, TLS 300 ms
                > 2. 192.0.2.2  200 ms             ######=====  200 ms  connected, TLS 100 ms
                """);
        assertThat(text(trace, new Style(100, true, false))).contains("\u2588\u2592");
    }

    @Test
    void blocksWhereTheyCanBeShown() {
        assertThat(text(delayed(), new Style(90, true, false)))
                .contains("\u2588\u2588\u2588")
                .doesNotContain("#");
    }

    @Test
    void notResolved() {
        Trace.Failure failure = new Trace.Failure(ErrorCode.HOST_NOT_FOUND, "Name or service not known");
        Trace.Lookup lookup = new Trace.Lookup(
                1, AddressFamily.UNSPEC, "jdk", null, 0, 3 * MILLI, Trace.LookupOutcome.FAILED, List.of(), failure);
        Trace trace = new Trace(
                "nosuchhost.invalid",
                "27015",
                Trace.Outcome.FAILED,
                3 * MILLI,
                null,
                failure,
                List.of(lookup),
                List.of(),
                List.of());
        assertThat(text(trace, new Style(80, false, false))).startsWith("""
                not connected to nosuchhost.invalid port 27015 after 3.0 ms

                           start  0                  3.0 ms    took  outcome
                  lookup  0.0 ms  #########################  3.0 ms  name not known (EAI_NONAME)

                """);
    }

    @Test
    void aNarrowTerminalStillHasBars() {
        assertThat(text(delayed(), new Style(40, false, false))).contains("  #           ", "  ##########  ");
    }

    @Test
    void colorsOnlyWhenWanted() {
        assertThat(text(delayed(), ASCII)).doesNotContain("\u001b");
        String colored = text(delayed(), new Style(90, false, true));
        assertThat(colored)
                .contains("\u001b[32mconnected\u001b[0m", "\u001b[35m250 ms lost: ")
                .doesNotContainPattern("\u001b\\[(33|9[0-7])m");
        assertThat(colored.replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(text(delayed(), ASCII));
    }

    @Test
    void twentyAddressesStayAligned() {
        List<Trace.Candidate> candidates = new ArrayList<>();
        List<Trace.Attempt> attempts = new ArrayList<>();
        Trace.Failure refused = new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "Connection refused");
        for (int i = 1; i <= 20; i++) {
            AddressInfo address = address("192.0.2." + i);
            candidates.add(new Trace.Candidate(address, "rule 10: order of the answer"));
            if (i <= 12) {
                attempts.add(new Trace.Attempt(
                        i,
                        address,
                        i == 1 ? Trace.Why.FIRST : Trace.Why.FAILURE,
                        i * 10L * MILLI,
                        i * 10L * MILLI + MILLI,
                        Trace.AttemptOutcome.FAILED,
                        refused));
            }
        }
        Trace.Failure late = new Trace.Failure(ErrorCode.TIMED_OUT, "late");
        Trace trace = new Trace(
                "many.example", "80", Trace.Outcome.FAILED, 130 * MILLI, null, late, List.of(), candidates, attempts);
        List<String> lines = Waterfall.of(trace, ASCII);
        List<String> tried =
                lines.stream().filter(l -> l.endsWith("refused (ECONNREFUSED)")).toList();
        assertThat(tried).hasSize(12);
        assertThat(tried.stream().map(l -> l.indexOf("refused")).distinct()).hasSize(1);
        assertThat(lines.stream().filter(l -> l.endsWith("not tried"))).hasSize(8);
        assertThat(lines).allMatch(l -> l.length() <= 90);
    }

    @Test
    void nothingOfOthersReachesTheTerminal() {
        Trace.Failure failure = new Trace.Failure(ErrorCode.UNKNOWN, "bad\u001b[2J\r\nworse\u202e");
        Trace.Lookup lookup = new Trace.Lookup(
                1,
                AddressFamily.UNSPEC,
                "j\u0007dk",
                "getaddrinfo: \u001b[31m",
                0,
                MILLI,
                Trace.LookupOutcome.FAILED,
                List.of("\u001b[31m"),
                failure);
        Trace trace = new Trace(
                "evil\u001b]0;title\u0007\u009b2J",
                "80\n",
                Trace.Outcome.FAILED,
                MILLI,
                null,
                failure,
                List.of(lookup),
                List.of(),
                List.of());
        for (String line : Waterfall.of(trace, ASCII)) {
            assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        }
    }

    @Test
    void whoStandsInForWhomIsToldOnce() {
        Trace.Lookup lookup = new Trace.Lookup(
                1,
                AddressFamily.INET,
                "jdk",
                "getaddrinfo: it needs Java 25 and this is Java 17",
                0,
                MILLI,
                Trace.LookupOutcome.EMPTY,
                List.of(),
                null);
        Trace trace = new Trace(
                "dual.example",
                "80",
                Trace.Outcome.FAILED,
                MILLI,
                null,
                new Trace.Failure(ErrorCode.NO_DATA, "no address"),
                List.of(lookup, lookup),
                List.of(),
                List.of());
        assertThat(Waterfall.of(trace, ASCII))
                .containsSequence(
                        "", "the resolver jdk stands in for getaddrinfo: it needs Java 25 and this is Java 17", "")
                .filteredOn(line -> line.contains("stands in"))
                .hasSize(1);
    }

    private static Trace refused() {
        Trace.Failure refused = new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "Connection refused");
        Trace.Lookup lookup = new Trace.Lookup(
                1,
                AddressFamily.INET6,
                "getaddrinfo",
                null,
                0,
                19 * MILLI,
                Trace.LookupOutcome.ANSWERED,
                List.of("2001:db8::1234:5678:9abc"),
                null);
        Trace.Attempt first = new Trace.Attempt(
                1,
                address("2001:db8::1234:5678:9abc"),
                Trace.Why.FIRST,
                19 * MILLI,
                60 * MILLI,
                Trace.AttemptOutcome.FAILED,
                refused);
        Trace.Attempt second = new Trace.Attempt(
                2,
                address("192.0.2.1"),
                Trace.Why.FAILURE,
                61 * MILLI,
                79 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null);
        return new Trace(
                "dual.example",
                "443",
                Trace.Outcome.CONNECTED,
                79 * MILLI,
                second,
                null,
                List.of(lookup),
                List.of(),
                List.of(first, second));
    }

    private static Trace delayed() {
        AddressInfo six = address("2001:db8::1");
        AddressInfo four = address("192.0.2.1");
        Trace.Lookup lookup = new Trace.Lookup(
                1,
                AddressFamily.UNSPEC,
                "jdk",
                null,
                0,
                12_100_000,
                Trace.LookupOutcome.ANSWERED,
                List.of("192.0.2.1", "2001:db8::1"),
                null);
        Trace.Attempt first = new Trace.Attempt(
                1, six, Trace.Why.FIRST, 12_200_000, 287_100_000, Trace.AttemptOutcome.CANCELLED, null);
        Trace.Attempt second = new Trace.Attempt(
                2, four, Trace.Why.DELAY, 262_200_000, 287_200_000, Trace.AttemptOutcome.CONNECTED, null);
        return new Trace(
                "dual.example",
                "443",
                Trace.Outcome.CONNECTED,
                287_300_000,
                second,
                null,
                List.of(lookup),
                List.of(
                        new Trace.Candidate(six, "rule 6: precedence 40 > 35"),
                        new Trace.Candidate(four, "rule 6: precedence 35 < 40")),
                List.of(first, second));
    }

    private static AddressInfo address(String literal) {
        return AddressInfo.stream(new InetSocketAddress(InetAddress.ofLiteral(literal), 443));
    }

    private static String text(Trace trace, Style style) {
        return String.join("\n", Waterfall.of(trace, style)) + "\n";
    }

    /** The second paragraph. */
    private static String table(Trace trace, int width) {
        return text(trace, new Style(width, false, false)).split("\n\n", -1)[1] + "\n";
    }
}
