package dev.prise.cli;

import dev.prise.address.PlainText;
import dev.prise.cli.HtmlReport.Entry;
import dev.prise.cli.ReportWords.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The page around the dials: its head, a table of all when there are several, the errors, the settings and the machine. */
final class HtmlPage {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";
    private static final int LONGEST_TITLE = 80;
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final List<Entry> entries;
    private final List<Verdict> verdicts;
    private final List<List<String>> settings;
    private final List<List<String>> environment;
    private final Instant madeAt;
    private final Html html = new Html();

    HtmlPage(List<Entry> entries, List<List<String>> settings, List<List<String>> environment, Instant madeAt) {
        this.entries = List.copyOf(entries);
        this.verdicts = entries.stream().map(entry -> Verdict.of(entry.trace())).toList();
        this.settings = settings;
        this.environment = environment;
        this.madeAt = madeAt;
    }

    String write() {
        html.open("html", "lang", "en");
        head();
        html.open("body");
        header();
        html.open("main");
        if (entries.size() == 1) {
            new HtmlDial(html, entries.get(0), verdicts.get(0), 1, true, madeAt).write();
        } else {
            several();
        }
        new HtmlErrors(html, entries).write();
        html.open("div", "class", "two");
        pairs("settings", "Settings used", settings, "");
        pairs(
                "machine",
                "This machine",
                environment,
                "Of this machine's interfaces only the kinds of addresses are told; its name and its addresses are left out.");
        html.close();
        html.close();
        html.element("footer", "All of this page is in this one file. It loads nothing and runs no script.");
        html.close();
        html.close();
        return html.toString();
    }

    private void head() {
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.element("title", title() + " - Prise");
        html.style(css());
        html.close();
    }

    private String title() {
        if (entries.size() == 1) {
            return ReportWords.result(tone(0)) + ": "
                    + PlainText.shortened(entries.get(0).target(), LONGEST_TITLE);
        }
        return heading();
    }

    private Tone tone(int index) {
        return ReportWords.tone(entries.get(index).trace(), verdicts.get(index));
    }

    private String heading() {
        long connected =
                entries.stream().filter(entry -> entry.trace().winner() != null).count();
        long failed = entries.size() - connected;
        return entries.size() + " targets: " + connected + " connected, " + failed + " not";
    }

    private static String css() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("the style sheet of the report is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header() {
        html.open("header", "class", "top");
        html.element("p", "Prise report", "class", "brand");
        html.open("p").text("Made on ");
        html.inline(
                "time",
                TIME.format(madeAt),
                "datetime",
                madeAt.truncatedTo(ChronoUnit.SECONDS).toString());
        html.close();
        html.close();
    }

    // ---- several

    private void several() {
        html.element("h1", heading());
        html.open("section", "aria-labelledby", "summary", "class", "summary");
        html.element("h2", "Summary", "id", "summary");
        HtmlTable table =
                new HtmlTable(html, "All targets, with a link to each", "Target", "Result", "Time", "Verdict");
        for (int i = 0; i < entries.size(); i++) {
            summaryRow(table, i);
        }
        table.end();
        html.close();
        for (int i = 0; i < entries.size(); i++) {
            new HtmlDial(html, entries.get(i), verdicts.get(i), i + 1, false, madeAt).write();
        }
    }

    private void summaryRow(HtmlTable table, int index) {
        Entry entry = entries.get(index);
        Trace trace = entry.trace();
        Trace.Attempt winner = trace.winner();
        Verdict verdict = verdicts.get(index);
        long lost = verdict.costs().stream().mapToLong(Verdict.Cost::nanos).sum();
        table.row(() -> html.open("a", "href", "#dial-" + (index + 1))
                        .foreign(entry.target())
                        .closeInline())
                .cell(() -> result(tone(index), winner == null ? "" : ReportWords.familyAndAddress(winner.address())))
                .cell(() -> time(trace.elapsedNanos(), lost))
                .cell(verdict.sentence())
                .endRow();
    }

    private void result(Tone tone, String address) {
        html.open("span", "class", "result " + tone.cssClass());
        SvgWaterfall.Sign.inline(html, tone);
        html.text(ReportWords.result(tone)).closeInline();
        small(address);
    }

    private void time(long nanos, long lostNanos) {
        html.text(Elapsed.text(nanos));
        small(lostNanos == 0 ? "" : Elapsed.text(lostNanos) + " lost");
    }

    private void small(String text) {
        if (!text.isEmpty()) {
            html.text(" ").open("small").foreign(text).closeInline();
        }
    }

    // ---- what it was made with

    private void pairs(String id, String title, List<List<String>> pairs, String note) {
        if (pairs.isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", id);
        html.element("h2", title, "id", id);
        html.open("dl", "class", "pairs");
        for (List<String> pair : pairs) {
            html.open("div").element("dt", pair.get(0));
            html.open("dd").foreign(pair.get(1)).close();
            html.close();
        }
        html.close();
        if (!note.isEmpty()) {
            html.element("p", note, "class", "note");
        }
        html.close();
    }
}
