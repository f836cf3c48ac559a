package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.cli.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTableTest {
    private static final String LONG_NAME =
            "a-rather-long-name-of-a-host." + "in-a-rather-long-domain.".repeat(4) + "example:443";
    private static final String LONG_ADDRESS = "2001:db8:1234:5678:9abc:def0:1234:5678";

    private static List<String> table(Style style, boolean cut, List<CheckResult> results) {
        List<String> lines = new ArrayList<>();
        CheckTable table = new CheckTable(style, "connected to", cut, lines::add);
        results.forEach(table::add);
        table.end();
        return lines;
    }

    private static Style width(int columns) {
        return new Style(columns, true, false);
    }

    private static List<CheckResult> few() {
        return List.of(
                CheckResults.connected("one.example", "192.0.2.1"),
                CheckResults.afterFallback("two.example", "2001:db8::1", "192.0.2.1"),
                CheckResults.refused("three.example", "192.0.2.1"),
                CheckResults.unknown("four.example", "four.example"));
    }

    @Test
    void oneLineForEachWhereThereIsRoom() {
        assertThat(String.join("\n", table(width(160), true, few()))).isEqualTo("""
                target         connected to  family     time    lost  verdict
                one.example    192.0.2.1     IPv4    12.0 ms       -  All is well: 192.0.2.1 answered at the first attempt.
                two.example    192.0.2.1     IPv4     262 ms  250 ms  IPv6 is broken, it works only over IPv4: 2001:db8::1 did not answer, which cost 250 ms.
                three.example  -             -        3.0 ms       -  Not connected: 192.0.2.1 refused.
                four.example   -             -        5.0 ms       -  There is no host named four.example.""");
    }

    @Test
    void theVerdictStandsBelowWhereThereIsNone() {
        assertThat(String.join("\n", table(width(60), true, few()))).isEqualTo("""
                target         connected to  family     time    lost
                one.example    192.0.2.1     IPv4    12.0 ms       -
                    All is well: 192.0.2.1 answered at the first attempt.
                two.example    192.0.2.1     IPv4     262 ms  250 ms
                    IPv6 is broken, it works only over IPv4: 2001:db8::1 did
                    not answer, which cost 250 ms.
                three.example  -             -        3.0 ms       -
                    Not connected: 192.0.2.1 refused.
                four.example   -             -        5.0 ms       -
                    There is no host named four.example.""");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 61, 79, 80, 100, 120, 139, 140, 200})
    void noLineIsWiderThanTheWindow(int columns) {
        List<CheckResult> results = new ArrayList<>(few());
        results.add(CheckResults.connected(LONG_NAME, LONG_ADDRESS));
        results.add(CheckResults.afterFallback("[" + LONG_ADDRESS + "]:80", LONG_ADDRESS, LONG_ADDRESS));
        results.add(CheckResults.unknown(
                "\u4f8b\u3048.\u30c6\u30b9\u30c8".repeat(20), "\u4f8b\u3048.\u30c6\u30b9\u30c8".repeat(20)));
        List<String> lines = table(width(columns), true, results);
        assertThat(lines).allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(columns));
        assertThat(lines.size()).isGreaterThan(results.size());
    }

    @Test
    void withoutAWindowNothingIsCutOrWrapped() {
        List<String> lines = table(width(60), false, List.of(CheckResults.connected(LONG_NAME, LONG_ADDRESS)));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains(LONG_NAME, LONG_ADDRESS, "answered at the first attempt.");
    }

    @Test
    void aLongListGoesOnWithTheWidthsOfItsBeginning() {
        List<String> lines = new ArrayList<>();
        CheckTable table = new CheckTable(width(160), "connected to", true, lines::add);
        CheckResult one = CheckResults.connected("one.example", "192.0.2.1");
        for (int i = 0; i < 1999; i++) {
            table.add(one);
        }
        assertThat(lines).isEmpty();
        table.add(one);
        assertThat(lines).hasSize(2001);
        table.add(CheckResults.connected("longer.than.before.example", "192.0.2.1"));
        assertThat(lines).hasSize(2002);
        assertThat(lines.get(2001)).startsWith("long...mple  192.0.2.1 ");
        table.end();
        assertThat(lines).hasSize(2002);
    }

    @Test
    void controlCharactersDoNotComeThrough() {
        String hostile = "unix:/\u001b[31m\u009b2J\r\n\u202e<script>";
        for (String line : table(width(80), true, List.of(CheckResults.refused(hostile, "192.0.2.1")))) {
            assertThat(line.chars().allMatch(c -> c >= ' ' && c < 0x7f))
                    .as(line)
                    .isTrue();
        }
    }

    @Test
    void theVerdictOfAFailureHasItsColour() {
        Style colored = new Style(160, true, true);
        List<String> lines = table(colored, true, few());
        assertThat(lines.get(0)).startsWith("\u001b[2mtarget");
        assertThat(lines.get(1)).doesNotContain("\u001b");
        assertThat(lines.get(3)).endsWith(colored.paint(Tone.BAD, "Not connected: 192.0.2.1 refused."));
    }

    @Test
    void anAddressThatWasTriedByItselfIsShownThoughItFailed() {
        CheckResult alone = CheckResults.alone(CheckResults.refused("one.example", "192.0.2.1"), "192.0.2.1");
        assertThat(table(width(160), true, List.of(alone)).get(1)).startsWith("one.example  192.0.2.1     IPv4 ");
    }
}
