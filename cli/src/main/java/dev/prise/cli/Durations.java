package dev.prise.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as one writes them on a command line. */
final class Durations {
    private static final String[] UNITS = {"h", "m", "s", "ms"};
    private static final long[] MILLIS = {3_600_000, 60_000, 1_000, 1};
    /** Enough for anybody, and far from any overflow. */
    private static final long MAX_MILLIS = 1_000L * 3_600_000;

    private Durations() {}

    /**
     * Reads {@code 30s}, {@code 500ms}, {@code 1m30s}, {@code 2h}, or a plain number of seconds; null when it is none of these or more
     * than 1000 hours. Units go from the longest to the shortest.
     */
    static @Nullable Duration parse(String text) {
        long total = 0;
        int nextUnit = 0;
        int at = 0;
        do {
            int end = at;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            if (end == at || end - at > 12) {
                return null;
            }
            long number = Long.parseLong(text, at, end, 10);
            int unitEnd = end;
            while (unitEnd < text.length() && !isDigit(text.charAt(unitEnd))) {
                unitEnd++;
            }
            String unit = text.substring(end, unitEnd);
            int index = unit.isEmpty() && at == 0 ? 2 : indexOf(unit, nextUnit);
            if (index < 0 || number > MAX_MILLIS / MILLIS[index]) {
                return null;
            }
            total += number * MILLIS[index];
            nextUnit = index + 1;
            at = unitEnd;
        } while (at < text.length());
        return total > MAX_MILLIS ? null : Duration.ofMillis(total);
    }

    private static int indexOf(String unit, int from) {
        for (int i = from; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
