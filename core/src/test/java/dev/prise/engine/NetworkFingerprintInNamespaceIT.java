package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prise.Namespace;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fingerprint of networks that Linux really has. */
@Timeout(120)
class NetworkFingerprintInNamespaceIT {
    private static final String WAYS = """
            ip link add v0 type veth peer name v1
            ip link set v0 address 02:00:00:00:00:01
            ip link set v0 up
            ip link set v1 up
            ip addr add 192.168.1.2/24 dev v0
            ip addr add fd00:1::2/64 dev v0 nodad
            """;
    private static final String FOUR = "ip route add default via 192.168.1.1\n";
    private static final String SIX = "ip -6 route add default via fe80::1 dev v0\n";
    private static final String BRIDGE = """
            ip link add b0 type bridge
            ip link set b0 up
            ip link add c0 type veth peer name c1
            ip link set c0 master b0 up
            ip link set c1 up
            ip addr add 172.17.0.1/16 dev b0
            ip addr add fd00:17::1/64 dev b0 nodad
            ip route add 10.0.0.0/8 via 172.17.0.2
            ip route add 198.51.100.7 via 192.168.1.1
            ip -6 route add 2001:db8:7::/48 via fd00:17::2
            """;

    /** Prints the fingerprint. */
    static final class Printed {
        private Printed() {}

        public static void main(String[] arguments) {
            System.out.println(Objects.requireNonNull(NetworkFingerprint.current()));
        }
    }

    @BeforeAll
    static void leaveOutWithoutNamespaces() throws IOException, InterruptedException {
        assumeTrue(Namespace.obstacle("the fingerprint of networks in namespaces") == null);
    }

    private static String fingerprint(String setUp) throws IOException, InterruptedException {
        List<String> lines = Namespace.run(setUp, Printed.class);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    @Test
    void bridgesAndRoutesOfContainersChangeNothing() throws Exception {
        assertThat(fingerprint(WAYS + FOUR + SIX + BRIDGE)).isEqualTo(fingerprint(WAYS + FOUR + SIX));
        assertThat(fingerprint(WAYS + SIX + BRIDGE)).isEqualTo(fingerprint(WAYS + SIX));
    }

    @Test
    void eachRouterIsANetworkOfItsOwn() throws Exception {
        String other = SIX.replace("fe80::1", "fe80::2");
        assertThat(List.of(
                        fingerprint(WAYS),
                        fingerprint(WAYS + BRIDGE),
                        fingerprint(WAYS + FOUR),
                        fingerprint(WAYS + FOUR.replace("1.1", "1.9")),
                        fingerprint(WAYS + SIX),
                        fingerprint(WAYS + other)))
                .doesNotHaveDuplicates()
                .doesNotContain(Long.toString(NetworkFingerprint.NO_NETWORK));
        assertThat(fingerprint("")).isEqualTo(Long.toString(NetworkFingerprint.NO_NETWORK));
    }
}
