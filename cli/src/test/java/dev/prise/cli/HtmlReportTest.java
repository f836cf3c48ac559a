package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.trace.Trace;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final Instant MADE = Instant.parse("2026-11-25T11:20:03Z");

    @Test
    void isWellFormed() throws Exception {
        Document page = parsed(page(Traces.fallback()));
        assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
    }

    private static String page(Trace trace) {
        return HtmlReport.of(
                List.of(new HtmlReport.Entry("dual.example port 443", trace, null)),
                List.of(List.of("Deadline", "30 s")),
                List.of(List.of("Java", "25")),
                MADE);
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
