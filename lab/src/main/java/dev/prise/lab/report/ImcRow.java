package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client's row of the table which the study at IMC 2025 has of browsers. */
final class ImcRow {
    static final List<String> HEADER = List.of(
            "client",
            "IPv6 preferred",
            "CAD, ms",
            "who wins the sweep, ms",
            "AAAA first",
            "between the questions, ms",
            "RD, ms",
            "A late: IPv6 after, ms",
            "addresses tried, IPv6 + IPv4",
            "alternating");

    /** An answer that is 2 s late was waited for when nothing happens for so long. */
    private static final double WAITED_MILLIS = 1500;

    private ImcRow() {}

    static List<String> of(Study study, Client client) {
        Measurements measured = new Measurements(study, client);
        return List.of(
                client.name(),
                measured.ipv6Preferred().text(),
                attemptDelay(measured),
                measured.attemptCrossover().text(),
                measured.aaaaFirst().text(),
                median(measured.queryGap()),
                lateAnswer(measured.lateAaaaRuns(), measured.resolutionDelay(), "none: waits for AAAA"),
                lateAnswer(measured.lateARuns(), measured.delayedA(), "waits for A"),
                tried(measured),
                measured.alternating().text());
    }

    /** How each value of a row was measured. */
    static List<String> details(Study study, Client client) {
        Measurements measured = new Measurements(study, client);
        List<String> lines = new ArrayList<>();
        lines.add(
                "CAD: `syn 6a` to `syn 4a` in the steps of the sweep `cad` in which both happened, else in `v6-hole`: "
                        + Times.spread(measured.attemptDelay()) + "."
                        + won(measured.attemptCrossover(), "the SYN-ACK of IPv6"));
        lines.add(
                "Between the questions: the first `query AAAA` and the first `query A`, in all runs in which both were asked: "
                        + Times.spread(measured.queryGap()) + ".");
        lines.add("RD: `answer A` to the first SYN to IPv4 in `dns-aaaa-late-2s`: "
                + Times.spread(measured.resolutionDelay()) + "; in the steps of the sweep `rd` which IPv4 won: "
                + Times.spread(measured.resolutionDelayInSweep()) + "."
                + won(measured.resolutionCrossover(), "the AAAA answer"));
        lines.add("A late: `answer AAAA` to `syn 6a` in `dns-a-late-2s`: " + Times.spread(measured.delayedA())
                + "; in the sweep `late-a`, A 0 to 1000 ms late: " + Times.spread(measured.delayedAInSweep()) + ".");
        lines.add(
                "Addresses tried, and their order: the first SYN to each in `all-dead-10-10`, until the client gives up after 6 s.");
        return lines;
    }

    private static String won(Crossover crossover, String what) {
        if (crossover.lastSix() == null && crossover.firstFour() == null) {
            return "";
        }
        return crossover.lastSix() == null || crossover.firstFour() == null
                ? " Who wins does not change within the sweep."
                : " The greatest delay of " + what + " with which IPv6 won is " + crossover.lastSix()
                        + " ms, the least with which IPv4 won " + crossover.firstFour() + " ms.";
    }

    private static String attemptDelay(Measurements measured) {
        Sample delay = measured.attemptDelay();
        return !delay.isEmpty() ? median(delay) : measured.hasAttemptDelayRuns() ? "none" : Table.NOTHING;
    }

    private static String lateAnswer(List<Observation> runs, Sample delay, String waits) {
        if (runs.isEmpty()) {
            return Table.NOTHING;
        }
        if (!delay.isEmpty() && delay.median() <= WAITED_MILLIS) {
            return median(delay);
        }
        return runs.stream().allMatch(run -> run.attempts().isEmpty()) ? "tries no address" : waits;
    }

    private static String tried(Measurements measured) {
        Sample six = measured.tried(true);
        return six.isEmpty()
                ? Table.NOTHING
                : String.format(
                        Locale.ROOT,
                        "%.0f + %.0f",
                        six.median(),
                        measured.tried(false).median());
    }

    private static String median(Sample sample) {
        return sample.isEmpty() ? Table.NOTHING : Times.millis(sample.median());
    }
}
