package dev.prise.cli;

import dev.prise.address.AddressInfo;
import dev.prise.cli.HtmlReport.Entry;
import dev.prise.cli.ReportWords.Outcome;
import dev.prise.cli.ReportWords.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One dial of a page: the verdict, what delays cost, the picture, then the tables. */
final class HtmlDial {
    private final Html html;
    private final Entry entry;
    private final Trace trace;
    private final Verdict verdict;
    private final boolean alone;
    private final Instant madeAt;
    private final String id;

    /**
     * One dial.
     *
     * @param number in the page, from 1
     * @param alone whether it is all that the page is about
     */
    HtmlDial(Html html, Entry entry, Verdict verdict, int number, boolean alone, Instant madeAt) {
        this.html = html;
        this.entry = entry;
        this.trace = entry.trace();
        this.verdict = verdict;
        this.alone = alone;
        this.madeAt = madeAt;
        this.id = "dial-" + number;
    }

    void write() {
        html.open("article", "aria-labelledby", id);
        html.open(alone ? "h1" : "h2", "id", id).foreign(entry.target()).close();
        verdict();
        costs();
        timeline();
        if (alone) {
            tables();
        } else {
            html.open("details").element("summary", "Lookups, attempts and the order of the addresses");
            tables();
            html.close();
            html.open("p", "class", "back")
                    .inline("a", "Back to the summary", "href", "#summary")
                    .close();
        }
        html.close();
    }

    /** A heading within the dial. */
    private void heading(String text) {
        html.element(alone ? "h2" : "h3", text);
    }

    private void verdict() {
        Tone tone = ReportWords.tone(trace, verdict);
        html.open("div", "class", "verdict " + tone.cssClass());
        html.open("p", "class", "result " + tone.cssClass());
        SvgWaterfall.Sign.inline(html, tone);
        html.text(ReportWords.result(tone)).close();
        html.element("p", verdict.sentence(), "class", "sentence");
        String advice = verdict.advice();
        if (advice != null) {
            html.open("p", "class", "advice")
                    .inline("strong", "What to do:")
                    .text(" " + advice)
                    .close();
        }
        facts();
        html.close();
    }

    private void facts() {
        Trace.Attempt winner = trace.winner();
        html.open("dl", "class", "facts");
        fact("Time", Elapsed.text(trace.elapsedNanos()));
        if (winner != null) {
            fact("Address", ReportWords.familyAndAddress(winner.address()));
        }
        fact("Lookups", "" + trace.lookups().size());
        fact("Attempts", "" + trace.attempts().size());
        html.close();
    }

    private void fact(String name, String value) {
        html.open("div").element("dt", name);
        html.open("dd").foreign(value).close();
        html.close();
    }

    private void costs() {
        List<Verdict.Cost> costs = verdict.costs();
        if (costs.isEmpty()) {
            return;
        }
        long lost = costs.stream().mapToLong(Verdict.Cost::nanos).sum();
        html.open("section", "class", "costs");
        heading("What the delays cost");
        HtmlTable table = new HtmlTable(
                html,
                Elapsed.text(lost) + " of " + Elapsed.text(trace.elapsedNanos()) + " were lost",
                "Lost",
                "To what");
        for (Verdict.Cost cost : costs) {
            table.row(() -> html.text(Elapsed.text(cost.nanos())))
                    .cell(cost.reason())
                    .endRow();
        }
        table.end();
        html.close();
    }

    private void timeline() {
        if (trace.lookups().isEmpty() && trace.attempts().isEmpty()) {
            return;
        }
        html.open("section");
        heading("Timeline");
        html.open("figure");
        SvgWaterfall.write(html, trace, verdict, "Timeline of the dial to " + entry.target(), id);
        html.element("figcaption", legend());
        html.close();
        html.close();
    }

    /** Of what is to be seen, and no more. */
    private String legend() {
        StringBuilder text = new StringBuilder("Time runs from left to right; each bar is as long as it took.");
        if (trace.lookups().stream().anyMatch(SvgWaterfall::isGivenUp)
                || trace.attempts().stream().anyMatch(attempt -> SvgWaterfall.isGivenUp(attempt, trace))) {
            text.append(" A dashed outline was given up.");
        }
        if (trace.attempts().stream().anyMatch(attempt -> attempt.reachedNanos() != null)) {
            text.append(" The paler end of a bar is the TLS handshake.");
        }
        if (!verdict.costs().isEmpty()) {
            text.append(" The thin line under a bar is time that was lost.");
        }
        return text.append(" The tables say the same in words.").toString();
    }

    private void tables() {
        lookups();
        attempts();
        candidates();
        tls();
    }

