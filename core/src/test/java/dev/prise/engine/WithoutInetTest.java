package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Routes, and whether they lead to all of IPv4. */
class WithoutInetTest {
    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    private static boolean hasDefaultRoute(String... routes) {
        String text = HEAD + String.join("\n", routes) + "\n";
        return WithoutInet.hasDefaultRoute(Objects.requireNonNull(KernelTables.parseRoutes(text)));
    }

    @Test
    @DisplayName("a default route that is up and does not refuse")
    void defaultRoute() {
        String own = "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0";
        assertThat(hasDefaultRoute(own)).isFalse();
        assertThat(hasDefaultRoute()).isFalse();
        assertThat(hasDefaultRoute("eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0", own))
                .isTrue();
        assertThat(hasDefaultRoute("*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0"))
                .isFalse();
        assertThat(hasDefaultRoute("eth0\t00000000\t010200C0\t0002\t0\t0\t0\t00000000\t0\t0\t0"))
                .isFalse();
        assertThat(hasDefaultRoute("tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0"))
                .as("half of everything")
                .isFalse();
    }
}
