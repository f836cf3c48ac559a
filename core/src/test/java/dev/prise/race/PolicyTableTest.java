package dev.prise.race;

import static dev.prise.race.PolicyTable.GLIBC;
import static dev.prise.race.PolicyTable.RFC_6724;
import static dev.prise.race.PolicyTable.RFC_6724_UPDATE;
import static dev.prise.race.PolicyTable.row;
import static dev.prise.race.RaceScript.inet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressFamily;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6724 sections 2.1, 3.1 and 3.2, its update, and what glibc has in their place. */
class PolicyTableTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // address, then precedence and label of RFC 6724, of its update, of glibc
        "::1,                50,  0, 50,  0, 50, 0",
        "2001:db8::1,        40,  1, 40,  1, 40, 1",
        "2001:1::1,          40,  1, 40,  1, 40, 1",
        "192.0.2.1,          35,  4, 20,  4, 10, 4",
        "2002:c633:6401::1,  30,  2,  5,  2, 30, 2",
        "2001::1,             5,  5,  5,  5, 40, 7",
        "fdff::1,             3, 13, 30, 13, 40, 6",
        "fec0::1,             1, 11,  1, 11, 40, 5",
        "3ffe::1,             1, 12,  1, 12, 40, 1",
        "::2,                 1,  3,  1,  3, 20, 3"
    })
    @DisplayName("the three tables")
    void presets(String address, int rfc, int rfcLabel, int update, int updateLabel, int glibc, int glibcLabel) {
        assertThat(RFC_6724.precedence(inet(address))).isEqualTo(rfc);
        assertThat(RFC_6724.label(inet(address))).isEqualTo(rfcLabel);
        assertThat(RFC_6724_UPDATE.precedence(inet(address))).isEqualTo(update);
        assertThat(RFC_6724_UPDATE.label(inet(address))).isEqualTo(updateLabel);
        assertThat(GLIBC.precedence(inet(address))).isEqualTo(glibc);
        assertThat(GLIBC.label(inet(address))).isEqualTo(glibcLabel);
    }

    @Test
    @DisplayName("the unique local /48 of an own address stands before all, other unique local addresses do not")
    void knownLocal() {
        PolicyTable here = RFC_6724_UPDATE.withKnownLocal(
                List.of(inet("fd00:1:2:3::4"), inet("fd00:1:2::5"), inet("2001:db8::1")));
        assertThat(here.precedence(inet("fd00:1:2:ffff::1"))).isEqualTo(45);
        assertThat(here.label(inet("fd00:1:2:ffff::1"))).isEqualTo(14);
        assertThat(here.precedence(inet("fd00:1:3::1"))).isEqualTo(30);
        assertThat(here.precedence(inet("2001:db8::1"))).isEqualTo(40);
        assertThat(RFC_6724_UPDATE.withKnownLocal(List.of(inet("2001:db8::1"), inet("192.0.2.1"), inet("fc00::1"))))
                .isSameAs(RFC_6724_UPDATE);
    }

    @Test
    @DisplayName("a table needs a row for everything, and rows are of IPv6")
    void refused() {
        assertThatThrownBy(() -> new PolicyTable(List.of(row("::1", 128, 50, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row("192.0.2.0", 24, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row("::", 129, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("the family that the table prefers is that of the higher precedence of global addresses")
    void preferredFamily() {
        assertThat(RFC_6724.preferredFamily()).isEqualTo(AddressFamily.INET6);
        assertThat(GLIBC.preferredFamily()).isEqualTo(AddressFamily.INET6);
        assertThat(GaiConf.parse("precedence ::ffff:0:0/96 100").table().preferredFamily())
                .isEqualTo(AddressFamily.INET);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, link-local",
        "169.254.1.1, link-local",
        "10.0.0.1, global",
        "192.168.1.1, global",
        "224.0.0.0, global",
        "::1, link-local",
        "fe80::1, link-local",
        "fec0::1, site-local",
        "fd00::1, global",
        "2001:db8::1, global",
        "ff01::1, interface-local",
        "ff02::1, link-local",
        "ff03::1, 3",
        "ff04::1, admin-local",
        "ff05::1, site-local",
        "ff08::1, organization-local",
        "ff0e::1, global"
    })
    @DisplayName("scopes of sections 3.1 and 3.2")
    void scopes(String address, String scope) {
        for (PolicyTable table : List.of(RFC_6724, RFC_6724_UPDATE, GLIBC)) {
            assertThat(Scopes.text(table.scope(inet(address)))).isEqualTo(scope);
        }
    }
}
