package dev.prise.race;

import static dev.prise.race.PolicyTable.GLIBC;
import static dev.prise.race.PolicyTable.RFC_6724;
import static dev.prise.race.PolicyTable.RFC_6724_UPDATE;
import static dev.prise.race.PolicyTable.row;
import static dev.prise.race.RaceScript.inet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6724 section 6: the worked examples of section 10.2, and more of their kind. */
class DestinationOrderTest {
    /** RFC 6724 section 10.3: IPv4 before IPv6. */
    private static final PolicyTable PREFER_IPV4 = new PolicyTable(List.of(
            row("::1", 128, 50, 0),
            row("::", 0, 40, 1),
            row("::ffff:0:0", 96, 100, 4),
            row("2002::", 16, 30, 2),
            row("2001::", 32, 5, 5),
            row("fc00::", 7, 3, 13)));

    private static final List<PolicyTable> TABLES = List.of(
            RFC_6724,
            RFC_6724_UPDATE.withKnownLocal(List.of(inet("fd00:1::1"))),
            GLIBC,
            PREFER_IPV4,
            new PolicyTable(List.of(row("::", 0, 1, 1))).withLongestPrefix(GLIBC.longestPrefix()));

    private static final List<String> POOL = List.of(
            "::1",
            "127.0.0.1",
            "fe80::1",
            "fe81::1",
            "169.254.1.1",
            "10.1.2.3",
            "198.51.100.121",
            "198.51.100.7",
            "224.0.0.1",
            "2001:db8:1::1",
            "2001:db8:1:8::1",
            "2001:db8:ffff::1",
            "2002:c633:6401::1",
            "2001::1",
            "fd00:1::1",
            "fec0::1",
            "3ffe::1",
            "::2",
            "ff02::1",
            "ff0e::1",
            "64:ff9b::c633:6479");

    private static Candidate candidate(String destination, String source) {
        return candidate(destination, source, KnownPath.NONE);
    }

    /** The source may be followed by what is known of it: {@code /64}, {@code home}, {@code deprecated}, {@code tunnel}. */
    private static Candidate candidate(String destination, String source, KnownPath path) {
        return new Candidate(at(destination), source(source), path, null);
    }

    private static AddressInfo at(String address) {
        return AddressInfo.stream(new InetSocketAddress(inet(address), 80));
    }

    private static @Nullable SourceAddress source(String text) {
        if (text.equals("none")) {
            return null;
        }
        List<String> words = List.of(text.split(" "));
        String[] prefix = words.get(0).split("/", 2);
        return new SourceAddress(
                inet(prefix[0]),
                prefix.length == 1 ? SourceAddress.UNKNOWN_PREFIX : Integer.parseInt(prefix[1]),
                words.contains("deprecated"),
                words.contains("home"),
                words.contains("tunnel"));
    }

    private static KnownPath rtt(int milliseconds, boolean used) {
        return new KnownPath(milliseconds * 1_000_000L, 1_000_000L, used, null);
    }

    private static List<String> sorted(List<Candidate> candidates, PolicyTable table) {
        return DestinationOrder.of(candidates, table).candidates().stream()
                .map(candidate -> candidate.address().addressText())
                .toList();
    }

    private static void assertOrder(PolicyTable table, Candidate first, Candidate second, String why) {
        for (List<Candidate> input : List.of(List.of(first, second), List.of(second, first))) {
            DestinationOrder order = DestinationOrder.of(input, table);
            assertThat(order.candidates()).containsExactly(first, second);
            assertThat(order.why(0)).isEqualTo(why);
        }
    }

    /** The order must be this one, and the reason of either this one. */
    private static void assertOrder(Candidate first, Candidate second, String why, String whyNot) {
        assertOrder(RFC_6724, first, second, why);
        assertThat(DestinationOrder.of(List.of(second, first), RFC_6724).why(1)).isEqualTo(whyNot);
    }

