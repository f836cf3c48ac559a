package dev.prise.lab.run;

import dev.prise.lab.scenario.Expectation;
import dev.prise.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares what {@code prise} did in the runs of a scenario with what it must do. */
public final class Verdict {
    private static final Pattern TIME = Pattern.compile("(.+) -> (.+): ([0-9.]+)\\.\\.([0-9.]+)");

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
        scenario.expect().times().forEach(verdict::checkTime);
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
            check("queries", expect.queries(), String.join(" ", run.queries()), run);
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

    /** Never too early in any run, and not too late in the middle one, since a busy machine makes a run late. */
    private void checkTime(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(scenario.name() + ": '" + text + "' is not EVENT -> EVENT: FROM..TO");
        }
        double from = Double.parseDouble(matcher.group(3));
        double to = Double.parseDouble(matcher.group(4));
        List<Double> times = new ArrayList<>();
        for (Observation run : runs) {
            Double time = run.between(matcher.group(1), matcher.group(2));
            if (time == null) {
                problems.add(text + ": it did not happen; events " + run.events());
                return;
            }
            times.add(time);
        }
        times.sort(null);
        double middle = times.get(times.size() / 2);
        figures.add("%s -> %s %.1f ms".formatted(matcher.group(1), matcher.group(2), middle));
        if (times.getFirst() < from || middle > to) {
            problems.add(text + ": it took " + times + " ms");
        }
    }
}
