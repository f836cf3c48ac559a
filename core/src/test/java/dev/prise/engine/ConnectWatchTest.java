package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is over is closed, by one thread that ends when there is nothing left. */
@Timeout(60)
class ConnectWatchTest {
    private static final long FAR = TimeUnit.HOURS.toNanos(1);

    private final ConnectWatch watch =
            new ConnectWatch(TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.MILLISECONDS.toNanos(20));

    /** Tells when it is closed. */
    private record Told(String name, BlockingQueue<String> closed) implements Closeable {
        @Override
        public void close() {
            assertThat(Thread.currentThread().getName()).isEqualTo("prise-watch");
            closed.add(name);
        }
    }

    private static long in(long nanos) {
        return System.nanoTime() + nanos;
    }

    private void awaitNobody() {
        awaitThat(() -> !watch.isKept());
    }

    /** The interruption of a test that takes too long ends it. */
    static void awaitThat(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    @DisplayName("closed at its deadline, not before, and its end says so; the thread ends when nothing is left")
    void over() throws Exception {
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        long deadline = in(20_000_000);
        ConnectWatch.Watched watched = watch.begin(new Told("a", closed), deadline);
        assertThat(closed.take()).isEqualTo("a");
        assertThat(System.nanoTime() - deadline).isNotNegative();
        assertThat(watched.end()).isTrue();
        awaitNobody();
    }

    @Test
    @DisplayName("what ends in time is left alone")
    void inTime() throws Exception {
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        ConnectWatch.Watched first = watch.begin(new Told("first", closed), in(FAR));
        ConnectWatch.Watched second = watch.begin(new Told("second", closed), in(FAR));
        ConnectWatch.Watched third = watch.begin(new Told("third", closed), in(FAR));
        assertThat(second.end()).isFalse();
        assertThat(first.end()).isFalse();
        assertThat(third.end()).isFalse();
        awaitNobody();
        assertThat(closed).isEmpty();
        // and another thread comes for the next
        watch.begin(new Told("next", closed), in(0));
        assertThat(closed.take()).isEqualTo("next");
    }

    @Test
    @DisplayName("a nearer deadline wakes the thread that sleeps until a far one")
    void nearer() throws Exception {
        ConnectWatch sleepy = new ConnectWatch(FAR, FAR);
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        ConnectWatch.Watched far = sleepy.begin(new Told("far", closed), in(FAR));
        sleepy.begin(new Told("near", closed), in(20_000_000));
        assertThat(closed.take()).isEqualTo("near");
        sleepy.begin(new Told("now", closed), in(-1));
        assertThat(closed.take()).isEqualTo("now");
        assertThat(far.end()).isFalse();
    }

    @Test
    @DisplayName("the thread takes no notice of an interruption: it sleeps on")
    void interruption() throws Exception {
        ConnectWatch sleepy = new ConnectWatch(FAR, FAR);
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        CompletableFuture<Thread> told = new CompletableFuture<>();
        sleepy.begin(new Told("far", closed), in(FAR));
        sleepy.begin(() -> told.complete(Thread.currentThread()), in(0));
        Thread keeper = told.get();
        keeper.interrupt();
        awaitThat(() -> !keeper.isInterrupted() && keeper.getState() == Thread.State.TIMED_WAITING);
        sleepy.begin(new Told("after", closed), in(0));
        assertThat(closed.take()).isEqualTo("after");
        assertThat(keeper.getContextClassLoader()).isEqualTo(ClassLoader.getSystemClassLoader());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("what throws when it is closed harms no other")
    void throwing(boolean error) throws Exception {
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        CountDownLatch told = new CountDownLatch(1);
        watch.begin(
                () -> {
                    told.countDown();
                    if (error) {
                        throw new LinkageError("broken");
                    }
                    throw new IOException("gone");
                },
                in(10_000_000));
        told.await();
        watch.begin(new Told("after", closed), in(10_000_000));
        assertThat(closed.take()).isEqualTo("after");
    }

    @Test
    @DisplayName(
            "eight threads at once, while the keeper comes and goes: each deadline that passes closes its own, and nothing else")
    void manyThreads() throws Exception {
        int threads = 8;
        int each = 2_000;
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        List<CompletableFuture<Integer>> counts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            CompletableFuture<Integer> count = new CompletableFuture<>();
            counts.add(count);
            Thread thread = new Thread(() -> {
                int over = 0;
                for (int i = 0; i < each; i++) {
                    // one of four is over at once, perhaps before its end
                    Told told = new Told("x", closed);
                    over += watch.begin(told, in(i % 4 == 0 ? 0 : FAR)).end() ? 1 : 0;
                }
                count.complete(over);
            });
            thread.start();
        }
        int over = 0;
        for (CompletableFuture<Integer> count : counts) {
            over += count.get();
        }
        for (int i = 0; i < over; i++) {
            closed.take();
        }
        awaitNobody();
        assertThat(closed).isEmpty();
        assertThat(over).isLessThanOrEqualTo(threads * each / 4);
    }
}