    @ParameterizedTest(name = "{0}: {1} before {3}, {5}")
    @CsvSource(delimiter = '|', textBlock = """
            E1  | 2001:db8:1::1        | 2001:db8:1::2        | 198.51.100.121    | 169.254.13.78    | rule 2: scope matches its source's
            E2  | 198.51.100.121       | 198.51.100.117       | 2001:db8:1::1     | fe80::1          | rule 2: scope matches its source's
            E3  | 2001:db8:1::1        | 2001:db8:1::2        | 10.1.2.3          | 10.1.2.4         | rule 6: precedence 40 > 35
            E4  | fe80::1              | fe80::2              | 2001:db8:1::1     | 2001:db8:1::2    | rule 8: scope link-local is smaller
            E5  | 2001:db8:1::1        | 2001:db8:3::1 home   | fe80::1           | fe80::2          | rule 4: source is a home address
            E6  | 2001:db8:1::1        | 2001:db8:1::2        | fe80::1           | fe80::2 deprecated | rule 3: source is not deprecated
            E7  | 2001:db8:1::1        | 2001:db8:1::2        | 2001:db8:3ffe::1  | 2001:db8:3f44::2 | rule 9: 64 bits in common with its source > 40
            E8  | 2002:c633:6401::1    | 2002:c633:6401::2    | 2001:db8:1::1     | 2002:c633:6401::2| rule 5: label matches its source's
            E9  | 2001:db8:1::1        | 2001:db8:1::2        | 2002:c633:6401::1 | 2002:c633:6401::2| rule 6: precedence 40 > 30
            G2  | 224.168.95.25        | 192.168.95.25        | 7d1:1::1          | fec0:1234::1     | rule 2: scope matches its source's
            X1  | 198.51.100.121       | 192.168.1.2          | 2001:db8:1::1     | none             | rule 1: has a source address
            X3  | 10.1.2.3             | 10.1.2.4             | fd00:1::1         | fd00:1::2        | rule 6: precedence 35 > 3
            X6  | 198.51.100.121       | 192.168.1.2          | 2002:c633:6401::1 | 2002:c633:6401::2| rule 6: precedence 35 > 30
            X7  | ::1                  | ::1                  | 127.0.0.1         | 127.0.0.1        | rule 6: precedence 50 > 35
            X9  | 198.51.100.121       | 192.168.1.2          | 2001:db8:1::1     | 2001:db8:1::2 deprecated | rule 3: source is not deprecated
            X11 | 64:ff9b::c633:6479   | 2001:db8:1::2        | 198.51.100.121    | 192.168.1.2      | rule 6: precedence 40 > 35
            """)
    @DisplayName("pairs, in both input orders")
    void pairs(String id, String first, String firstSource, String second, String secondSource, String why) {
        assertThat(id).isNotBlank();
        assertOrder(RFC_6724, candidate(first, firstSource), candidate(second, secondSource), why);
    }

    @Test
    @DisplayName("E10: with IPv4 at precedence 100, IPv4 first")
    void e10() {
        assertOrder(
                PREFER_IPV4,
                candidate("10.1.2.3", "10.1.2.4"),
                candidate("2001:db8:1::1", "2001:db8:1::2"),
                "rule 6: precedence 100 > 40");
    }

    @Test
    @DisplayName("E11: but scope still decides before precedence")
    void e11() {
        assertOrder(
                PREFER_IPV4,
                candidate("2001:db8:1::1", "2001:db8:1::2"),
                candidate("198.51.100.121", "169.254.13.78"),
                "rule 2: scope matches its source's");
        assertOrder(
                PREFER_IPV4,
                candidate("198.51.100.121", "198.51.100.117"),
                candidate("2001:db8:1::1", "fe80::1"),
                "rule 2: scope matches its source's");
    }

    @Test
    @DisplayName("X3 with the updated table: the unique local address first, that of this site before all of IPv6")
    void x3Updated() {
        Candidate local = candidate("fd00:1::1", "fd00:1::2");
        Candidate four = candidate("10.1.2.3", "10.1.2.4");
        assertOrder(RFC_6724_UPDATE, local, four, "rule 6: precedence 30 > 20");
        PolicyTable here = RFC_6724_UPDATE.withKnownLocal(List.of(inet("fd00:1::2"), inet("10.1.2.4")));
        assertOrder(here, local, four, "rule 6: precedence 45 > 20");
        assertOrder(here, local, candidate("2001:db8:1::1", "2001:db8:1::2"), "rule 6: precedence 45 > 40");
    }

