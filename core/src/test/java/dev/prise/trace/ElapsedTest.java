package dev.prise.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0 ms",
        "49999, 0.0 ms",
        "50000, 0.1 ms",
        "99949999, 99.9 ms",
        "99950000, 100 ms",
        "999499999, 999 ms",
        "999500000, 1.0 s",
        "99949999999, 99.9 s",
        "99950000000, 100 s",
        "9223372036854775807, 9223372037 s",
    })
    void roundsToWhatOneReads(long nanos, String text) {
        assertThat(Elapsed.text(nanos)).isEqualTo(text);
    }
}
