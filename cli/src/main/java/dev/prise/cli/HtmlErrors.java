package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorNumbering;
import dev.prise.cli.HtmlReport.Entry;
import dev.prise.cli.ReportWords.Outcome;
import dev.prise.trace.Trace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Each error of a page's dials, once: what it means, its names and numbers, its causes, what to try. */
final class HtmlErrors {
    /** With more of them each is folded. */
    private static final int MOST_OPEN = 3;

    private final Html html;
    private final Set<ErrorCode> codes = new LinkedHashSet<>();

    HtmlErrors(Html html, List<Entry> entries) {
        this.html = html;
        for (Entry entry : entries) {
            collect(entry.trace());
        }
    }

    private void collect(Trace trace) {
        for (Trace.Lookup lookup : trace.lookups()) {
            add(ReportWords.outcome(lookup));
        }
        for (Trace.Attempt attempt : trace.attempts()) {
            add(ReportWords.outcome(attempt, trace));
        }
        Trace.Failure error = trace.error();
        if (error != null) {
            codes.add(error.code());
        }
    }

    private void add(Outcome outcome) {
        if (outcome.code() != null) {
            codes.add(outcome.code());
        }
    }

    /** The name of a code's place in the page. */
    static String id(ErrorCode code) {
        return "error-" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void write() {
        if (codes.isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "errors");
        html.element("h2", "The errors explained", "id", "errors");
        for (ErrorCode code : codes) {
            if (codes.size() <= MOST_OPEN) {
                html.open("details", "id", id(code), "class", "error", "open", "open");
            } else {
                html.open("details", "id", id(code), "class", "error");
            }
            html.open("summary").element("h3", code.shortName() + ": " + code.meaning());
            html.close();
            explanation(code);
            html.close();
        }
        html.close();
    }

    private void explanation(ErrorCode code) {
        html.open("dl", "class", "pairs");
        pair("Usual causes", code.causes());
        pair("What to try", code.advice());
        for (ErrorNumbering system : ErrorNumbering.values()) {
            pair("On " + system.systemName(), Explanation.onSystem(code, system));
        }
        html.close();
    }

    private void pair(String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close();
    }
}
