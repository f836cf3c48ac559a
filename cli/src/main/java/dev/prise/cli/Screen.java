package dev.prise.cli;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A terminal that can move its cursor, on which a picture may be drawn over the one before.
 *
 * @param writer writes text at once, escape sequences included; throws {@link OutputException} when it is not taken
 * @param sizeNow asks for the size of the window, which takes milliseconds; null when it cannot be told
 * @param style of all but the width
 */
record Screen(Consumer<String> writer, Supplier<Terminal.@Nullable Size> sizeNow, Style style) {
    private static final String CLIP = "\u001b[?7l";
    private static final String BREAK = "\u001b[?7h";

    /** So that lines too long for the window lose their ends and do not go on below, where nobody would clear them again. */
    static String clipped(String text) {
        return CLIP + text + BREAK;
    }
}
