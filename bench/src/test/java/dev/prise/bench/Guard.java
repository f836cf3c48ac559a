package dev.prise.bench;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ratios of what a dial costs to what another way costs, as they were recorded: a file of lines {@code NAME=RATIO}.
 *
 * <p>None of them depends on how fast the machine is or what else it does.
 */
final class Guard {
    /** What a ratio may be worse than the recorded one. */
    static final double TOLERANCE = 0.10;

    private static final String HEAD =
            "# What a dial costs beside new Socket, a ratio for each; GuardIT compares and writes.";

    private final Path file;
    private final boolean records;

    /**
     * The guard of a file.
     *
     * @param records whether ratios are written into it and not compared
     */
    Guard(Path file, boolean records) {
        this.file = file;
        this.records = records;
    }

    /**
     * Compares a ratio with the recorded one.
     *
     * @param detail what was measured, for the message
     * @throws AssertionError when it is worse than the recorded one by more than the tolerance, or none is recorded
     */
    void check(String name, double ratio, String detail) throws IOException {
        Map<String, Double> recorded = read();
        Double before = recorded.get(name);
        System.out.printf(Locale.ROOT, "%s: %.3f, recorded %s (%s)%n", name, ratio, before, detail);
        if (records) {
            recorded.put(name, Math.round(ratio * 1000) / 1000.0);
            write(recorded);
        } else if (before == null || ratio > before * (1 + TOLERANCE)) {
            fail(
                    "%s is %.3f (%s); recorded is %s, and at most %.0f %% more is let pass. Where it has to cost more: -Dprise.regenerate=true records it.",
                    name, ratio, detail, before, TOLERANCE * 100);
        }
    }

    /** Whether a ratio can be compared: some machines cannot measure each, so not all need to be recorded. */
    boolean knows(String name) throws IOException {
        return records || read().containsKey(name);
    }

    private Map<String, Double> read() throws IOException {
        Map<String, Double> recorded = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (!line.startsWith("#") && equals > 0) {
                    recorded.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
                }
            }
        }
        return recorded;
    }

    private void write(Map<String, Double> recorded) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        recorded.forEach((name, ratio) -> lines.add(name + "=" + ratio));
        Files.write(file, lines);
    }
}
