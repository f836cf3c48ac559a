package dev.prise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who connects: this thread alone, or eight at once. */
enum ConnectThreads {
    /** One after the other. */
    SEQUENTIAL("one after the other", 1),
    /** Eight threads of the system. */
    PLATFORM("8 platform threads", 8),
    /** Eight virtual threads; a C program has eight of the system instead. */
    VIRTUAL("8 virtual threads", 8);

    private final String title;
    private final int count;

    ConnectThreads(String title, int count) {
        this.title = title;
        this.count = count;
    }

    /** In words. */
    String title() {
        return title;
    }

    /** How many. */
    int count() {
        return count;
    }

    /** Has each connect so many times, and answers how many a second all of them made. */
    double rate(ConnectWay.Connect way, int each) throws Exception {
        long nanos = switch (this) {
            case SEQUENTIAL -> alone(way, each);
            case PLATFORM -> together(Thread.ofPlatform(), way, each);
            case VIRTUAL -> together(Thread.ofVirtual(), way, each);
        };
        return (double) count * each * 1e9 / nanos;
    }

    private static long alone(ConnectWay.Connect way, int each) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < each; i++) {
            way.once();
        }
        return System.nanoTime() - begin;
    }

    private long together(Thread.Builder from, ConnectWay.Connect way, int each) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(from.start(() -> {
                try {
                    start.await();
                    alone(way, each);
                } catch (Exception e) {
                    failure.set(e);
                }
            }));
        }
        long begin = System.nanoTime();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        long nanos = System.nanoTime() - begin;
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return nanos;
    }
}
