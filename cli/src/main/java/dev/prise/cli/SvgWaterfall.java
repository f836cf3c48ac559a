package dev.prise.cli;

import dev.prise.address.AddressInfo;
import dev.prise.address.PlainText;
import dev.prise.cli.ReportWords.Outcome;
import dev.prise.cli.ReportWords.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A trace as a picture: a bar for each lookup and each attempt, on the scale of the whole dial. There are two of it, for wide windows and
 * for phones, of which the style sheet shows one. Pure.
 */
final class SvgWaterfall {
    private static final int AXIS_HEIGHT = 30;
    private static final int MOST_WITH_FAMILY = 38;
    /** From here on many characters are as wide as two. */
    private static final int FIRST_BROAD = 0x1100;

    private static final int BAR_HEIGHT = 14;
    private static final int LEAST_BAR = 3;
    private static final double WIDEST_DIGIT = 7.5;

    /** Where things are; lengths in units of the picture, which are pixels when it is as wide as it likes to be. */
    private enum Layout {
        WIDE("wide", 860, 344, 50, 11, 5, 42, 50),
        NARROW("narrow", 380, 0, 68, 30, 4, 44, 56);

        private final String cssClass;
        private final int width;
        /** Of the texts left of the bars; 0 to put the texts above and below. */
        private final int labelWidth;

        private final int rowHeight;

        /** From the top of a row to its bar. */
        private final int barOffset;

        /** About how many there are on the axis. */
        private final int ticks;

        /** Characters that a label has room for, and the line below it. */
        private final int mostLabel;

        private final int mostDetail;

        Layout(
                String cssClass,
                int width,
                int labelWidth,
                int rowHeight,
                int barOffset,
                int ticks,
                int mostLabel,
                int mostDetail) {
            this.cssClass = cssClass;
            this.width = width;
            this.labelWidth = labelWidth;
            this.rowHeight = rowHeight;
            this.barOffset = barOffset;
            this.ticks = ticks;
            this.mostLabel = mostLabel;
            this.mostDetail = mostDetail;
        }
    }

    /** A row; what comes after {@code reachedNanos} is its second part, null for none. */
    private record Row(
            String label,
            boolean lookup,
            boolean won,
            boolean givenUp,
            long startNanos,
            @Nullable Long reachedNanos,
            long endNanos,
            Outcome outcome,
            @Nullable Lost lost) {
        String took() {
            String part = lost == null ? "" : ", " + lost.text();
            return Elapsed.text(endNanos - startNanos) + part;
        }

        String sentence() {
            String reached = reachedNanos == null ? "" : ", reached at " + Elapsed.text(reachedNanos);
            String part = lost == null ? "" : ", " + lost.text();
            return label + ": " + ReportWords.times(startNanos, endNanos) + part + ", " + outcome.text() + reached
                    + ".";
        }
    }

    /** What of a row's time the verdict counts as lost. */
    private record Lost(long startNanos, long endNanos) {
        String text() {
            return Elapsed.text(endNanos - startNanos) + " lost";
        }
    }

    private final Html html;
    private final Layout layout;
    private final List<Row> rows;
    private final long wholeNanos;

    private SvgWaterfall(Html html, Layout layout, List<Row> rows, long wholeNanos) {
        this.html = html;
        this.layout = layout;
        this.rows = rows;
        this.wholeNanos = wholeNanos;
    }

    /**
     * Writes it.
     *
     * @param id what the names of its parts begin with, unique in the page
     */
    static void write(Html html, Trace trace, Verdict verdict, String title, String id) {
        List<Row> rows = rows(trace, verdict);
        long whole = Math.max(1, trace.elapsedNanos());
        for (Row row : rows) {
            whole = Math.max(whole, row.endNanos);
        }
        for (Layout layout : Layout.values()) {
            new SvgWaterfall(html, layout, rows, whole).draw(title, id + "-" + layout.cssClass);
        }
    }

    private static List<Row> rows(Trace trace, Verdict verdict) {
        List<Row> rows = new ArrayList<>();
        for (Trace.Lookup lookup : trace.lookups()) {
            rows.add(new Row(
                    "Lookup of " + ReportWords.question(lookup),
                    true,
                    false,
                    isGivenUp(lookup),
                    lookup.startNanos(),
                    null,
                    lookup.endNanos(),
                    ReportWords.outcome(lookup),
                    lost(lookup, trace, verdict)));
        }
        for (Trace.Attempt attempt : trace.attempts()) {
            rows.add(new Row(
                    attempt.id() + ". " + label(attempt.address()),
                    false,
                    attempt.outcome() == Trace.AttemptOutcome.CONNECTED,
                    isGivenUp(attempt, trace),
                    attempt.startNanos(),
                    attempt.reachedNanos(),
                    attempt.endNanos(),
                    ReportWords.outcome(attempt, trace),
                    lost(attempt, trace, verdict)));
        }
        return rows;
    }

