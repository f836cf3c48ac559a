package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class NetworkFingerprintTest {
    private static final String SIX = """
            00000000000000000000000000000001 01 80 10 80       lo
            fe8000000000000000fc00fffe000001 04 40 20 80     eth0
            20010db8000000010000000000000002 04 40 00 82     eth0
            """;
    private static final String FOUR = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
            eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
            """;

    private static long fingerprint(String six, String four) {
        return NetworkFingerprint.hash(NetworkFingerprint.ofFiles(six, four));
    }

    @Test
    void networksAreNamedByInterfaceAndPrefix() {
        assertThat(NetworkFingerprint.ofFiles(SIX, FOUR))
                .containsExactly(
                        "eth0 00000000 010200C0 00000000",
                        "eth0 000200C0 00000000 00FFFFFF",
                        "eth0 20010db800000001/64");
    }

    @Test
    void aTemporaryAddressThatGivesWayToTheNextChangesNothing() {
        String next = SIX.replace("0000000000000002", "a1b2c3d4e5f60718");
        String both = SIX + "20010db80000000199887766554433221 04 40 00 01     eth0\n".replace("221", "22");
        assertThat(fingerprint(next, FOUR)).isEqualTo(fingerprint(SIX, FOUR));
        assertThat(fingerprint(both, FOUR)).isEqualTo(fingerprint(SIX, FOUR));
        assertThat(fingerprint(SIX.replace("04 40 00", "04 80 00"), FOUR)).isEqualTo(fingerprint(SIX, FOUR));
    }

    @Test
    void usageOfARouteAndItsMetricChangeNothing() {
        assertThat(fingerprint(SIX, FOUR.replace("0003\t0\t0\t0", "0003\t5\t6\t100")))
                .isEqualTo(fingerprint(SIX, FOUR));
    }

    @Test
    void anotherPrefixInterfaceOrGatewayIsAnotherNetwork() {
        assertThat(fingerprint(SIX.replace("20010db800000001", "20010db800000002"), FOUR))
                .isNotEqualTo(fingerprint(SIX, FOUR));
        assertThat(fingerprint(SIX, FOUR.replace("eth0", "wlan0"))).isNotEqualTo(fingerprint(SIX, FOUR));
        assertThat(fingerprint(SIX, FOUR.replace("010200C0", "FE0200C0"))).isNotEqualTo(fingerprint(SIX, FOUR));
        assertThat(fingerprint("", FOUR)).isNotEqualTo(fingerprint(SIX, FOUR));
    }

    @Test
    void theMachinesOwnIsKnownAndStays() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        if (!linux) {
            System.out.println("Left out: the network of this machine, because only Linux has it at once.");
        }
        assumeTrue(linux);
        Long first = NetworkFingerprint.current();
        assertThat(first).isNotNull();
        assertThat(NetworkFingerprint.current()).isEqualTo(first);
    }
}
