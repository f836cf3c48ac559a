package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.trace.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** JSON, JUnit's XML, the summary and the bar. */
class CheckReportsTest {
    private static final String HOSTILE =
            "unix:/<script>alert('1' & \"2\")</script>]]>\u001b[31m\u0000\u009b\n\ud800\uffff\ud83d\ude00";

    /** "250000 of 250000 checked, 250000 not connected". */
    private static final int WORDS_ALONE = 48;

    @TempDir
    Path folder;

    private static String json(boolean interrupted, CheckResult... results) {
        List<String> lines = new ArrayList<>();
        CheckJson json = new CheckJson(lines::add);
        CheckSummary summary = new CheckSummary(results.length);
        for (CheckResult result : results) {
            json.add(result);
            summary.add(result);
        }
        json.end(summary, interrupted, 3_000_500_000L);
        return String.join("\n", lines);
    }

    @Test
    void jsonHasTheTraceAndTheVerdict() {
        Object parsed = JsonCheck.parse(json(
                false,
                CheckResults.afterFallback("two.example", "2001:db8::1", "192.0.2.1"),
                CheckResults.alone(CheckResults.refused("one.example:80", "192.0.2.1"), "192.0.2.1")));
        assertThat(parsed).asInstanceOf(InstanceOfAssertFactories.MAP).satisfies(check -> {
            assertThat(check)
                    .containsEntry("schema", "prise.check/1")
                    .containsEntry("targets", 2.0)
                    .containsEntry("connected", 1.0)
                    .containsEntry("failed", 1.0)
                    .containsEntry("interrupted", false)
                    .containsEntry("elapsed_ms", 3000.5);
            List<?> results = (List<?>) check.get("results");
            Map<?, ?> first = (Map<?, ?>) results.get(0);
            assertThat(first.get("target")).isEqualTo("two.example");
            assertThat(first.get("address")).isEqualTo("(null)");
            assertThat(first.get("connected")).isEqualTo(true);
            assertThat(((Map<?, ?>) first.get("trace")).get("schema")).isEqualTo("prise.trace/1");
            Map<?, ?> verdict = (Map<?, ?>) first.get("verdict");
            assertThat(verdict.get("kind")).isEqualTo("ipv6_broken");
            assertThat(verdict.get("costs").toString())
                    .isEqualTo("[{lost_ms=250.0, reason=2001:db8::1 did not answer}]");
            Map<?, ?> second = (Map<?, ?>) results.get(1);
            assertThat(second.get("address")).isEqualTo("192.0.2.1");
            assertThat(((Map<?, ?>) second.get("verdict")).get("costs")).isEqualTo(List.of());
        });
    }

    @Test
    void jsonIsWellFormedWithNothingAndWithHostileNames() {
        assertThat(JsonCheck.parse(json(true)).toString()).contains("results=[]", "interrupted=true");
        assertThat(JsonCheck.parse(json(false, CheckResults.refused(HOSTILE, "192.0.2.1")))
                        .toString())
                .contains("target=" + HOSTILE);
    }

    private Document junit(int missing, CheckResult... results) throws Exception {
        Path file = folder.resolve("junit.xml");
        try (JunitReport report = JunitReport.open(file.toString())) {
            for (CheckResult result : results) {
                report.add(result);
            }
            report.end(missing, 3_000_500_000L, ExitStatus.BROKEN);
        }
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static Element element(Document document, String name, int index) {
        return (Element) document.getElementsByTagName(name).item(index);
    }

    @Test
    void junitHasACaseForEachResult() throws Exception {
        Document document = junit(
                0,
                CheckResults.connected("one.example:80", "192.0.2.1"),
                CheckResults.refused("one.example:80", "192.0.2.1"),
                CheckResults.alone(CheckResults.refused("two.example", "192.0.2.2"), "192.0.2.2"));
        Element suite = element(document, "testsuite", 0);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("skipped")).isEqualTo("0");
        assertThat(suite.getAttribute("time")).isEqualTo("3.000");
        Element good = element(document, "testcase", 0);
        assertThat(good.getAttribute("classname")).isEqualTo("prise.check");
        assertThat(good.getAttribute("name")).isEqualTo("one.example:80");
        assertThat(good.getAttribute("time")).isEqualTo("0.012");
        assertThat(good.hasChildNodes()).isFalse();
        assertThat(element(document, "testcase", 2).getAttribute("name")).isEqualTo("two.example at 192.0.2.2");
        Element failure = element(document, "failure", 0);
        assertThat(failure.getAttribute("type")).isEqualTo("refused");
        assertThat(failure.getAttribute("message")).isEqualTo("Not connected: 192.0.2.1 refused.");
        assertThat(failure.getTextContent()).isEqualTo("Nobody listens there.");
    }

    @Test
    void junitIsWellFormedWhateverTheNamesContain() throws Exception {
        Document document = junit(0, CheckResults.refused(HOSTILE, "192.0.2.1"));
        assertThat(element(document, "testcase", 0).getAttribute("name"))
                .isEqualTo(
                        "unix:/<script>alert('1' & \"2\")</script>]]>\ufffd[31m\ufffd\u009b\n\ufffd\ufffd\ud83d\ude00");
        assertThat(Files.readString(folder.resolve("junit.xml"))).doesNotContain("<script>", "\u009b");
    }

