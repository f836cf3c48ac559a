package dev.prise.cli;

import java.util.ArrayList;
import java.util.List;

/** How much room text takes on a terminal: most characters one column, those of East Asia two, combining ones none. Pure. */
final class TextColumns {
    private static final String CUT = "...";

    private TextColumns() {}

    static int of(String text) {
        return text.codePoints().map(TextColumns::of).sum();
    }

    /** Roughly the wide and fullwidth ranges of UAX #11. */
    private static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xa960 && c <= 0xa97c)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }

    /** Cut in its middle, where it is wider, to at most {@code width} columns; at least 8. */
    static String shortened(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        int room = width - CUT.length();
        int end = 0;
        int head = 0;
        while (head + of(text.codePointAt(end)) <= room / 2) {
            head += of(text.codePointAt(end));
            end += Character.charCount(text.codePointAt(end));
        }
        int from = text.length();
        int tail = 0;
        while (tail + of(text.codePointBefore(from)) <= room - head) {
            tail += of(text.codePointBefore(from));
            from -= Character.charCount(text.codePointBefore(from));
        }
        return text.substring(0, end) + CUT + text.substring(from);
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    static String flushRight(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }

    /** The text in lines, broken between words; a word that is wider is shortened. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String whole : text.split(" ", -1)) {
            String word = shortened(whole, width);
            int columns = of(word);
            if (used > 0 && used + 1 + columns > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            line.append(used == 0 ? "" : " ").append(word);
            used += columns + (used == 0 ? 0 : 1);
        }
        lines.add(line.toString());
        return lines;
    }
}
