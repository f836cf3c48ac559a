package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Our own command beside the others in one scenario.
 *
 * @param scenario the scenario
 * @param best the clients with the shortest time, as far as the table shows it; empty where the scenario does not compare
 * @param better the rivals that are better by more than what a busy machine explains, the best first
 * @param isOursRight whether our own command ended as it should in every run, where it was run at all
 */
record Comparison(Scenario scenario, List<Client> best, List<Better> better, boolean isOursRight) {
    /** What a rival must be better by to count as better, in milliseconds. */
    static final double MARGIN_MILLIS = 15;

    /**
     * A rival that is better.
     *
     * @param client the rival
     * @param millis how long it took
     * @param aheadMillis by how much it is better; infinite where our own command does not end as it should in every run
     */
    record Better(Client client, double millis, double aheadMillis) {}

    private record Time(Client client, double millis) {}

    static Comparison of(Study study, Scenario scenario) {
        List<Time> right = new ArrayList<>();
        if (compares(scenario)) {
            for (Client client : study.clients()) {
                study.outcome(scenario, client)
                        .filter(Outcome::isRight)
                        .ifPresent(outcome ->
                                right.add(new Time(client, outcome.millis().median())));
            }
        }
        right.sort(Comparator.comparingDouble(Time::millis));
        String shortest = right.isEmpty() ? "" : Times.millis(right.getFirst().millis());
        List<Client> best = right.stream()
                .filter(time -> Times.millis(time.millis).equals(shortest))
                .map(Time::client)
                .toList();
        boolean oursRight = study.clients().stream()
                .filter(Client::isPrise)
                .flatMap(client -> study.outcome(scenario, client).stream())
                .allMatch(Outcome::isRight);
        return new Comparison(scenario, best, better(study, scenario, right), oursRight);
    }

    /** Where a client fails when it is told to, an earlier end is no better one; and some have only one client. */
    private static boolean compares(Scenario scenario) {
        return scenario.isForAll() && !(Outcome.mustFail(scenario) && scenario.timed() > 0);
    }

    private static List<Better> better(Study study, Scenario scenario, List<Time> right) {
        Optional<Client> prise = study.clients().stream()
                .filter(Client::isPrise)
                .filter(client -> !study.runs(scenario, client).isEmpty())
                .findFirst();
        if (prise.isEmpty()) {
            return List.of();
        }
        double ours = right.stream()
                .filter(time -> time.client.isPrise())
                .mapToDouble(Time::millis)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        return right.stream()
                .filter(time -> time.millis + MARGIN_MILLIS < ours)
                .map(time -> new Better(time.client, time.millis, ours - time.millis))
                .toList();
    }

    boolean isBest(Client client) {
        return best.contains(client);
    }

    /** Whether our own command is wrong, or a rival is better and nobody has said why. */
    boolean isUnexplained() {
        return !isOursRight || (!better.isEmpty() && scenario.faster() == null);
    }
}
