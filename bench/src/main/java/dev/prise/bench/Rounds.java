package dev.prise.bench;

import java.util.Locale;

/** Our way and another in turns, as a process that measures does it: a line for each round with both values. */
final class Rounds {
    private static final int WARM_UP = 10;
    private static final int COUNTED = 15;

    private Rounds() {}

    /** One way. */
    @FunctionalInterface
    interface Side {
        /** Measures for a round. */
        double measure() throws Exception;
    }

    /** Measures and prints. */
    static void print(Side ours, Side rival) throws Exception {
        for (int round = -WARM_UP; round < COUNTED; round++) {
            // who is first changes, so that what one leaves behind falls on both
            boolean oursFirst = Math.floorMod(round, 2) == 0;
            double first = (oursFirst ? ours : rival).measure();
            double second = (oursFirst ? rival : ours).measure();
            if (round >= 0) {
                System.out.printf(Locale.ROOT, "%.1f %.1f%n", oursFirst ? first : second, oursFirst ? second : first);
            }
        }
    }
}
