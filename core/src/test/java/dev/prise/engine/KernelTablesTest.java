package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of /proc/net/route, /proc/net/if_inet6 and /proc/net/ipv6_route. */
class KernelTablesTest {
    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    @Test
    void routes() {
        assertThat(KernelTables.parseRoutes(HEAD)).isEmpty();
        assertThat(KernelTables.parseRoutes(HEAD + "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0   \n"
                        + "*\t000200C0\t00000000\t0201\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"))
                .containsExactly(
                        new KernelTables.Route("eth0", "00000000", "010200C0", 3, "00000000"),
                        new KernelTables.Route("*", "000200C0", "00000000", 0x201, "00FFFFFF"));
    }

    @Test
    void addresses() {
        assertThat(KernelTables.parseInet6("")).isEmpty();
        assertThat(KernelTables.parseInet6("fe8000000000000000fc00fffe000001 0a 40 20 280 a-device-1\n"))
                .containsExactly(
                        new KernelTables.Inet6("fe8000000000000000fc00fffe000001", 10, 64, 0x20, 0x280, "a-device-1"));
    }

    @Test
    void wideInet6Routes() {
        String none = "0".repeat(32);
        String router = "fe800000000000000000000000000001";
        assertThat(KernelTables.parseWideInet6Routes("")).isEmpty();
        List<KernelTables.Inet6Route> routes = KernelTables.parseWideInet6Routes(
                router + " 80 " + none + " 00 " + none + " 00000000 00000004 00000000 80200001     eth0\n"
                        + "fd000000000000000000000000000000 04 " + none + " passed over\n" + none + " 00 " + none
                        + " 00 " + router + " 00000400 00000001 00000000 00450003     eth0\n" + none
                        + " 00 " + none + " 00 " + none + " ffffffff 00000001 00000000 80200200       lo\n");
        assertThat(routes)
                .containsExactly(
                        new KernelTables.Inet6Route(none, 0, router, 0x450003, "eth0"),
                        new KernelTables.Inet6Route(none, 0, none, 0x80200200, "lo"));
        assertThat(routes).extracting(KernelTables.Inet6Route::isUsable).containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, true",
        "00000080, true",
        "80000000, true",
        "000000E0, true",
        "000000F0, false",
        "00FFFFFF, false"
    })
    @DisplayName("the few routes that are as good as a default one, in both orders of bytes")
    void wide(String mask, boolean isWide) {
        assertThat(new KernelTables.Route("eth0", "00000000", "010200C0", 3, mask).isWide())
                .isEqualTo(isWide);
    }

    @Test
    @DisplayName("of a table that is longer than what is read, the line that is cut off is left out")
    void cutOff() {
        String route = "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";
        assertThat(KernelTables.parseRoutes(HEAD + route + route.substring(0, 12)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\n",
                "Iface\teth0\n\neth0\n",
                "Iface\neth0\t00000000\t010200C0\t0x3\t0\t0\t0\t00000000\n",
                "Iface\neth0\t00000000\t010200C0\t100000003\t0\t0\t0\t00000000\n",
                "Iface\neth0\tdefault\t010200C0\t0003\t0\t0\t0\t00000000\n",
                "Iface\neth0\t00000000\t192.0.2.1\t0003\t0\t0\t0\t00000000\n",
                "Iface\neth0\t00000000\t010200C0\t0003\t0\t0\t0\t/0\n"
            })
    @DisplayName("routes that Linux does not write so are unknown")
    void strangeRoutes(String text) {
        assertThat(KernelTables.parseRoutes(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fe80::1 0a 40 20 80 eth0\n",
                "fe80 0a 40 20 80 eth0\n",
                "fe8000000000000000fc00fffe00000g 0a 40 20 80 eth0\n",
                "fe8000000000000000fc00fffe000001 0a 81 20 80 eth0\n",
                "fe8000000000000000fc00fffe000001 0a 40 20 -1 eth0\n",
                "fe8000000000000000fc00fffe000001 eth0 40 20 80 0a\n",
                "fe8000000000000000fc00fffe000001 0a 40 20 80\n",
                "fe8000000000000000fc00fffe000001 0a 40 20 80 eth0 up\n"
            })
    @DisplayName("addresses that Linux does not write so are unknown")
    void strangeAddresses(String text) {
        assertThat(KernelTables.parseInet6(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%1$s 00 %1$s 00 %1$s 00000400 00000001 00000000 00000003\n",
                "%1$s 00 %1$s 00 %1$s 00000400 00000001 00000000 00000003 eth0 up\n",
                "2000\n",
                "%1$s 0/ %1$s 00 %1$s 00000400 00000001 00000000 00000003 eth0\n",
                "default 00 %1$s 00 %1$s 00000400 00000001 00000000 00000003 eth0\n",
                "%1$s 00 %1$s 00 fe80::1 00000400 00000001 00000000 00000003 eth0\n",
                "%1$s 0x0 %1$s 00 %1$s 00000400 00000001 00000000 00000003 eth0\n",
                "%1$s 00 %1$s 00 %1$s 00000400 00000001 00000000 0x000003 eth0\n"
            })
    @DisplayName("routes of IPv6 that Linux does not write so are unknown")
    void strangeInet6Routes(String text) {
        assertThat(KernelTables.parseWideInet6Routes(text.formatted("0".repeat(32))))
                .isNull();
    }
}
