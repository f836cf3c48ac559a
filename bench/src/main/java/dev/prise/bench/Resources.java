package dev.prise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What this process holds. */
final class Resources {
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private Resources() {}

    /** How many descriptors are open, the one for looking included. */
    static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException("needs Linux's /proc", e);
        }
    }

    /** How many platform threads have a name that begins so. */
    static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    /** How many platform threads there are beside those of the common pool, which are the Java library's and come and go. */
    static long threadsBesideCommonPool() {
        return threads("") - threads("ForkJoinPool.commonPool");
    }

    /** Waits until something holds; false when it does not within the time. */
    static boolean await(BooleanSupplier condition, Duration most) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > most.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }
}
