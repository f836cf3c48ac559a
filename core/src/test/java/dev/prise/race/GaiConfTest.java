package dev.prise.race;

import static dev.prise.race.PolicyTable.GLIBC;
import static dev.prise.race.PolicyTable.RFC_6724;
import static dev.prise.race.RaceScript.inet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** gai.conf(5), as glibc reads it. */
class GaiConfTest {
    private static int precedence(String file, String address) {
        return GaiConf.parse(file).table().precedence(inet(address));
    }

    @Test
    @DisplayName("a file of comments sets nothing, and the table is that of RFC 6724")
    void comments() {
        GaiConf conf =
                GaiConf.parse("# Configuration\n#precedence ::ffff:0:0/96  100\n\n   \t\nreload yes # each time\n");
        assertThat(conf.setsAnything()).isFalse();
        assertThat(conf.table()).isSameAs(RFC_6724);
        assertThat(conf.ignored()).isEmpty();
        assertThat(GaiConf.parse("")).isEqualTo(GaiConf.EMPTY);
    }

    @Test
    @DisplayName("one line of precedence replaces all of them, and labels stay those of glibc")
    void precedenceReplaces() {
        String file = "precedence  ::ffff:0:0/96  100 # IPv4 first\n";
        assertThat(precedence(file, "192.0.2.1")).isEqualTo(100);
        assertThat(precedence(file, "::1")).isEqualTo(40);
        assertThat(precedence(file, "2002::1")).isEqualTo(40);
        PolicyTable table = GaiConf.parse(file).table();
        assertThat(table.label(inet("fd00::1"))).isEqualTo(6);
        assertThat(table.longestPrefix()).isEqualTo(GLIBC.longestPrefix());
        assertThat(table.scope(inet("127.0.0.1"))).isEqualTo(Scopes.LINK_LOCAL);
    }

    @Test
    @DisplayName("one line of label replaces all of them, and everything else has the label 1")
    void labelReplaces() {
        PolicyTable table = GaiConf.parse("label fd00::/8 9\n").table();
        assertThat(table.label(inet("fd00::1"))).isEqualTo(9);
        assertThat(table.label(inet("2002::1"))).isEqualTo(1);
        assertThat(table.label(inet("192.0.2.1"))).isEqualTo(1);
        assertThat(table.precedence(inet("192.0.2.1"))).isEqualTo(10);
    }

    @Test
    @DisplayName(
            "one line of scopev4 replaces all of them, and everything else is global; either form of address will do")
    void scopeReplaces() {
        for (String line : List.of("scopev4 ::ffff:10.0.0.0/104 5", "scopev4 10.0.0.0/8 5")) {
            PolicyTable table = GaiConf.parse(line).table();
            assertThat(table.scope(inet("10.1.2.3"))).isEqualTo(5);
            assertThat(table.scope(inet("127.0.0.1"))).isEqualTo(Scopes.GLOBAL);
            assertThat(table.scope(inet("fe80::1"))).isEqualTo(Scopes.LINK_LOCAL);
        }
        assertThat(GaiConf.parse("scopev4 0.0.0.0/0 7").table().scope(inet("192.0.2.1")))
                .isEqualTo(7);
    }

    @Test
    @DisplayName("a row for everything, the first of two equal prefixes, lengths and values that are left out")
    void details() {
        assertThat(precedence("precedence ::/0 7\n", "2001:db8::1")).isEqualTo(7);
        assertThat(precedence("precedence 2001:db8::/32 1\nprecedence 2001:db8::/32 2\n", "2001:db8::1"))
                .isEqualTo(1);
        assertThat(precedence("precedence 2001:db8::1 9\n", "2001:db8::1")).isEqualTo(9);
        assertThat(precedence("precedence 2001:db8::1 9\n", "2001:db8::2")).isEqualTo(40);
        assertThat(precedence("precedence 2001:db8::/32\n", "2001:db8::2")).isZero();
        assertThat(precedence("\tprecedence\t2001:db8::/32\t+5 trailing words\r\n", "2001:db8::2"))
                .isEqualTo(5);
    }

    @Test
    @DisplayName("lines that glibc does not take are ignored and noted")
    void malformed() {
        String file = """
                precedence
                precedence ::ffff:0:0/129 100
                precedence ::ffff:0:0/96 many
                precedence ::ffff:0:0/96 4294967295
                precedence ::ffff:0:0/-1 1
                precedence 192.0.2.0/24 100
                precedence fe80::%eth0/64 100
                Precedence ::/0 1
                scopev4 2001:db8::/104 5
                scopev4 ::ffff:10.0.0.0/95 5
                scopev4 10.0.0.0/33 5
                scopev4 10.1 5
                label hello/3 5
                sortv4 no
                """;
        GaiConf conf = GaiConf.parse(file);
        assertThat(conf.setsAnything()).isFalse();
        assertThat(conf.ignored()).hasSize(14).startsWith("line 1: precedence").endsWith("line 14: sortv4 no");
    }
}
