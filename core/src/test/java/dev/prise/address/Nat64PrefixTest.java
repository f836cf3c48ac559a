package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6052 sections 2 and 3, RFC 7050 section 3, RFC 8305 section 7.1. */
class Nat64PrefixTest {
    private static InetAddress inet(String text) {
        AddressLiteral literal = Objects.requireNonNull(AddressLiteral.parse(text));
        return Objects.requireNonNull(literal.address());
    }

    private static Nat64Prefix prefix(String address, int length) {
        return Nat64Prefix.of((Inet6Address) inet(address), length);
    }

    private static @Nullable InetAddress synthesise(Nat64Prefix prefix, String four) {
        return prefix.synthesise((Inet4Address) inet(four));
    }

    private static List<Nat64Prefix> found(String... answers) {
        return Nat64Prefix.ofAnswers(
                Stream.of(answers).map(Nat64PrefixTest::inet).toList());
    }

    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource({
        "2001:db8::,             32, 2001:db8:c000:221::",
        "2001:db8:100::,         40, 2001:db8:1c0:2:21::",
        "2001:db8:122::,         48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::,     56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::,     64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::,     96, 2001:db8:122:344::192.0.2.33"
    })
    @DisplayName("the examples of RFC 6052 section 2.4, there and back")
    void examples(String address, int length, String translated) {
        Nat64Prefix prefix = prefix(address, length);
        assertThat(synthesise(prefix, "192.0.2.33")).isEqualTo(inet(translated));
        assertThat(prefix.contains(inet(translated))).isTrue();
        assertThat(prefix.extract(inet(translated))).isEqualTo(inet("192.0.2.33"));
        assertThat(prefix.toString()).isEqualTo(address + "/" + length);
        assertThat(prefix.length()).isEqualTo(length);
    }

    @ParameterizedTest(name = "/{1}")
    @CsvSource({
        "2001:db8::, 32",
        "2001:db8:100::, 40",
        "2001:db8:122::, 48",
        "2001:db8:122:300::, 56",
        "2001:db8:122:344::, 64",
        "2001:db8:122:344::, 96",
        "64:ff9b::, 96"
    })
    @DisplayName("each length is found from either known address (RFC 7050 section 3)")
    void discovery(String address, int length) {
        Nat64Prefix prefix = prefix(address, length);
        for (String known : List.of("192.0.0.170", "192.0.0.171")) {
            // of the well-known prefix only this name has such addresses: they are not global
            byte[] answer = inet(address).getAddress();
            byte[] four = inet(known).getAddress();
            for (int i = 0, at = length / 8; i < 4; i++, at++) {
                at += at == 8 ? 1 : 0;
                answer[at] = four[i];
            }
            assertThat(Nat64Prefix.ofAnswers(List.of(inetOf(answer)))).containsExactly(prefix);
        }
    }

    private static InetAddress inetOf(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("several prefixes, each once, in the order of the answer; other addresses tell nothing")
    void several() {
        assertThat(found(
                        "64:ff9b::c000:aa",
                        "192.0.0.170",
                        "2001:db8:64::c000:aa",
                        "64:ff9b::c000:ab",
                        "2001:db8::1",
                        "2001:db8:64::c000:ab"))
                .containsExactly(Nat64Prefix.WELL_KNOWN, prefix("2001:db8:64::", 96));
        assertThat(found("2001:db8::1", "192.0.0.171")).isEmpty();
        assertThat(found()).isEmpty();
    }

    @Test
    @DisplayName("a known address in two places counts where the other known address is, too")
    void ambiguous() {
        // 192.0.0.170 after 32 and after 96 bits
        assertThat(found("2001:db8:c000:aa::c000:aa", "2001:db8:c000:aa::c000:ab"))
                .containsExactly(prefix("2001:db8:c000:aa::", 96));
        assertThat(found("2001:db8:c000:aa::c000:aa")).isEmpty();
    }

    @Test
    @DisplayName("bits 64 to 71 are zero, or it is no such address")
    void zeroByte() {
        Nat64Prefix prefix = prefix("2001:db8:122:344::", 64);
        assertThat(prefix.contains(inet("2001:db8:122:344:1c0:2:2100::"))).isFalse();
        assertThat(prefix.extract(inet("2001:db8:122:344:1c0:2:2100::"))).isNull();
        assertThat(prefix.contains(inet("2001:db8:122:345:c0:2:2100::"))).isFalse();
        assertThat(prefix.contains(inet("192.0.2.1"))).isFalse();
        assertThatThrownBy(() -> prefix("2001:db8:122:344:100::", 96)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prefix("2001:db8::", 80)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "127.0.0.1", "169.254.1.1", "255.255.255.255"})
    @DisplayName("no prefix is for these (RFC 8305 section 7.1), neither there nor back")
    void never(String four) {
        Nat64Prefix prefix = prefix("2001:db8:64::", 96);
        assertThat(synthesise(prefix, four)).isNull();
        byte[] six = inet("2001:db8:64::").getAddress();
        System.arraycopy(inet(four).getAddress(), 0, six, 12, 4);
        assertThat(prefix.extract(inetOf(six))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1"
            })
    @DisplayName("the well-known prefix is for global addresses alone (RFC 6052 section 3.1)")
    void notGlobal(String four) {
        assertThat(synthesise(Nat64Prefix.WELL_KNOWN, four)).isNull();
        assertThat(synthesise(prefix("2001:db8:64::", 96), four)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.2.3.4", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.0.3.1", "198.20.0.1", "223.255.255.255"
            })
    void global(String four) {
        InetAddress six = synthesise(Nat64Prefix.WELL_KNOWN, four);
        assertThat(six).isNotNull();
        assertThat(Nat64Prefix.WELL_KNOWN.extract(six)).isEqualTo(inet(four));
    }
}
