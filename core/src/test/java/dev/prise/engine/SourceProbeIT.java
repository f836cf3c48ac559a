package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Asks the routing table; sends nothing. */
class SourceProbeIT {
    /** Addresses of this machine and of documentation networks, which most machines have no way to or only their default one. */
    private static final List<String> DESTINATIONS = List.of(
            "127.0.0.1", "127.0.0.2", "192.0.2.1", "255.255.255.255", "::1", "2001:db8::1", "fe80::1", "ff02::1");

    @Test
    @DisplayName(
            "a socket that is used again gives the source that a new one gives, whatever was asked before, failures included")
    void usedAgain() throws IOException {
        List<String> order = new ArrayList<>(DESTINATIONS);
        Random random = new Random(6724);
        try (SourceProbe again = new SourceProbe()) {
            for (int round = 0; round < 20; round++) {
                Collections.shuffle(order, random);
                for (String destination : order) {
                    try (SourceProbe fresh = new SourceProbe()) {
                        assertThat(ask(again, destination))
                                .as("%s in %s", destination, order)
                                .isEqualTo(ask(fresh, destination));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("where there is a way, no failure of a connect is met")
    void meets() throws IOException {
        AddressInfo loopback = AddressInfo.stream(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        assertThat(SourceProbe.meets(ErrorCode.NETWORK_UNREACHABLE, loopback)).isFalse();
    }

    private static String ask(SourceProbe probe, String destination) throws IOException {
        InetAddress address = InetAddress.getByName(destination);
        try {
            return probe.ask(address, AddressFamily.of(address)).getHostAddress();
        } catch (IOException | UnsupportedOperationException e) {
            return e.toString();
        }
    }
}
