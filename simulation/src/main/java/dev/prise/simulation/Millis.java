package dev.prise.simulation;

import java.util.Locale;

/** Times for people. */
final class Millis {
    static final long MILLI = 1_000_000L;

    private Millis() {}

    static String text(long nanos) {
        return nanos == Long.MAX_VALUE ? "never" : String.format(Locale.ROOT, "%.6f ms", nanos / 1e6);
    }
}
