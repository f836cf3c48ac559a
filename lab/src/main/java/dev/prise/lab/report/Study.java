package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A campaign: what was run, who was run, and what was observed.
 *
 * @param scenarios those of the file, those of sweeps value by value
 * @param clients those that were run, our own first
 * @param results what was observed
 */
record Study(List<Scenario> scenarios, List<Client> clients, Results results) {

    /** Of these clients those that were run, and those that were run and are not known any more. */
    static Study of(List<Scenario> scenarios, List<Client> known, Results results) {
        Set<String> run = results.clients();
        List<Client> clients = new ArrayList<>(
                known.stream().filter(client -> run.contains(client.name())).toList());
        List<String> names = known.stream().map(Client::name).toList();
        for (String name : run) {
            if (!names.contains(name)) {
                clients.add(new Client(name, name, false, false, List.of(), List.of(), "unknown"));
            }
        }
        return new Study(scenarios, List.copyOf(clients), results);
    }

    /** The scenarios that are not a part of a sweep. */
    List<Scenario> plainScenarios() {
        return scenarios.stream().filter(scenario -> scenario.of() == null).toList();
    }

    /** The parts of a sweep, by rising value. */
    List<Scenario> sweep(String name) {
        return scenarios.stream().filter(scenario -> name.equals(scenario.of())).toList();
    }

    /** The runs of a client in all parts of a sweep. */
    List<Observation> sweepRuns(String name, Client client) {
        return sweep(name).stream().flatMap(part -> runs(part, client).stream()).toList();
    }

    List<Observation> runs(Scenario scenario, Client client) {
        return results.runs(scenario.name(), client.name());
    }

    List<Observation> runs(String scenario, Client client) {
        return results.runs(scenario, client.name());
    }

    /** What came of a client in a scenario; empty when it was not run there. */
    Optional<Outcome> outcome(Scenario scenario, Client client) {
        return Outcome.of(scenario, runs(scenario, client));
    }

    Optional<Scenario> scenario(String name) {
        return scenarios.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst();
    }
}
