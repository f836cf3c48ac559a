package dev.prise.lab.report;

import java.util.Locale;

/** Milliseconds as text. */
final class Times {
    private static final double EXACT_BELOW = 100;

    private Times() {}

    /** One decimal below 100, none above. */
    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < EXACT_BELOW ? "%.1f" : "%.0f", millis);
    }

    /** From 1 s on in seconds, with the unit. */
    static String withUnit(double millis) {
        return millis < 1000 ? millis(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }

    /** How many, the smallest, the middle and the greatest of them. */
    static String spread(Sample sample) {
        return sample.isEmpty()
                ? "not measured"
                : String.format(
                        Locale.ROOT,
                        "%d %s, %.1f / %.1f / %.1f ms",
                        sample.count(),
                        sample.count() == 1 ? "run" : "runs",
                        sample.min(),
                        sample.median(),
                        sample.max());
    }
}
