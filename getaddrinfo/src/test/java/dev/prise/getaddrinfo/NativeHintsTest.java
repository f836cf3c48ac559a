package dev.prise.getaddrinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.Hints;
import dev.prise.address.Hints.Flag;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hints in the numbers of each system. */
class NativeHintsTest {
    @ParameterizedTest
    @CsvSource({"LINUX_GLIBC, 10", "LINUX_MUSL, 10", "MACOS, 30", "FREEBSD, 28", "WINDOWS, 23"})
    void families(Platform platform, int inet6) {
        assertThat(NativeHints.of(Hints.DEFAULT, platform)).isEqualTo(new NativeHints(0, 0, 1, 6));
        assertThat(NativeHints.of(Hints.DEFAULT.withFamily(AddressFamily.INET), platform))
                .isEqualTo(new NativeHints(0, 2, 1, 6));
        assertThat(NativeHints.of(Hints.ANY.withFamily(AddressFamily.INET6), platform))
                .isEqualTo(new NativeHints(0, inet6, 0, 0));
        assertThat(NativeHints.of(
                        Hints.ANY
                                .withFamily(AddressFamily.UNIX)
                                .withType(SocketType.of(99))
                                .withProtocol(Protocol.of(132)),
                        platform))
                .isEqualTo(new NativeHints(0, 1, 99, 132));
    }

    @ParameterizedTest
    @DisplayName("the same number is another flag elsewhere")
    @CsvSource({
        "LINUX_GLIBC, 0x1, 0x2, 0x4, 0x400, 0x8,   0x10,  0x20",
        "LINUX_MUSL,  0x1, 0x2, 0x4, 0x400, 0x8,   0x10,  0x20",
        "MACOS,       0x1, 0x2, 0x4, 0x1000, 0x800, 0x100, 0x400",
        "FREEBSD,     0x1, 0x2, 0x4, 0x8,   0x800, 0x100, 0x400",
        "WINDOWS,     0x1, 0x2, 0x4, 0x8,   0x800, 0x100, 0x400"
    })
    void flags(
            Platform platform,
            String passive,
            String canonname,
            String numerichost,
            String numericserv,
            String v4mapped,
            String all,
            String addrconfig) {
        assertFlag(platform, Flag.PASSIVE, passive);
        assertFlag(platform, Flag.CANONNAME, canonname);
        assertFlag(platform, Flag.NUMERICHOST, numerichost);
        assertFlag(platform, Flag.NUMERICSERV, numericserv);
        assertFlag(platform, Flag.V4MAPPED, v4mapped);
        assertFlag(platform, Flag.ALL, all);
        assertFlag(platform, Flag.ADDRCONFIG, addrconfig);
    }

    private static void assertFlag(Platform platform, Flag flag, String number) {
        NativeHints hints = NativeHints.of(Hints.ANY.withFlags(flag), platform);
        assertThat(hints).isEqualTo(new NativeHints(Integer.decode(number), 0, 0, 0));
    }

    @Test
    void severalFlagsAreOneNumber() {
        assertThat(NativeHints.of(
                        Hints.DEFAULT.withFlags(Flag.CANONNAME, Flag.NUMERICHOST, Flag.IDN), Platform.LINUX_GLIBC))
                .isEqualTo(new NativeHints(0x46, 0, 1, 6));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("no two flags of a system share a bit")
    void flagsAreDistinct(Platform platform) {
        int seen = 0;
        for (Flag flag : Flag.values()) {
            int number = platform.flag(flag);
            assertThat(seen & number).as(flag.name()).isZero();
            seen |= number;
        }
    }

    @Test
    @DisplayName("a flag that the system does not have has no number")
    void unknownFlags() {
        assertThat(NativeHints.of(Hints.ANY.withFlags(Flag.FQDN), Platform.LINUX_GLIBC))
                .isNull();
        assertThat(NativeHints.of(Hints.ANY.withFlags(Flag.IDN), Platform.LINUX_MUSL))
                .isNull();
        assertThat(NativeHints.of(Hints.ANY.withFlags(Flag.IDN), Platform.WINDOWS))
                .isNull();
        assertThat(NativeHints.of(Hints.ANY.withFlags(Flag.V4MAPPED_CFG), Platform.WINDOWS))
                .isNull();
    }
}
