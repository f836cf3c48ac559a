package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@code docs/lab.md}. */
final class Document {
    private final Study study;
    private final Machine machine;
    private final List<String> missing;
    private final List<Comparison> comparisons;
    private final List<Comparison> sweeps;
    private final StringBuilder text = new StringBuilder();

    /**
     * A document that is still to be written.
     *
     * @param missing the names of clients that are not installed
     */
    Document(Study study, Machine machine, List<String> missing) {
        this.study = study;
        this.machine = machine;
        this.missing = missing;
        this.comparisons = study.plainScenarios().stream()
                .filter(scenario -> study.clients().stream()
                        .anyMatch(client -> !study.runs(scenario, client).isEmpty()))
                .map(scenario -> Comparison.of(study, scenario))
                .toList();
        this.sweeps = study.scenarios().stream()
                .filter(scenario -> scenario.of() != null && scenario.isForAll())
                .map(scenario -> Comparison.of(study, scenario))
                .toList();
    }

    /** The scenarios in which a rival is better and nobody has said why. */
    List<String> unexplained() {
        return Stream.concat(comparisons.stream(), sweeps.stream())
                .filter(Comparison::isUnexplained)
                .map(comparison -> comparison.scenario().name())
                .toList();
    }

    String text() {
        text.setLength(0);
        head();
        highlights();
        imc();
        times();
        faster();
        precision();
        scenarios();
        return text.toString();
    }

    private void paragraph(String words) {
        text.append(words.stripTrailing()).append("\n\n");
    }

    private void list(List<String> lines) {
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append('\n');
    }

    private void head() {
        paragraph("# How clients connect to names with bad addresses");
        paragraph(
                "Made by `sudo lab/report` on " + machine.day() + "; not to be edited. " + machine.distribution() + ", "
                        + machine.kernel() + ", " + machine.processors() + " processors, " + machine.libc() + ", Java "
                        + machine.java() + ".");
        paragraph("`prise` and " + (study.clients().size() - 1)
                + " other clients connect to the same names, in two network "
                + "namespaces of one machine joined by a pair of veth devices. The addresses of a name are good, slow or "
                + "broken in one of the ways of `lab/scenarios.yaml`, and so are the answers of its DNS server. Each client runs with "
                + "its own defaults, except where a scenario tells it when to give up.");
        paragraph("All of it again, with root on Linux: `sudo lab/report`.");
        paragraph(
                "Times are taken from packets with the kernel's time stamps: from the client's first packet, a question to DNS "
                        + "or a SYN, to its acknowledgement of the first SYN-ACK. Addresses and names are fresh for each run. The start of "
                        + "the process is not in them; but what a JVM loads between its first packet and its SYN is: up to tens of "
                        + "milliseconds, since every process does all of it for the first time. `prise` is started by its launcher, with an "
                        + "archive of its classes, the serial collector and the first compiler alone; the other JVM clients by plain "
                        + "`java -cp`, as their users would. Where a difference is a few milliseconds between JVM clients, that is all it is.");
    }

    private void highlights() {
        paragraph("## What stands out");
        list(new Highlights(study).sentences());
    }

    private void imc() {
        paragraph("## The measurements of the IMC study");
        paragraph(
                "What \"Lazy Eye Inspection\" (IMC 2025) measures of browsers, measured of these clients. Medians. CAD is the "
                        + "Connection Attempt Delay, RD the Resolution Delay of RFC 8305. The sweep delays the SYN-ACK of IPv6 by 0 to "
                        + "400 ms in steps of 5 ms; a client that does not try IPv4 in it has its CAD from `v6-hole`, and \"none\" where it "
                        + "does not try IPv4 there within 12 s either.");
        Table table = new Table(ImcRow.HEADER);
        study.clients().forEach(client -> table.add(ImcRow.of(study, client)));
        paragraph(table.toString());
        paragraph("![Time to connected by the delay of IPv6, a line for each client](lab-cad.svg)");
        study.clients().stream().filter(Client::isPrise).findFirst().ifPresent(prise -> {
            paragraph(
                    "How the values of `prise` were measured, with the number of runs and their least / median / greatest value:");
            list(ImcRow.details(study, prise));
        });
    }

