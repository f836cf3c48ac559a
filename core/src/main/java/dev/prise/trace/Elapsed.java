package dev.prise.trace;

/** Lengths of time for people; by hand, since a formatter takes longer than all the rest of a sentence. */
public final class Elapsed {
    private Elapsed() {}

    /**
     * {@code 0.3 ms}, {@code 250 ms}, {@code 2.0 s}, {@code 125 s}.
     *
     * @param nanos nanoseconds, not negative
     */
    public static String text(long nanos) {
        if (nanos < 99_950_000L) {
            return tenths((nanos + 50_000) / 100_000) + " ms";
        }
        if (nanos < 999_500_000L) {
            return (nanos + 500_000) / 1_000_000 + " ms";
        }
        if (nanos < 99_950_000_000L) {
            return tenths((nanos + 50_000_000) / 100_000_000) + " s";
        }
        // halves are rounded up without an overflow near the end of the range
        return (nanos / 1_000_000_000 + (nanos % 1_000_000_000 >= 500_000_000 ? 1 : 0)) + " s";
    }

    private static String tenths(long count) {
        return count / 10 + "." + count % 10;
    }
}
