package dev.prise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came out for one figure; as a file, JSON lines: the run, then a line for each comparison.
 *
 * @param run when and where
 * @param comparisons in the order of the page
 */
public record Results(Run run, List<Comparison> comparisons) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Copies the comparisons. */
    public Results {
        comparisons = List.copyOf(comparisons);
    }

    /** Reads what {@link #write} has written. */
    public static Results read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Comparison> comparisons = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            comparisons.add(JSON.readValue(line, Comparison.class));
        }
        return new Results(JSON.readValue(lines.getFirst(), Run.class), comparisons);
    }

    /** Writes them; what was there before stays until these are whole. */
    public void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(JSON.writeValueAsString(run));
        for (Comparison comparison : comparisons) {
            lines.add(JSON.writeValueAsString(comparison));
        }
        Files.createDirectories(file.getParent());
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.write(whole, lines);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
