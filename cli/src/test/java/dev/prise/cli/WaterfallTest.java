package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import dev.prise.trace.Trace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaterfallTest {
    private static final long MILLI = 1_000_000L;
    private static final Style ASCII = new Style(90, false, false);

    @Test
    void connectedAfterADelay() {
        assertThat(text(delayed(), ASCII)).isEqualTo("""
                connected to dual.example port 443 at 192.0.2.1 in 287 ms

                                    start                             took  why    outcome
                lookup any (jdk)   0.0 ms  #                       12.1 ms         2 addresses
                1. 2001:db8::1    12.2 ms   #####################   275 ms  first  given up, 2. was first
                2. 192.0.2.1       262 ms                      ##  25.0 ms  delay  connected

                order of trial
                  1. 2001:db8::1  rule 6: precedence 40 > 35
                  2. 192.0.2.1    rule 6: precedence 35 < 40
                """);
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
        assertThat(text(trace, ASCII)).isEqualTo("""
                connected to two.example port 443 at 192.0.2.2 in 400 ms

                               start                      took  why    outcome
                1. 192.0.2.1  0.0 ms  ####============  400 ms  first  given up, 2. was first, TLS 300 ms
                2. 192.0.2.2  200 ms          ####====  200 ms  delay  connected, TLS 100 ms
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
        assertThat(text(trace, new Style(80, false, false))).isEqualTo("""
                not connected to nosuchhost.invalid port 27015 after 3.0 ms

                                   start                      took  outcome
                lookup any (jdk)  0.0 ms  ################  3.0 ms  name not known (EAI_NONAME)
                """);
    }

    @Test
    void aNarrowTerminalStillHasBars() {
        assertThat(text(delayed(), new Style(40, false, false))).contains("  #           ");
    }

    @Test
    void colorsOnlyWhenWanted() {
        assertThat(text(delayed(), ASCII)).doesNotContain("\u001b");
        String colored = text(delayed(), new Style(90, false, true));
        assertThat(colored).contains("\u001b[32mconnected\u001b[0m");
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
                .endsWith("", "the resolver jdk stands in for getaddrinfo: it needs Java 25 and this is Java 17")
                .filteredOn(line -> line.contains("stands in"))
                .hasSize(1);
    }

    @Test
    void veryLongNamesLoseTheirMiddle() {
        assertThat(PlainText.shortened("abcdefghijklmnop", 9)).isEqualTo("abc...nop");
        assertThat(PlainText.shortened("abc", 9)).isEqualTo("abc");
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
        Trace.Failure lost = new Trace.Failure(ErrorCode.CANCELLED, "another attempt was first");
        Trace.Attempt first = new Trace.Attempt(
                1, six, Trace.Why.FIRST, 12_200_000, 287_100_000, Trace.AttemptOutcome.CANCELLED, lost);
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
}
