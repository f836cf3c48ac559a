package dev.prise.lab.report;

import static dev.prise.lab.report.Invented.connected;
import static dev.prise.lab.report.Invented.unconnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.lab.run.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ResultsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void whatACampaignWritesIsReadBack() throws IOException {
        Observation one = connected("s", "a", 1.5, "6a", "query A", 0, "syn 6a", 1.25);
        Observation two = unconnected("s", "b", null, 12_000);
        JsonMapper json = new JsonMapper();
        Path file = Files.writeString(
                folder.resolve("results"), json.writeValueAsString(one) + "\n" + json.writeValueAsString(two) + "\n");

        Results results = Results.read(file);

        assertThat(results.clients()).containsExactly("a", "b");
        assertThat(results.runs("s", "a")).containsExactly(one);
        assertThat(results.runs("b")).containsExactly(two);
        assertThat(results.runs("s", "c")).isEmpty();
    }

    @Test
    void aLineThatIsNoObservationIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("results"), "{\"scenario\":\n");

        assertThatThrownBy(() -> Results.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("results, line 1: ");
    }
}
