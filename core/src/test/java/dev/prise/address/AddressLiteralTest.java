package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a literal, and as which address. The expectations are what getaddrinfo of glibc gives. */
class AddressLiteralTest {

    @ParameterizedTest
    @DisplayName("IPv4 in the forms of inet_aton")
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "127.1, 127.0.0.1",
        "127.0.1, 127.0.0.1",
        "0x7f.1, 127.0.0.1",
        "0X7F.1, 127.0.0.1",
        "2130706433, 127.0.0.1",
        "0x7f000001, 127.0.0.1",
        "017700000001, 127.0.0.1",
        "127.0.0.01, 127.0.0.1",
        "127.0.0.010, 127.0.0.8",
        "0, 0.0.0.0",
        "4294967295, 255.255.255.255",
        "255.255.255.255, 255.255.255.255",
        "1.65536, 1.1.0.0",
        "1.16777215, 1.255.255.255",
        "1.2.65535, 1.2.255.255"
    })
    void inet(String literal, String address) throws UnknownHostException {
        AddressLiteral parsed = Objects.requireNonNull(AddressLiteral.parse(literal));
        assertThat(parsed.family()).isEqualTo(AddressFamily.INET);
        assertThat(parsed.zone()).isNull();
        InetAddress inet = InetAddress.getByAddress(parsed.bytes());
        assertThat(inet).isInstanceOf(Inet4Address.class);
        assertThat(inet.getHostAddress()).isEqualTo(address);
    }

    @ParameterizedTest
    @DisplayName("IPv6")
    @CsvSource({
        "::1, ::1",
        "::, ::",
        "1::, 1::",
        "2001:DB8::A, 2001:db8::a",
        "2001:db8:0:0:0:0:0:a, 2001:db8::a",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "0001::00ab, 1::ab",
        "::1.2.3.4, ::102:304",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304"
    })
    void inet6(String literal, String address) throws UnknownHostException {
        AddressLiteral parsed = Objects.requireNonNull(AddressLiteral.parse(literal));
        assertThat(parsed.family()).isEqualTo(AddressFamily.INET6);
        assertThat(parsed.zone()).isNull();
        assertThat(AddressText.of((Inet6Address) InetAddress.getByAddress(parsed.bytes())))
                .isEqualTo(address);
    }

    @Test
    @DisplayName("an IPv4-mapped address is written as IPv6")
    void mapped() {
        AddressLiteral parsed = Objects.requireNonNull(AddressLiteral.parse("::ffff:1.2.3.4"));
        assertThat(parsed.family()).isEqualTo(AddressFamily.INET6);
        assertThat(parsed.bytes()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @DisplayName("zones; whether there is such an interface is for the system to say")
    @CsvSource({"fe80::1%lo, lo", "fe80::1%nosuchif, nosuchif", "2001:db8::1%1, 1", "fe80::1%4294967296, 4294967296"})
    void zones(String literal, String zone) {
        assertThat(Objects.requireNonNull(AddressLiteral.parse(literal)).zone()).isEqualTo(zone);
    }

    @ParameterizedTest
    @DisplayName("not literals")
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "LOCALHOST",
                "..localmachine",
                "256.1.1.1",
                "1.2.3.4.5",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2",
                "1.2.3.256",
                "1.2.65536",
                "1.16777216",
                "4294967296",
                "99999999999999999999",
                "127.0.0.08",
                "0x",
                "0x.1",
                "0xg.1",
                "-1",
                "+1",
                "1.-2.3.4",
                "1e3",
                " 127.0.0.1",
                "127.0.0.1 ",
                "127.0.0.1\n",
                "127.0.0.1%lo",
                "\u0661\u0662\u0667.0.0.1",
                "127.0.0.\uff11",
                "[::1]",
                "[::1",
                "::1]",
                "::1::2",
                ":::",
                ":",
                ":1",
                "1:",
                ":1::2",
                "1::2:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "::\uff11",
                " ::1",
                "::1 ",
                "::1.2.3",
                "::1.2.3.4.5",
                "::1.2.3.256",
                "::1.2.3.04",
                "::0x1.2.3.4",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1%",
                "%lo",
                "http://localhost/",
                "unix:/run/x"
            })
    void notLiterals(String text) {
        assertThat(AddressLiteral.parse(text)).isNull();
    }

    @Test
    void equalWhenTheAddressAndTheZoneAre() {
        assertThat(AddressLiteral.parse("2001:db8::")).isEqualTo(AddressLiteral.parse("2001:DB8:0::0"));
        assertThat(AddressLiteral.parse("fe80::1%1")).isNotEqualTo(AddressLiteral.parse("fe80::1%2"));
        assertThat(AddressLiteral.parse("127.1")).hasSameHashCodeAs(AddressLiteral.parse("127.0.0.1"));
    }

    @Test
    void bytesAreACopy() {
        AddressLiteral literal = Objects.requireNonNull(AddressLiteral.parse("127.0.0.1"));
        literal.bytes()[0] = 1;
        assertThat(literal.bytes()).containsExactly(127, 0, 0, 1);
    }
}
