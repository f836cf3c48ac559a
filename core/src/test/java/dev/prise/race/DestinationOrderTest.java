package dev.prise.race;

import static dev.prise.race.PolicyTable.RFC_6724;
import static dev.prise.race.PolicyTable.row;
import static dev.prise.race.RaceScript.inet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressInfo;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** The table of the update of RFC 6724: unique local addresses of this site before IPv4. */
    private static final PolicyTable UPDATED = new PolicyTable(List.of(
            row("::1", 128, 50, 0),
            row("::", 0, 40, 1),
            row("::ffff:0:0", 96, 20, 4),
            row("2002::", 16, 5, 2),
            row("2001::", 32, 5, 5),
            row("fc00::", 7, 30, 13),
            row("fd00:1::", 48, 45, 14)));

    private static Candidate candidate(String destination, String source) {
        return new Candidate(
                AddressInfo.stream(new InetSocketAddress(inet(destination), 80)),
                source.equals("none") ? null : inet(source));
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

    @ParameterizedTest(name = "{0}: {1} before {3}, {5}")
    @CsvSource(delimiter = '|', textBlock = """
            E1  | 2001:db8:1::1        | 2001:db8:1::2        | 198.51.100.121    | 169.254.13.78    | rule 2: scope matches its source's
            E2  | 198.51.100.121       | 198.51.100.117       | 2001:db8:1::1     | fe80::1          | rule 2: scope matches its source's
            E3  | 2001:db8:1::1        | 2001:db8:1::2        | 10.1.2.3          | 10.1.2.4         | rule 6: precedence 40 > 35
            E4  | fe80::1              | fe80::2              | 2001:db8:1::1     | 2001:db8:1::2    | rule 8: scope link-local is smaller
            E7  | 2001:db8:1::1        | 2001:db8:1::2        | 2001:db8:3ffe::1  | 2001:db8:3f44::2 | rule 9: 64 bits in common with its source > 40
            E8  | 2002:c633:6401::1    | 2002:c633:6401::2    | 2001:db8:1::1     | 2002:c633:6401::2| rule 5: label matches its source's
            E9  | 2001:db8:1::1        | 2001:db8:1::2        | 2002:c633:6401::1 | 2002:c633:6401::2| rule 6: precedence 40 > 30
            G2  | 224.168.95.25        | 192.168.95.25        | 7d1:1::1          | fec0:1234::1     | rule 2: scope matches its source's
            X1  | 198.51.100.121       | 192.168.1.2          | 2001:db8:1::1     | none             | rule 1: has a source address
            X3  | 10.1.2.3             | 10.1.2.4             | fd00:1::1         | fd00:1::2        | rule 6: precedence 35 > 3
            X6  | 198.51.100.121       | 192.168.1.2          | 2002:c633:6401::1 | 2002:c633:6401::2| rule 6: precedence 35 > 30
            X7  | ::1                  | ::1                  | 127.0.0.1         | 127.0.0.1        | rule 6: precedence 50 > 35
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
    @DisplayName("X3 with the updated table: the site's own unique local address first")
    void x3Updated() {
        assertOrder(
                UPDATED,
                candidate("fd00:1::1", "fd00:1::2"),
                candidate("10.1.2.3", "10.1.2.4"),
                "rule 6: precedence 45 > 20");
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
    @DisplayName("rule 9 looks at the first 64 bits only, and not across different lengths of address")
    void commonPrefixIsCapped() {
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

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LINK_LOCAL",
        "169.254.1.1, LINK_LOCAL",
        "10.0.0.1, GLOBAL",
        "192.168.1.1, GLOBAL",
        "224.0.0.0, GLOBAL",
        "::1, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "fec0::1, SITE_LOCAL",
        "fd00::1, GLOBAL",
        "2001:db8::1, GLOBAL",
        "ff01::1, INTERFACE_LOCAL",
        "ff02::1, LINK_LOCAL",
        "ff04::1, ADMIN_LOCAL",
        "ff05::1, SITE_LOCAL",
        "ff08::1, ORGANIZATION_LOCAL",
        "ff0e::1, GLOBAL"
    })
    @DisplayName("scopes of sections 3.1 and 3.2")
    void scopes(String address, DestinationOrder.Scope scope) {
        assertThat(DestinationOrder.Scope.of(inet(address))).isEqualTo(scope);
    }

    @Test
    @DisplayName("the longest matching prefix of the table decides")
    void policyTable() {
        assertThat(RFC_6724.rowOf(inet("::1")).precedence()).isEqualTo(50);
        assertThat(RFC_6724.rowOf(inet("::2")).precedence()).isEqualTo(1);
        assertThat(RFC_6724.rowOf(inet("192.0.2.1")).label()).isEqualTo(4);
        assertThat(RFC_6724.rowOf(inet("2001::1")).label()).isEqualTo(5);
        assertThat(RFC_6724.rowOf(inet("2001:1::1")).label()).isEqualTo(1);
        assertThat(RFC_6724.rowOf(inet("fdff::1")).precedence()).isEqualTo(3);
        assertThatThrownBy(() -> new PolicyTable(List.of(row("::1", 128, 50, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row("192.0.2.0", 24, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row("::", 129, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "the order of any list is transitive, stable and does not depend on the order of input where a rule decides")
    void randomLists() {
        List<String> pool = List.of(
                "::1",
                "127.0.0.1",
                "fe80::1",
                "fe81::1",
                "169.254.1.1",
                "10.1.2.3",
                "198.51.100.121",
                "224.0.0.1",
                "2001:db8:1::1",
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
        List<String> sources = Stream.concat(pool.stream(), Stream.of("none")).toList();
        Random random = new Random(8305);
        for (int round = 0; round < 2_000; round++) {
            List<Candidate> list = new ArrayList<>();
            for (int i = 2 + random.nextInt(60); i > 0; i--) {
                list.add(candidate(pool.get(random.nextInt(pool.size())), sources.get(random.nextInt(sources.size()))));
            }
            PolicyTable table = round % 3 == 0 ? PREFER_IPV4 : round % 3 == 1 ? UPDATED : RFC_6724;
            // a comparison that is not transitive would let TimSort fail or two sorts of shuffled input differ
            DestinationOrder order = DestinationOrder.of(list, table);
            assertThat(order.candidates()).containsExactlyInAnyOrderElementsOf(list);
            assertThat(DestinationOrder.of(order.candidates(), table).candidates())
                    .isEqualTo(order.candidates());
            assertEveryPairAgrees(order.candidates(), table);
        }
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
