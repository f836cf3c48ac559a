package dev.prise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Figure FIGURE = new Figure() {
        @Override
        public String name() {
            return "connects";
        }

        @Override
        public String title() {
            return "Connections a second";
        }

        @Override
        public String text() {
            return "How.";
        }

        @Override
        public List<Comparison> measure(Workshop workshop) {
            throw new UnsupportedOperationException();
        }
    };

    private static Comparison comparison(Question.Better better, Double goal) {
        return new Comparison(
                new Question("one thread", "`dial`", "`Socket`", "a second", better, goal),
                2,
                List.of(10.0, 30.0, 40.0),
                List.of(10.0, 20.0, 20.0));
    }

    private static Results results(double otherWork, Comparison... comparisons) {
        Run run = new Run("connects", "2026-11-25 14:05 UTC", "2 x this", 0.01, otherWork, List.of("A note."));
        return new Results(run, List.of(comparisons));
    }

    @Test
    @DisplayName("the median and the quartiles, between two values where they lie between")
    void spread() {
        assertThat(Spread.of(DoubleStream.of(5, 1, 3, 2, 4))).isEqualTo(new Spread(2, 3, 4));
        assertThat(Spread.of(DoubleStream.of(1, 2))).isEqualTo(new Spread(1.25, 1.5, 1.75));
        assertThat(Spread.of(DoubleStream.of(7))).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    @DisplayName("a ratio is that of one round, not that of the medians")
    void ratioOfRounds() {
        assertThat(comparison(Question.Better.MORE, null).ratio().median()).isEqualTo(1.5);
        assertThatThrownBy(() -> new Comparison(
                        comparison(Question.Better.MORE, null).question(), 1, List.of(1.0), List.of(1.0, 2.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a rate reaches a goal from above, a cost from below")
    void goals() {
        assertThat(comparison(Question.Better.MORE, 1.5).isReached()).isTrue();
        assertThat(comparison(Question.Better.MORE, 1.51).isReached()).isFalse();
        assertThat(comparison(Question.Better.LESS, 1.5).isReached()).isTrue();
        assertThat(comparison(Question.Better.LESS, 1.49).isReached()).isFalse();
        assertThat(comparison(Question.Better.LESS, null).isReached()).isTrue();
    }

    @Test
    @DisplayName("results are read as they were written, over what was there")
    void file(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results").resolve("connects.jsonl");
        results(0.5).write(file);
        Results results = results(0.02, comparison(Question.Better.MORE, 1.1), comparison(Question.Better.LESS, null));

        results.write(file);

        assertThat(Results.read(file)).isEqualTo(results);
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    @DisplayName("the page: the goal missed and reached, the ratio with its spread, both values, the command")
    void page() {
        Page page = new Page();
        page.add(FIGURE, results(0.02, comparison(Question.Better.MORE, 1.6), comparison(Question.Better.LESS, 2.0)));

        assertThat(page.markdown("Because.\n"))
                .contains("| connects | 2026-11-25 14:05 UTC | 1 | 1 %, 2 % |")
                .contains("| connects, one thread | `dial` beside `Socket` | 1.50 | at least 1.60 | **missed** |")
                .contains("| connects, one thread | `dial` beside `Socket` | 1.50 | at most 2.00 | reached |")
                .contains("| `dial` | `Socket` | 1.50 (1.25 to 1.75) | at least 1.60 | 30, 20 | 3 in 2 processes |")
                .contains("\n1 of 2 are reached.\n")
                .contains("\nBecause.\n\n## Connections a second\n")
                .contains("    bench/report --only connects\n\n- A note.\n")
                .doesNotContain("not idle");
    }

    @Test
    @DisplayName("a page from a machine that did other work says so")
    void disturbed() {
        Page page = new Page();
        page.add(FIGURE, results(0.4, comparison(Question.Better.MORE, 1.6)));

        assertThat(page.markdown("Because.\n")).contains("**The machine was not idle**");
    }
}
