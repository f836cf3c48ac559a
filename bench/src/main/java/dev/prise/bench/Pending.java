package dev.prise.bench;

import dev.prise.DialFailure;
import dev.prise.DialResult;
import dev.prise.Dialer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/** Many dials pending at once on an address that does not answer: threads, heap, and whether all end by their deadline. */
public final class Pending {
    private static final int DIALS = 10_000;
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int MOST_HEAP_PER_DIAL = 8 << 10;
    private static final int MOST_THREADS = 4;
    private static final Duration MOST_LATENESS = Duration.ofMillis(100);

    private final Dialer dialer = Dialer.builder().deadline(DEADLINE).build();
    private final AtomicInteger timedOut = new AtomicInteger();
    private final LongAccumulator mostNanos = new LongAccumulator(Math::max, 0);
    private final LongAccumulator mostTracedNanos = new LongAccumulator(Math::max, 0);
    private final LongAccumulator leastNanos = new LongAccumulator(Math::min, Long.MAX_VALUE);

    private Pending() {}

    /** Runs it; exit status 1 when a goal is missed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(new Pending().run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        long heapBefore = heapUsed();
        try (Hole hole = new Hole(Names.loopback(9), 0)) {
            List<CompletableFuture<?>> ends = new ArrayList<>(DIALS);
            long begin = System.nanoTime();
            for (int i = 0; i < DIALS; i++) {
                ends.add(dial(hole.port()));
            }
            long submittedNanos = System.nanoTime() - begin;
            boolean open = awaitOpen();
            long heap = heapUsed();
            long ours = Resources.threads("prise-");
            long all = Resources.threads("");
            long descriptors = Resources.descriptors();
            long done = ends.stream().filter(CompletableFuture::isDone).count();
            long measuredNanos = System.nanoTime() - begin;
            boolean ended = awaitAll(ends);

            System.out.printf("%d dials begun in %d ms%n", DIALS, millis(submittedNanos));
            System.out.printf(
                    "after %d ms: %d pending, %d descriptors open, %d threads of ours, %d of the process%n",
                    millis(measuredNanos), DIALS - done, descriptors, ours, all);
            long heapPerDial = (heap - heapBefore) / DIALS;
            System.out.printf(
                    "heap in use %.1f MiB, %.1f MiB before the dials: %d bytes for each, its socket included%n",
                    mebi(heap), mebi(heapBefore), heapPerDial);
            System.out.printf(
                    "%d ended by their deadline of %d ms: the first after %d ms, the last after %d ms (%d ms by its trace)%n",
                    timedOut.get(),
                    DEADLINE.toMillis(),
                    millis(leastNanos.get()),
                    millis(mostNanos.get()),
                    millis(mostTracedNanos.get()));
            return open
                    && ended
                    && done == 0
                    && timedOut.get() == DIALS
                    && ours <= MOST_THREADS
                    && heapPerDial < MOST_HEAP_PER_DIAL
                    && leastNanos.get() >= DEADLINE.toNanos()
                    && mostNanos.get() <= DEADLINE.plus(MOST_LATENESS).toNanos();
        }
    }

    private CompletableFuture<?> dial(int port) {
        long begin = System.nanoTime();
        return dialer.dialAsync("127.0.0.9", port).handle((result, failure) -> end(begin, result, failure));
    }

    private boolean end(long begin, DialResult result, Throwable failure) {
        long nanos = System.nanoTime() - begin;
        mostNanos.accumulate(nanos);
        leastNanos.accumulate(nanos);
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof SocketTimeoutException && cause instanceof DialFailure timeout) {
            timedOut.incrementAndGet();
            mostTracedNanos.accumulate(timeout.trace().elapsedNanos());
        } else {
            System.out.println("not out of time: " + (failure == null ? result : failure));
        }
        return true;
    }

    /** Waits until each dial has its socket. */
    private static boolean awaitOpen() throws InterruptedException {
        return Resources.await(() -> Resources.descriptors() >= DIALS, DEADLINE.dividedBy(2));
    }

    private static boolean awaitAll(List<CompletableFuture<?>> ends) throws InterruptedException {
        try {
            CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
                    .get(DEADLINE.toMillis() * 3, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            System.out.println("not all have ended: " + e);
            return false;
        }
    }

    private static long heapUsed() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static double mebi(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
