package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import dev.prise.race.Candidate;
import dev.prise.race.RaceEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CrowdingTest {
    private final Unanswered unanswered = new Unanswered();
    private final Crowding crowding = new Crowding(unanswered);

    private static AddressInfo address(int last) throws UnknownHostException {
        return AddressInfo.stream(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last}), 80));
    }

    @Test
    @DisplayName("the race is told once that an address is crowded, and once that it no longer is")
    void told() throws UnknownHostException {
        crowding.know(List.of(new Candidate(address(1), null), new Candidate(address(2), null)));
        Unanswered.Waiting first = unanswered.begin(address(1), 0, 250);
        Unanswered.Waiting second = unanswered.begin(address(1), 0, 250);
        assertThat(crowding.news(100)).isEmpty();
        assertThat(crowding.news(300)).containsExactly(new RaceEvent.Crowded(address(1), true));
        assertThat(crowding.news(400)).isEmpty();
        first.end();
        second.end();
        assertThat(crowding.news(500)).containsExactly(new RaceEvent.Crowded(address(1), false));
        assertThat(crowding.news(600)).isEmpty();
    }

    @Test
    @DisplayName("with one address alone there is none to turn to")
    void alone() throws UnknownHostException {
        crowding.know(List.of(new Candidate(address(1), null)));
        unanswered.begin(address(1), 0, 250);
        unanswered.begin(address(1), 0, 250);
        assertThat(crowding.news(1_000)).isEmpty();
    }
}
