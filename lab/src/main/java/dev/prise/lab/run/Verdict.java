package dev.prise.lab.run;

import dev.prise.lab.scenario.Expectation;
import dev.prise.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what {@code prise} did in the runs of a scenario with what it must do. */
public final class Verdict {
    /** RFC 8305 section 5: a new attempt must not start within 10 ms of the one before. */
    private static final double FLOOR_MILLIS = 10;

    /** The same section: the least delay between attempts that is recommended. */
    private static final double LEAST_DELAY_MILLIS = 100;

    /** What a busy machine may add to a single run, when the middle one of them is as it must be. */
    private static final double NOISE_MILLIS = 500;

    private final Scenario scenario;
    private final List<Observation> runs;
    private final List<String> problems = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();

    private Verdict(Scenario scenario, List<Observation> runs) {
        this.scenario = scenario;
        this.runs = runs;
    }

    /** The verdict on runs of a scenario. */
    public static Verdict of(Scenario scenario, List<Observation> runs) {
        Verdict verdict = new Verdict(scenario, runs);
        runs.forEach(verdict::checkRun);
        scenario.expect().timeList().forEach(verdict::checkTime);
        return verdict;
    }

    /** What is not as it must be; empty when all is. */
    public List<String> problems() {
        return problems;
    }

    /** The times that were looked at, as text. */
    public String figures() {
        return String.join(", ", figures);
    }

    private void checkRun(Observation run) {
        Expectation expect = scenario.expect();
        if (!scenario.hostKind().equals("localhost")) {
            checkPace(run);
        }
        check("exit status", expect.exitStatus(), run.exit(), run);
        if (expect.winner() != null) {
            check("winner", expect.winner(), run.winner(), run);
        }
        if (expect.attempts() != null) {
            check("attempts", expect.attempts(), String.join(" ", run.attempts()), run);
            check(
                    "SYNs, of which none goes twice to an address,",
                    run.attempts().size(),
                    run.synCount(),
                    run);
        }
        if (expect.queries() != null) {
            String asked = String.join(" ", run.queries());
            // a dial that is over need not ask the rest
            boolean isOver = run.connectedMillis() != null
                    && !asked.isEmpty()
                    && (expect.queries() + " ").startsWith(asked + " ");
            check("queries", expect.queries(), isOver ? expect.queries() : asked, run);
        }
        for (String text : expect.says()) {
            if (!run.says().contains(text)) {
                problems.add("it does not say '" + text + "' but '" + run.says() + "'");
            }
        }
    }

    private void check(String what, Object expected, @Nullable Object actual, Observation run) {
        if (!Objects.equals(expected, actual)) {
            problems.add(what + ": " + actual + " and not " + expected + "; it says '" + run.says() + "'; events "
                    + run.events());
        }
    }

    /** What holds in every scenario that is not about loopback: attempts are paced, and none comes after a connection. */
    private void checkPace(Observation run) {
        List<String> attempts = run.attempts();
        for (int at = 1; at < attempts.size(); at++) {
            String before = attempts.get(at - 1);
            double gap = run.synAt(attempts.get(at)) - run.synAt(before);
            boolean failed = hasFailedBefore(run, before, run.synAt(attempts.get(at)));
            if (gap < (failed ? FLOOR_MILLIS : LEAST_DELAY_MILLIS)) {
                problems.add("the attempt to " + attempts.get(at) + " comes " + gap
                        + " ms after the one before; events " + run.events());
            }
        }
        Double connected = run.connectedMillis();
        if (connected != null) {
            String winner = String.valueOf(run.winner());
            attempts.stream()
                    .filter(address -> run.synAt(address) > connected)
                    .filter(address -> !hasFailedBefore(run, winner, run.synAt(address)))
                    .forEach(address ->
                            problems.add("an attempt to " + address + " after the connection; events " + run.events()));
        }
    }

    private static boolean hasFailedBefore(Observation run, String address, double millis) {
        return run.events().stream()
                .filter(event -> event.atMillis() <= millis)
                .map(Observation.Event::what)
                .anyMatch(what -> what.equals("refused " + address)
                        || (what.startsWith("icmp ") && what.endsWith(" " + address)));
    }

    /** Never too early in any run, and not too late in the middle one, since a busy machine makes a run late. */
    private void checkTime(Expectation.Time expected) {
        List<Double> times = new ArrayList<>();
        for (Observation run : runs) {
            Double time = run.between(expected.from(), expected.to());
            if (time == null) {
                problems.add(expected + ": it did not happen; events " + run.events());
                return;
            }
            times.add(time);
        }
        times.sort(null);
        double middle = times.get(times.size() / 2);
        figures.add("%s -> %s %.1f ms".formatted(expected.from(), expected.to(), middle));
        if (times.getFirst() < expected.leastMillis()
                || middle > expected.mostMillis()
                || times.getLast() > expected.mostMillis() + NOISE_MILLIS) {
            problems.add(expected + ": it took " + times + " ms");
        }
    }
}
