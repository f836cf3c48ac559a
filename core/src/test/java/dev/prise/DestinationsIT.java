package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ranking of addresses that are given, with the source addresses of this machine. */
class DestinationsIT {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static AddressInfo at(byte[] address, int port) throws UnknownHostException {
        return AddressInfo.stream(new InetSocketAddress(InetAddress.getByAddress(address), port));
    }

    @Test
    @DisplayName("an address given twice, or with two ports, stands there twice")
    void twice() throws UnknownHostException {
        List<AddressInfo> given = List.of(at(LOOPBACK, 1), at(LOOPBACK, 2), at(LOOPBACK, 1));
        List<Destinations.Ranked> ranked = Destinations.rank(given);
        assertThat(ranked).extracting(Destinations.Ranked::address).isEqualTo(given);
        assertThat(ranked).extracting(Destinations.Ranked::source).containsOnly(InetAddress.getByAddress(LOOPBACK));
    }

    @Test
    @DisplayName("a wildcard address is ranked as any other, with loopback as its source on Linux")
    void wildcard() throws UnknownHostException {
        if (!System.getProperty("os.name").equals("Linux")) {
            System.out.println("Left out: the source of a wildcard address, because this is not Linux");
            return;
        }
        List<Destinations.Ranked> ranked = Destinations.rank(List.of(at(new byte[4], 1), at(LOOPBACK, 1)));
        assertThat(ranked).extracting(Destinations.Ranked::address).contains(at(new byte[4], 1), at(LOOPBACK, 1));
        assertThat(ranked).extracting(Destinations.Ranked::source).containsOnly(InetAddress.getByAddress(LOOPBACK));
    }

    @Test
    void none() {
        assertThat(Destinations.rank(List.of())).isEmpty();
    }
}
