package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnansweredTest {
    private static final long DELAY = 250;

    private final Unanswered unanswered = new Unanswered();

    private static AddressInfo address(int last) throws UnknownHostException {
        return AddressInfo.stream(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last}), 80));
    }

    @Test
    @DisplayName("an address is crowded when two attempts have waited for longer than their delay")
    void crowded() throws UnknownHostException {
        unanswered.begin(address(1), 0, DELAY);
        unanswered.begin(address(1), 100, DELAY);
        unanswered.begin(address(1), 300, DELAY);
        assertThat(unanswered.isCrowded(address(1), 349)).isFalse();
        assertThat(unanswered.isCrowded(address(1), 350)).isTrue();
        assertThat(unanswered.isCrowded(address(2), 1_000)).isFalse();
    }

    @Test
    @DisplayName("thousands of attempts that have just begun crowd nothing")
    void burst() throws UnknownHostException {
        for (int i = 0; i < 10_000; i++) {
            unanswered.begin(address(1), i % 7, DELAY);
        }
        assertThat(unanswered.isCrowded(address(1), 200)).isFalse();
        assertThat(unanswered.isCrowded(address(1), 300)).isTrue();
    }

    @Test
    @DisplayName("what has ended, once or twice, does not count, and nothing is left of it")
    void ended() throws UnknownHostException {
        Unanswered.Waiting first = unanswered.begin(address(1), 0, DELAY);
        Unanswered.Waiting second = unanswered.begin(address(1), 0, DELAY);
        first.end();
        first.end();
        assertThat(unanswered.isCrowded(address(1), 1_000)).isFalse();
        assertThat(unanswered.isEmpty()).isFalse();
        second.end();
        assertThat(unanswered.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("the clock of the system may have any sign, and overflow")
    void overflow() throws UnknownHostException {
        long now = Long.MAX_VALUE - 100;
        unanswered.begin(address(1), now, DELAY);
        unanswered.begin(address(1), now, DELAY);
        assertThat(unanswered.isCrowded(address(1), now + 200)).isFalse();
        assertThat(unanswered.isCrowded(address(1), now + 300)).isTrue();
    }
}
