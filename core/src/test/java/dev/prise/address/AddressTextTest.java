package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5952 section 4. */
class AddressTextTest {
    private static Inet6Address inet6(String literal, int scope) throws UnknownHostException {
        byte[] bytes = Objects.requireNonNull(AddressLiteral.parse(literal)).bytes();
        return Inet6Address.getByAddress(null, bytes, scope);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001, 2001:db8::1",
        "2001:DB8::ABCD, 2001:db8::abcd",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "0:1:0:0:0:0:0:1, 0:1::1",
        "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4",
        "::ffff:0:0, ::ffff:0.0.0.0",
        "::1.2.3.4, ::102:304",
        "0:0:0:0:1:ffff:102:304, ::1:ffff:102:304",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void canonical(String literal, String text) throws UnknownHostException {
        assertThat(AddressText.of(inet6(literal, 0))).isEqualTo(text);
    }

    @Test
    @DisplayName("RFC 4007 section 11: the zone, as a number")
    void zone() throws UnknownHostException {
        assertThat(AddressText.of(inet6("fe80::1", 3))).isEqualTo("fe80::1%3");
    }
}
