package dev.prise.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The same again and again, by one thread or several. */
final class Repeat {
    private Repeat() {}

    /** What is repeated; for many threads. */
    @FunctionalInterface
    interface Once {
        /** Ends when it is done. */
        void once() throws IOException, InterruptedException;
    }

    /** How many a second this thread does. */
    static double rate(Once what, int count) throws Exception {
        return count * 1e9 / nanos(what, count);
    }

    /**
     * How many a second new threads do, all of them.
     *
     * @param builder makes the threads
     * @param threads how many
     * @param each how often each does it
     */
    static double rate(Thread.Builder builder, int threads, Once what, int each) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            started.add(builder.start(() -> {
                try {
                    start.await();
                    nanos(what, each);
                } catch (Exception e) {
                    failure.set(e);
                }
            }));
        }
        long begin = System.nanoTime();
        start.countDown();
        for (Thread thread : started) {
            thread.join();
        }
        long nanos = System.nanoTime() - begin;
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return (double) threads * each * 1e9 / nanos;
    }

    private static long nanos(Once what, int count) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            what.once();
        }
        return System.nanoTime() - begin;
    }
}
