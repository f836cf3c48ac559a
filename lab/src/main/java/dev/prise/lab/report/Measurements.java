package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the study at IMC 2025 measures, of one client. */
final class Measurements {
    private static final String HEALTHY = "dual-healthy";
    private static final String HOLE = "v6-hole";
    private static final String LATE_AAAA = "dns-aaaa-late-2s";
    private static final String LATE_A = "dns-a-late-2s";
    private static final String ALL_DEAD = "all-dead-10-10";
    private static final int FEW_ADDRESSES = 3;

    private final Study study;
    private final Client client;
    private final List<Observation> all;

    Measurements(Study study, Client client) {
        this.study = study;
        this.client = client;
        this.all = study.results().runs(client.name());
    }

    /** Whether IPv6 wins where both families are good. */
    Share ipv6Preferred() {
        return Share.of(
                study.runs(HEALTHY, client),
                run -> run.winner() != null && run.winner().startsWith("6"));
    }

    /** Whether the sweep or the hole, of which {@link #attemptDelay} is measured, was run. */
    boolean hasAttemptDelayRuns() {
        return !study.sweepRuns("cad", client).isEmpty()
                || !study.runs(HOLE, client).isEmpty();
    }

    /** Connection Attempt Delay: from the SYN to IPv6 to the one to IPv4, in the sweep, else where IPv6 never answers. */
    Sample attemptDelay() {
        Sample inSweep = Sample.of(study.sweepRuns("cad", client), Measurements::sixToFour);
        return inSweep.isEmpty() ? Sample.of(study.runs(HOLE, client), Measurements::sixToFour) : inSweep;
    }

    private static @Nullable Double sixToFour(Observation run) {
        Double between = run.between("syn 6a", "syn 4a");
        return between == null || between < 0 ? null : between;
    }

    /** Where in the sweep IPv4 begins to win. */
    Crossover attemptCrossover() {
        return Crossover.of(study, "cad", client);
    }

    /** Whether AAAA is asked for before A, in all runs in which both are. */
    Share aaaaFirst() {
        return Share.of(
                bothAsked(),
                run -> run.queries().indexOf("AAAA") < run.queries().indexOf("A"));
    }

    /** From one question to the other. */
    Sample queryGap() {
        return Sample.of(bothAsked(), run -> {
            Double gap = run.between("query AAAA", "query A");
            return gap == null ? null : Math.abs(gap);
        });
    }

    private List<Observation> bothAsked() {
        return all.stream()
                .filter(run -> run.queries().containsAll(List.of("AAAA", "A")))
                .toList();
    }

    /** The runs in which AAAA is answered 2 s late. */
    List<Observation> lateAaaaRuns() {
        return study.runs(LATE_AAAA, client);
    }

    /** Resolution Delay: from the answer for A to the first SYN to IPv4, where AAAA is answered 2 s late. */
    Sample resolutionDelay() {
        return Sample.of(lateAaaaRuns(), run -> between(run, "answer A", "syn 4"));
    }

    /** The runs in which A is answered 2 s late. */
    List<Observation> lateARuns() {
        return study.runs(LATE_A, client);
    }

    /** From the answer for AAAA to the SYN to IPv6, where A is answered 2 s late. */
    Sample delayedA() {
        return Sample.of(lateARuns(), run -> run.between("answer AAAA", "syn 6a"));
    }

    /** Resolution Delay in the sweep, where it ran out. */
    Sample resolutionDelayInSweep() {
        return Sample.of(
                study.sweepRuns("rd", client),
                run -> run.winner() != null && run.winner().startsWith("4") ? between(run, "answer A", "syn 4") : null);
    }

    /** Where in the sweep of late AAAA answers IPv4 begins to win. */
    Crossover resolutionCrossover() {
        return Crossover.of(study, "rd", client);
    }

    /** From the answer for AAAA to the SYN to IPv6, in the sweep of late A answers. */
    Sample delayedAInSweep() {
        return Sample.of(study.sweepRuns("late-a", client), run -> run.between("answer AAAA", "syn 6a"));
    }

    /** How many of ten dead addresses of a family are tried, beside ten of the other family. */
    Sample tried(boolean six) {
        return Sample.of(deadRuns(), run -> (double) triedIn(run, six ? "6" : "4"));
    }

    /** How many of twenty dead addresses are tried. */
    Sample tried() {
        return Sample.of(deadRuns(), run -> (double) run.attempts().size());
    }

    private static long triedIn(Observation run, String family) {
        return run.attempts().stream()
                .filter(address -> address.startsWith(family))
                .count();
    }

    /** Whether families take turns among more than one address of each. */
    Share alternating() {
        return Share.of(deadRuns(), Measurements::isAlternating);
    }

    private List<Observation> deadRuns() {
        return study.runs(ALL_DEAD, client);
    }

    private static boolean isAlternating(Observation run) {
        List<String> attempts = run.attempts();
        for (int at = 1; at < attempts.size(); at++) {
            if (attempts.get(at).charAt(0) == attempts.get(at - 1).charAt(0)) {
                return false;
            }
        }
        return attempts.size() >= FEW_ADDRESSES;
    }

    /** From an event to the first one that begins like this. */
    private static @Nullable Double between(Observation run, String from, String prefix) {
        Double begin = run.at(from);
        if (begin == null) {
            return null;
        }
        for (Observation.Event event : run.events()) {
            if (event.what().startsWith(prefix)) {
                return event.atMillis() - begin;
            }
        }
        return null;
    }
}
