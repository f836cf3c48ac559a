package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.Nat64Prefix;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 8305 section 7 and v3 section 8, in a network of IPv6 alone in which the host itself has the addresses of a NAT64. */
@Timeout(120)
class Nat64InNamespaceIT {
    private static final String IPV6_ALONE = """
            ip link add v0 type veth peer name v1
            ip link set v0 up
            ip link set v1 up
            ip -6 addr add 2001:db8:1::2/64 dev v0 nodad
            ip -6 route add default dev v0
            ip -6 route add local 64:ff9b::/96 dev lo
            ip -6 route add local 2001:db8:64::/96 dev lo
            """;

    private static final String IPV4_TOO = """
            ip addr add 192.168.1.2/24 dev v0
            ip route add default dev v0
            """;

    /** Answers from a table and tells what it was asked. */
    private static final class Scripted implements Resolver {
        final Map<String, List<String>> names = new ConcurrentHashMap<>();
        final List<String> asked = new ArrayList<>();

        /** Where not null, the well-known name is answered once that of this lookup has been. */
        volatile String first = "";

        private final CountDownLatch answered = new CountDownLatch(1);

        static Scripted with(String prefix) {
            Scripted resolver = new Scripted();
            resolver.names.put(Nat64Prefix.WELL_KNOWN_NAME, List.of(prefix, "192.0.0.170", "192.0.0.171"));
            resolver.names.put("four.example", List.of("1.2.3.4"));
            resolver.names.put("dual.example", List.of("64:ff9b::102:304", "2001:db8:1::2", "1.2.3.4"));
            return resolver;
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public List<AddressFamily> lookups(AddressFamily family) {
            return family == AddressFamily.UNSPEC ? List.of(AddressFamily.INET6, AddressFamily.INET) : List.of(family);
        }

        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            String question = query.host() + " " + query.family();
            asked.add(question);
            if (query.host().equals(Nat64Prefix.WELL_KNOWN_NAME) && !first.isEmpty()) {
                Thread waiting = new Thread(() -> {
                    try {
                        answered.await();
                        tell(query, sink);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                waiting.setDaemon(true);
                waiting.start();
            } else {
                tell(query, sink);
                if (question.equals(first)) {
                    answered.countDown();
                }
            }
            return Lookup.ENDED;
        }

        private void tell(ResolveQuery query, ResolveSink sink) {
            List<InetAddress> answer = names.getOrDefault(query.host(), List.of()).stream()
                    .map(Scripted::inet)
                    .filter(address -> query.family().admits(AddressFamily.of(address)))
                    .toList();
            if (answer.isEmpty()) {
                sink.fail(ErrorCode.NO_DATA, "no such address");
            } else {
                sink.lastAnswer(answer, null);
            }
        }

        private static InetAddress inet(String text) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Dials as the arguments say and prints what came of it. */
    static final class Dials {
        private Dials() {}

        public static void main(String[] arguments) throws IOException {
            try (ServerSocket server = new ServerSocket(0)) {
                Scripted known = Scripted.with("64:ff9b::c000:aa");
                Dialer dialer = Dialer.builder().resolver(known).build();
                dial("cold literal", dialer, "1.2.3.4", server);
                dial("warm literal", dialer.toBuilder().build(), "1.2.3.5", server);
                dial("name of A alone", dialer, "four.example", server);
                dial("DNS64", dialer, "dual.example", server);
                dial("not global", dialer, "10.0.0.1", server);
                System.out.println("asked " + known.asked);

                Scripted late = Scripted.with("64:ff9b::c000:aa");
                late.first = "four.example INET";
                dial("prefix after A", Dialer.builder().resolver(late).build(), "four.example", server);

                Scripted own = Scripted.with("2001:db8:64::c000:ab");
                dial("own prefix", Dialer.builder().resolver(own).build(), "10.0.0.1", server);

                Scripted none = new Scripted();
                dial("no prefix", Dialer.builder().resolver(none).build(), "1.2.3.4", server);
                dial("switched off", Dialer.builder().resolver(own).nat64(false).build(), "1.2.3.4", server);
            }
        }

        static void dial(String what, Dialer dialer, String host, ServerSocket server) {
            try (DialResult result = dialer.dial(host, server.getLocalPort())) {
                server.accept().close();
                List<Trace.Candidate> candidates = result.trace().candidates();
                System.out.println(what + ": " + result.address().addressText() + " for "
                        + candidates.stream()
                                .map(Trace.Candidate::address)
                                .map(AddressInfo::addressText)
                                .collect(Collectors.joining(", ")));
            } catch (IOException e) {
                System.out.println(what + ": " + e.getClass().getSimpleName());
            }
        }
    }

    /** The same where there is IPv4. */
    static final class DialsWithInet {
        private DialsWithInet() {}

        public static void main(String[] arguments) throws IOException {
            try (ServerSocket server = new ServerSocket(0)) {
                Scripted resolver = Scripted.with("64:ff9b::c000:aa");
                resolver.names.put("local.example", List.of("192.168.1.2"));
                Dialer dialer = Dialer.builder().resolver(resolver).build();
                Dials.dial("literal", dialer, "192.168.1.2", server);
                Dials.dial("name", dialer, "local.example", server);
                System.out.println("asked " + resolver.asked);
            }
        }
    }

    @Test
    @DisplayName("IPv4 literals and names with A alone connect through the NAT64, and what a DNS64 made counts as IPv4")
    void withoutInet() throws IOException, InterruptedException {
        if (Namespace.obstacle("IPv4 through a NAT64") != null) {
            return;
        }
        List<String> lines = Namespace.run(IPV6_ALONE, Dials.class);
        lines.forEach(line -> System.out.println("in a namespace: " + line));
        assertThat(lines)
                .containsExactly(
                        "cold literal: 64:ff9b::102:304 for 1.2.3.4",
                        "warm literal: 64:ff9b::102:305 for 1.2.3.5",
                        "name of A alone: 64:ff9b::102:304 for 1.2.3.4",
                        "DNS64: 2001:db8:1::2 for 2001:db8:1::2, 1.2.3.4",
                        "not global: DialConnectException",
                        "asked [ipv4only.arpa INET6, four.example INET6, four.example INET, dual.example INET6,"
                                + " dual.example INET]",
                        "prefix after A: 64:ff9b::102:304 for 1.2.3.4",
                        "own prefix: 2001:db8:64::a00:1 for 10.0.0.1",
                        "no prefix: DialConnectException",
                        "switched off: DialConnectException");
    }

    @Test
    @DisplayName("where there is IPv4 the prefix is not asked for")
    void withInet() throws IOException, InterruptedException {
        if (Namespace.obstacle("IPv4 beside a NAT64") != null) {
            return;
        }
        assertThat(Namespace.run(IPV6_ALONE + IPV4_TOO, DialsWithInet.class))
                .containsExactly(
                        "literal: 192.168.1.2 for 192.168.1.2",
                        "name: 192.168.1.2 for 192.168.1.2",
                        "asked [local.example INET6, local.example INET]");
    }
}
