package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import dev.prise.lab.scenario.ScenarioFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that nobody has measured. */
final class Invented {
    static final Machine MACHINE =
            new Machine("2026-01-02", "Linux 6.1", "A System 1", 2, "25 (A Vendor)", "glibc 2.36", "0.1.0-SNAPSHOT");

    private Invented() {}

    static Client client(String name) {
        return new Client(name, "The client " + name, false, false, List.of(), List.of(), "1.0");
    }

    /** Connected after so long. */
    static Observation connected(String scenario, String client, double millis) {
        return connected(scenario, client, millis, "6a");
    }

    static Observation connected(String scenario, String client, double millis, String winner, Object... events) {
        return new Observation(scenario, client, millis, winner, 0, millis + 1, "", events(events));
    }

    /** Ended without a connection; the laboratory ended it where there is no exit status. */
    static Observation unconnected(
            String scenario, String client, @Nullable Integer exit, double endedMillis, Object... events) {
        return new Observation(scenario, client, null, null, exit, endedMillis, "", events(events));
    }

    /** Events from a text and a number each. */
    private static List<Observation.Event> events(Object... all) {
        List<Observation.Event> events = new ArrayList<>();
        for (int at = 0; at + 1 < all.length; at += 2) {
            events.add(new Observation.Event((String) all[at], ((Number) all[at + 1]).doubleValue()));
        }
        return events;
    }

    /** Scenarios from the text of a file. */
    static List<Scenario> scenarios(String text) {
        try {
            return ScenarioFile.parse("invented", text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A scenario by its name, with more lines of its entry. */
    static Scenario scenario(String name, String... lines) {
        StringBuilder text = new StringBuilder("- {name: " + name + ", shows: s, right: r, rule: q, expect: {}");
        for (String line : lines) {
            text.append(", ").append(line);
        }
        return scenarios(text + "}").getFirst();
    }

    static Study study(List<Scenario> scenarios, List<String> clients, Observation... runs) {
        return Study.of(scenarios, clients.stream().map(Invented::client).toList(), new Results(List.of(runs)));
    }
}