    private void lookups() {
        if (trace.lookups().isEmpty()) {
            return;
        }
        html.open("section");
        heading("Lookups");
        HtmlTable table = new HtmlTable(
                html, "What was asked for, in the order of the questions", "Question", "When", "Outcome", "Addresses");
        for (Trace.Lookup lookup : trace.lookups()) {
            table.row(() -> question(lookup))
                    .cell(ReportWords.times(lookup.startNanos(), lookup.endNanos()))
                    .cell(() -> outcome(ReportWords.outcome(lookup)))
                    .cells(lookup.addresses())
                    .endRow();
        }
        table.end();
        fallback();
        html.close();
    }

    private void question(Trace.Lookup lookup) {
        html.text(ReportWords.question(lookup)).text(" ");
        html.open("small").text("by ").foreign(lookup.resolver()).closeInline();
    }

    /** Who answered in place of whom, and why. */
    private void fallback() {
        for (Trace.Lookup lookup : trace.lookups()) {
            String reason = lookup.fallbackReason();
            if (reason != null) {
                html.open("p", "class", "note").text("The resolver ").foreign(lookup.resolver());
                html.text(" stands in for ").foreign(reason).text(".").close();
                return;
            }
        }
    }

    private void attempts() {
        if (trace.attempts().isEmpty()) {
            return;
        }
        html.open("section");
        heading("Attempts");
        HtmlTable table =
                new HtmlTable(html, "In the order of their start", "Attempt", "When", "Outcome", "Began because");
        for (Trace.Attempt attempt : trace.attempts()) {
            table.row(() -> html.text(attempt.id() + ". ").foreign(ReportWords.familyAndAddress(attempt.address())))
                    .cell(() -> times(attempt))
                    .cell(() -> outcome(ReportWords.outcome(attempt, trace)))
                    .cell(ReportWords.why(attempt))
                    .endRow();
        }
        table.end();
        html.close();
    }

    private void times(Trace.Attempt attempt) {
        Long reached = attempt.reachedNanos();
        html.text(ReportWords.times(attempt.startNanos(), attempt.endNanos())).text(" ");
        html.open("small").text("took " + Elapsed.text(attempt.endNanos() - attempt.startNanos()));
        if (reached != null) {
            html.text(", of it TLS " + Elapsed.text(attempt.endNanos() - reached));
        }
        html.closeInline();
    }

    private void outcome(Outcome outcome) {
        html.open("span", "class", "result " + outcome.tone().cssClass());
        SvgWaterfall.Sign.inline(html, outcome.tone());
        html.foreign(outcome.words()).closeInline();
        if (outcome.code() != null) {
            html.text(" (")
                    .inline("a", outcome.code().shortName(), "href", "#" + HtmlErrors.id(outcome.code()))
                    .text(")");
        }
    }

    private void candidates() {
        if (trace.candidates().isEmpty()) {
            return;
        }
        html.open("section");
        heading("Order of the addresses");
        HtmlTable table = new HtmlTable(
                html,
                "In the order of trial, with the rule that gave each its place (RFC 6724)",
                "Address",
                "Why here",
                "Tried");
        int rank = 0;
        for (Trace.Candidate candidate : trace.candidates()) {
            String place = ++rank + ". ";
            table.row(() -> html.text(place).foreign(ReportWords.familyAndAddress(candidate.address())))
                    .cell(candidate.why())
                    .cell(tried(candidate.address()))
                    .endRow();
        }
        table.end();
        html.close();
    }

    private String tried(AddressInfo address) {
        for (Trace.Attempt attempt : trace.attempts()) {
            if (attempt.address().address().equals(address.address())) {
                return "attempt " + attempt.id();
            }
        }
        return "no";
    }

    private void tls() {
        TlsFacts tls = entry.tls();
        if (tls == null) {
            return;
        }
        html.open("section");
        heading("TLS");
        html.open("dl", "class", "pairs");
        fact("Version", tls.protocol());
        fact("Cipher suite", tls.cipherSuite());
        fact("Protocol (ALPN)", tls.applicationProtocol() == null ? "none" : tls.applicationProtocol());
        TlsFacts.PeerCertificate own = tls.certificate();
        if (own == null) {
            fact("Certificate", "none");
        } else {
            fact("Certificate of", own.subject());
            fact("Issued by", own.issuer());
            fact("Valid until", validity(own.notAfter()));
        }
        html.close();
        html.close();
    }

    private String validity(Instant notAfter) {
        long days = ChronoUnit.DAYS.between(madeAt, notAfter);
        return HtmlPage.TIME.format(notAfter)
                + (notAfter.isBefore(madeAt)
                        ? ", which has passed"
                        : days == 1 ? ", 1 day left" : ", " + days + " days left");
    }
}
