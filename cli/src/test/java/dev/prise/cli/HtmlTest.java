package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
    @Test
    void whatMeansSomethingInHtmlIsEscaped() {
        assertThat(Html.escaped("<a href=\"x\" title='y'>&amp;</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
    }

    @ParameterizedTest
    @CsvSource({
        "0, U+0000",
        "a, U+000A",
        "d, U+000D",
        "1b, U+001B",
        "7f, U+007F",
        "85, U+0085",
        "9b, U+009B",
        "ad, U+00AD",
        "200b, U+200B",
        "200f, U+200F",
        "2028, U+2028",
        "202e, U+202E",
        "2066, U+2066",
        "d800, U+D800",
        "dfff, U+DFFF",
        "e000, U+E000",
        "feff, U+FEFF",
        "fffe, U+FFFE",
        "ffff, U+FFFF",
        "1fffe, U+1FFFE",
        "e0041, U+E0041"
    })
    void whatCannotBeSeenBecomesItsNumber(String hex, String number) {
        String text = Character.toString(Integer.parseInt(hex, 16));
        assertThat(Html.escaped("a" + text + "b")).isEqualTo("a[" + number + "]b");
    }

    @Test
    void lettersOfAllLanguagesStayAsTheyAre() {
        String text = "Gr\u00fc\u00dfe \u05e9\u05dc\u05d5\u05dd \u4f60\u597d \ud83d\ude80 e\u0301";
        assertThat(Html.escaped(text)).isEqualTo(text);
    }

    @Test
    void noTextIsEndless() {
        assertThat(Html.escaped("x".repeat(100_000))).hasSize(Html.LONGEST_TEXT).contains("x...x");
    }

    @Test
    void elementsAndAttributes() {
        Html html = new Html();
        html.open("p", "class", "a\"b").text("1 < 2").foreign("\u05d0").close();
        html.empty("br");
        assertThat(html.toString())
                .isEqualTo("<!DOCTYPE html>\n<p class=\"a&quot;b\">1 &lt; 2<bdi>\u05d0</bdi></p>\n<br/>\n");
    }

    @Test
    void aNumberAndItsUnitStayOnOneLine() {
        Html html = new Html();
        html.open("p", "title", "3.0 s")
                .text("within 3.0 s, 251 ms lost")
                .foreign("4 spaces")
                .close();
        assertThat(html.toString())
                .isEqualTo(
                        "<!DOCTYPE html>\n<p title=\"3.0 s\">within 3.0\u00a0s, 251\u00a0ms lost<bdi>4 spaces</bdi></p>\n");
    }

    @Test
    void nothingIsLeftOpen() {
        Html html = new Html().open("p");
        assertThatIllegalStateException().isThrownBy(html::toString).withMessageContaining("p");
    }

    @Test
    void aStyleSheetIsTheSameInHtmlAndXml() {
        Html html = new Html();
        assertThatIllegalArgumentException().isThrownBy(() -> html.style("a::after { content: '</style>' }"));
    }
}
