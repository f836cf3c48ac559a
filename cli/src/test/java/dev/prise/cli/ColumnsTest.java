package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void widths() {
        assertThat(Columns.width("plain")).isEqualTo(5);
        assertThat(Columns.width("m\u00fcnchen")).isEqualTo(7);
        assertThat(Columns.width("mu\u0308nchen")).isEqualTo(7);
        assertThat(Columns.width("\u65e5\u672c\u8a9e")).isEqualTo(6);
        assertThat(Columns.width("\ud55c\uad6d")).isEqualTo(4);
        assertThat(Columns.width("\uff21\uff22")).isEqualTo(4);
        assertThat(Columns.width("\uff76\uff85")).as("halfwidth katakana").isEqualTo(2);
        assertThat(Columns.width("\ud83d\ude00")).as("an emoji").isEqualTo(2);
        assertThat(Columns.width("\u2705")).as("an emoji of the first plane").isEqualTo(2);
        assertThat(Columns.width("\ud842\udfb7")).as("a rare ideograph").isEqualTo(2);
        assertThat(Columns.width("\u2588\u2592\u25b8")).as("our own signs").isEqualTo(3);
    }

    @Test
    void plainTextHasNoSelectorsAndFewMarks() {
        assertThat(Columns.plain("\u2764\ufe0f", true)).isEqualTo("\u2764");
        assertThat(Columns.plain("e" + "\u0301".repeat(50) + "x", true)).isEqualTo("e\u0301\u0301x");
        assertThat(Columns.plain("\u0301x", true)).isEqualTo("x");
        assertThat(Columns.plain("e\u0301", false)).isEqualTo("e?");
        assertThat(Columns.plain("a\u001b[2J\u202e", true)).isEqualTo("a?[2J?");
    }

    @Test
    void cutAtTheEndOrInTheMiddle() {
        assertThat(Columns.cut("abcdefghij", 10)).isEqualTo("abcdefghij");
        assertThat(Columns.cut("abcdefghijk", 10)).isEqualTo("abcdefg...");
        assertThat(Columns.shortened("abcdefghijklmnop", 9)).isEqualTo("abc...nop");
        assertThat(Columns.shortened("abc", 9)).isEqualTo("abc");
        assertThat(Columns.cut("\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e", 8)).isEqualTo("\u65e5\u672c...");
        assertThat(Columns.shortened("\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e", 8)).isEqualTo("\u65e5...\u8a9e");
    }

    @Test
    void wrappedAtSpaces() {
        assertThat(Columns.wrapped("one two three", 7)).containsExactly("one two", "three");
        assertThat(Columns.wrapped("one two three", 20)).containsExactly("one two three");
        assertThat(Columns.wrapped("abcdefghij kl", 4)).containsExactly("abcd", "efgh", "ij", "kl");
        assertThat(Columns.wrapped("it cost 250 ms.", 12)).containsExactly("it cost", "250 ms.");
        assertThat(Columns.wrapped("", 12)).containsExactly("");
    }
}
