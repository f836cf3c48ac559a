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
}
