package dev.prise.lab.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Rules of nftables in one namespace that give single addresses and ports a behaviour. */
public final class Faults {
    /** The queue of packets that {@link Hold} holds. */
    static final int QUEUE = 0;

    /**
     * An ICMP error that comes back while the client is still in its call finds the socket locked, which a real network's never does, and
     * Linux then looks at it with the second SYN only; so those SYNs are held this long.
     */
    private static final int BEFORE_ICMP_MILLIS = 2;

    private final UnaryOperator<List<String>> inNamespace;

    private Faults(UnaryOperator<List<String>> inNamespace) {
        this.inNamespace = inNamespace;
    }

    /**
     * Makes the rules, which let everything pass.
     *
     * @param inNamespace how to run a command in the namespace
     */
    public static Faults open(UnaryOperator<List<String>> inNamespace) throws IOException {
        StringBuilder table = new StringBuilder();
        table.append("table inet lab {\n");
        for (String family : List.of("4", "6")) {
            String key = "ipv" + family + "_addr . inet_service";
            table.append("map fate%s { type %s : verdict; }\n".formatted(family, key));
            table.append("map syn%s { type %s : mark; }\n".formatted(family, key));
            table.append("map all%s { type %s : mark; }\n".formatted(family, key));
        }
        for (Behaviour.Kind kind : Behaviour.Kind.values()) {
            if (kind.by() == Behaviour.By.RULE) {
                table.append("chain %s { %s; }\n".formatted(chain(kind), kind.means()));
            }
        }
        table.append("""
                chain hold {
                    type filter hook prerouting priority -160;
                    tcp flags & (syn | ack) == syn meta mark set ip daddr . tcp dport map @syn4
                    tcp flags & (syn | ack) == syn meta mark set ip6 daddr . tcp dport map @syn6
                    meta mark set ip daddr . tcp dport map @all4
                    meta mark set ip6 daddr . tcp dport map @all6
                }
                chain fate {
                    type filter hook input priority 0;
                    ip daddr . tcp dport vmap @fate4
                    ip6 daddr . tcp dport vmap @fate6
                }
                }
                """);
        Faults faults = new Faults(inNamespace);
        faults.nft(table.toString());
        faults.queueMarked();
        return faults;
    }

    /** Sends what is marked to the program that holds it; many kernels know the way of iptables only. */
    private void queueMarked() throws IOException {
        try {
            nft("add rule inet lab hold meta mark != 0 queue num " + QUEUE + "\n");
        } catch (IOException unsupported) {
            for (String command : List.of("iptables", "ip6tables")) {
                SystemCommand.run(inNamespace.apply(List.of(
                        command,
                        "-t",
                        "mangle",
                        "-A",
                        "PREROUTING",
                        "-m",
                        "mark",
                        "!",
                        "--mark",
                        "0",
                        "-j",
                        "NFQUEUE",
                        "--queue-num",
                        Integer.toString(QUEUE))));
            }
        }
    }

    /** Gives an address and port a behaviour that is brought about by a rule or by holding packets; others are passed over. */
    public void put(InetAddress address, int port, Behaviour behaviour) throws IOException {
        Behaviour.Kind kind = behaviour.kind();
        switch (kind.by()) {
            case RULE -> {
                if (kind.name().startsWith("ICMP")) {
                    add("syn", address, port, Integer.toString(BEFORE_ICMP_MILLIS));
                }
                add("fate", address, port, "goto " + chain(kind));
            }
            case HOLD ->
                add(
                        kind == Behaviour.Kind.ROUND_TRIP ? "all" : "syn",
                        address,
                        port,
                        Integer.toString(mark(behaviour)));
            case NOBODY, SERVER, ROUTE -> {}
        }
    }

    /** What {@code hold} is told: milliseconds in the lower 16 bits, lost SYNs above them. */
    private static int mark(Behaviour behaviour) {
        return behaviour.kind() == Behaviour.Kind.SYN_LOSS ? behaviour.number() << 16 : behaviour.number();
    }

    private void add(String map, InetAddress address, int port, String value) throws IOException {
        String family = address instanceof Inet6Address ? "6" : "4";
        nft("add element inet lab %s%s { %s . %d : %s }\n"
                .formatted(map, family, address.getHostAddress(), port, value));
    }

    private void nft(String rules) throws IOException {
        SystemCommand.run(inNamespace.apply(List.of("nft", "-f", "-")), rules);
    }

    private static String chain(Behaviour.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
