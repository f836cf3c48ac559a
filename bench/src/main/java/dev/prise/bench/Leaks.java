package dev.prise.bench;

import dev.prise.DialResult;
import dev.prise.Dialer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many dials in one process, half of which lose races, fail or are stopped: afterwards as many descriptors are open and as many threads
 * alive as before.
 */
public final class Leaks {
    private static final int DIALS = 100_000;
    private static final int WARM_UP_DIALS = 2000;
    private static final int AT_ONCE = 64;
    private static final int BLOCKING_THREADS = 16;

    /** More than the ten seconds for which the loop's thread waits for work. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final InetAddress GOOD = Names.loopback(1);
    private static final InetAddress ALSO_GOOD = Names.loopback(2);
    private static final InetAddress REFUSING = Names.loopback(3);
    private static final InetAddress SILENT = Names.loopback(9);

    private static final Names NAMES = new Names(Map.of(
            "both.example", List.of(GOOD, ALSO_GOOD),
            "refusing-first.example", List.of(REFUSING, GOOD),
            "silent-first.example", List.of(SILENT, GOOD),
            "refusing.example", List.of(REFUSING, Names.loopback(4)),
            "silent.example", List.of(SILENT)));

    /** What happens to a dial; the weights are those of a hundred dials. */
    private enum Kind {
        WINS(50, "both.example"),
        SECOND_AFTER_FAILURE(10, "refusing-first.example"),
        SECOND_AFTER_SILENCE(10, "silent-first.example"),
        REFUSED(10, "refusing.example"),
        OUT_OF_TIME(5, "silent.example"),
        CANCELLED(5, "silent.example"),
        CANCELLED_AT_ONCE(5, "both.example"),
        UNKNOWN_NAME(5, "nosuchhost.example");

        final int weight;
        final String host;

        Kind(int weight, String host) {
            this.weight = weight;
            this.host = host;
        }

        /** Spreads the kinds evenly: seven and a hundred have no common factor. */
        static Kind of(int dial) {
            int place = dial * 7 % 100;
            for (Kind kind : values()) {
                place -= kind.weight;
                if (place < 0) {
                    return kind;
                }
            }
            throw new AssertionError("the weights are not a hundred");
        }
    }

    private final int port;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();

    /** A reset at the end leaves no connection in TIME_WAIT. */
    private final Dialer dialer = Dialer.builder()
            .resolver(NAMES)
            .unsafeAttemptDelay(Duration.ofMillis(10))
            .option(StandardSocketOptions.SO_LINGER, 0)
            .build();

    private final Dialer hasty =
            dialer.toBuilder().deadline(Duration.ofMillis(5)).build();

    private Leaks(int port) {
        this.port = port;
    }

    /** Runs it; exit status 1 when anything is left over. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (Acceptor good = new Acceptor(GOOD, 0);
                Acceptor alsoGood = new Acceptor(ALSO_GOOD, good.port());
                Hole silent = new Hole(SILENT, good.port())) {
            requireFree(good.port());
            new Leaks(silent.port()).run(WARM_UP_DIALS);
            boolean quiet = awaitQuiet();
            long descriptors = Resources.descriptors();
            long threads = Resources.threadsBesideCommonPool();
            System.out.printf(
                    "before: %d descriptors, %d threads (after %d dials to load all classes)%n",
                    descriptors, threads, WARM_UP_DIALS);

            Leaks run = new Leaks(alsoGood.port());
            long begin = System.nanoTime();
            run.run(DIALS);
            System.out.printf(
                    "%d dials in %d s: %s%n",
                    DIALS, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin), new TreeMap<>(run.ends));

            quiet &= awaitQuiet();
            boolean same = Resources.await(
                    () -> Resources.descriptors() == descriptors && Resources.threadsBesideCommonPool() == threads,
                    PATIENCE);
            System.out.printf(
                    "after:  %d descriptors, %d threads%n",
                    Resources.descriptors(), Resources.threadsBesideCommonPool());
            System.exit(quiet && same ? 0 : 1);
        }
    }

    /** Nobody else may listen where we want to be refused. */
    private static void requireFree(int port) throws IOException {
        for (InetAddress address : List.of(REFUSING, Names.loopback(4))) {
            new ServerSocket(port, 1, address).close();
        }
    }

    private static boolean awaitQuiet() {
        return Resources.await(() -> Resources.threads("prise-") == 0, PATIENCE);
    }

    /** Every other dial blocks a thread; what only a future can do is left to those that do not. */
    private void run(int dials) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(BLOCKING_THREADS)) {
            for (int i = 0; i < dials; i++) {
                Kind kind = Kind.of(i);
                boolean blocks = i / 100 % 2 == 0 && kind != Kind.CANCELLED && kind != Kind.CANCELLED_AT_ONCE;
                room.acquire();
                if (blocks) {
                    threads.execute(() -> block(kind));
                } else {
                    begin(kind);
                }
            }
        }
        room.acquire(AT_ONCE);
    }

    private Dialer dialer(Kind kind) {
        return kind == Kind.OUT_OF_TIME ? hasty : dialer;
    }

    private void block(Kind kind) {
        try (DialResult result = dialer(kind).dial(kind.host, port)) {
            count(kind, "connected by attempt " + result.trace().attempts().size());
        } catch (IOException e) {
            count(kind, e.getClass().getSimpleName());
        } finally {
            room.release();
        }
    }

    private void begin(Kind kind) {
        CompletableFuture<DialResult> future = dialer(kind).dialAsync(kind.host, port);
        var _ = future.handle((result, failure) -> end(kind, result, failure))
                .whenComplete((ended, fault) -> room.release());
        if (kind == Kind.CANCELLED_AT_ONCE) {
            future.cancel(true);
        } else if (kind == Kind.CANCELLED) {
            CompletableFuture.delayedExecutor(3, TimeUnit.MILLISECONDS).execute(() -> future.cancel(true));
        }
    }

    private boolean end(Kind kind, DialResult result, Throwable failure) {
        if (failure != null) {
            count(
                    kind,
                    failure instanceof CancellationException
                            ? "cancelled"
                            : failure.getClass().getSimpleName());
            return false;
        }
        try (result) {
            count(kind, "connected by attempt " + result.trace().attempts().size());
            return true;
        } catch (IOException e) {
            count(kind, e.toString());
            return false;
        }
    }

    private void count(Kind kind, String end) {
        ends.computeIfAbsent(kind + " " + end, key -> new AtomicInteger()).incrementAndGet();
    }
}
