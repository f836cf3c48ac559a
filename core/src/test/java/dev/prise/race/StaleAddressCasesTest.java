package dev.prise.race;

import static dev.prise.address.AddressFamily.INET6;
import static dev.prise.race.RaceScript.dial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Optimistic DNS (v3 section 4.4), as Mozilla tests it: addresses of before are raced at once, while the lookups are made anew. For a race
 * these are addresses that it knows when it begins. Times are milliseconds.
 */
class StaleAddressCasesTest {
    @Test
    @DisplayName("case 150 (Mozilla): an address of before is tried at once, and asked for at the same time")
    void raced() {
        RaceScript script = dial().knowing("6a").aaaa(50, "6b").a(60, "4a").connects("6a", 30);
        script.runsAs("0 start 6a (first)", "30 cancel lookup inet6", "30 cancel lookup inet", "30 won 6a");
        assertThat(script.trace().lookups()).hasSize(2);
    }

    @Test
    @DisplayName(
            "case 151 (Mozilla): it fails while the answer is pending: that is no failure; the new one is tried on arrival")
    void fails() {
        dial().knowing("6a")
                .aaaa(400, "6b")
                .a(500)
                .refuses("6a", 30)
                .connects("6b", 10)
                .runsAs("0 start 6a (first)", "400 start 6b (late_answer)", "410 cancel lookup inet", "410 won 6b");
    }

    @Test
    @DisplayName("case 152 (Mozilla): the answer is the same address: nothing new is tried")
    void confirmed() {
        RaceScript script = dial().knowing("6a").aaaa(50, "6a").a(60).connects("6a", 400);
        script.runsAs("0 start 6a (first)", "400 won 6a");
        assertThat(script.trace().candidates()).hasSize(1);
    }

    @Test
    @DisplayName("case 153 (Mozilla): an answer after the end is ignored")
    void afterTheEnd() {
        RaceScript script = dial().knowing("6a").connects("6a", 30).run();
        script.race().handle(new RaceEvent.Answered(1, List.of(script.candidate("6b")), true), 40_000_000L);
        assertThat(script.race().poll(40_000_000L)).isNull();
        assertThat(script.trace().candidates()).hasSize(1);
    }

    @Test
    @DisplayName("case 154 (Mozilla): it fails, and the answer is negative: a failure to connect")
    void negative() {
        dial().knowing("6a")
                .a(40)
                .lookupFails(50, INET6, ErrorCode.HOST_NOT_FOUND)
                .refuses("6a", 30)
                .runsAs("0 start 6a (first)", "50 failed (connect)");
    }
}
