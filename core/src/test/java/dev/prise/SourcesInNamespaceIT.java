package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import dev.prise.race.PolicyTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Linux says of real addresses: deprecated ones, home addresses, prefix lengths, and a gai.conf(5). */
@Timeout(120)
class SourcesInNamespaceIT {
    private static final String WAYS = """
            ip link add v0 type veth peer name v1
            ip link set v0 up
            ip link set v1 up
            ip addr add 192.168.1.2/24 dev v0
            ip route add default dev v0
            """;

    /** Prints addresses in their order with their source and the reason. */
    static final class Rank {
        private Rank() {}

        public static void main(String[] arguments) throws IOException {
            List<AddressInfo> addresses = new ArrayList<>();
            for (String each : arguments) {
                if (each.indexOf('.') > 0 || each.indexOf(':') > 0) {
                    addresses.add(AddressInfo.stream(new InetSocketAddress(InetAddress.getByName(each), 80)));
                }
            }
            List<Destinations.Ranked> ranked = arguments[0].equals("glibc")
                    ? Destinations.rank(addresses, PolicyTable.GLIBC)
                    : Destinations.rank(addresses);
            for (Destinations.Ranked each : ranked) {
                InetAddress source = each.source();
                System.out.println(each.address().addressText() + " <- "
                        + (source == null ? "none" : source.getHostAddress()) + ", " + each.why());
            }
        }
    }

    private static List<String> rank(String setUp, String... arguments) throws IOException, InterruptedException {
        List<String> lines = Namespace.run(WAYS + setUp, Rank.class, arguments);
        lines.forEach(line -> System.out.println("in a namespace: " + line));
        return lines;
    }

    @Test
    @DisplayName("X9: an IPv6 address whose source is deprecated comes after IPv4; one whose source is not, before")
    void deprecated() throws IOException, InterruptedException {
        if (Namespace.obstacle("a deprecated source address") != null) {
            return;
        }
        String setUp = "ip -6 route add default dev v0\nip addr add 2001:db8:1::2/64 dev v0 nodad";
        assertThat(rank(setUp, "2001:db8:7::1", "198.51.100.121"))
                .containsExactly(
                        "2001:db8:7::1 <- 2001:db8:1:0:0:0:0:2, rule 6: precedence 40 > 35",
                        "198.51.100.121 <- 192.168.1.2, rule 6: precedence 35 < 40");
        assertThat(rank(setUp + " preferred_lft 0", "2001:db8:7::1", "198.51.100.121"))
                .containsExactly(
                        "198.51.100.121 <- 192.168.1.2, rule 3: source is not deprecated",
                        "2001:db8:7::1 <- 2001:db8:1:0:0:0:0:2, rule 3: source is deprecated");
    }

    @Test
    @DisplayName("E5: a home address is a better source than none")
    void home() throws IOException, InterruptedException {
        if (Namespace.obstacle("a home address") != null) {
            return;
        }
        String setUp = """
                ip addr add 2001:db8:3::1/64 dev v0 nodad home
                ip addr add fd00::2/64 dev v0 nodad
                """;
        assertThat(rank(setUp, "fd00::1", "2001:db8:3::9"))
                .containsExactly(
                        "2001:db8:3::9 <- 2001:db8:3:0:0:0:0:1, rule 4: source is a home address",
                        "fd00::1 <- fd00:0:0:0:0:0:0:2, rule 4: source is not a home address");
    }

    @Test
    @DisplayName("rule 9 ends with the real prefix of the source, of IPv6, and of IPv4 where the table wants it")
    void prefixes() throws IOException, InterruptedException {
        if (Namespace.obstacle("the prefix lengths of real addresses") != null) {
            return;
        }
        String setUp = "ip addr add 2001:db8:1:9::2/56 dev v0 nodad";
        assertThat(rank(setUp, "2001:db8:1:18::1", "2001:db8:1:8::1"))
                .containsExactly(
                        "2001:db8:1:18::1 <- 2001:db8:1:9:0:0:0:2, rule 10: order of the answer",
                        "2001:db8:1:8::1 <- 2001:db8:1:9:0:0:0:2, rule 10: order of the answer");
        assertThat(rank(setUp, "glibc", "192.168.2.2", "192.168.1.130", "192.168.1.3"))
                .containsExactly(
                        "192.168.1.3 <- 192.168.1.2, rule 9: 31 bits in common with its source > 24",
                        "192.168.1.130 <- 192.168.1.2, rule 9: 24 bits in common with its source > 0",
                        "192.168.2.2 <- 192.168.1.2, rule 9: 0 bits in common with its source < 24");
    }

    @Test
    @DisplayName("/etc/gai.conf sets the order of this machine")
    void gaiConf(@TempDir Path folder) throws IOException, InterruptedException {
        if (Namespace.obstacle("the order that /etc/gai.conf sets") != null) {
            return;
        }
        if (Files.notExists(Path.of("/etc/gai.conf"))) {
            System.out.println(
                    "Left out: the order that /etc/gai.conf sets, because there is no such file to mount over");
            return;
        }
        Path file = Files.writeString(folder.resolve("gai.conf"), "precedence ::ffff:0:0/96 100\n");
        String setUp = "ip -6 route add default dev v0\n"
                + "ip addr add 2001:db8:1::2/64 dev v0 nodad\n"
                + "mount --bind " + file + " /etc/gai.conf";
        assertThat(rank(setUp, "2001:db8:7::1", "198.51.100.121"))
                .containsExactly(
                        "198.51.100.121 <- 192.168.1.2, rule 6: precedence 100 > 40",
                        "2001:db8:7::1 <- 2001:db8:1:0:0:0:0:2, rule 6: precedence 40 < 100");
    }
}
