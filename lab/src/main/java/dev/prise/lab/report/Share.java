package dev.prise.lab.report;

import java.util.Collection;
import java.util.function.Predicate;

/**
 * In how many runs something was so.
 *
 * @param yes in so many
 * @param all of so many
 */
record Share(int yes, int all) {
    static <T> Share of(Collection<T> runs, Predicate<T> so) {
        return new Share((int) runs.stream().filter(so).count(), runs.size());
    }

    /** {@code yes}, {@code no}, how many where runs disagree, a dash where there are none. */
    String text() {
        if (all == 0) {
            return Table.NOTHING;
        }
        return yes == all ? "yes" : yes == 0 ? "no" : "in " + yes + " of " + all;
    }
}
