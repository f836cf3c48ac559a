package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static final String NONE = "0".repeat(32);
    private static final String ROUTES = """
            fe800000000000000000000000000000 40 %1$s 00 %1$s 00000100 00000001 00000000 00000001     eth0
            20010db8000000010000000000000000 40 %1$s 00 %1$s 00000100 00000001 00000000 00000001     eth0
            %1$s 00 %1$s 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
            %1$s 00 %1$s 00 %1$s ffffffff 00000001 00000000 00200200       lo
            """.formatted(NONE);

    private static long fingerprint(String six, String four) {
        return fingerprint(six, four, ROUTES);
    }

    private static long fingerprint(String six, String four, String routes) {
        return NetworkFingerprint.hash(networks(six, four, routes));
    }

    private static SortedSet<String> networks(String six, String four, String routes) {
        return NetworkFingerprint.ofTables(
                Objects.requireNonNull(KernelTables.parseInet6(six)),
                Objects.requireNonNull(KernelTables.parseRoutes(four)),
                Objects.requireNonNull(KernelTables.parseWideInet6Routes(routes)));
    }

    @Test
    void networksAreNamedByInterfacePrefixAndRouter() {
        assertThat(networks(SIX, FOUR, ROUTES))
                .containsExactly(
                        "eth0 00000000 010200C0 00000000",
                        "eth0 000200C0 00000000 00FFFFFF",
                        "eth0 20010db800000001/64",
                        "eth0 fe800000000000000000000000000001 0/0");
    }

    @Test
    void bridgesOfContainersAndWaysToSinglePlacesChangeNothing() {
        String six = SIX + "fd000000000000010000000000000001 05 40 00 80  docker0\n";
        String four = FOUR + """
                docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                cali1\t0500000A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0
                tun0\t0000000A\t0100080A\t0003\t0\t0\t0\t000000FF\t0\t0\t0
                eth0\t07336433\t010200C0\t0007\t0\t0\t0\tFFFFFFFF\t0\t0\t0
                *\t0000A8C0\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0
                """;
        String routes = ROUTES + """
                fd000000000000010000000000000000 40 %1$s 00 %1$s 00000100 00000001 00000000 00000001  docker0
                20010db8000900000000000000000000 30 %1$s 00 %1$s 00000100 00000001 00000000 00000001     tun0
                ff000000000000000000000000000000 08 %1$s 00 %1$s 00000100 00000001 00000000 00000001  docker0
                """.formatted(NONE);
        assertThat(networks(six, four, routes)).isEqualTo(networks(SIX, FOUR, ROUTES));
    }

    @Test
    void aVpnThatTakesEverythingIsAnotherNetwork() {
        String halves = FOUR + """
                tun0\t00000000\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0
                tun0\t00000080\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0
                """;
        assertThat(fingerprint(SIX, halves)).isNotEqualTo(fingerprint(SIX, FOUR));
        String global = ROUTES
                + "2%2$s 03 %1$s 00 %1$s 00000400 00000001 00000000 00000001     tun0\n"
                        .formatted(NONE, NONE.substring(1));
        assertThat(fingerprint(SIX, FOUR, global)).isNotEqualTo(fingerprint(SIX, FOUR));
    }

    /** Two networks with the same private prefix. */
    @Test
    void anotherRouterOfIPv6IsAnotherNetwork() {
        String head = FOUR.substring(0, FOUR.indexOf('\n') + 1);
        String other = ROUTES.replace("fe800000000000000000000000000001", "fe800000000000000000000000000002");
        assertThat(fingerprint(SIX, head, other)).isNotEqualTo(fingerprint(SIX, head, ROUTES));
        assertThat(networks(SIX, head, ROUTES))
                .containsExactly("eth0 20010db800000001/64", "eth0 fe800000000000000000000000000001 0/0");
    }

    @Test
    void withoutADefaultRouteAllInterfacesAndRoutesCount() {
        String four = FOUR.replace("eth0\t00000000\t010200C0\t0003", "*\t00000000\t00000000\t0201") + """
                eth1\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                eth1\t0000000A\t010011AC\t0003\t0\t0\t0\t000000FF\t0\t0\t0
                """;
        assertThat(networks(SIX, four, ""))
                .containsExactly(
                        "eth0 000200C0 00000000 00FFFFFF",
                        "eth0 20010db800000001/64",
                        "eth1 0000000A 010011AC 000000FF",
                        "eth1 000011AC 00000000 0000FFFF");
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
    void aMachineWithLoopbackAloneHasNoNetwork() {
        String loopback = SIX.substring(0, SIX.indexOf('\n') + 1);
        String head = FOUR.substring(0, FOUR.indexOf('\n') + 1);
        String lo = ROUTES.substring(ROUTES.indexOf('\n', ROUTES.indexOf(" fe80") + 1) + 1);
        assertThat(fingerprint(loopback, head, lo)).isEqualTo(NetworkFingerprint.NO_NETWORK);
        assertThat(fingerprint(SIX, FOUR)).isNotEqualTo(NetworkFingerprint.NO_NETWORK);
    }

    /** Where interfaces are listed by a thread of its own. */
    @Test
    @Timeout(60)
    void aListThatCannotBeHadIsAskedForAgainAfterAWhile() throws InterruptedException {
        AtomicLong clock = new AtomicLong();
        SynchronousQueue<RuntimeException> faults = new SynchronousQueue<>();
        CountDownLatch listed = new CountDownLatch(1);
        NetworkFingerprint.Listing listing = new NetworkFingerprint.Listing(
                () -> {
                    if (clock.get() == 0) {
                        try {
                            throw faults.take();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                    listed.countDown();
                    return new TreeSet<>(Set.of("eth0 here"));
                },
                clock::get);
        assertThat(listing.fingerprint()).isNull();
        assertThat(listing.fingerprint()).isNull();
        faults.put(new IllegalStateException("interfaces that come and go"));
        Long found = null;
        while (found == null) {
            if (listed.getCount() > 0) {
                clock.addAndGet(6_000_000_000L);
            }
            found = listing.fingerprint();
            Thread.onSpinWait();
        }
        assertThat(found).isEqualTo(NetworkFingerprint.hash(new TreeSet<>(Set.of("eth0 here"))));
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
