package dev.prise.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SvgTextTest {
    @Test
    void linesThatFollowOneAnotherAreJoined() {
        String svg = """
                <g>
                  <line style="a" x1="1" x2="2.25" y1="3" y2="4"/>
                  <line style="a" x1="2.25" x2="5" y1="4" y2="6"/>
                  <line style="b" x1="5" x2="7" y1="6" y2="8"/>
                  <line style="b" x1="9" x2="7" y1="6" y2="8"/>
                </g>
                """;

        assertThat(SvgText.compact(svg)).isEqualTo("""
                        <g>
                        <polyline style="a" points="1,3 2.3,4 5,6"/>
                        <polyline style="b" points="5,6 7,8"/>
                        <polyline style="b" points="9,6 7,8"/>
                        </g>
                        """);
    }

    @Test
    void numbersAreRoundedAndVersionsAreNot() {
        assertThat(SvgText.compact("<?xml version=\"1.0\"?>\n<path d=\"M5.90625,-6.03125 L-0.01,10.00\"/>\n"))
                .isEqualTo("<?xml version=\"1.0\"?>\n<path d=\"M5.9,-6 L0,10\"/>\n");
    }
}
