package dev.prise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void record() throws IOException {
        file = folder.resolve("guard.properties");
        Files.writeString(file, "# a remark\nallocation=2.0\n");
    }

    @Test
    @DisplayName("a ratio that is better, or worse by no more than a tenth, passes")
    void passes() throws IOException {
        Guard guard = new Guard(file, false);

        guard.check("allocation", 1.2, "better");
        guard.check("allocation", 2.19, "a little worse");

        assertThat(file).hasContent("# a remark\nallocation=2.0\n");
    }

    @Test
    @DisplayName("one that is worse by more than a tenth fails, and tells both ratios")
    void fails() {
        assertThatThrownBy(() -> new Guard(file, false).check("allocation", 2.21, "44 bytes to 20"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("allocation is 2.210 (44 bytes to 20); recorded is 2.0");
    }

    @Test
    @DisplayName("one that nobody has recorded fails")
    void unknown() {
        assertThatThrownBy(() -> new Guard(file, false).check("system-calls", 1, "9 to 9"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("recorded is null");
    }

    @Test
    @DisplayName("what is not recorded is not known, unless it is being recorded")
    void knows() throws IOException {
        assertThat(new Guard(file, false).knows("allocation")).isTrue();
        assertThat(new Guard(file, false).knows("system-calls")).isFalse();
        assertThat(new Guard(file, true).knows("system-calls")).isTrue();
    }

    @Test
    @DisplayName("recording keeps the others, whatever the ratio was")
    void records() throws IOException {
        new Guard(file, true).check("system-calls", 1.33349, "12 to 9");
        new Guard(file, true).check("allocation", 9, "worse");

        assertThat(Files.readAllLines(file)).endsWith("allocation=9.0", "system-calls=1.333");
    }
}
