package dev.prise.cli;

import dev.prise.address.AddressInfo;
import dev.prise.address.PlainText;
import dev.prise.cli.Style.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace as a table for the terminal: a line for each lookup and each attempt, with a bar on the scale of the whole dial, then the
 * addresses in the order of trial with the rule that gave each its place. Pure.
 */
final class Waterfall {
    private static final int MOST_LABEL = 46;
    private static final int LEAST_BAR = 10;
    private static final int MOST_BAR = 60;
    private static final String GAP = "  ";

    private final Trace trace;
    private final Style style;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    /** A line of the table; start and end are -1 for what never began. What comes after {@code reachedNanos} is its second part. */
    private record Row(
            String label, long startNanos, long reachedNanos, long endNanos, String why, String outcome, Tone tone) {
        /** A row without a second part. */
        Row(String label, long startNanos, long endNanos, String why, String outcome, Tone tone) {
            this(label, startNanos, endNanos, endNanos, why, outcome, tone);
        }

        String start() {
            return startNanos < 0 ? "" : Elapsed.text(startNanos);
        }

        String took() {
            return startNanos < 0 ? "" : Elapsed.text(endNanos - startNanos);
        }
    }

    private Waterfall(Trace trace, Style style) {
        this.trace = trace;
        this.style = style;
    }

    /** The lines, without line breaks and without any control character but those of the colours. */
    static List<String> of(Trace trace, Style style) {
        Waterfall waterfall = new Waterfall(trace, style);
        waterfall.headline();
        waterfall.collectRows();
        waterfall.table();
        waterfall.order();
        waterfall.fallback();
        return waterfall.lines;
    }

    private void headline() {
        Trace.Attempt winner = trace.winner();
        String elapsed = Elapsed.text(trace.elapsedNanos());
        String target = trace.service().isEmpty()
                ? "unix:" + shown(trace.host())
                : shown(trace.host()) + " port " + shown(trace.service());
        if (winner != null) {
            String address = shown(winner.address().addressText());
            String to = address.equals(shown(trace.host())) ? "" : " at " + address;
            lines.add(style.paint(Tone.GOOD, "connected") + " to " + target + to + " in " + elapsed);
        } else {
            lines.add(style.paint(Tone.BAD, "not connected") + " to " + target + " after " + elapsed);
        }
    }

