package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class HtmlReportTest {
    /** AA for text (WCAG 2.2, 1.4.3), and for what is not text (1.4.11). */
    private static final double LEAST_CONTRAST = 4.5;

    private static final double LEAST_CONTRAST_OF_A_SHAPE = 3;

    static Stream<Arguments> pages() {
        return ReportPages.all().entrySet().stream().map(page -> Arguments.of(page.getKey(), page.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void needsNothingBesideIt(String name, String page) throws Exception {
        Element root = Pages.parsed(page).getDocumentElement();
        assertThat(root.getAttribute("lang")).isEqualTo("en");
        for (String element : List.of("script", "img", "link", "iframe", "object", "form", "base")) {
            assertThat(root.getElementsByTagName(element).getLength())
                    .as(element)
                    .isZero();
        }
        assertThat(Pages.all(root, "a"))
                .allSatisfy(link -> assertThat(link.getAttribute("href")).startsWith("#"));
        String css = root.getElementsByTagName("style").item(0).getTextContent();
        assertThat(css).doesNotContain("url(", "@import", "http");
        assertThat(Pages.all(root, "meta"))
                .filteredOn(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .singleElement()
                .satisfies(meta -> assertThat(meta.getAttribute("content"))
                        .isEqualTo("default-src 'none'; style-src 'unsafe-inline'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void headingsAreInOrderAndNamesAreUnique(String name, String page) throws Exception {
        Element root = Pages.parsed(page).getDocumentElement();
        int level = 0;
        List<Element> all = Pages.all(root, "*");
        Set<String> ids = new HashSet<>();
        for (Element element : all) {
            if (element.getTagName().matches("h[1-6]")) {
                int next = element.getTagName().charAt(1) - '0';
                assertThat(next).as(Pages.text(element)).isBetween(1, level + 1);
                level = next;
            }
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as(element.getAttribute("id"))
                        .isTrue();
            }
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .doesNotStartWith("on")
                        .isNotEqualTo("style");
            }
        }
        assertThat(Pages.all(root, "h1")).hasSize(1);
        assertThat(Pages.all(root, "main")).hasSize(1);
        for (Element element : all) {
            Stream.of("href", "aria-labelledby")
                    .filter(element::hasAttribute)
                    .flatMap(attribute ->
                            Stream.of(element.getAttribute(attribute).split(" ", -1)))
                    .forEach(target -> assertThat(ids).contains(target.replaceFirst("^#", "")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void tablesHaveCaptionsAndHeaders(String name, String page) throws Exception {
        for (Element table : Pages.all(Pages.parsed(page).getDocumentElement(), "table")) {
            assertThat(Pages.all(table, "caption")).hasSize(1);
            List<String> columns = Pages.all(Pages.all(table, "thead").get(0), "th").stream()
                    .map(Pages::text)
                    .toList();
            assertThat(Pages.all(table, "th"))
                    .allSatisfy(
                            header -> assertThat(header.getAttribute("scope")).isIn("row", "col"));
            for (Element row : Pages.all(Pages.all(table, "tbody").get(0), "tr")) {
                List<String> labels = Pages.all(row, "td").stream()
                        .map(cell -> cell.getAttribute("data-label"))
                        .toList();
                assertThat(labels).isEqualTo(columns.subList(1, columns.size()));
            }
        }
    }

    @Test
    void verdictAdviceAndCostsAreOnTop() throws Exception {
        Verdict verdict = Verdict.of(Traces.fallback());
        Element main = main(ReportPages.page(Traces.fallback()));
        assertThat(Pages.text(main)).startsWith("dual.example port 443 Connected with trouble " + verdict.sentence());
        assertThat(Pages.text(Pages.all(main, "div", "verdict").get(0)))
                .contains("What to do: " + verdict.advice(), "Time 287 ms");
        assertThat(rows(main, "250 ms of 287 ms were lost"))
                .containsExactly(List.of("250 ms", verdict.costs().get(0).reason()));
    }

    /** A text of ours may be long: only what came from outside loses its middle. */
    @Test
    void nothingOfTwentyAddressesIsLeftOut() throws Exception {
        Element main = main(ReportPages.page(Traces.refused(20)));
        for (Element text : Pages.all(main, "desc")) {
            assertThat(Pages.text(text)).contains("11. IPv4 192.0.2.11: ", "20. IPv4 192.0.2.20: ");
        }
        assertThat(rows(main, "What was asked for, in the order of the questions"))
                .singleElement()
                .satisfies(row -> assertThat(row.get(3))
                        .startsWith("192.0.2.1, 192.0.2.2, ")
                        .endsWith("192.0.2.20"));
    }

    @Test
    void tablesSayWhatHappened() throws Exception {
        Element main = main(ReportPages.page(Traces.fallback()));
        assertThat(rows(main, "What was asked for, in the order of the questions"))
                .containsExactly(
                        List.of(
                                "IPv6 addresses (AAAA) by getaddrinfo",
                                "0.0 ms to 12.0 ms",
                                "1 address",
                                "2001:db8::1"),
                        List.of("IPv4 addresses (A) by getaddrinfo", "0.0 ms to 12.0 ms", "1 address", "192.0.2.1"));
        assertThat(rows(main, "In the order of their start"))
                .containsExactly(
                        List.of(
                                "1. IPv6 2001:db8::1",
                                "13.0 ms to 287 ms took 274 ms",
                                "given up, attempt 2 was first",
                                "the first"),
                        List.of(
                                "2. IPv4 192.0.2.1",
                                "263 ms to 287 ms took 24.0 ms",
                                "connected",
                                "the one before had not answered yet"));
        assertThat(rows(main, "In the order of trial, with the rule that gave each its place (RFC 6724)"))
                .containsExactly(
                        List.of("1. IPv6 2001:db8::1", "rule 6: precedence 40 > 35", "attempt 1"),
                        List.of("2. IPv4 192.0.2.1", "rule 6: precedence 35 < 40", "attempt 2"));
    }

    @Test
    void errorsAreExplainedOnceAndLinkedFromWhereTheyHappened() throws Exception {
        Element main = main(ReportPages.page(Traces.refused(3)));
        Element error = Pages.all(main, "details", "error").get(0);
        assertThat(Pages.all(main, "details", "error")).hasSize(1);
        assertThat(Pages.text(error))
                .startsWith("ECONNREFUSED: refused")
                .contains(
                        ErrorCode.CONNECTION_REFUSED.causes(),
                        ErrorCode.CONNECTION_REFUSED.advice(),
                        "On Linux ECONNREFUSED 111",
                        "On macOS ECONNREFUSED 61",
                        "On Windows WSAECONNREFUSED 10061");
        assertThat(Pages.all(main, "a"))
                .hasSize(3)
                .allSatisfy(link -> assertThat(link.getAttribute("href")).isEqualTo("#" + error.getAttribute("id")));
    }

    @Test
    void anAttemptThatAnotherMadeUnnecessaryIsNoError() throws Exception {
        assertThat(Pages.all(main(ReportPages.page(Traces.fallback())), "details"))
                .isEmpty();
    }

    @Test
    void tlsFactsWhenThereAreAny() throws Exception {
        assertThat(Pages.text(main(ReportPages.page(Traces.tls(), Traces.TLS))))
                .contains(
                        "Version TLSv1.3",
                        "Cipher suite TLS_AES_256_GCM_SHA384",
                        "Protocol (ALPN) h2",
                        "Certificate of CN=shop.example",
                        "Valid until 1 February 2027, 12:00:00 UTC, 68 days left",
                        "took 82.0 ms, of it TLS 61.0 ms");
        assertThat(Pages.text(main(ReportPages.page(Traces.tls())))).doesNotContain("Cipher suite");
    }

    @Test
    void settingsMachineAndTimeAreTold() throws Exception {
        Element body = (Element) Pages.parsed(ReportPages.page(Traces.healthy()))
                .getElementsByTagName("body")
                .item(0);
        assertThat(Pages.text(body))
                .contains(
                        "Made on 25 November 2026, 11:20:03 UTC",
                        "Time for the whole dial 30 s (as usual)",
                        "Attempt delay 250 ms (as usual)",
                        "Java 25.0.1",
                        "its name and its addresses are left out");
        assertThat(Pages.all(body, "time").get(0).getAttribute("datetime")).isEqualTo("2026-11-25T11:20:03Z");
    }

    @Test
    void severalTargetsHaveATableOnTopWithALinkToEach() throws Exception {
        Element main = main(ReportPages.all().get("thirty"));
        assertThat(Pages.text(Pages.all(main, "h1").get(0))).isEqualTo("30 targets: 18 connected, 12 not");
        List<List<String>> rows = rows(main, "All targets, with a link to each");
        assertThat(rows).hasSize(30);
        assertThat(rows.get(1))
                .containsExactly(
                        "api0.example:443",
                        "Connected with trouble IPv4 192.0.2.1",
                        "287 ms 250 ms lost",
                        Verdict.of(Traces.fallback()).sentence());
        List<Element> links = Pages.all(Pages.all(main, "table").get(0), "a");
        List<Element> dials = Pages.all(main, "article");
        assertThat(dials).hasSize(30);
        for (int i = 0; i < 30; i++) {
            Element heading = Pages.all(dials.get(i), "h2").get(0);
            assertThat("#" + heading.getAttribute("id")).isEqualTo(links.get(i).getAttribute("href"));
            assertThat(Pages.text(heading)).isEqualTo(Pages.text(links.get(i)));
        }
        assertThat(Pages.all(main, "details", "error")).hasSize(2);
    }

    @Test
    void whatCameFromOutsideDoesNoHarm() throws Exception {
        String page = ReportPages.all().get("hostile");
        assertThat(page).doesNotContain("<script", "<img").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(page.codePoints()).allMatch(c -> c == '\n' || isHarmless(c));
        Element root = Pages.parsed(page).getDocumentElement();
        assertThat(Pages.text(Pages.all(root, "h1").get(0)))
                .startsWith(
                        "</title><script>alert(1)</script>\" onload='alert(2)' &amp; ]]>-->[U+001B][31m[U+000D][U+000A]")
                .contains("[U+202E]gnp.exe", "[U+D800]x[U+DC00]");
    }

    private static boolean isHarmless(int c) {
        boolean half = c >= 0xd800 && c <= 0xdfff;
        return c >= ' ' && c != 0x7f && c != 0x85 && c != 0x202e && !half;
    }

    /** Hostile text in each place that takes some. */
    @Test
    void noPlaceLetsATagThrough() throws Exception {
        String bad = "<b>\"'&\u202e";
        Trace.Failure failure = new Trace.Failure(ErrorCode.UNKNOWN, bad);
        Trace.Lookup lookup = new Trace.Lookup(
                1, AddressFamily.INET, bad, bad, 0, 1, Trace.LookupOutcome.FAILED, List.of(bad), failure);
        Trace.Attempt attempt = new Trace.Attempt(
                1, Traces.address("192.0.2.1"), Trace.Why.FIRST, 1, 2, Trace.AttemptOutcome.FAILED, failure);
        Trace trace = new Trace(
                bad,
                bad,
                Trace.Outcome.FAILED,
                2,
                null,
                failure,
                List.of(lookup),
                List.of(new Trace.Candidate(Traces.address("192.0.2.1"), bad)),
                List.of(attempt));
        TlsFacts tls = new TlsFacts(bad, bad, bad, new TlsFacts.PeerCertificate(bad, bad, ReportPages.MADE));
        HtmlReport.Entry entry = new HtmlReport.Entry(bad, trace, tls);
        List<List<String>> pairs = List.of(List.of(bad, bad));
        for (List<HtmlReport.Entry> entries : List.of(List.of(entry), List.of(entry, entry))) {
            String page = HtmlReport.of(entries, pairs, pairs, ReportPages.MADE);
            assertThat(page).doesNotContain("<b>", "\u202e");
            assertThat(Pages.all(Pages.parsed(page).getDocumentElement(), "b")).isEmpty();
        }
    }

    @Test
    void settingsSayWhatWasGivenAndNotTheSourceAddress() {
        DialOptions options = new DialOptions();
        options.timeout = Duration.ZERO;
        options.attemptDelay = Duration.ofMillis(300);
        options.source = "192.0.2.77";
        options.family.six = true;
        TlsOptions tls = new TlsOptions();
        tls.tls = true;
        tls.serverName = "other.example";
        List<List<String>> settings = ReportSettings.of(options, tls, "off");
        assertThat(settings)
                .contains(
                        List.of("Families", "IPv6 alone"),
                        List.of("Time for the whole dial", "no limit"),
                        List.of("Attempt delay", "300 ms"),
                        List.of("Server name", "other.example"),
                        List.of("Memory of earlier dials", "off"));
        assertThat(settings.toString()).doesNotContain("192.0.2.77");
    }

    @Test
    void coloursAreFarEnoughApartInBothSchemesAndInPrint() throws Exception {
        String css = Pages.all(Pages.parsed(ReportPages.page(Traces.healthy())).getDocumentElement(), "style")
                .get(0)
                .getTextContent();
        List<Map<String, String>> schemes = schemes(css);
        assertThat(schemes).hasSize(3);
        for (Map<String, String> scheme : schemes) {
            for (String text : List.of("text", "muted", "link", "good", "warn", "bad", "faint")) {
                for (String ground : List.of("page", "card")) {
                    assertThat(contrast(scheme, text, ground))
                            .as(text + " on " + ground + " in " + scheme)
                            .isGreaterThanOrEqualTo(LEAST_CONTRAST);
                }
            }
            for (String text : List.of("text", "muted", "good")) {
                assertThat(contrast(scheme, text, "good-pale"))
                        .as(text + " in " + scheme)
                        .isGreaterThanOrEqualTo(LEAST_CONTRAST);
            }
            assertThat(contrast(scheme, "lookup", "card")).isGreaterThanOrEqualTo(LEAST_CONTRAST_OF_A_SHAPE);
        }
    }

    /** The colours of each {@code :root}, those of the first beneath. */
    private static List<Map<String, String>> schemes(String css) {
        List<Map<String, String>> schemes = new ArrayList<>();
        Matcher root = Pattern.compile(":root \\{([^}]*)}").matcher(css);
        while (root.find()) {
            Map<String, String> scheme = new LinkedHashMap<>(schemes.isEmpty() ? Map.of() : schemes.get(0));
            Matcher color = Pattern.compile("--([a-z-]+): #([0-9a-f]{6})").matcher(root.group(1));
            while (color.find()) {
                scheme.put(color.group(1), color.group(2));
            }
            schemes.add(scheme);
        }
        return schemes;
    }

    private static double contrast(Map<String, String> scheme, String one, String other) {
        double a = luminance(scheme.get(one));
        double b = luminance(scheme.get(other));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** WCAG 2.2, relative luminance. */
    private static double luminance(String hex) {
        double[] parts = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(hex, 2 * i, 2 * i + 2, 16) / 255.0;
            parts[i] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    private static Element main(String page) throws Exception {
        return (Element) Pages.parsed(page).getElementsByTagName("main").item(0);
    }

    /** The rows of the table with a caption. */
    private static List<List<String>> rows(Element within, String caption) {
        for (Element table : Pages.all(within, "table")) {
            if (Pages.text(Pages.all(table, "caption").get(0)).equals(caption)) {
                return Pages.all(Pages.all(table, "tbody").get(0), "tr").stream()
                        .map(row -> Stream.concat(Pages.all(row, "th").stream(), Pages.all(row, "td").stream())
                                .map(Pages::text)
                                .toList())
                        .toList();
            }
        }
        throw new AssertionError("no table " + caption);
    }
}
