package dev.prise.simulation;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongToIntFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs many dials at once. */
final class AllProcessors {
    private AllProcessors() {}

    /**
     * The sum of what the function gives for 0 to the count, exclusively.
     *
     * @throws AssertionError the first that the function has thrown; the rest is then left out
     */
    static long sum(long count, LongToIntFunction function) {
        // a stream would throw a copy, without the message
        AtomicReference<@Nullable AssertionError> failure = new AtomicReference<>();
        long sum = LongStream.range(0, count)
                .parallel()
                .map(i -> {
                    if (failure.get() != null) {
                        return 0;
                    }
                    try {
                        return function.applyAsInt(i);
                    } catch (AssertionError e) {
                        failure.compareAndSet(null, e);
                        return 0;
                    }
                })
                .sum();
        AssertionError first = failure.get();
        if (first != null) {
            throw first;
        }
        return sum;
    }
}
