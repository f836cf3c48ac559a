package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "30s, 30000",
        "2s, 2000",
        "500ms, 500",
        "1m, 60000",
        "1m30s, 90000",
        "1h0m1ms, 3600001",
        "7, 7000",
        "0, 0",
        "0ms, 0",
        "1000h, 3600000000"
    })
    void reads(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "-1",
                "-5s",
                "1.5s",
                "5 s",
                "1s1m",
                "1s1s",
                "5x",
                "1m30",
                "5S",
                "30s ",
                "1001h",
                "99999999999999999999s",
                "999999999999s",
                "\u0665s",
                "0x5",
                "+5"
            })
    void doesNotRead(String text) {
        assertThat(Durations.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 ms",
        "340000, 0.3 ms",
        "99949999, 99.9 ms",
        "99950000, 100 ms",
        "250000000, 250 ms",
        "999499999, 999 ms",
        "999500000, 1.0 s",
        "2049999999, 2.0 s",
        "99950000000, 100 s",
        "125000000000, 125 s"
    })
    void writes(long nanos, String text) {
        assertThat(Durations.text(nanos)).isEqualTo(text);
    }
}
