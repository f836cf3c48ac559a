package dev.prise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountersTest {
    @Test
    @DisplayName("the table of strace: calls with and without errors, not the rules and not the sum")
    void strace() {
        assertThat(Strace.parse(List.of(
                        "% time     seconds  usecs/call     calls    errors syscall",
                        "------ ----------- ----------- --------- --------- ----------------",
                        " 41.02    0.004711           9       502         2 connect",
                        "  0.00    0.000000           0         1           socketpair",
                        "------ ----------- ----------- --------- --------- ----------------",
                        "100.00    0.011486           2       503         2 total")))
                .containsOnly(entry("connect", 502L), entry("socketpair", 1L));
    }

    @Test
    @DisplayName("the table of perf: the number of the event")
    void perf() throws IOException {
        assertThat(PerfStat.parse(List.of("# started on a day", "", "123456,,instructions:u,1000,100.00,,")))
                .isEqualTo(123_456);
    }

    @Test
    @DisplayName("perf that cannot count is not zero")
    void perfCannot() {
        assertThatThrownBy(() -> PerfStat.parse(List.of("<not supported>,,instructions:u,0,100.00,,")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("<not supported>");
    }
}
