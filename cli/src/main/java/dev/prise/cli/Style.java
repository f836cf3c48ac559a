package dev.prise.cli;

/**
 * What the reader of an output can show.
 *
 * @param width columns
 * @param blocks whether block characters can be shown
 * @param colors whether ANSI colours are wanted
 */
record Style(int width, boolean blocks, boolean colors) {
    private static final String RESET = "\u001b[0m";

    /** The colours in use. */
    enum Tone {
        /** As it is. */
        PLAIN(""),
        /** It worked. */
        GOOD("\u001b[32m"),
        /** It failed. */
        BAD("\u001b[31m"),
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
}
