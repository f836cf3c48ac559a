package dev.prise.cli;

import dev.prise.cli.Style.Tone;
import dev.prise.trace.Elapsed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Rows under each other, each with a bar on one scale, as wide as the reader's window at most, which has 40 columns at least. Pure.
 *
 * <p>Where all of it does not fit, it does with less, in this order: who looked up, why an attempt was begun, the codes of the
 * failures, when each row began (the bar shows it), the middle of the labels, the end of the outcomes. A bar has ten cells at least.
 */
final class WaterfallTable {
    private static final int LEAST_BAR = 10;
    private static final int MOST_BAR = 100;
    private static final int LEAST_LABEL = 9;
    private static final int LEAST_OUTCOME = 6;

    /** A bar of so many cells has room for the middle of the scale. */
    private static final int BAR_WITH_A_MIDDLE = 40;

    private static final int GAP = 2;

    private final List<WaterfallRow> rows;
    private final long wholeNanos;
    private final Style style;

    /** What may be done without, in this order. */
    private enum Luxury {
        RESOLVER,
        WHY,
        CODES,
        START
    }

    /** The widths of the columns, 0 for one that is left out; and what is done without. */
    private record Layout(Set<Luxury> without, int label, int start, int bar, int took, int why, int outcome) {
        /** What there is besides the bar. */
        int others() {
            return GAP
                    + label
                    + (start == 0 ? 0 : GAP + start)
                    + GAP
                    + GAP
                    + took
                    + (why == 0 ? 0 : GAP + why)
                    + GAP
                    + outcome;
        }

        Layout withBar(int width) {
            return new Layout(without, label, start, width, took, why, outcome);
        }

        Layout withTexts(int labelWidth, int outcomeWidth) {
            return new Layout(without, labelWidth, start, bar, took, why, outcomeWidth);
        }
    }

    /**
     * A table.
     *
     * @param wholeNanos the time that a whole bar stands for
     */
    WaterfallTable(List<WaterfallRow> rows, long wholeNanos, Style style) {
        this.rows = rows;
        this.wholeNanos = Math.max(1, wholeNanos);
        this.style = style;
    }

