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
record Screen(Consumer<String> writer, Supplier<Terminal.@Nullable Size> sizeNow, Style style) {}