    @Test
    @DisplayName("G1: glibc compares bits of IPv4 addresses that are in the subnet of their source, and of no others")
    void g1() {
        List<String> addresses = List.of(
                "10.168.95.25",
                "172.16.95.25",
                "192.0.2.25",
                "192.168.109.29",
                "192.168.93.3",
                "192.168.44.61",
                "192.168.96.2",
                "192.168.2.243",
                "192.168.8.16",
                "192.168.94.2");
        List<Candidate> input =
                addresses.stream().map(a -> candidate(a, "192.168.95.25/8")).toList();
        List<String> expected =
                Stream.of(9, 4, 3, 6, 5, 7, 8, 2, 0, 1).map(addresses::get).toList();
        assertThat(sorted(input, GLIBC)).isEqualTo(expected);
        assertThat(sorted(input, RFC_6724)).isEqualTo(addresses);
    }

    @Test
    @DisplayName("G3: scopes of IPv4 addresses as the site sets them")
    void g3() {
        GaiConf conf = GaiConf.parse("""
                scopev4 ::ffff:169.254.0.0/112 2
                scopev4 ::ffff:127.0.0.0/104   2
                scopev4 ::ffff:10.0.0.0/104    5
                scopev4 ::ffff:192.168.0.0/112 5
                scopev4 ::ffff:0.0.0.0/96      14
                """);
        List<String> addresses = List.of(
                "160.168.1.1",
                "160.168.1.2",
                "160.168.1.3",
                "160.168.1.4",
                "160.168.1.5",
                "160.168.1.6",
                "160.168.1.7",
                "172.22.35.17",
                "10.50.69.114");
        List<Candidate> input =
                addresses.stream().map(a -> candidate(a, "10.168.95.25")).toList();
        List<String> expected = new ArrayList<>(addresses);
        expected.add(0, expected.remove(8));
        assertThat(sorted(input, conf.table())).isEqualTo(expected);
        assertThat(DestinationOrder.of(input, conf.table()).why(0)).isEqualTo("rule 2: scope matches its source's");
        assertThat(sorted(input, GLIBC)).isEqualTo(addresses);
    }

    @Test
    @DisplayName("rule 1b: recent trouble stands behind all that have a way, before those that have none")
    void recentTrouble() {
        KnownPath troubled = new KnownPath(KnownPath.NO_RTT, KnownPath.NO_RTT, true, "refused 12 s ago");
        Candidate six = candidate("2001:db8:1::1", "2001:db8:1::2", troubled);
        assertOrder(
                candidate("198.51.100.121", "169.254.13.78"),
                six,
                "rule 1b: no recent trouble",
                "rule 1b: refused 12 s ago");
        assertOrder(
                six,
                candidate("2001:db8:2::1", "none"),
                "rule 1: has a source address",
                "rule 1: no route or no source address");
        assertOrder(RFC_6724, six, candidate("10.1.2.3", "10.1.2.4", troubled), "rule 6: precedence 40 > 35");
    }

    @Test
    @DisplayName("rule 7: what goes natively before what a tunnel carries, told by the interface or by the address")
    void nativeTransport() {
        assertOrder(
                candidate("2001:db8:1::1", "2001:db8:1::2"),
                candidate("2001:db8:2::1", "2001:db8:2::2 tunnel"),
                "rule 7: native transport",
                "rule 7: encapsulated transport");
        PolicyTable flat = new PolicyTable(List.of(row("::", 0, 40, 1)));
        for (String tunnelled : List.of("2002:c633:6401::1", "2001:0:1::1")) {
            assertOrder(
                    flat,
                    candidate("2001:db8:1::1", "2001:db8:1::2"),
                    candidate(tunnelled, "2001:db8:1::2"),
                    "rule 7: native transport");
            assertOrder(
                    flat,
                    candidate("2001:db8:1::1", "2001:db8:1::2"),
                    candidate("2001:db8:1::3", tunnelled),
                    "rule 7: native transport");
        }
    }

