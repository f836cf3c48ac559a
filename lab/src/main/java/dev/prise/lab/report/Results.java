package dev.prise.lab.report;

import dev.prise.lab.run.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What was observed in a campaign. */
final class Results {
    private final List<Observation> all;
    private final Map<Key, List<Observation>> byKey = new LinkedHashMap<>();

    private record Key(String scenario, String client) {}

    Results(List<Observation> all) {
        this.all = List.copyOf(all);
        for (Observation each : all) {
            byKey.computeIfAbsent(new Key(each.scenario(), each.client()), key -> new ArrayList<>())
                    .add(each);
        }
    }

    /**
     * Reads the file that a campaign writes: one observation a line.
     *
     * @throws IOException if it cannot be read or a line is not one
     */
    static Results read(Path file) throws IOException {
        JsonMapper json = new JsonMapper();
        List<Observation> all = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                all.add(json.readValue(line, Observation.class));
            } catch (JacksonException e) {
                throw new IOException(file + ", line " + number + ": " + e.getOriginalMessage(), e);
            }
        }
        return new Results(all);
    }

    /** The names of the clients that were run, in the order of their first run. */
    Set<String> clients() {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(each -> names.add(each.client()));
        return names;
    }

    /** The runs of a client in a scenario; empty when there was none. */
    List<Observation> runs(String scenario, String client) {
        return byKey.getOrDefault(new Key(scenario, client), List.of());
    }

    /** All runs of a client. */
    List<Observation> runs(String client) {
        return all.stream().filter(each -> each.client().equals(client)).toList();
    }
}
