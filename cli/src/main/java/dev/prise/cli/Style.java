package dev.prise.cli;

import java.util.List;

/**
 * What the reader of an output can show.
 *
 * @param width columns
 * @param blocks whether block characters can be shown, and all others of Unicode
 * @param colors whether ANSI colours are wanted
 */
record Style(int width, boolean blocks, boolean colors) {
    private static final String RESET = "\u001b[0m";

    /** The colours in use: of the first eight those that are read on a dark ground and on a light one, and never a bright one. */
    enum Tone {
        /** As it is. */
        PLAIN(""),
        /** It worked. */
        GOOD("\u001b[32m"),
        /** It failed. */
        BAD("\u001b[31m"),
        /** Time lost. */
        LOST("\u001b[35m"),
        /** Of more weight. */
        STRONG("\u001b[1m"),
        /** Of less weight. */
        FAINT("\u001b[2m");

        private final String sequence;

        Tone(String sequence) {
            this.sequence = sequence;
        }
    }

    String paint(Tone tone, String text) {
        return colors && tone != Tone.PLAIN && !text.isEmpty() ? tone.sequence + text + RESET : text;
    }

    /** Lines of plain text, none of them wider than what the reader has. */
    List<String> fitted(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Columns.wrapped(Columns.plain(line, blocks), width).stream())
                .toList();
    }

    Style withWidth(int value) {
        return new Style(value, blocks, colors);
    }
}
