package dev.prise.cli;

import dev.prise.address.PlainText;
import dev.prise.cli.ReportWords.Outcome;
import dev.prise.cli.ReportWords.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
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
    private static final int LEAST_BAR = 3;

    /** Where things are; lengths in units of the picture, which are pixels when it is as wide as it likes to be. */
    private enum Layout {
        WIDE("wide", 960, 344, 48, 6, 40, 52),
        NARROW("narrow", 380, 0, 66, 3, 42, 56);

        private final String cssClass;
        private final int width;
        /** Of the texts left of the bars; 0 to put the texts above and below. */
        private final int labelWidth;

        private final int rowHeight;

        /** About how many there are on the axis. */
        private final int ticks;

        /** Characters that a label has room for, and the line below it. */
        private final int mostLabel;

        private final int mostDetail;

        Layout(String cssClass, int width, int labelWidth, int rowHeight, int ticks, int mostLabel, int mostDetail) {
            this.cssClass = cssClass;
            this.width = width;
            this.labelWidth = labelWidth;
            this.rowHeight = rowHeight;
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
            long startNanos,
            @Nullable Long reachedNanos,
            long endNanos,
            Outcome outcome) {
        String took() {
            return Elapsed.text(endNanos - startNanos);
        }

        String sentence() {
            String reached = reachedNanos == null ? "" : ", reached at " + Elapsed.text(reachedNanos);
            return label + ": " + ReportWords.times(startNanos, endNanos) + reached + ", " + outcome.text() + ".";
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
    static void write(Html html, Trace trace, String title, String id) {
        List<Row> rows = rows(trace);
        long whole = Math.max(1, trace.elapsedNanos());
        for (Row row : rows) {
            whole = Math.max(whole, row.endNanos);
        }
        for (Layout layout : Layout.values()) {
            new SvgWaterfall(html, layout, rows, whole).draw(title, id + "-" + layout.cssClass);
        }
    }

    private static List<Row> rows(Trace trace) {
        List<Row> rows = new ArrayList<>();
        for (Trace.Lookup lookup : trace.lookups()) {
            rows.add(new Row(
                    "Lookup of " + ReportWords.question(lookup),
                    true,
                    false,
                    lookup.startNanos(),
                    null,
                    lookup.endNanos(),
                    ReportWords.outcome(lookup)));
        }
        for (Trace.Attempt attempt : trace.attempts()) {
            rows.add(new Row(
                    attempt.id() + ". " + ReportWords.familyAndAddress(attempt.address()),
                    false,
                    attempt.outcome() == Trace.AttemptOutcome.CONNECTED,
                    attempt.startNanos(),
                    attempt.reachedNanos(),
                    attempt.endNanos(),
                    ReportWords.outcome(attempt, trace)));
        }
        return rows;
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
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(text.length() == 0 ? "" : " ").append(row.sentence());
        }
        html.element("desc", text.toString(), "id", id + "-text");
        background();
        axis(height);
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), AXIS_HEIGHT + i * layout.rowHeight);
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

    private void axis(int height) {
        long step = step(wholeNanos, layout.ticks);
        for (long at = 0; at <= wholeNanos; at += step) {
            double x = x(at);
            line("grid", x, AXIS_HEIGHT - 6, x, height - 4);
            boolean first = at == 0;
            boolean last = x > layout.width - 34;
            text(x, AXIS_HEIGHT - 12, first ? "tick start" : last ? "tick end" : "tick middle", tick(at, step));
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

    /** In the unit of the step, with as many decimals as it needs. */
    static String tick(long nanos, long stepNanos) {
        boolean seconds = stepNanos >= 200_000_000;
        String number =
                BigDecimal.valueOf(nanos, seconds ? 9 : 6).stripTrailingZeros().toPlainString();
        return nanos == 0 ? "0" : number + (seconds ? " s" : " ms");
    }

    private void row(Row row, int top) {
        Outcome outcome = row.outcome;
        html.open(
                "g",
                "class",
                row.lookup
                        ? "lookup " + outcome.tone().cssClass()
                        : outcome.tone().cssClass());
        Sign.draw(html, outcome.tone(), 8, top + 9);
        String label = PlainText.shortened(row.label, layout.mostLabel);
        text(30, top + 21, row.won ? "label won" : "label", label);
        double from = x(row.startNanos);
        double to = Math.max(x(row.endNanos), from + LEAST_BAR);
        if (layout.labelWidth > 0) {
            text(30, top + 38, "detail", PlainText.shortened(outcome.text(), layout.mostDetail));
            bar(row, from, to, top + 11);
            double room = layout.width - 8 - 8.0 * row.took().length();
            text(Math.min(from, room), top + 40, "detail", row.took());
        } else {
            bar(row, from, to, top + 30);
            text(8, top + 58, "detail", PlainText.shortened(row.took() + ", " + outcome.text(), layout.mostDetail));
        }
        html.close();
    }

    private void bar(Row row, double from, double to, int top) {
        Long reached = row.reachedNanos;
        double middle = reached == null ? to : Math.clamp(x(reached), from, to);
        rect(row.outcome.tone() == Tone.FAINT && !row.lookup ? "bar open" : "bar", from, top, middle - from);
        if (middle < to) {
            rect("bar second", middle, top, to - middle);
        }
    }

    private void rect(String cssClass, double x, int y, double width) {
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
                "14",
                "rx",
                "2");
    }

    private void line(String cssClass, double x1, double y1, double x2, double y2) {
        html.empty("line", "class", cssClass, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
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
            html.closeInline();
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
