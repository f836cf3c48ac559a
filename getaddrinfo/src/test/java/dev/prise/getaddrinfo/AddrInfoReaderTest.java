package dev.prise.getaddrinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The structures of each system, from memory laid out by hand after its headers. */
@EnabledIf("isLittleEndian")
class AddrInfoReaderTest {
    /** Says so where it is not. */
    static boolean isLittleEndian() {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        if (!little) {
            System.out.println(
                    "Left out: structures laid out by hand, because they are little-endian and this machine is not");
        }
        return little;
    }

    /** What follows the family, for 2001:db8::1 with port 27015 in the order of the network, flow 0x12345678, scope 2. */
    private static final String SIX = "6987 12345678 20010db8 00000000 00000000 00000001 02000000";

    private static List<NativeAddressInfo> read(Platform platform, String dump) {
        List<NativeAddressInfo> list =
                new AddrInfoReader(platform, new MemoryImage(dump.replace("SIX", SIX))).read(0x1000, Reading.NUMBERS);
        assertThat(list).isNotNull();
        return list;
    }

    private static @Nullable AddressInfo typed(NativeAddressInfo info) {
        return TypedReading.INSTANCE.result(
                info.flags(),
                info.family(),
                info.type(),
                info.protocol(),
                info.addressBytes(),
                info.address(),
                info.flowInfo(),
                info.scopeId(),
                info.canonicalName());
    }

    private static void assertIsTheSix(NativeAddressInfo info, int family) {
        assertThat(info.flags()).isEqualTo(2);
        assertThat(info.family()).isEqualTo(family);
        assertThat(info.type()).isEqualTo(1);
        assertThat(info.protocol()).isEqualTo(6);
        assertThat(info.addressBytes()).isEqualTo(28);
        assertThat(info.address()).hasToString("/[2001:db8:0:0:0:0:0:1%2]:27015");
        assertThat(info.flowInfo()).isEqualTo(0x78563412);
        assertThat(info.scopeId()).isEqualTo(2);
        assertThat(info.canonicalName()).isEqualTo("dual");
        assertThat(typed(info)).hasToString("[2001:db8::1%2]:27015");
    }

    @Test
    @DisplayName(
            "Linux: ai_addrlen of 4 bytes, ai_addr before ai_canonname, family of 2 bytes, AF_INET6 10; the same for musl")
    void linux() {
        String dump = """
                1000: 02000000 0a000000 01000000 06000000   # flags, family, type, protocol
                1010: 1c000000 ffffffff 4010000000000000    # length, padding, address
                1020: 6010000000000000 8010000000000000     # canonical name, next
                1040: 0a00 SIX
                1060: 6475616c 00                           # "dual"
                1080: 02000000 02000000 02000000 11000000
                1090: 10000000 ffffffff b010000000000000
                10a0: 0000000000000000 0000000000000000
                10b0: 0200 0035 c0000201 0000000000000000   # 192.0.2.1 port 53
                """;
        for (Platform platform : List.of(Platform.LINUX_GLIBC, Platform.LINUX_MUSL)) {
            List<NativeAddressInfo> list = read(platform, dump);
            assertThat(list).hasSize(2);
            assertIsTheSix(list.get(0), 10);
            assertThat(list.get(1).address()).hasToString("/192.0.2.1:53");
            assertThat(list.get(1).type()).isEqualTo(2);
            assertThat(list.get(1).protocol()).isEqualTo(17);
            assertThat(list.get(1).addressBytes()).isEqualTo(16);
            assertThat(list.get(1).canonicalName()).isNull();
            assertThat(list.get(1).scopeId()).isZero();
        }
    }

    @Test
    @DisplayName("macOS: ai_canonname before ai_addr, the socket address begins with its length, AF_INET6 30")
    void macos() {
        List<NativeAddressInfo> list = read(Platform.MACOS, """
                1000: 02000000 1e000000 01000000 06000000
                1010: 1c000000 ffffffff 6010000000000000    # length, padding, canonical name
                1020: 4010000000000000 0000000000000000     # address, next
                1040: 1c1e SIX
                1060: 6475616c 00
                """);
        assertThat(list).hasSize(1);
        assertIsTheSix(list.get(0), 30);
    }

