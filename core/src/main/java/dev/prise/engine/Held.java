package dev.prise.engine;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that the system is asked for, once a second at most: a dial takes what another one has just asked for. Thread-safe; two threads
 * that come at once may both ask.
 */
final class Held<T extends @Nullable Object> {
    /** How long all that is asked of the system holds. */
    static final long NANOS = 1_000_000_000L;

    private final Supplier<T> source;
    private final LongSupplier nanoClock;
    private volatile @Nullable Answer<T> last;

    private record Answer<T extends @Nullable Object>(T value, long atNanos) {}

    /**
     * Nothing yet.
     *
     * @param source asks the system; what it throws is not held
     */
    Held(Supplier<T> source) {
        this(source, System::nanoTime);
    }

    /** The same with another clock. */
    Held(Supplier<T> source, LongSupplier nanoClock) {
        this.source = source;
        this.nanoClock = nanoClock;
    }

    /** As it is now, or was a second ago at most. */
    T now() {
        Answer<T> answer = last;
        long now = nanoClock.getAsLong();
        if (answer == null || now - answer.atNanos > NANOS) {
            answer = new Answer<>(source.get(), now);
            last = answer;
        }
        return answer.value;
    }
}
