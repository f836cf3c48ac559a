package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.race.SourceAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the kernel tells of addresses. */
class LocalAddressesTest {
    private static final String TEXT = """
            00000000000000000000000000000001 01 80 10 80       lo
            20010db8000000010000000000000002 02 40 00 20     eth0
            20010db8000000010000000000000003 02 38 00 10     eth0
            20010db8000000010000000000000004 0a 80 00 00 tunnel-1
            fe800000000000000000000000000001 02 40 20 80     eth0
            fe800000000000000000000000000001 0a 40 20 a0 tunnel-1
            """;

    private static SourceAddress find(InetAddress address) {
        SourceAddress found = LocalAddresses.find(all(TEXT), address, (index, name) -> name.startsWith("tunnel"));
        assertThat(found).isNotNull();
        return found;
    }

    private static List<KernelTables.Inet6> all(String text) {
        return Objects.requireNonNull(KernelTables.parseInet6(text));
    }

    private static InetAddress inet(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    @DisplayName("prefix length and flags, of which 0x20 is deprecated and 0x10 a home address")
    void flags() throws UnknownHostException {
        InetAddress two = inet("2001:db8:0:1::2");
        assertThat(find(two)).isEqualTo(new SourceAddress(two, 64, true, false, false));
        InetAddress three = inet("2001:db8:0:1::3");
        assertThat(find(three)).isEqualTo(new SourceAddress(three, 56, false, true, false));
    }

    @Test
    @DisplayName("a prefix of 128 bits says nothing of the network's; the kind of the interface tells of a tunnel")
    void tunnel() throws UnknownHostException {
        InetAddress four = inet("2001:db8:0:1::4");
        assertThat(find(four)).isEqualTo(new SourceAddress(four, SourceAddress.UNKNOWN_PREFIX, false, false, true));
    }

    @Test
    @DisplayName("of one address on two interfaces, that of the zone")
    void zone() throws UnknownHostException {
        byte[] bytes = inet("fe80::1").getAddress();
        assertThat(find(Inet6Address.getByAddress(null, bytes, 2)).deprecated()).isFalse();
        assertThat(find(Inet6Address.getByAddress(null, bytes, 10)).deprecated())
                .isTrue();
    }

    @Test
    void notThere() throws UnknownHostException {
        assertThat(LocalAddresses.find(all(TEXT), inet("2001:db8::9"), (index, name) -> false))
                .isNull();
        assertThat(LocalAddresses.find(List.of(), inet("::1"), (index, name) -> false))
                .isNull();
    }
}