    @Test
    @DisplayName("FreeBSD: as macOS with AF_INET6 28")
    void freebsd() {
        List<NativeAddressInfo> list = read(Platform.FREEBSD, """
                1000: 02000000 1c000000 01000000 06000000
                1010: 1c000000 ffffffff 6010000000000000
                1020: 4010000000000000 8010000000000000
                1040: 1c1c SIX
                1060: 6475616c 00
                1080: 00000000 02000000 01000000 06000000
                1090: 10000000 ffffffff 0000000000000000
                10a0: b010000000000000 0000000000000000
                10b0: 1002 6987 7f000001 0000000000000000
                """);
        assertIsTheSix(list.get(0), 28);
        assertThat(list.get(1).address()).hasToString("/127.0.0.1:27015");
    }

    @Test
    @DisplayName("Windows: ai_addrlen of 8 bytes, ai_canonname before ai_addr and in UTF-16, AF_INET6 23")
    void windows() {
        List<NativeAddressInfo> list = read(Platform.WINDOWS, """
                1000: 02000000 17000000 01000000 06000000
                1010: 1c00000000000000 6010000000000000     # length of 8 bytes, canonical name
                1020: 4010000000000000 0000000000000000     # address, next
                1040: 1700 SIX
                1060: 6400 7500 6100 6c00 0000
                """);
        assertThat(list).hasSize(1);
        assertIsTheSix(list.get(0), 23);
    }

    @Test
    @DisplayName(
            "a family that is neither IPv4 nor IPv6, a length that is too short and no address at all have no address")
    void otherFamilies() {
        List<NativeAddressInfo> list = read(Platform.LINUX_GLIBC, """
                1000: 00000000 01000000 01000000 00000000
                1010: 10000000 00000000 4010000000000000
                1020: 0000000000000000 8010000000000000
                1040: 0100 2f746d70 0000000000000000 0000
                1080: 00000000 0a000000 01000000 06000000
                1090: 10000000 00000000 4010000000000000
                10a0: 0000000000000000 c010000000000000
                10c0: 00000000 02000000 01000000 06000000
                10d0: 10000000 00000000 0000000000000000
                10e0: 0000000000000000 0000000000000000
                """);
        assertThat(list).hasSize(3).allSatisfy(info -> {
            assertThat(info.address()).isNull();
            assertThat(typed(info)).isNull();
        });
    }

    @Test
    @DisplayName("a mapped address stays an IPv6 one, and scope 0 is no zone")
    void mapped() {
        List<NativeAddressInfo> list = read(Platform.LINUX_GLIBC, """
                1000: 08000000 0a000000 01000000 06000000
                1010: 1c000000 00000000 4010000000000000
                1020: 0000000000000000 0000000000000000
                1040: 0a00 6987 00000000 00000000 00000000 0000ffff 7f000001 00000000
                """);
        assertThat(typed(list.get(0))).hasToString("[::ffff:127.0.0.1]:27015");
    }

    @Test
    @DisplayName("a list that bites its tail ends at the limit, as one that is too long")
    void endless() {
        Memory image = new MemoryImage("""
                1000: 00000000 02000000 01000000 06000000
                1010: 10000000 00000000 4010000000000000
                1020: 0000000000000000 0010000000000000     # next is itself
                1040: 0200 0050 7f000001 0000000000000000
                """);
        assertThat(new AddrInfoReader(Platform.LINUX_GLIBC, image).read(0x1000, Reading.NUMBERS))
                .isNull();
    }

    @Test
    @DisplayName("an empty list")
    void empty() {
        assertThat(new AddrInfoReader(Platform.LINUX_GLIBC, new MemoryImage("")).read(0, Reading.NUMBERS))
                .isEmpty();
    }
}