    private void times() {
        paragraph("## Time to connected, in ms");
        paragraph(
                "Medians. `(250–290)`: from the shortest to the longest run, where they differ by more than 5 ms and a fifth of "
                        + "the median. `✗ 3.0 s`: failed after so long. `> 12 s`: not connected when the laboratory ended it. `(2/3)`: "
                        + "so many runs agree. **Bold**: the shortest. ⚠: a rival is more than "
                        + Math.round(Comparison.MARGIN_MILLIS)
                        + " ms faster and this document does not say why that is no better. Where "
                        + "failing is right, the time is that of the end of the process; where a client was told when to give up, nobody "
                        + "is the best.");
        List<String> header = new ArrayList<>(List.of("scenario"));
        study.clients().forEach(client -> header.add(client.name()));
        Table table = new Table(header);
        comparisons.forEach(comparison -> table.add(row(comparison)));
        paragraph(table.toString());
        clients();
    }

    private List<String> row(Comparison comparison) {
        Scenario scenario = comparison.scenario();
        List<String> row = new ArrayList<>(List.of(scenario.name()));
        for (Client client : study.clients()) {
            String cell = study.outcome(scenario, client)
                    .map(outcome -> outcome.text(scenario))
                    .orElse("");
            boolean warns = client.isPrise() && comparison.isUnexplained();
            row.add(comparison.isBest(client) ? "**" + cell + "**" : warns ? "⚠ " + cell : cell);
        }
        return row;
    }

    private void clients() {
        Table table = new Table(List.of("client", "what it is", "version"));
        for (Client client : study.clients()) {
            table.add(List.of(client.name(), client.title(), client.isPrise() ? machine.prise() : client.version()));
        }
        missing.forEach(name -> table.add(List.of(name, "", "not installed, left out")));
        paragraph(table.toString());
    }

    private void faster() {
        paragraph("## Where a client is faster");
        List<String> lines = comparisons.stream()
                .filter(comparison -> !comparison.better().isEmpty())
                .map(Document::fasterLine)
                .collect(Collectors.toCollection(ArrayList::new));
        sweeps.stream()
                .map(comparison -> comparison.scenario().family())
                .distinct()
                .flatMap(family -> sweepLine(family).stream())
                .forEach(lines::add);
        if (lines.isEmpty()) {
            paragraph("Nowhere by more than " + Math.round(Comparison.MARGIN_MILLIS) + " ms.");
        } else {
            paragraph("By more than " + Math.round(Comparison.MARGIN_MILLIS) + " ms:");
            list(lines);
        }
    }

    /** One line for all parts of a sweep: who is faster in how many of them, and by how much at most. */
    private Optional<String> sweepLine(String family) {
        Map<String, List<Double>> ahead = new TreeMap<>();
        String faster = null;
        for (Comparison comparison : sweeps) {
            if (comparison.scenario().family().equals(family)) {
                faster = comparison.scenario().faster();
                comparison
                        .better()
                        .forEach(better -> ahead.computeIfAbsent(better.client().name(), name -> new ArrayList<>())
                                .add(better.aheadMillis()));
            }
        }
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        List<String> who = new ArrayList<>();
        ahead.forEach((name, millis) -> who.add(name + " in " + millis.size() + " of its values, by "
                + Times.withUnit(millis.stream().max(Double::compare).orElseThrow()) + " at most"));
        return Optional.of(
                "`" + family + "`: " + String.join("; ", who) + ". " + (faster == null ? "UNEXPLAINED" : faster));
    }

    private static String fasterLine(Comparison comparison) {
        List<String> who = comparison.better().stream()
                .map(better -> better.client().name()
                        + (comparison.isOursRight()
                                ? " by " + Times.withUnit(better.aheadMillis())
                                : " " + Times.withUnit(better.millis())))
                .toList();
        String faster = comparison.scenario().faster();
        return "`" + comparison.scenario().name() + "`: "
                + (comparison.isOursRight() ? "" : "`prise` does not end as it should in every run; who does: ")
                + String.join(", ", who) + ". " + (faster == null ? "UNEXPLAINED" : faster);
    }

    private void precision() {
        paragraph("## How exact the laboratory is");
        paragraph(
                "Where an address is slow, a SYN-ACK came so many milliseconds later than was set, over all clients:");
        paragraph(Precision.table(study));
    }

    private void scenarios() {
        paragraph("## The scenarios");
        Table table = new Table(List.of("name", "what is the case", "what is right", "rule"));
        List<String> told = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            if (!told.contains(scenario.family())) {
                told.add(scenario.family());
                table.add(List.of(scenario.family(), scenario.shows(), scenario.right(), scenario.rule()));
            }
        }
        text.append(table);
    }
}
