package dev.prise.lab.report;

import dev.prise.lab.net.Behaviour;
import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Place;
import dev.prise.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How exactly the laboratory holds packets: by how much a SYN-ACK came later than was set. */
final class Precision {
    private Precision() {}

    static String table(Study study) {
        Map<String, List<Double>> late = new LinkedHashMap<>();
        Map<String, String> set = new LinkedHashMap<>();
        List<Double> all = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            for (Place place : scenario.places()) {
                List<Double> here = late(study, scenario, place);
                if (!here.isEmpty()) {
                    late.computeIfAbsent(scenario.family(), name -> new ArrayList<>())
                            .addAll(here);
                    set.merge(
                            scenario.family(),
                            Integer.toString(place.behaviour().number()),
                            Precision::range);
                    all.addAll(here);
                }
            }
        }
        Table table = new Table(List.of("scenario", "set, ms", "SYN-ACKs", "least", "median", "most"));
        late.forEach((name, here) -> table.add(row(name, set.getOrDefault(name, ""), here)));
        if (!all.isEmpty()) {
            table.add(row("all", "", all));
        }
        return table.toString();
    }

    private static String range(String before, String more) {
        return before.equals(more) ? before : before.replaceAll(" to .*", "") + " to " + more;
    }

    private static List<String> row(String name, String set, List<Double> late) {
        Sample sample = new Sample(late);
        return List.of(
                name,
                set,
                Integer.toString(sample.count()),
                millis(sample.min()),
                millis(sample.median()),
                millis(sample.max()));
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f", millis);
    }

    private static List<Double> late(Study study, Scenario scenario, Place place) {
        Behaviour behaviour = place.behaviour();
        if (behaviour.kind() != Behaviour.Kind.SYN_DELAY && behaviour.kind() != Behaviour.Kind.ROUND_TRIP) {
            return List.of();
        }
        List<Double> late = new ArrayList<>();
        for (Client client : study.clients()) {
            for (Observation run : study.runs(scenario, client)) {
                Double took = run.between("syn " + place.name(), "accepted " + place.name());
                if (took != null) {
                    late.add(took - behaviour.number());
                }
            }
        }
        return late;
    }
}
