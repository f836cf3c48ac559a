package dev.prise.cli;

import dev.prise.address.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text measured in the columns that a terminal gives it. Pure.
 *
 * <p>The Java library has no such measure. Terminals agree on East Asian wide characters and on emoji (two columns) and on marks that
 * combine (none), by Unicode's East_Asian_Width and categories. Where they do not agree, as on flags, emoji of several parts, and what
 * newer versions of Unicode have made wide, the larger number is taken: such a text may stand a column too far left, but never leaves
 * the window. Ambiguous ones, as our blocks, have one column, as in every terminal that has not been told otherwise.
 */
final class Columns {
    private static final int MOST_MARKS = 2;
    private static final String CUT = "...";
    private static final Pattern UNIT = Pattern.compile("m?s\\b");

    /** First and last of what is two columns wide, besides emoji. */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x2329, 0x232a, 0x2630, 0x2637, 0x268a, 0x268f, 0x2e80, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3,
        0xf900, 0xfaff, 0xfe10, 0xfe1f, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe7, 0x16fe0, 0x18dff, 0x1aff0,
        0x1b2ff, 0x1d300, 0x1d37f, 0x1f200, 0x1f2ff, 0x20000, 0x3fffd,
    };

    private Columns() {}

    /**
     * The text as it may be shown: as {@link PlainText#of}, and without selectors that change how wide a character is, without marks
     * that have nothing to stand on, and with two marks on a character at most.
     *
     * @param unicode whether the reader's character set has all of Unicode; otherwise a mark, which would come out as a question mark of
     *     its own, becomes one here, where it is measured
     */
    static String plain(String text, boolean unicode) {
        String plain = PlainText.of(text);
        if (isAscii(plain)) {
            return plain;
        }
        StringBuilder kept = new StringBuilder(plain.length());
        int marks = MOST_MARKS;
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (isSelector(c)) {
                continue;
            }
            marks = !isMark(c) ? 0 : marks + 1;
            if (marks > 0 && !unicode) {
                kept.append('?');
            } else if (marks <= MOST_MARKS) {
                kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isSelector(int c) {
        return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) || (c >= 0x180b && c <= 0x180f);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** The columns of a text without control characters. */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += width(c);
            i += Character.charCount(c);
        }
        return width;
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        return isMark(c) ? 0 : isWide(c) ? 2 : 1;
    }

    private static boolean isWide(int c) {
        for (int i = 0; i < WIDE.length && WIDE[i] <= c; i += 2) {
            if (c <= WIDE[i + 1]) {
                return true;
            }
        }
        // what has no character yet among the emoji will most likely become one
        return Character.isEmojiPresentation(c) || (c >= 0x1f000 && c <= 0x1ffff && !Character.isDefined(c));
    }

    /** The text without its end where it has more than {@code width} columns, 3 at least; never between a character and its marks. */
    static String cut(String text, int width) {
        return width(text) <= width ? text : text.substring(0, head(text, width - CUT.length())) + CUT;
    }

    /** The text without its middle where it has more than {@code width} columns, 3 at least. */
    static String shortened(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        int rest = width - CUT.length();
        int tail = text.length();
        for (int columns = 0; tail > 0; ) {
            int c = text.codePointBefore(tail);
            columns += width(c);
            if (columns > rest - rest / 2) {
                break;
            }
            tail -= Character.charCount(c);
        }
        return text.substring(0, head(text, rest / 2)) + CUT + withoutMarks(text.substring(tail));
    }

    /** The length of the longest beginning that has no more columns. */
    private static int head(String text, int width) {
        int end = 0;
        for (int columns = 0; end < text.length(); ) {
            int c = text.codePointAt(end);
            columns += width(c);
            if (columns > width) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    private static String withoutMarks(String text) {
        int from = 0;
        while (from < text.length() && isMark(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        return text.substring(from);
    }

    /** With spaces behind it. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** With spaces before it. */
    static String flushRight(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /**
     * In lines of at most {@code width} columns, 2 at least, broken at spaces, but not between a number and its unit of time; a longer
     * word is broken where the line ends.
     */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (width(rest) > width) {
            int end = head(rest, width);
            int space = rest.lastIndexOf(' ', end);
            if (isBeforeUnit(rest, space)) {
                space = rest.lastIndexOf(' ', space - 1);
            }
            int at = space > 0 ? space : end;
            lines.add(rest.substring(0, at).stripTrailing());
            rest = rest.substring(at).stripLeading();
        }
        if (!rest.isEmpty() || lines.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }

    private static boolean isBeforeUnit(String text, int space) {
        return space > 0
                && Character.isDigit(text.charAt(space - 1))
                && UNIT.matcher(text).region(space + 1, text.length()).lookingAt();
    }
}