    /** Whether its bar has a dashed outline. */
    static boolean isGivenUp(Trace.Lookup lookup) {
        return lookup.outcome() == Trace.LookupOutcome.CANCELLED;
    }

    /** The same for an attempt; one that was waited for until the end has failed. */
    static boolean isGivenUp(Trace.Attempt attempt, Trace trace) {
        return ReportWords.outcome(attempt, trace).tone() == Tone.FAINT;
    }

    /** A long address goes without its family, which can be seen from it. */
    private static String label(AddressInfo address) {
        String text = ReportWords.familyAndAddress(address);
        return text.length() > MOST_WITH_FAMILY ? address.addressText() : text;
    }

    /** What passed until the next attempt began, where the verdict counts it. */
    private static @Nullable Lost lost(Trace.Attempt attempt, Trace trace, Verdict verdict) {
        for (Trace.Attempt next : trace.attempts()) {
            if (next.id() == attempt.id() + 1) {
                return counted(attempt.startNanos(), next.startNanos(), verdict);
            }
        }
        return null;
    }

    /** What was waited for the first answer is lost to it, what the first attempt waited after that to the last one, where the verdict counts it. */
    private static @Nullable Lost lost(Trace.Lookup lookup, Trace trace, Verdict verdict) {
        Trace.Lookup first = null;
        Trace.Lookup last = lookup;
        for (Trace.Lookup other : trace.lookups()) {
            if (other.outcome() == Trace.LookupOutcome.ANSWERED
                    && (first == null || other.endNanos() < first.endNanos())) {
                first = other;
            }
            last = other.endNanos() > last.endNanos() ? other : last;
        }
        if (first == null || trace.attempts().isEmpty()) {
            return null;
        }
        long began = trace.attempts().get(0).startNanos();
        if (lookup.equals(first)) {
            Lost all = counted(0, began, verdict);
            return all == null ? counted(0, first.endNanos(), verdict) : all;
        }
        return lookup.equals(last) ? counted(first.endNanos(), began, verdict) : null;
    }

    private static @Nullable Lost counted(long fromNanos, long toNanos, Verdict verdict) {
        return verdict.costs().stream().anyMatch(cost -> cost.nanos() == toNanos - fromNanos)
                ? new Lost(fromNanos, toNanos)
                : null;
    }

