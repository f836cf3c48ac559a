package dev.prise.cli;

import dev.prise.address.PlainText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes HTML that is well-formed XML too: each element that is opened is closed, and whatever is text or the value of an attribute is
 * escaped. Nothing can be written that is not. Not thread-safe.
 */
final class Html {
    /** Names have 253 characters at most, but a zone, a path or a message may be of any length. */
    static final int LONGEST_TEXT = 1000;

    private static final Pattern TIME = Pattern.compile("(\\d) (m?s)\\b");

    private final StringBuilder out = new StringBuilder(1 << 15).append("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element; {@code attributes} are names and values in turn. */
    Html open(String name, String... attributes) {
        begin(name, attributes);
        out.append('>');
        open.push(name);
        return this;
    }

    /** Ends the element that was begun last. */
    Html close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** Ends it without a line break, which would be a space in a sentence. */
    Html closeInline() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    Html empty(String name, String... attributes) {
        begin(name, attributes);
        out.append("/>\n");
        return this;
    }

    /** An element with nothing but text. */
    Html element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** An element within a sentence. */
    Html inline(String name, String text, String... attributes) {
        return open(name, attributes).text(text).closeInline();
    }

    /** Text; a number and its unit of time stay on one line. */
    Html text(String text) {
        out.append(escaped(TIME.matcher(text).replaceAll("$1\u00a0$2")));
        return this;
    }

    /** Text that came from outside: whatever its direction of writing, it moves nothing around it. */
    Html foreign(String text) {
        return open("bdi").text(text).closeInline();
    }

    /** A style sheet of ours. */
    Html style(String css) {
        if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
            throw new IllegalArgumentException("this is not the same in HTML and XML: " + css);
        }
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    private void begin(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
    }

    /** The document, with all elements closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }

    /**
     * Text for between tags and for attributes in quotation marks. What cannot be seen or turns the direction of writing becomes its
     * number, as {@code [U+202E]}.
     */
    static String escaped(String text) {
        String shown = PlainText.shortened(text, LONGEST_TEXT);
        StringBuilder safe = new StringBuilder(shown.length() + 16);
        for (int i = 0; i < shown.length(); ) {
            int c = shown.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    if (isShown(c)) {
                        safe.appendCodePoint(c);
                    } else {
                        safe.append(String.format(Locale.ROOT, "[U+%04X]", c));
                    }
                }
            }
        }
        return safe.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
