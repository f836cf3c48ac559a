package dev.prise.cli;

import dev.prise.address.AddressInfo;
import dev.prise.cli.Style.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace for the terminal: how it ended, a line for each lookup and each attempt with a bar on the scale of the whole dial, what each
 * delay cost, the addresses in the order of trial with the rule that gave each its place, the verdict and the advice. No line is wider
 * than the reader's window, which has 40 columns at least. Pure.
 */
final class Waterfall {
    /** An IPv6 address with a zone has 55 at most. */
    private static final int MOST_NAME = 60;

    /** What is lost to more than so many addresses is told in one line for the rest of them. */
    private static final int MOST_COSTS = 5;

    /** A rule that has less room than this stands below its address. */
    private static final int LEAST_RULE = 24;

    private final Trace trace;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private Waterfall(Trace trace, Style style) {
        this.trace = trace;
        this.style = style;
    }

    /** The lines, without line breaks and without any control character but those of the colours. */
    static List<String> of(Trace trace, Style style) {
        Verdict verdict = Verdict.of(trace);
        Waterfall waterfall = new Waterfall(trace, style);
        waterfall.headline();
        waterfall.table();
        waterfall.costs(verdict.costs());
        waterfall.order();
        waterfall.standIn();
        waterfall.verdict(verdict);
        return waterfall.lines;
    }

    /** {@code NAME port PORT}, or a path. */
    static String target(String host, String service, Style style) {
        return service.isEmpty() ? "unix:" + shown(host, style) : shown(host, style) + " port " + shown(service, style);
    }

    private void headline() {
        Trace.Attempt winner = trace.winner();
        String elapsed = Elapsed.text(trace.elapsedNanos());
        String target = target(trace.host(), trace.service(), style);
        String how = winner == null ? "not connected" : "connected";
        String text;
        if (winner == null) {
            text = how + " to " + target + " after " + elapsed;
        } else {
            String address = shown(winner.address());
            String at = address.equals(shown(trace.host(), style)) ? "" : " at " + address;
            text = how + " to " + target + at + " in " + elapsed;
        }
        List<String> wrapped = Columns.wrapped(text, style.width());
        lines.add(style.paint(winner == null ? Tone.BAD : Tone.GOOD, how)
                + wrapped.getFirst().substring(how.length()));
        lines.addAll(wrapped.subList(1, wrapped.size()));
    }

    private void table() {
        List<WaterfallRow> rows = new ArrayList<>();
        for (Trace.Lookup lookup : trace.lookups()) {
            rows.add(WaterfallRow.of(lookup));
        }
        for (Trace.Attempt attempt : trace.attempts()) {
            rows.add(WaterfallRow.of(attempt, trace.winner()));
        }
        for (Trace.Candidate candidate : trace.candidates()) {
            if (!wasAttempted(candidate.address())) {
                rows.add(WaterfallRow.notTried(candidate.address()));
            }
        }
        if (!rows.isEmpty()) {
            lines.add("");
            lines.addAll(new WaterfallTable(rows, trace.elapsedNanos(), style).lines());
        }
    }

    private boolean wasAttempted(AddressInfo address) {
        for (Trace.Attempt attempt : trace.attempts()) {
            if (attempt.address().address().equals(address.address())) {
                return true;
            }
        }
        return false;
    }

    private void costs(List<Verdict.Cost> costs) {
        if (costs.isEmpty()) {
            return;
        }
        lines.add("");
        int shown = costs.size() <= MOST_COSTS ? costs.size() : MOST_COSTS - 1;
        for (Verdict.Cost cost : costs.subList(0, shown)) {
            sentence(Tone.LOST, cost.toString());
        }
        if (shown < costs.size()) {
            List<Verdict.Cost> others = costs.subList(shown, costs.size());
            long lost = others.stream().mapToLong(Verdict.Cost::nanos).sum();
            sentence(Tone.LOST, Elapsed.text(lost) + " lost: " + others.size() + " more attempts");
        }
    }

    private void order() {
        int count = trace.candidates().size();
        if (count < 2) {
            return;
        }
        lines.add("");
        lines.add(style.paint(Tone.FAINT, "order of trial"));
        int address = 0;
        for (Trace.Candidate candidate : trace.candidates()) {
            address = Math.max(address, Columns.width(shown(candidate.address())));
        }
        int number = Integer.toString(count).length() + 2;
        int room = style.width() - number - 2;
        boolean beside = room - address - 2 >= LEAST_RULE;
        for (int i = 0; i < count; i++) {
            String label = Columns.flushRight(Integer.toString(i + 1), number) + ". ";
            Trace.Candidate candidate = trace.candidates().get(i);
            String shown = shown(candidate.address());
            String rule = Columns.plain(candidate.why(), style.blocks());
            if (beside) {
                hanging(label + Columns.padded(shown, address) + "  ", Columns.wrapped(rule, room - address - 2));
            } else {
                List<String> parts = new ArrayList<>(Columns.wrapped(shown, room));
                parts.addAll(Columns.wrapped(rule, room));
                hanging(label, parts);
            }
        }
    }

    /** The parts under each other, the first one behind its label. */
    private void hanging(String label, List<String> parts) {
        String indent = " ".repeat(Columns.width(label));
        for (int i = 0; i < parts.size(); i++) {
            lines.add((i == 0 ? label : indent) + parts.get(i));
        }
    }

    /** Who answered in place of whom, and why. */
    private void standIn() {
        for (Trace.Lookup lookup : trace.lookups()) {
            String reason = lookup.fallbackReason();
            if (reason != null) {
                lines.add("");
                sentence(Tone.FAINT, "the resolver " + lookup.resolver() + " stands in for " + reason);
                return;
            }
        }
    }

    private void verdict(Verdict verdict) {
        lines.add("");
        sentence(Tone.STRONG, verdict.sentence());
        String advice = verdict.advice();
        if (advice != null) {
            sentence(Tone.PLAIN, advice);
        }
    }

    private void sentence(Tone tone, String text) {
        for (String line : Columns.wrapped(Columns.plain(text, style.blocks()), style.width())) {
            lines.add(style.paint(tone, line));
        }
    }

    private String shown(AddressInfo address) {
        return shown(address.addressText(), style);
    }

    private static String shown(String text, Style style) {
        return Columns.shortened(Columns.plain(text, style.blocks()), MOST_NAME);
    }
}
