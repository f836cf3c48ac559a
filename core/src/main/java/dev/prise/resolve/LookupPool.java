package dev.prise.resolve;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of daemon threads for blocking lookups. Threads come with demand and go when they have been idle for a while; work
 * that no thread has taken up yet can be taken back.
 */
final class LookupPool {
    private static final long IDLE_MILLIS = 10_000;

    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final int maxThreads;
    private final int maxQueued;
    private int threads;
    private int idle;
    private int threadsMade;

    LookupPool(int maxThreads, int maxQueued) {
        this.maxThreads = maxThreads;
        this.maxQueued = maxQueued;
    }

    /** Has something run; false when the queue is full. */
    synchronized boolean execute(Runnable work) {
        if (queue.size() >= maxQueued) {
            return false;
        }
        queue.add(work);
        if (idle >= queue.size()) {
            notify();
        } else if (threads < maxThreads) {
            try {
                startThread();
            } catch (OutOfMemoryError e) {
                // no thread is to be had: one of those there are will come to it, if there are any
                if (threads == 0) {
                    queue.remove(work);
                    return false;
                }
            }
        }
        return true;
    }

    private void startThread() {
        Thread thread = new Thread(null, this::run, "prise-lookup-" + ++threadsMade, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        // counted after the start, which may fail for want of memory
        thread.start();
        threads++;
    }

    /** Takes work back that no thread has taken up. */
    synchronized void remove(Runnable work) {
        queue.remove(work);
    }

    private void run() {
        Runnable work = take();
        while (work != null) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // a fault in who is told must not cost the pool a thread
                tell(e);
            }
            work = take();
        }
    }

    /** Tells the thread's handler of uncaught exceptions, and never throws. */
    static void tell(Throwable fault) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        } catch (RuntimeException | Error e) {
            // a handler that fails itself has nobody to be told to
        }
    }

    /** The next work; null when the thread is to end. */
    private synchronized @Nullable Runnable take() {
        long idleSince = System.nanoTime();
        while (queue.isEmpty()) {
            long left = IDLE_MILLIS - (System.nanoTime() - idleSince) / 1_000_000;
            if (left <= 0) {
                threads--;
                return null;
            }
            idle++;
            try {
                wait(left);
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt these threads: round again
            } finally {
                idle--;
            }
        }
        return queue.remove();
    }
}
