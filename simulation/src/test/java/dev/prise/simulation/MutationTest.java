package dev.prise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each rule of the race is broken in its source, one at a time; a sample of the big world finds every one. docs/mutations.md says which
 * invariant has caught it.
 */
class MutationTest {
    private static final long SEED = 6724;
    private static final int SAMPLE = 40_000;

    private record Caught(Mutant mutant, String by, int dials) {}

    @Test
    void everyMutantIsCaught() throws IOException {
        Path sources = Path.of(Objects.requireNonNull(System.getProperty("prise.core.sources"), "prise.core.sources"));
        List<Caught> all =
                Mutants.ALL.parallelStream().map(mutant -> run(mutant, sources)).toList();
        for (Caught each : all) {
            System.out.printf(Locale.ROOT, "mutant %s: %s after %,d dials%n", each.mutant, each.by, each.dials);
        }
        List<Mutant> alive = new ArrayList<>();
        all.stream().filter(each -> each.by.isEmpty()).forEach(each -> alive.add(each.mutant));
        assertThat(alive).as("mutants that no dial has caught").isEmpty();
        GeneratedPart.check("mutations.md", table(all), MutationTest::withoutCounts, "MutationTest");
    }

    private static Caught run(Mutant mutant, Path sources) {
        try {
            Class<?> sample = MutantLoader.of(mutant, sources).loadClass(Sample.class.getName());
            assertThat(sample).isNotEqualTo(Sample.class);
            String result = (String)
                    sample.getMethod("firstViolation", long.class, int.class).invoke(null, SEED, SAMPLE);
            int blank = result.indexOf(' ');
            return blank < 0
                    ? new Caught(mutant, "", SAMPLE)
                    : new Caught(mutant, result.substring(0, blank), Integer.parseInt(result.substring(blank + 1)));
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(mutant.toString(), e);
        }
    }

    private static String table(List<Caught> all) {
        StringBuilder text = new StringBuilder("| rule | mutation | caught by | after dials |\n|---|---|---|---|\n");
        for (Caught each : all) {
            text.append("| ").append(each.mutant.rule()).append(" | ");
            text.append(each.mutant.file())
                    .append(": `")
                    .append(oneLine(each.mutant.from()))
                    .append("` becomes ");
            text.append(each.mutant.to().isEmpty() ? "nothing" : "`" + oneLine(each.mutant.to()) + "`");
            text.append(" | ")
                    .append(name(each.by))
                    .append(" | ")
                    .append(each.dials)
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String oneLine(String code) {
        return code.replaceAll("\\s+", " ").replace("|", "\\|").strip();
    }

    private static String name(String caughtBy) {
        for (Invariant invariant : Invariant.values()) {
            if (invariant.name().equals(caughtBy)) {
                return invariant.toString();
            }
        }
        return "a fault: " + caughtBy;
    }

    private static String withoutCounts(String table) {
        return table.lines().map(line -> line.replaceAll("\\| \\d+ \\|$", "|")).collect(Collectors.joining("\n"));
    }
}
