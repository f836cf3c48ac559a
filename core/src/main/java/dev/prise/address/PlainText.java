package dev.prise.address;

/** Text of others made fit for a terminal or a log: what cannot move a cursor, break a line or turn the writing direction. */
public final class PlainText {
    private PlainText() {}

    /** The text with a question mark in place of control and format characters, line separators and lone surrogates. */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < 0x7f) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        safe.append(text, 0, i);
        while (i < text.length()) {
            int c = text.codePointAt(i);
            safe.appendCodePoint(isPlain(c) ? c : '?');
            i += Character.charCount(c);
        }
        return safe.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** The text cut in its middle where it has more than {@code width} characters; at least 8. */
    public static String shortened(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int head = (width - 3) / 2;
        return text.substring(0, head) + "..." + text.substring(text.length() - (width - 3 - head));
    }
}