    @Test
    @DisplayName(
            "rules 8a and 8b (RFC 8305 section 4): lower round-trip time first, then what has been used, before rule 9")
    void history() {
        String source = "2001:db8:1::2";
        Candidate near = candidate("2001:db8:1::1", source);
        Candidate fast = candidate("2001:db8:ffff::1", source, rtt(20, true));
        Candidate slow = candidate("2001:db8:fffe::1", source, rtt(43, true));
        Candidate used =
                candidate("2001:db8:fffd::1", source, new KnownPath(KnownPath.NO_RTT, KnownPath.NO_RTT, true, null));
        assertOrder(fast, slow, "rule 8a: round-trip time 20 ms < 43 ms", "rule 8a: round-trip time 43 ms > 20 ms");
        assertOrder(slow, near, "rule 8a: round-trip time is known", "rule 8a: round-trip time is not known");
        assertOrder(slow, used, "rule 8a: round-trip time is known", "rule 8a: round-trip time is not known");
        assertOrder(used, near, "rule 8b: used before", "rule 8b: not used before");
        // a neighbour's time
        assertOrder(
                fast,
                candidate("2001:db8:1::1", source, rtt(29, false)),
                "rule 8b: used before",
                "rule 8b: not used before");
        assertOrder(
                near,
                candidate("fd00::1", "fd00::2", rtt(1, true)),
                "rule 6: precedence 40 > 3",
                "rule 6: precedence 3 < 40");
    }

    @Test
    @DisplayName("rule 8a takes times within one step of 10 ms for equal")
    void noise() {
        List<Candidate> input = List.of(
                candidate("192.0.2.1", "192.0.2.9", rtt(29, true)), candidate("192.0.2.2", "192.0.2.9", rtt(21, true)));
        assertThat(DestinationOrder.of(input, RFC_6724).candidates()).isEqualTo(input);
    }

    @Test
    @DisplayName(
            "X11: an address that a NAT64 has made counts as the IPv4 address that it stands for, and native IPv6 goes first")
    void x11() {
        Candidate translated =
                new Candidate(at("198.51.100.121"), source("2001:db8:1::2"), KnownPath.NONE, at("64:ff9b::c633:6479"));
        assertOrder(
                candidate("2001:db8:ffff::1", "2001:db8:1::2"),
                translated,
                "rule 6: precedence 40 > 35",
                "rule 6: precedence 35 < 40");
        // as IPv4 would on a host that has it, before unique local addresses; label and scope are those of the way
        assertOrder(
                translated,
                candidate("fd00:1::1", "fd00:1::2"),
                "rule 6: precedence 35 > 3",
                "rule 6: precedence 3 < 35");
    }

    @Test
    @DisplayName("G4: IPv4 addresses keep their order, a common prefix says nothing there")
    void g4() {
        List<String> addresses = List.of(
                "54.83.193.112", "184.72.238.214", "23.23.172.185", "75.101.148.21", "23.23.134.56", "23.21.50.150");
        List<Candidate> input =
                addresses.stream().map(a -> candidate(a, "10.2.3.4")).toList();
        assertThat(sorted(input, RFC_6724)).isEqualTo(addresses);
        List<Candidate> reversed = new ArrayList<>(input);
        Collections.reverse(reversed);
        List<String> reversedAddresses = new ArrayList<>(addresses);
        Collections.reverse(reversedAddresses);
        assertThat(sorted(reversed, RFC_6724)).isEqualTo(reversedAddresses);
        assertThat(DestinationOrder.of(input, RFC_6724).why(2)).isEqualTo("rule 10: order of the answer");
    }

    @Test
    @DisplayName(
            "rule 9 looks at the network part only: as many bits as the source's prefix has, 64 where that is not known")
    void commonPrefixIsCapped() {
        assertOrder(
                candidate("2001:db8:1:8::1", "2001:db8:1:9::2/64"),
                candidate("2001:db8:1:18::1", "2001:db8:1:9::2/64"),
                "rule 9: 63 bits in common with its source > 59",
                "rule 9: 59 bits in common with its source < 63");
        List<String> within56 = List.of("2001:db8:1:18::1", "2001:db8:1:8::1");
        assertThat(sorted(
                        within56.stream()
                                .map(a -> candidate(a, "2001:db8:1:9::2/56"))
                                .toList(),
                        RFC_6724))
                .isEqualTo(within56);
        List<String> addresses = List.of("2001:db8:1::ffff", "2001:db8:1::3");
        assertThat(sorted(
                        addresses.stream()
                                .map(a -> candidate(a, "2001:db8:1::2"))
                                .toList(),
                        RFC_6724))
                .isEqualTo(addresses);
    }

