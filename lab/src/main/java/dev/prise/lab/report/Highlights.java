package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stands out, in sentences whose numbers come from the results. */
final class Highlights {
    /** Scenarios that get a sentence of their own, and what it begins with; those that were not run get none. */
    private static final Map<String, String> TOLD = new LinkedHashMap<>();

    static {
        TOLD.put("v6-hole", "IPv6 never answers, IPv4 is good");
        TOLD.put("v4-1st-of-2-hole", "The first of two IPv4 addresses never answers");
        TOLD.put("v4-1st-of-2-refused", "The first of two IPv4 addresses refuses at once");
        TOLD.put("last-of-20-good", "Of twenty addresses only the last is good");
        TOLD.put("slow-link", "Five addresses of each family, all good and 300 ms away, DNS too");
        TOLD.put("dns-aaaa-dropped", "AAAA is never answered, A at once");
        TOLD.put("dns-a-dropped", "A is never answered, AAAA at once");
    }

    private final Study study;

    Highlights(Study study) {
        this.study = study;
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        connects().ifPresent(sentences::add);
        TOLD.forEach((name, begin) ->
                study.scenario(name).flatMap(scenario -> times(scenario, begin)).ifPresent(sentences::add));
        tried().ifPresent(sentences::add);
        return sentences;
    }

    /** In how many of the scenarios in which some client connects in every run each one does. */
    private Optional<String> connects() {
        List<Scenario> possible = study.plainScenarios().stream()
                .filter(scenario -> scenario.isForAll() && !Outcome.mustFail(scenario))
                .filter(scenario -> study.clients().stream().anyMatch(client -> isRight(scenario, client)))
                .toList();
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        Map<Client, Integer> counts = new LinkedHashMap<>();
        for (Client client : study.clients()) {
            counts.put(client, (int) possible.stream()
                    .filter(scenario -> isRight(scenario, client))
                    .count());
        }
        return Optional.of("In " + possible.size()
                + " scenarios some client connects in every run, before the laboratory ends it. Each of them does so in: "
                + byCount(counts) + ".");
    }

    private boolean isRight(Scenario scenario, Client client) {
        return study.outcome(scenario, client).map(Outcome::isRight).orElse(false);
    }

    /** How many of twenty dead addresses each client tries. */
    private Optional<String> tried() {
        Map<Client, Integer> tried = new LinkedHashMap<>();
        for (Client client : study.clients()) {
            Sample sample = new Measurements(study, client).tried();
            if (!sample.isEmpty()) {
                tried.put(client, (int) sample.median());
            }
        }
        return tried.isEmpty()
                ? Optional.empty()
                : Optional.of("Of twenty addresses that never answer (`all-dead-10-10`) are tried within 6 s: "
                        + byCount(tried) + ".");
    }

    /** Clients by a number, the greatest first, those with the same number together. */
    private static String byCount(Map<Client, Integer> counts) {
        Map<Integer, List<String>> names = new TreeMap<>(Comparator.reverseOrder());
        counts.forEach((client, count) ->
                names.computeIfAbsent(count, key -> new ArrayList<>()).add(client.name()));
        return joined(names);
    }

    /** How long each client takes in a scenario, the fastest first, those that do not connect at the end. */
    private Optional<String> times(Scenario scenario, String begin) {
        record Cell(String client, Outcome outcome) {}
        List<Cell> cells = new ArrayList<>();
        for (Client client : study.clients()) {
            study.outcome(scenario, client).ifPresent(outcome -> cells.add(new Cell(client.name(), outcome)));
        }
        cells.sort(Comparator.<Cell, Outcome.Kind>comparing(cell -> cell.outcome.kind())
                .thenComparingDouble(cell -> cell.outcome.millis().median()));
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (Cell cell : cells) {
            names.computeIfAbsent(words(scenario, cell.outcome), key -> new ArrayList<>())
                    .add(cell.client);
        }
        return cells.isEmpty()
                ? Optional.empty()
                : Optional.of(begin + " (`" + scenario.name() + "`): " + joined(names) + ".");
    }

    private static String words(Scenario scenario, Outcome outcome) {
        String rest = outcome.agreeing() == outcome.runs() ? "" : " in " + outcome.agreeing() + " of " + outcome.runs();
        String rounded = outcome.millis().median() < 1000
                ? Math.round(outcome.millis().median()) + " ms"
                : Times.withUnit(outcome.millis().median());
        return switch (outcome.kind()) {
                    case CONNECTED -> rounded;
                    case FAILED -> "failed after " + rounded;
                    case STOPPED -> "not within " + scenario.limit() + " s";
                }
                + rest;
    }

    private static String joined(Map<?, List<String>> names) {
        List<String> parts = new ArrayList<>();
        names.forEach((what, who) -> parts.add(what + " (" + String.join(", ", who) + ")"));
        return String.join("; ", parts);
    }
}