    private void draw(String title, String id) {
        int height = AXIS_HEIGHT + rows.size() * layout.rowHeight + 4;
        html.open(
                "svg",
                "class",
                "waterfall " + layout.cssClass,
                "viewBox",
                "0 0 " + layout.width + " " + height,
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-text");
        html.element("title", title, "id", id + "-title");
        html.open("desc", "id", id + "-text");
        for (Row row : rows) {
            html.text(row.sentence()).text(" ");
        }
        html.close();
        background();
        axis();
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), AXIS_HEIGHT + i * layout.rowHeight, barTop(i));
        }
        html.close();
    }

    /** The row of the winner stands out. */
    private void background() {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).won) {
                html.empty(
                        "rect",
                        "class",
                        "won-row",
                        "x",
                        "0",
                        "y",
                        "" + (AXIS_HEIGHT + i * layout.rowHeight),
                        "width",
                        "" + layout.width,
                        "height",
                        "" + layout.rowHeight,
                        "rx",
                        "6");
            }
        }
    }

    private void axis() {
        long step = step(wholeNanos, layout.ticks);
        for (long at = 0; at <= wholeNanos; at += step) {
            double x = x(at);
            html.empty("path", "class", "grid", "d", gridLine(number(x)));
            boolean first = at == 0;
            boolean last = x > layout.width - 34;
            text(x, AXIS_HEIGHT - 12, first ? "tick start" : last ? "tick end" : "tick middle", tick(at, wholeNanos));
        }
    }

    /** About {@code count} of them fit; 1, 2 or 5 times a power of ten. */
    static long step(long wholeNanos, int count) {
        long power = 1;
        while (power * 10 <= wholeNanos / count) {
            power *= 10;
        }
        for (long factor : new long[] {1, 2, 5}) {
            if (power * factor * count >= wholeNanos) {
                return power * factor;
            }
        }
        return power * 10;
    }

    /** In milliseconds or seconds, whichever suits the whole, with as many decimals as it needs. */
    static String tick(long nanos, long wholeNanos) {
        boolean seconds = wholeNanos >= 1_000_000_000;
        String number =
                BigDecimal.valueOf(nanos, seconds ? 9 : 6).stripTrailingZeros().toPlainString();
        return nanos == 0 ? "0" : number + (seconds ? " s" : " ms");
    }

    private void row(Row row, int top, int barTop) {
        Outcome outcome = row.outcome;
        String tone = outcome.tone().cssClass();
        html.open("g", "class", row.lookup ? "lookup " + tone : row.won ? "won " + tone : tone);
        Sign.draw(html, outcome.tone(), 8, top + 9);
        text(30, top + 21, "label", fitted(row.label, layout.mostLabel));
        double from = x(row.startNanos);
        double to = Math.max(x(row.endNanos), from + LEAST_BAR);
        if (layout.labelWidth > 0) {
            text(30, top + 38, "detail", fitted(outcome.text(), layout.mostDetail));
            bar(row, from, to, barTop);
            double room = layout.width - 8 - WIDEST_DIGIT * row.took().length();
            text(Math.min(from, room), top + 42, "detail", row.took());
        } else {
            bar(row, from, to, barTop);
            text(8, top + 60, "detail", fitted(row.took() + ", " + outcome.text(), layout.mostDetail));
        }
        html.close();
    }

    /** No line ends in a picture: what is too long loses its middle, and is whole in the tables. */
    private static String fitted(String text, int most) {
        String plain = PlainText.of(text);
        boolean broad = plain.codePoints().anyMatch(c -> c >= FIRST_BROAD);
        return PlainText.shortened(plain, broad ? most / 2 : most);
    }

    private void bar(Row row, double from, double to, int top) {
        Lost lost = row.lost;
        if (lost != null) {
            double start = x(lost.startNanos);
            rect("lost", start, top + BAR_HEIGHT + 2, x(lost.endNanos) - start, 3);
        }
        Long reached = row.reachedNanos;
        double middle = reached == null ? to : Math.clamp(x(reached), from, to);
        rect(row.givenUp ? "bar open" : "bar", from, top, middle - from, BAR_HEIGHT);
        if (middle < to) {
            rect("bar second", middle, top, to - middle, BAR_HEIGHT);
        }
    }

    private void rect(String cssClass, double x, int y, double width, int height) {
        html.empty(
                "rect",
                "class",
                cssClass,
                "x",
                number(x),
                "y",
                "" + y,
                "width",
                number(width),
                "height",
                "" + height,
                "rx",
                "1.5");
    }

    /** Beside the bars only, so that it crosses no text. */
    private String gridLine(String x) {
        StringBuilder path = new StringBuilder("M" + x + " " + (AXIS_HEIGHT - 8) + "v6");
        for (int i = 0; i < rows.size(); i++) {
            path.append('M')
                    .append(x)
                    .append(' ')
                    .append(barTop(i) - 3)
                    .append('v')
                    .append(BAR_HEIGHT + 6);
        }
        return path.toString();
    }

    private int barTop(int row) {
        return AXIS_HEIGHT + row * layout.rowHeight + layout.barOffset;
    }

    private void text(double x, int y, String cssClass, String text) {
        html.element("text", text, "class", cssClass, "x", number(x), "y", "" + y);
    }

    private double x(long nanos) {
        double left = layout.labelWidth > 0 ? layout.labelWidth : 8;
        return left + (layout.width - 8 - left) * ((double) nanos / wholeNanos);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The sign of a tone, 16 units wide and high: it says what the colour says. */
    static final class Sign {
        private Sign() {}

        static void draw(Html html, Tone tone, int x, int y) {
            html.open("g", "class", "sign " + tone.cssClass(), "transform", "translate(" + x + " " + y + ")");
            parts(html, tone);
            html.close();
        }

        /** As a picture of its own within a text, which says the same in words. */
        static void inline(Html html, Tone tone) {
            html.open("svg", "class", "sign " + tone.cssClass(), "viewBox", "0 0 16 16", "aria-hidden", "true");
            parts(html, tone);
            // a space where no line ends
            html.closeInline().text("\u00a0");
        }

        private static void parts(Html html, Tone tone) {
            switch (tone) {
                case GOOD -> {
                    html.empty("circle", "cx", "8", "cy", "8", "r", "7.5");
                    html.empty("path", "d", "M4.5 8.3 7 10.8 11.6 5.6");
                }
                case WARN -> {
                    html.empty("path", "class", "body", "d", "M8 .8 15.6 15 .4 15Z");
                    html.empty("path", "d", "M8 5.6V10M8 12.2V12.6");
                }
                case BAD -> {
                    html.empty("rect", "x", ".7", "y", ".7", "width", "14.6", "height", "14.6", "rx", "3");
                    html.empty("path", "d", "M4.8 4.8 11.2 11.2M11.2 4.8 4.8 11.2");
                }
                case FAINT -> {
                    html.empty("circle", "cx", "8", "cy", "8", "r", "7");
                    html.empty("path", "d", "M4.8 8H11.2");
                }
            }
        }
    }
}
