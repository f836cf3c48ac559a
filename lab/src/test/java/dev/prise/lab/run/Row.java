package dev.prise.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The row of {@code prise} in the table of "Lazy Eye Inspection" (IMC 2025): medians of what the packets say. Times are milliseconds.
 *
 * @param sixPreferred whether IPv6 won whenever both families were good
 * @param attemptDelay from the first IPv6 SYN to the first IPv4 SYN, where there were both
 * @param lastBySix the longest delay of IPv6 that it still won with
 * @param firstByFour the shortest delay of IPv6 that IPv4 won with
 * @param aaaaFirst whether AAAA was always asked for first
 * @param queryGap from that question to the one for A
 * @param resolutionDelay from the A answer to the first IPv4 SYN, where AAAA came later
 * @param lateA from the AAAA answer to the first IPv6 SYN, where A came later
 * @param sixTried how many of ten IPv6 addresses that do not answer were tried
 * @param fourTried the same of IPv4
 * @param alternating whether the families took turns
 */
public record Row(
        boolean sixPreferred,
        double attemptDelay,
        int lastBySix,
        int firstByFour,
        boolean aaaaFirst,
        double queryGap,
        double resolutionDelay,
        double lateA,
        int sixTried,
        int fourTried,
        boolean alternating) {

    /** Computes the row from the runs of the scenarios that are named as the parameters are. */
    public static Row of(
            List<Observation> dualHealthy,
            List<Observation> cad,
            List<Observation> rd,
            List<Observation> lateA,
            List<Observation> allDead) {
        List<Observation> asked = new ArrayList<>(dualHealthy);
        asked.addAll(cad);
        asked.addAll(rd);
        asked.addAll(lateA);
        List<String> tried = allDead.getFirst().attempts();
        boolean alternating = true;
        for (int at = 1; at < tried.size(); at++) {
            alternating &= tried.get(at).charAt(0) != tried.get(at - 1).charAt(0);
        }
        return new Row(
                dualHealthy.stream().allMatch(wonBy("6a")),
                middle(times(cad, "syn 6a", "syn 4a")),
                cad.stream().filter(wonBy("6a")).mapToInt(Row::value).max().orElse(-1),
                cad.stream().filter(wonBy("4a")).mapToInt(Row::value).min().orElse(-1),
                asked.stream().allMatch(run -> run.queries().getFirst().equals("AAAA")),
                middle(times(asked, "query AAAA", "query A")),
                middle(times(rd.stream().filter(wonBy("4a")).toList(), "answer A", "syn 4a")),
                times(lateA, "answer AAAA", "syn 6a").stream()
                        .max(Double::compare)
                        .orElse(Double.NaN),
                (int) tried.stream().filter(name -> name.startsWith("6")).count(),
                (int) tried.stream().filter(name -> name.startsWith("4")).count(),
                alternating);
    }

    /** What is not as RFC 8305 wants it; empty when all is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        check(problems, sixPreferred, "IPv6 is not preferred");
        check(problems, Math.abs(attemptDelay - 250) <= 5, "the Connection Attempt Delay is " + attemptDelay);
        check(problems, lastBySix >= 245 && lastBySix <= 260, "IPv6 wins up to a delay of " + lastBySix);
        check(problems, firstByFour >= 245 && firstByFour <= 260, "IPv4 wins from a delay of " + firstByFour);
        check(problems, aaaaFirst, "AAAA is not always asked for first");
        check(problems, queryGap <= 5, "A is asked for after " + queryGap);
        check(problems, Math.abs(resolutionDelay - 50) <= 5, "the Resolution Delay is " + resolutionDelay);
        check(problems, lateA <= 25, "a late A holds IPv6 back for " + lateA);
        check(problems, sixTried == 10 && fourTried == 10, sixTried + " and " + fourTried + " are tried");
        check(problems, alternating, "the families do not take turns");
        return problems;
    }

    private static void check(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "IPv6 preferred: %s; CAD %.1f ms (IPv6 wins up to %d, IPv4 from %d); AAAA first: %s, A %.1f ms after it; "
                        + "RD %.1f ms; with a late A IPv6 is tried %.1f ms after its answer; tried %d + %d of 10 + 10, alternating: %s",
                sixPreferred,
                attemptDelay,
                lastBySix,
                firstByFour,
                aaaaFirst,
                queryGap,
                resolutionDelay,
                lateA,
                sixTried,
                fourTried,
                alternating);
    }

    private static Predicate<Observation> wonBy(String address) {
        return run -> address.equals(run.winner());
    }

    private static List<Double> times(List<Observation> runs, String from, String to) {
        return runs.stream()
                .map(run -> run.between(from, to))
                .filter(Objects::nonNull)
                .toList();
    }

    private static double middle(List<Double> times) {
        return times.isEmpty() ? Double.NaN : times.stream().sorted().toList().get(times.size() / 2);
    }

    /** The value of a part of a sweep stands at the end of its name. */
    private static int value(Observation run) {
        return Integer.parseInt(run.scenario().substring(run.scenario().lastIndexOf('-') + 1));
    }
}
