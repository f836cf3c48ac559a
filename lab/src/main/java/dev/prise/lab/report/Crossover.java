package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * Where in a sweep IPv4 begins to win.
 *
 * @param lastSix the greatest value at which IPv6 won; null when it never did
 * @param firstFour the least value at which IPv4 won; null when it never did
 */
record Crossover(@Nullable Integer lastSix, @Nullable Integer firstFour) {
    static Crossover of(Study study, String sweep, Client client) {
        Integer lastSix = null;
        Integer firstFour = null;
        for (Scenario part : study.sweep(sweep)) {
            for (Observation run : study.runs(part, client)) {
                String winner = run.winner();
                if (winner != null && winner.startsWith("6")) {
                    lastSix = lastSix == null ? part.value() : Math.max(lastSix, part.value());
                } else if (winner != null) {
                    firstFour = firstFour == null ? part.value() : Math.min(firstFour, part.value());
                }
            }
        }
        return new Crossover(lastSix, firstFour);
    }

    String text() {
        if (lastSix == null && firstFour == null) {
            return Table.NOTHING;
        }
        if (firstFour == null) {
            return "IPv6 always";
        }
        return lastSix == null ? "IPv4 always" : "IPv6 to " + lastSix + ", IPv4 from " + firstFour;
    }
}
