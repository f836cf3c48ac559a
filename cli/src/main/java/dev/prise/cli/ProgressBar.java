package dev.prise.cli;

import java.util.function.Consumer;

/** A bar that says how far it is, written over and over on one line of the errors; nothing where they are no terminal. */
final class ProgressBar {
    private static final long BETWEEN_NANOS = 100_000_000L;
    private static final int MOST_BAR = 40;
    private static final String START_AND_ERASE = "\r\u001b[K";

    private final Style style;
    private final boolean shown;
    private final int whole;
    private final Consumer<? super String> out;
    private boolean onScreen;
    private long lastNanoTime = System.nanoTime() - BETWEEN_NANOS;

    /** One that is not on the screen yet; {@code out} takes text as it is. */
    ProgressBar(Style style, boolean shown, int whole, Consumer<? super String> out) {
        this.style = style;
        this.shown = shown;
        this.whole = whole;
        this.out = out;
    }

    /** Ten times a second at most. */
    void show(int done, int failed) {
        long now = System.nanoTime();
        if (!shown || now - lastNanoTime < BETWEEN_NANOS) {
            return;
        }
        lastNanoTime = now;
        onScreen = true;
        out.accept(START_AND_ERASE + Screen.clipped(line(style, done, failed, whole)));
    }

    /** Takes it off the screen, so that something else can be written there. */
    void erase() {
        if (onScreen) {
            onScreen = false;
            out.accept(START_AND_ERASE);
        }
    }

    /** What stands on the line: narrower than a window of 40 columns or more. */
    static String line(Style style, int done, int failed, int whole) {
        String words = " " + done + " of " + whole + " checked" + (failed == 0 ? "" : ", " + failed + " not connected");
        int width = Math.min(MOST_BAR, style.width() - words.length() - 3);
        if (width < 4) {
            return words.strip();
        }
        int filled = (int) ((long) width * done / Math.max(1, whole));
        String full = style.blocks() ? "\u2588" : "#";
        String empty = style.blocks() ? "\u2591" : ".";
        return "[" + full.repeat(filled) + empty.repeat(width - filled) + "]" + words;
    }
}