    @Test
    @DisplayName("the reason of the last one is what put it behind the one before; an only one has none")
    void why() {
        DestinationOrder order = DestinationOrder.of(
                List.of(
                        candidate("198.51.100.121", "192.168.1.2"),
                        candidate("2001:db8:1::1", "2001:db8:1::2"),
                        candidate("2001:db8:2::1", "none")),
                RFC_6724);
        assertThat(IntStream.range(0, 3).mapToObj(order::why))
                .containsExactly(
                        "rule 6: precedence 40 > 35",
                        "rule 1: has a source address",
                        "rule 1: no route or no source address");
        assertThat(DestinationOrder.of(List.of(candidate("::1", "::1")), RFC_6724)
                        .why(0))
                .isEqualTo("only address");
    }

    @Test
    @DisplayName("a Unix path counts as unusable")
    void unixPath() {
        Candidate unix = new Candidate(AddressInfo.stream(UnixDomainSocketAddress.of("/run/x")), null);
        Candidate inet = candidate("192.0.2.1", "192.0.2.2");
        assertOrder(RFC_6724, inet, unix, "rule 1: has a source address");
    }

    @Test
    @DisplayName("the comparison of any candidates is antisymmetric and transitive, and each order names the rule")
    void totalPreorder() {
        Random random = new Random(6724);
        for (int round = 0; round < 60_000; round++) {
            PolicyTable table = TABLES.get(round % TABLES.size());
            Candidate a = anyCandidate(random);
            Candidate b = anyCandidate(random);
            Candidate c = anyCandidate(random);
            int ab = DestinationOrder.compare(a, b, table);
            int bc = DestinationOrder.compare(b, c, table);
            assertThat(DestinationOrder.compare(b, a, table)).isEqualTo(-ab);
            if (ab <= 0 && bc <= 0) {
                assertThat(DestinationOrder.compare(a, c, table))
                        .as("%s, %s, %s", a, b, c)
                        .isEqualTo(Math.min(ab, bc));
            }
            DestinationOrder order = DestinationOrder.of(List.of(a, b), table);
            assertThat(order.why(0)).matches("rule (10|[1-9][ab]?): .+");
            assertThat(order.why(0).startsWith("rule 10")).isEqualTo(ab == 0);
            assertThat(order.why(1))
                    .startsWith(order.why(0).substring(0, order.why(0).indexOf(':') + 1));
        }
    }

    @Test
    @DisplayName("the order of any list is stable, and does not depend on the order of input where a rule decides")
    void randomLists() {
        Random random = new Random(8305);
        for (int round = 0; round < 1_000; round++) {
            List<Candidate> list = new ArrayList<>();
            for (int i = 2 + random.nextInt(60); i > 0; i--) {
                list.add(anyCandidate(random));
            }
            PolicyTable table = TABLES.get(round % TABLES.size());
            // a comparison that is not transitive would let TimSort fail or two sorts of shuffled input differ
            DestinationOrder order = DestinationOrder.of(list, table);
            assertThat(order.candidates()).containsExactlyInAnyOrderElementsOf(list);
            assertThat(DestinationOrder.of(order.candidates(), table).candidates())
                    .isEqualTo(order.candidates());
            assertEveryPairAgrees(order.candidates(), table);
        }
    }

    private static Candidate anyCandidate(Random random) {
        String destination = POOL.get(random.nextInt(POOL.size()));
        SourceAddress source = null;
        if (random.nextInt(8) > 0) {
            InetAddress address = inet(POOL.get(random.nextInt(POOL.size())));
            int prefix = random.nextInt(3) == 0 ? SourceAddress.UNKNOWN_PREFIX : 8 * random.nextInt(4);
            source = new SourceAddress(
                    address, prefix, random.nextInt(6) == 0, random.nextInt(6) == 0, random.nextInt(6) == 0);
        }
        KnownPath path = new KnownPath(
                random.nextBoolean() ? KnownPath.NO_RTT : random.nextInt(40) * 1_000_000L,
                1_000_000,
                random.nextBoolean(),
                random.nextInt(6) == 0 ? "refused 1 s ago" : null);
        AddressInfo via = !destination.contains(":") && random.nextInt(6) == 0 ? at("64:ff9b::c633:6479") : null;
        return new Candidate(at(destination), source, path, via);
    }

    private static void assertEveryPairAgrees(List<Candidate> sorted, PolicyTable table) {
        for (int i = 0; i < sorted.size(); i += 3) {
            for (int j = i + 1; j < sorted.size(); j += 5) {
                List<Candidate> pair = List.of(sorted.get(i), sorted.get(j));
                assertThat(DestinationOrder.of(pair, table).candidates()).isEqualTo(pair);
            }
        }
    }
}
