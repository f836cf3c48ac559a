package dev.prise.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theMedianIsTheMiddleOneOrBetweenTheMiddleTwo() {
        assertThat(new Sample(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
        assertThat(new Sample(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3.0);
        assertThat(new Sample(List.of(7.0)).median()).isEqualTo(7.0);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> new Sample(List.of()).median()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatHasNoNumberIsLeftOut() {
        Sample sample = Sample.of(List.of("3", "", "1"), text -> text.isEmpty() ? null : Double.valueOf(text));

        assertThat(sample.sorted()).containsExactly(1.0, 3.0);
    }

    @Test
    void itIsWideBeyondFiveMillisecondsAndAFifth() {
        assertThat(new Sample(List.of(1.0, 2.0, 6.0)).isWide()).isFalse();
        assertThat(new Sample(List.of(1.0, 2.0, 6.1)).isWide()).isTrue();
        assertThat(new Sample(List.of(250.0, 260.0, 302.0)).isWide()).isFalse();
        assertThat(new Sample(List.of(250.0, 260.0, 303.0)).isWide()).isTrue();
    }

    @Test
    void timesHaveOneDecimalBelowAHundredAndSecondsFromAThousandOn() {
        assertThat(Times.millis(0.449)).isEqualTo("0.4");
        assertThat(Times.millis(99.94)).isEqualTo("99.9");
        assertThat(Times.millis(254.6)).isEqualTo("255");
        assertThat(Times.withUnit(36)).isEqualTo("36.0 ms");
        assertThat(Times.withUnit(3040)).isEqualTo("3.0 s");
    }
}