    private void collectRows() {
        for (Trace.Lookup lookup : trace.lookups()) {
            rows.add(row(lookup));
        }
        for (Trace.Attempt attempt : trace.attempts()) {
            rows.add(row(attempt));
        }
        for (Trace.Candidate candidate : trace.candidates()) {
            if (!wasAttempted(candidate.address())) {
                rows.add(new Row("-  " + label(candidate.address()), -1, -1, "", "not tried", Tone.FAINT));
            }
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

    private Row row(Trace.Lookup lookup) {
        String label = "lookup " + lookup.family().jsonName() + " (" + shown(lookup.resolver()) + ")";
        int count = lookup.addresses().size();
        Trace.Failure error = lookup.error();
        String outcome = switch (lookup.outcome()) {
            case ANSWERED -> count == 1 ? "1 address" : count + " addresses";
            case EMPTY -> "no such address";
            case FAILED -> error == null ? "failed" : reason(error);
            case CANCELLED -> "given up";
        };
        Tone tone = lookup.outcome() == Trace.LookupOutcome.ANSWERED ? Tone.PLAIN : Tone.BAD;
        return new Row(label, lookup.startNanos(), lookup.endNanos(), "", outcome, tone);
    }

    private Row row(Trace.Attempt attempt) {
        String why = attempt.why().jsonName().replace('_', ' ');
        return new Row(
                attempt.id() + ". " + label(attempt.address()),
                attempt.startNanos(),
                attempt.reachedNanos() == null ? attempt.endNanos() : attempt.reachedNanos(),
                attempt.endNanos(),
                why,
                outcome(attempt),
                switch (attempt.outcome()) {
                    case CONNECTED -> Tone.GOOD;
                    case FAILED -> Tone.BAD;
                    case CANCELLED -> Tone.FAINT;
                });
    }

    private String outcome(Trace.Attempt attempt) {
        Trace.Failure error = attempt.error();
        Trace.Attempt winner = trace.winner();
        Long reached = attempt.reachedNanos();
        String ready = reached == null ? "" : ", TLS " + Elapsed.text(attempt.endNanos() - reached);
        return switch (attempt.outcome()) {
            case CONNECTED -> "connected" + ready;
            case FAILED -> error == null ? "failed" : reason(error);
            case CANCELLED -> {
                if (winner != null) {
                    yield "given up, " + winner.id() + ". was first" + ready;
                }
                yield (error == null ? "given up" : reached == null ? reason(error) : notReady(error)) + ready;
            }
        };
    }

    /** The message says that it was connected, which the code's meaning denies. */
    private static String notReady(Trace.Failure failure) {
        return PlainText.of(failure.message()) + " (" + failure.code().shortName() + ")";
    }

    private static String reason(Trace.Failure failure) {
        String words = switch (failure.code()) {
            case UNKNOWN -> shown(failure.message());
            case TLS_CERTIFICATE, TLS_HANDSHAKE -> PlainText.of(failure.message());
            default -> failure.code().meaning();
        };
        return words + " (" + failure.code().shortName() + ")";
    }

    private void table() {
        if (rows.isEmpty()) {
            return;
        }
        int label = 0;
        int start = "start".length();
        int took = "took".length();
        int why = 0;
        int outcome = 0;
        for (Row row : rows) {
            label = Math.max(label, row.label.length());
            start = Math.max(start, row.start().length());
            took = Math.max(took, row.took().length());
            why = Math.max(why, row.why.length());
            outcome = Math.max(outcome, row.outcome.length());
        }
        int others = label + start + took + outcome + 4 * GAP.length() + (why == 0 ? 0 : why + GAP.length());
        int bar = Math.clamp(style.width() - (long) others - 1, LEAST_BAR, MOST_BAR);
        lines.add("");
        lines.add(style.paint(
                Tone.FAINT,
                padded("", label) + GAP + flushRight("start", start) + GAP + padded("", bar) + GAP
                        + flushRight("took", took) + GAP + (why == 0 ? "" : padded("why", why) + GAP) + "outcome"));
        for (Row row : rows) {
            lines.add(padded(row.label, label)
                    + GAP
                    + flushRight(row.start(), start)
                    + GAP
                    + style.paint(row.tone, bar(row, bar))
                    + GAP
                    + flushRight(row.took(), took)
                    + GAP
                    + (why == 0 ? "" : padded(row.why, why) + GAP)
                    + style.paint(row.tone, row.outcome));
        }
    }

    private void order() {
        int width = 0;
        for (Trace.Candidate candidate : trace.candidates()) {
            width = Math.max(width, label(candidate.address()).length());
        }
        int count = trace.candidates().size();
        if (count < 2) {
            return;
        }
        lines.add("");
        lines.add("order of trial");
        int digits = Integer.toString(count).length();
        for (int i = 0; i < count; i++) {
            Trace.Candidate candidate = trace.candidates().get(i);
            lines.add(flushRight(Integer.toString(i + 1), digits + 2) + ". " + padded(label(candidate.address()), width)
                    + GAP + shown(candidate.why()));
        }
    }

    /** Who answered in place of whom, and why. */
    private void fallback() {
        for (Trace.Lookup lookup : trace.lookups()) {
            String reason = lookup.fallbackReason();
            if (reason != null) {
                lines.add("");
                lines.add(PlainText.of("the resolver " + lookup.resolver() + " stands in for " + reason));
                return;
            }
        }
    }

    /** From start to end on the scale of the dial, one cell at least. */
    private String bar(Row row, int width) {
        if (row.startNanos < 0) {
            return " ".repeat(width);
        }
        long whole = Math.max(1, trace.elapsedNanos());
        int from = Math.clamp(Math.round((double) row.startNanos / whole * width), 0, width - 1);
        int to = Math.clamp(Math.round((double) row.endNanos / whole * width), from + 1, width);
        boolean twoParts = row.reachedNanos < row.endNanos;
        int reached = twoParts ? Math.clamp(Math.round((double) row.reachedNanos / whole * width), from, to) : to;
        return " ".repeat(from)
                + (style.blocks() ? "\u2588" : "#").repeat(reached - from)
                + (style.blocks() ? "\u2592" : "=").repeat(to - reached)
                + " ".repeat(width - to);
    }

    private static String label(AddressInfo address) {
        return shown(address.addressText());
    }

    private static String shown(String text) {
        return PlainText.shortened(PlainText.of(text), MOST_LABEL);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String flushRight(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