    /** The heading and the rows, the latter with a mark before the winner. */
    List<String> lines() {
        Layout layout = layout();
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(Tone.FAINT, heading(layout)));
        for (WaterfallRow row : rows) {
            lines.add(line(row, layout));
        }
        return lines;
    }

    private Layout layout() {
        int wanted = Math.clamp(style.width() / 4, LEAST_BAR, 24);
        EnumSet<Luxury> without = EnumSet.noneOf(Luxury.class);
        for (Luxury next : Luxury.values()) {
            if (bar(layout(without)) >= wanted) {
                break;
            }
            without.add(next);
        }
        // the last ones left out may have made room for some of those before
        for (Luxury luxury : new ArrayList<>(without).reversed()) {
            without.remove(luxury);
            boolean reasonWithoutStart = luxury == Luxury.WHY && without.contains(Luxury.START);
            if (reasonWithoutStart || bar(layout(without)) < wanted) {
                without.add(luxury);
            }
        }
        Layout layout = layout(without);
        int bar = bar(layout);
        return bar >= LEAST_BAR ? layout.withBar(Math.min(bar, MOST_BAR)) : squeezed(layout);
    }

    /** The cells that are left for the bar. */
    private int bar(Layout layout) {
        return style.width() - layout.others();
    }

    /** With the least bar and with texts that are cut. */
    private Layout squeezed(Layout layout) {
        int texts = bar(layout.withTexts(0, 0)) - LEAST_BAR;
        int outcome = Math.min(layout.outcome, Math.max(LEAST_OUTCOME, texts - Math.max(LEAST_LABEL, texts * 3 / 5)));
        int label = Math.min(layout.label, texts - outcome);
        return layout.withBar(LEAST_BAR).withTexts(label, Math.min(layout.outcome, texts - label));
    }

    private Layout layout(Set<Luxury> without) {
        boolean hasStart = !without.contains(Luxury.START);
        boolean hasWhy = !without.contains(Luxury.WHY);
        int label = 0;
        int start = "start".length();
        int took = "took".length();
        int why = 0;
        int outcome = "outcome".length();
        for (WaterfallRow row : rows) {
            label = Math.max(label, Columns.width(label(row, without)));
            start = Math.max(start, row.start().length());
            took = Math.max(took, row.took().length());
            why = Math.max(why, row.why().length());
            outcome = Math.max(outcome, Columns.width(outcome(row, without)));
        }
        return new Layout(Set.copyOf(without), label, hasStart ? start : 0, 0, took, hasWhy ? why : 0, outcome);
    }

    private String label(WaterfallRow row, Set<Luxury> without) {
        return Columns.plain(without.contains(Luxury.RESOLVER) ? row.brief() : row.label(), style.blocks());
    }

    private String outcome(WaterfallRow row, Set<Luxury> without) {
        return Columns.plain(without.contains(Luxury.CODES) ? row.briefOutcome() : row.outcome(), style.blocks());
    }

    private String heading(Layout layout) {
        return " ".repeat(GAP + layout.label)
                + (layout.start == 0 ? "" : gap() + Columns.flushRight("start", layout.start))
                + gap()
                + scale(layout.bar)
                + gap()
                + Columns.flushRight("took", layout.took)
                + (layout.why == 0 ? "" : gap() + Columns.padded("why", layout.why))
                + gap()
                + Columns.cut("outcome", layout.outcome);
    }

    /** Where the bars begin, where they end, and what is in the middle. */
    private String scale(int bar) {
        String end = Elapsed.text(wholeNanos);
        if (end.length() >= bar) {
            return " ".repeat(bar);
        }
        if (bar < BAR_WITH_A_MIDDLE) {
            return "0" + Columns.flushRight(end, bar - 1);
        }
        String middle = Elapsed.text(wholeNanos / 2);
        int before = (bar - middle.length()) / 2;
        return Columns.padded("0", before) + middle + Columns.flushRight(end, bar - before - middle.length());
    }

    private String line(WaterfallRow row, Layout layout) {
        Tone labelTone = row.won() ? Tone.GOOD : row.startNanos() < 0 ? row.tone() : Tone.PLAIN;
        String mark = row.won() ? style.blocks() ? "\u25b8 " : "> " : "  ";
        String label = Columns.padded(Columns.shortened(label(row, layout.without), layout.label), layout.label);
        return style.paint(labelTone, mark + label)
                + (layout.start == 0 ? "" : gap() + Columns.flushRight(row.start(), layout.start))
                + gap()
                + bar(row, layout.bar)
                + gap()
                + Columns.flushRight(row.took(), layout.took)
                + (layout.why == 0 ? "" : gap() + Columns.padded(row.why(), layout.why))
                + gap()
                + style.paint(row.tone(), Columns.cut(outcome(row, layout.without), layout.outcome));
    }

    /** From start to end on the scale, one cell at least. */
    private String bar(WaterfallRow row, int width) {
        if (row.startNanos() < 0) {
            return " ".repeat(width);
        }
        int from = Math.clamp(cells(row.startNanos(), width), 0, width - 1);
        int to = Math.clamp(cells(row.endNanos(), width), from + 1, width);
        boolean twoParts = row.reachedNanos() < row.endNanos();
        int reached = twoParts ? Math.clamp(cells(row.reachedNanos(), width), from, to) : to;
        // what went well and is over has the weight of a ruler
        boolean quiet = row.tone() == Tone.PLAIN && row.over();
        return " ".repeat(from)
                + style.paint(
                        quiet ? Tone.FAINT : row.tone(),
                        (style.blocks() ? "\u2588" : "#").repeat(reached - from)
                                + (style.blocks() ? "\u2592" : "=").repeat(to - reached))
                + " ".repeat(width - to);
    }

    private long cells(long nanos, int width) {
        return Math.round((double) nanos / wholeNanos * width);
    }

    private static String gap() {
        return " ".repeat(GAP);
    }
}
