package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures of this machine alone, and what they teach. */
@Timeout(120)
class LocalFailureInNamespaceIT {
    private static final String ONE_NETWORK = """
            ip link add v0 type veth peer name v1
            ip link set v0 up
            ip link set v1 up
            ip addr add 10.9.0.2/24 dev v0
            """;

    /** Dials addresses that nothing leads to, one dial each and all at once; prints the errors and what is remembered. */
    static final class Dials {
        private Dials() {}

        public static void main(String[] arguments) throws IOException {
            List<InetAddress> all = new ArrayList<>();
            DialHistory history = DialHistory.inMemory();
            for (String each : arguments) {
                all.add(InetAddress.getByName(each));
                dial(history, all.get(all.size() - 1));
            }
            dial(history, all.toArray(InetAddress[]::new));
            history.toText(100).lines().skip(2).forEach(line -> System.out.println("remembered: " + line));
        }

        private static void dial(DialHistory history, InetAddress... addresses) throws IOException {
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(addresses))
                    .history(history)
                    .build();
            try {
                dialer.dial("none.test", 80).close();
            } catch (ConnectException e) {
                Trace trace = ((DialFailure) e).trace();
                for (Trace.Attempt attempt : trace.attempts()) {
                    AddressInfo address = attempt.address();
                    System.out.println(address.addressText() + " "
                            + Objects.requireNonNull(attempt.error()).code());
                }
            }
        }
    }

    @Test
    @DisplayName("a machine without a route has met nobody, in a blocking connect as well as in another")
    void noRoute() throws IOException, InterruptedException {
        if (Namespace.obstacle("a machine without routes") != null) {
            return;
        }
        assertThat(Namespace.run(ONE_NETWORK, Dials.class, "2001:db8::1", "192.0.2.1"))
                .containsExactly(
                        "2001:db8::1 NETWORK_UNREACHABLE",
                        "192.0.2.1 NETWORK_UNREACHABLE",
                        // in the order of addresses that nothing is known of
                        "2001:db8::1 NETWORK_UNREACHABLE",
                        "192.0.2.1 NETWORK_UNREACHABLE");
    }
}
