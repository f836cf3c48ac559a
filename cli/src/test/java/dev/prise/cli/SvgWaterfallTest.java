package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class SvgWaterfallTest {
    @ParameterizedTest
    @CsvSource({
        "1, 5, 1",
        "10, 5, 2",
        "287, 5, 100",
        "287, 4, 100",
        "31, 5, 10",
        "1868, 5, 500",
        "30000, 5, 10000",
        "500, 5, 100",
        "501, 5, 200"
    })
    void ticksAreRoundNumbers(long whole, int count, long step) {
        assertThat(SvgWaterfall.step(whole, count)).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100, 0",
        "250000000, 287000000, 250 ms",
        "500000, 3000000, 0.5 ms",
        "1500000000, 1868000000, 1.5 s",
        "10000000000, 30000000000, 10 s",
        "20000, 90000, 0.02 ms"
    })
    void ticksSayTheirUnit(long nanos, long whole, String text) {
        assertThat(SvgWaterfall.tick(nanos, whole)).isEqualTo(text);
    }

    @Test
    void barsAreToScale() throws Exception {
        Element wide = drawn(Traces.fallback()).get(0);
        List<Element> bars = Pages.all(wide, "rect", "bar");
        assertThat(bars).hasSize(4);
        // the picture has 508 units for 287 ms, from 344 on
        assertThat(bars).extracting(bar -> bar.getAttribute("x")).containsExactly("344.0", "344.0", "367.0", "809.5");
        assertThat(bars).extracting(bar -> bar.getAttribute("width")).containsExactly("21.2", "21.2", "485.0", "42.5");
        assertThat(bars.get(2).getAttribute("class")).isEqualTo("bar open");
        assertThat(Pages.all(wide, "rect", "lost"))
                .singleElement()
                .satisfies(lost -> assertThat(lost.getAttribute("width")).isEqualTo("442.5"));
    }

    @Test
    void theSameForAPhoneWithinItsWidth() throws Exception {
        List<Element> pictures = drawn(Traces.fallback());
        assertThat(pictures)
                .extracting(one -> one.getAttribute("class"))
                .containsExactly("waterfall wide", "waterfall narrow");
        for (Element picture : pictures) {
            double width = Double.parseDouble(picture.getAttribute("viewBox").split(" ", -1)[2]);
            for (Element rect : Pages.all(picture, "rect", "bar")) {
                double end =
                        Double.parseDouble(rect.getAttribute("x")) + Double.parseDouble(rect.getAttribute("width"));
                assertThat(end).isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void saysAllOfItInWords() throws Exception {
        Element picture = drawn(Traces.fallback()).get(0);
        assertThat(picture.getAttribute("role")).isEqualTo("img");
        String[] names = picture.getAttribute("aria-labelledby").split(" ", -1);
        Element title = (Element) picture.getElementsByTagName("title").item(0);
        Element text = (Element) picture.getElementsByTagName("desc").item(0);
        assertThat(names).containsExactly(title.getAttribute("id"), text.getAttribute("id"));
        assertThat(title.getTextContent()).isEqualTo("Timeline");
        assertThat(words(text))
                .contains("Lookup of IPv6 addresses (AAAA): 0.0 ms to 12.0 ms, 1 address.")
                .contains("1. IPv6 2001:db8::1: 13.0 ms to 287 ms, 250 ms lost, given up, attempt 2 was first.")
                .contains("2. IPv4 192.0.2.1: 263 ms to 287 ms, connected.");
    }

    @Test
    void whatWasWaitedForStandsUnderTheLookupThatTheCostsName() throws Exception {
        Element text = (Element)
                drawn(Traces.slowLookup()).get(0).getElementsByTagName("desc").item(0);
        assertThat(Verdict.of(Traces.slowLookup()).costs())
                .extracting(Verdict.Cost::toString)
                .containsExactly(
                        "1.8 s lost: the name server was slow for IPv4 addresses (A)",
                        "50.0 ms lost: the name server had not answered for IPv6 addresses (AAAA)");
        assertThat(words(text))
                .contains("Lookup of IPv6 addresses (AAAA): 0.0 ms to 1.9 s, 50.0 ms lost, given up.")
                .contains("Lookup of IPv4 addresses (A): 0.0 ms to 1.8 s, 1.8 s lost, 1 address.");
    }

    @Test
    void handshakeIsTheSecondPart() throws Exception {
        Element wide = drawn(Traces.tls()).get(0);
        List<Element> second = Pages.all(wide, "rect", "second");
        assertThat(second).hasSize(2);
        Element desc = (Element) wide.getElementsByTagName("desc").item(0);
        assertThat(words(desc)).contains("connected, reached at 280 ms");
    }

    @Test
    void aDialWithoutAnyLengthIsDrawn() throws Exception {
        Trace trace = new Trace(
                "x",
                "1",
                Trace.Outcome.FAILED,
                0,
                null,
                null,
                Traces.unknown("x", "1", "m").lookups(),
                List.of(),
                List.of());
        assertThat(drawn(trace)).hasSize(2);
    }

    private static String words(Element element) {
        return element.getTextContent().replace('\u00a0', ' ');
    }

    private static List<Element> drawn(Trace trace) throws Exception {
        Html html = new Html().open("div");
        SvgWaterfall.write(html, trace, Verdict.of(trace), "Timeline", "dial-1");
        html.close();
        return Pages.all(Pages.parsed(html.toString()).getDocumentElement(), "svg", "waterfall");
    }
}
