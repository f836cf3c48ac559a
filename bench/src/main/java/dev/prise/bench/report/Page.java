package dev.prise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The page {@code docs/benchmarks.md}, from the results of all figures. */
public final class Page {
    private static final String HEAD = """
            # Benchmarks

            Made by `bench/report`, which measures and writes this page; what it does not measure yet is in [figures.md](figures.md).

            Our way and another take turns in short rounds, and each round gives one ratio, so that what else the machine does falls on both. Given is
            the median of these ratios and, in brackets, their quartiles: half of the rounds lie between them. An absolute number stands only beside the
            one of the other way, the medians of the same rounds; it does not hold for another machine, a ratio mostly does.

            | to do again | |
            |---|---|
            | all of it | `bench/report`, or `mvn -Pbench` |
            | one figure, and the page from what is there of the others | `bench/report --only NAME` |
            | the page alone | `bench/report --only-report` |

            Results are in `bench/target/results`, a file of JSON lines for each figure: the run, then each comparison with all its rounds.
            """;

    private final Map<Figure, Results> sections = new LinkedHashMap<>();

    /** Adds the section of a figure. */
    public void add(Figure figure, Results results) {
        sections.put(figure, results);
    }

    /**
     * The whole page.
     *
     * @param remarks what is known of the goals that are missed, in Markdown
     */
    public String markdown(String remarks) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\n## The runs\n\n");
        runs(page);
        page.append("\n## The goals\n\n%s\n\n".formatted(reached()));
        page.append("| figure | | ratio | goal | |\n|---|---|---|---|---|\n");
        sections.forEach((figure, results) -> results.comparisons().stream()
                .filter(comparison -> comparison.question().goal() != null)
                .forEach(comparison -> goal(page, figure, comparison)));
        page.append("\n### Why goals are missed\n\n").append(remarks.strip()).append('\n');
        sections.forEach((figure, results) -> section(page, figure, results));
        return page.toString();
    }

    private String reached() {
        List<Comparison> withGoal = sections.values().stream()
                .flatMap(results -> results.comparisons().stream())
                .filter(comparison -> comparison.question().goal() != null)
                .toList();
        long reached = withGoal.stream().filter(Comparison::isReached).count();
        return "%d of %d are reached.".formatted(reached, withGoal.size());
    }

    private void runs(StringBuilder page) {
        Set<String> machines = sections.values().stream()
                .map(results -> results.run().machine())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> numbered = new ArrayList<>(machines);
        for (int i = 0; i < numbered.size(); i++) {
            page.append("Machine %d: %s.\n".formatted(i + 1, numbered.get(i)));
        }
        page.append("\n| figure | begun | machine | taken by other work before, after |\n|---|---|---|---|\n");
        sections.forEach((figure, results) -> page.append("| %s | %s | %d | %s, %s |\n"
                .formatted(
                        figure.name(),
                        results.run().at(),
                        numbered.indexOf(results.run().machine()) + 1,
                        percent(results.run().otherWorkBefore()),
                        percent(results.run().otherWorkAfter()))));
        if (sections.values().stream().anyMatch(results -> results.run().isDisturbed())) {
            page.append(
                    "\n**The machine was not idle**: measured beside other work, these figures are a first impression, not a result.\n");
        }
    }

    private static void goal(StringBuilder page, Figure figure, Comparison comparison) {
        page.append("| %s, %s | %s beside %s | %s | %s | %s |\n"
                .formatted(
                        figure.name(),
                        comparison.question().part(),
                        comparison.question().ours(),
                        comparison.question().rival(),
                        number(comparison.ratio().median()),
                        goal(comparison),
                        comparison.isReached() ? "reached" : "**missed**"));
    }

    private static void section(StringBuilder page, Figure figure, Results results) {
        page.append("\n## ")
                .append(figure.title())
                .append("\n\n")
                .append(figure.text().strip());
        page.append("\n\n    bench/report --only ").append(figure.name()).append('\n');
        Run run = results.run();
        for (String note : run.notes()) {
            page.append("\n- ").append(note);
        }
        if (!run.notes().isEmpty()) {
            page.append('\n');
        }
        Map<String, List<Comparison>> parts = results.comparisons().stream()
                .collect(Collectors.groupingBy(
                        comparison -> comparison.question().part(), LinkedHashMap::new, Collectors.toList()));
        parts.forEach((part, comparisons) -> part(page, part, comparisons));
    }

    private static void part(StringBuilder page, String part, List<Comparison> comparisons) {
        Comparison first = comparisons.getFirst();
        page.append("\n### ").append(capital(part)).append("\n\n");
        page.append("| ours | beside | ratio | goal | %s, ours and theirs | rounds |\n|---|---|---|---|---|---|\n"
                .formatted(first.question().unit()));
        for (Comparison each : comparisons) {
            Spread ratio = each.ratio();
            page.append("| %s | %s | %s (%s to %s) | %s | %s, %s | %d in %s |\n"
                    .formatted(
                            each.question().ours(),
                            each.question().rival(),
                            number(ratio.median()),
                            number(ratio.lower()),
                            number(ratio.upper()),
                            goal(each),
                            whole(each.oursSpread().median()),
                            whole(each.rivalSpread().median()),
                            each.oursByRound().size(),
                            each.processes() == 1 ? "1 process" : each.processes() + " processes"));
        }
    }

    private static String goal(Comparison comparison) {
        Double goal = comparison.question().goal();
        if (goal == null) {
            return "";
        }
        String bound = comparison.question().better() == Question.Better.MORE ? "at least " : "at most ";
        return bound + number(goal);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", part * 100);
    }
}
