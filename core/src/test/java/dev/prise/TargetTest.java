package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.address.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "example.org,            example.org,  27015",
        "example.org:80,         example.org,  80",
        "example.org.:80,        example.org., 80",
        "192.0.2.1,              192.0.2.1,    27015",
        "192.0.2.1:80,           192.0.2.1,    80",
        "0x7f.1:80,              0x7f.1,       80",
        "[2001:db8::1],          2001:db8::1,  27015",
        "[2001:db8::1]:80,       2001:db8::1,  80",
        "2001:db8::1,            2001:db8::1,  27015",
        "::1,                    ::1,          27015",
        "fe80::1%eth0,           fe80::1%eth0, 27015",
        "[fe80::1%eth0]:65535,   fe80::1%eth0, 65535",
        "_sip.example.org,       _sip.example.org, 27015",
    })
    void hostAndPortAreTakenApart(String text, String host, int port) {
        Target target = Target.parse(text, "27015");
        assertThat(target.host()).isEqualTo(host);
        assertThat(target.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\u0000b",
                "a\nb",
                "[::1",
                "::1]",
                "[]",
                "[]:80",
                "[127.0.0.1]",
                "::1::2",
                "1:2:3",
                "a/b",
                "a@b",
                "a%b",
                "a..b",
                ".",
                ".a",
                "[::1]x",
                "-\u2028-/",
            })
    void whatCannotBeAHostIsRefusedWithItsCode(String text) {
        InvalidTargetException refused =
                catchThrowableOfType(InvalidTargetException.class, () -> Target.parse(text, "27015"));
        assertThat(refused).hasMessageContaining("WSAHOST_NOT_FOUND 11001");
        assertThat(refused.code()).isEqualTo(ErrorCode.HOST_NOT_FOUND);
        assertThat(refused.getMessage().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "65536",
                "99999",
                "99999999999999999999",
                "nosuchservice",
                "",
                " 80",
                "80 ",
                "+80",
                "0x50"
            })
    void whatIsNotAServiceIsRefusedWithItsCode(String service) {
        InvalidTargetException refused =
                catchThrowableOfType(InvalidTargetException.class, () -> Target.of("example.org", service));
        assertThat(refused.code()).isEqualTo(ErrorCode.SERVICE_NOT_FOUND);
        assertThat(refused).hasMessageContaining("WSATYPE_NOT_FOUND 10109");
    }

    @Test
    void labelsAndNamesHaveTheirLimits() {
        String label = "a".repeat(63);
        assertThat(Target.of(label, 1).host()).isEqualTo(label);
        assertThat(catchThrowableOfType(InvalidTargetException.class, () -> Target.of(label + "a", 1)))
                .hasMessageContaining("63");
        String name = (label + ".").repeat(3) + "a".repeat(61);
        assertThat(Target.of(name, 1).host()).hasSize(253);
        assertThat(Target.of(name + ".", 1).host()).hasSize(254);
        InvalidTargetException tooLong =
                catchThrowableOfType(InvalidTargetException.class, () -> Target.of("a.".repeat(150), 1));
        assertThat(tooLong).hasMessageContaining("253");
        assertThat(tooLong.getMessage()).hasSizeLessThan(250);
    }

    @Test
    void namesInOtherScriptsHaveAnAsciiForm() {
        Target target = Target.of("b\u00fccher.example", 80);
        assertThat(target.host()).isEqualTo("b\u00fccher.example");
        assertThat(target.asciiHost()).isEqualTo("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uff1a\uff1a\uff11", "a\uff0fb", "a\uff05b", "\uff11\uff12\uff17.0.0.1"})
    void wideFormsOfAsciiCharactersAreNoWayAroundTheRules(String host) {
        InvalidTargetException refused = catchThrowableOfType(InvalidTargetException.class, () -> Target.of(host, 80));
        assertThat(refused.code()).isEqualTo(ErrorCode.HOST_NOT_FOUND);
    }

    @Test
    void pathsHaveNoPort() {
        Target target = Target.parse("unix:/tmp/a b:80.sock", "27015");
        assertThat(target.host()).isEqualTo("/tmp/a b:80.sock");
        assertThat(target.unixPath()).hasToString("/tmp/a b:80.sock");
        assertThat(target.service()).isEmpty();
        assertThat(target).hasToString("unix:/tmp/a b:80.sock");
        assertThat(catchThrowableOfType(InvalidTargetException.class, () -> Target.parse("unix:", "1")))
                .hasMessageContaining("ENOENT");
    }

    @Test
    void textReadsBack() {
        for (String text : new String[] {"a:80", "[::1]:80", "192.0.2.1:80", "unix:/x"}) {
            assertThat(Target.parse(Target.parse(text, "1").toString(), "1")).isEqualTo(Target.parse(text, "1"));
        }
    }
}
