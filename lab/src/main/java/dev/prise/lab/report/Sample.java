package dev.prise.lab.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that were measured.
 *
 * @param sorted the smallest first
 */
record Sample(List<Double> sorted) {
    /** Sorts them. */
    Sample {
        sorted = sorted.stream().sorted().toList();
    }

    /** A number of each of these, where it has one. */
    static <T> Sample of(Collection<T> all, Function<T, @Nullable Double> number) {
        List<Double> found = new ArrayList<>();
        for (T each : all) {
            Double one = number.apply(each);
            if (one != null) {
                found.add(one);
            }
        }
        return new Sample(found);
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }

    int count() {
        return sorted.size();
    }

    double min() {
        return sorted.getFirst();
    }

    double max() {
        return sorted.getLast();
    }

    /** The middle one, or half-way between the middle two. */
    double median() {
        if (isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        int half = count() / 2;
        return count() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Whether it scatters by more than a table may keep to itself: 5 ms, and a fifth of the median. */
    boolean isWide() {
        return max() - min() > Math.max(5, median() / 5);
    }
}
