package dev.prise.bench.report;

import java.util.stream.DoubleStream;

/**
 * Where the values of many rounds lie.
 *
 * @param lower a quarter of the values is less
 * @param median half of the values is less
 * @param upper a quarter of the values is greater
 */
public record Spread(double lower, double median, double upper) {
    /** Of at least one value; between two neighbours it is interpolated. */
    public static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        return new Spread(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    private static double at(double[] sorted, double fraction) {
        double place = fraction * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