    @Test
    void junitTellsWhatWasNotComeTo() throws Exception {
        Document document = junit(7, CheckResults.connected("one.example", "192.0.2.1"));
        assertThat(element(document, "testsuite", 0).getAttribute("skipped")).isEqualTo("1");
        assertThat(element(document, "testsuite", 0).getAttribute("tests")).isEqualTo("2");
        assertThat(element(document, "testcase", 1).getAttribute("name")).isEqualTo("7 more");
        assertThat(element(document, "skipped", 0).getAttribute("message")).isEqualTo("interrupted");
    }

    @Test
    void manyCasesComeInTheirOrder() throws Exception {
        CheckResult[] results = new CheckResult[2000];
        for (int i = 0; i < results.length; i++) {
            results[i] = CheckResults.connected("host" + i, "192.0.2.1");
        }
        Document document = junit(0, results);
        for (int i = 0; i < results.length; i++) {
            assertThat(element(document, "testcase", i).getAttribute("name")).isEqualTo("host" + i);
        }
    }

    @Test
    void aReportOfAnEarlierRunIsGoneWhenThisOneBegins() throws IOException {
        Path file = Files.writeString(folder.resolve("old"), "old");
        ReportFile.open("--junit", file.toString()).close();
        assertThat(file).isEmptyFile();
    }

    @Test
    void aReportThatCannotBeWrittenHasASentence() {
        assertThatThrownBy(() -> ReportFile.open("--junit", "")).hasMessage("--junit takes the name of a file, not ''");
        assertThatThrownBy(() -> ReportFile.open("--junit", "a\0b")).hasMessageContaining("cannot be a file");
        assertThatThrownBy(() ->
                        ReportFile.open("--junit", folder.resolve("no/file").toString()))
                .hasMessageEndingWith("file cannot be written: there is no such file or folder");
        ReportFile full = ReportFile.open("--junit", folder.resolve("full").toString());
        assertThatThrownBy(() -> full.write(ExitStatus.BROKEN, out -> {
                    throw new IOException("no space");
                }))
                .hasMessageEndingWith("full cannot be written: no space; make room or write elsewhere");
    }

    @Test
    void theSummaryCountsByKind() {
        CheckSummary summary = new CheckSummary(6);
        summary.add(CheckResults.connected("a", "192.0.2.1"));
        summary.add(CheckResults.afterFallback("b", "2001:db8::1", "192.0.2.1"));
        summary.add(CheckResults.refused("c", "192.0.2.1"));
        summary.add(CheckResults.refused("c", "192.0.2.1"));
        summary.add(CheckResults.unknown("d", "d"));
        assertThat(summary.sentence(false, true, 3_000_000_000L))
                .isEqualTo(
                        "interrupted: 6 targets: 2 connected (1 with broken IPv6), 3 not connected (1 name unknown, 2 refused), in 3.0 s");
        CheckSummary mixed = new CheckSummary(1);
        CheckResult refused = CheckResults.refused("c", "192.0.2.1");
        mixed.add(new CheckResult(
                "c", null, refused.trace(), null, new Verdict(Verdict.Kind.MIXED, "Not connected.", null, List.of())));
        assertThat(mixed.sentence(false, false, 12 * CheckResults.MILLI))
                .isEqualTo("1 target: 0 connected, 1 not connected (1 for several reasons), in 12.0 ms");
        CheckSummary one = new CheckSummary(1);
        one.add(CheckResults.connected("a", "192.0.2.1"));
        assertThat(one.sentence(true, false, 12 * CheckResults.MILLI))
                .isEqualTo("1 target, 1 result: 1 connected, 0 not connected, in 12.0 ms");
    }

    @Test
    void theBarIsNarrowerThanTheWindow() {
        Style narrow = new Style(60, true, false);
        assertThat(ProgressBar.line(new Style(80, false, false), 250, 3, 1000))
                .isEqualTo("[##########..............................] 250 of 1000 checked, 3 not connected");
        for (int columns = 40; columns < 120; columns++) {
            assertThat(ProgressBar.line(new Style(columns, true, false), 250_000, 250_000, 250_000))
                    .hasSizeLessThan(Math.max(columns, WORDS_ALONE));
        }
        assertThat(ProgressBar.line(narrow, 0, 0, 1000)).startsWith("[\u2591").endsWith("] 0 of 1000 checked");
        assertThat(ProgressBar.line(narrow, 1000, 0, 1000)).contains("[\u2588").doesNotContain("\u2591");
    }

    @Test
    void theBarIsTakenOffTheScreenAndIsOnTerminalsOnly() {
        StringBuilder screen = new StringBuilder();
        ProgressBar bar = new ProgressBar(new Style(60, false, false), true, 10, screen::append);
        bar.erase();
        assertThat(screen).isEmpty();
        bar.show(1, 0);
        bar.show(2, 0);
        bar.erase();
        assertThat(screen.toString())
                .startsWith("\r\u001b[K\u001b[?7l[####")
                .endsWith("1 of 10 checked\u001b[?7h\r\u001b[K");
        screen.setLength(0);
        new ProgressBar(new Style(60, false, false), false, 10, screen::append).show(1, 0);
        assertThat(screen).isEmpty();
    }
}
