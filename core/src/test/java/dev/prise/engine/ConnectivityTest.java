package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Linux writes in /proc/net, and what it means. */
class ConnectivityTest {
    private static final String LOOPBACK = "00000000000000000000000000000001 01 80 10 80       lo";
    private static final String LINK_LOCAL = "fe8000000000000000fc00fffe000001 04 40 20 80     eth0";
    private static final String UNIQUE_LOCAL = "fd000000000000000000000000000002 04 40 00 82     eth0";
    private static final String TENTATIVE = "20010db8000000000000000000000002 04 40 00 c0     eth0";
    private static final String ON_LOOPBACK = "20010db8000000000000000000000002 01 80 00 80       lo";
    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    private static boolean hasGlobalAddress(String... lines) {
        return Connectivity.hasGlobalAddress(
                Objects.requireNonNull(KernelTables.parseInet6(String.join("\n", lines) + "\n")));
    }

    private static boolean hasRoute(String... lines) {
        return Connectivity.hasRoute(Objects.requireNonNull(KernelTables.parseRoutes(HEAD + String.join("", lines))));
    }

    @Test
    @DisplayName("IPv6: loopback and link-local addresses are not enough, nor one that is not usable yet")
    void six() {
        assertThat(hasGlobalAddress()).isFalse();
        assertThat(hasGlobalAddress(LOOPBACK, LINK_LOCAL, TENTATIVE, ON_LOOPBACK))
                .isFalse();
        assertThat(hasGlobalAddress(LOOPBACK, LINK_LOCAL, UNIQUE_LOCAL)).isTrue();
    }

    @Test
    @DisplayName("IPv4: a route that is up, not of loopback and not link-local")
    void four() {
        assertThat(hasRoute()).isFalse();
        assertThat(hasRoute(route("eth0", "0000FEA9", "0001"))).isFalse();
        assertThat(hasRoute(route("lo", "0000007F", "0001"))).isFalse();
        assertThat(hasRoute(route("eth0", "00000000", "0200"))).isFalse();
        assertThat(hasRoute(route("eth0", "00000000", "0003"))).isTrue();
    }

    private static String route(String name, String destination, String flags) {
        return name + "\t" + destination + "\t010200C0\t" + flags + "\t0\t0\t0\t00000000\t0\t0\t0 \n";
    }

    @Test
    @DisplayName("a question that may bring both families always has an answer")
    void unspecified() {
        Connectivity four = new Connectivity(false, true);
        assertThat(four.reaches(AddressFamily.UNSPEC)).isTrue();
        assertThat(four.reaches(AddressFamily.INET6)).isFalse();
        assertThat(four.reaches(AddressFamily.INET)).isTrue();
    }

    @Test
    @DisplayName("what is so now can be asked for")
    void now() {
        Connectivity now = Connectivity.now();
        assertThat(now.inet6() || now.inet()).isTrue();
    }
}
