package dev.prise.cli;

import dev.prise.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages that web/check-page looks at, written to a folder. */
final class ReportPages {
    static final Instant MADE = Instant.parse("2026-11-25T11:20:03Z");
    static final List<List<String>> MACHINE = List.of(
            List.of("Prise", "0.1.0"),
            List.of("Java", "25.0.1 (Eclipse Adoptium)"),
            List.of("System", "Linux 6.12, amd64"),
            List.of("Resolver", "getaddrinfo"),
            List.of(
                    "Kinds of addresses",
                    "IPv4 loopback, IPv4 private, IPv6 global (2), IPv6 link-local, IPv6 loopback"));

    private ReportPages() {}

    /** Writes all; the folder is the one argument. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, String> page : all().entrySet()) {
            Files.writeString(folder.resolve(page.getKey() + ".html"), page.getValue());
        }
    }

    /** Name and page. */
    static Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("healthy", page(Traces.healthy()));
        pages.put("fallback", page(Traces.fallback()));
        pages.put("refused", page(Traces.refused(3)));
        pages.put("unknown", page(Traces.unknown("nosuchhost.example", "443", "Name or service not known")));
        pages.put("slow-dns", page(Traces.slowLookup()));
        pages.put("tls", page(Traces.tls(), Traces.TLS));
        pages.put("tls-failed", page(Traces.tlsFailed()));
        pages.put("twenty", page(Traces.refused(20)));
        pages.put("hostile", page(Traces.unknown(HOSTILE, "\"><img src=x onerror=alert(1)>", HOSTILE)));
        pages.put("hostile-many", page(hostile()));
        pages.put("thirty", page(thirty()));
        return pages;
    }

    /** What somebody might call a host to do harm: tags, quotes, controls, directions of writing, halves of characters. */
    static final String HOSTILE = "</title><script>alert(1)</script>\" onload='alert(2)' &amp; ]]>-->"
            + "\u001b[31m\r\n\u202egnp.exe\u2066\u200f\ud800x\udc00\ufffe\u0000\u0085\u05d0\u05d1";

    private static List<HtmlReport.Entry> hostile() {
        return List.of(
                new HtmlReport.Entry(HOSTILE, Traces.unknown(HOSTILE, "443", HOSTILE), null),
                new HtmlReport.Entry("web.example:443", Traces.healthy(), null));
    }

    private static List<HtmlReport.Entry> thirty() {
        List<HtmlReport.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            entries.add(new HtmlReport.Entry("web" + i + ".example:443", Traces.healthy(), null));
            entries.add(new HtmlReport.Entry("api" + i + ".example:443", Traces.fallback(), null));
            entries.add(new HtmlReport.Entry("db" + i + ".example:5432", Traces.refused(2), null));
            entries.add(new HtmlReport.Entry("shop" + i + ".example:443", Traces.tls(), Traces.TLS));
            entries.add(new HtmlReport.Entry(
                    "gone" + i + ".example:80", Traces.unknown("gone" + i + ".example", "80", "Name not known"), null));
        }
        return entries;
    }

    static String page(Trace trace) {
        return page(trace, null);
    }

    static String page(Trace trace, @Nullable TlsFacts tls) {
        return page(List.of(new HtmlReport.Entry(ReportWords.target(trace), trace, tls)));
    }

    static String page(List<HtmlReport.Entry> entries) {
        return HtmlReport.of(entries, ReportSettings.of(new DialOptions(), new TlsOptions(), null), MACHINE, MADE);
    }
}
