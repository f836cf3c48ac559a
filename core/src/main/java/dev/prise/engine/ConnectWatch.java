package dev.prise.engine;

import dev.prise.telemetry.Faults;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Closes what is connected by a blocking call when its time is over. A connect without a limit of its own takes six system calls less than one
 * with, so where many dials are made it is worth one thread that looks after all of them.
 *
 * <p>That thread sleeps until the earliest deadline among those it has seen, not for each dial, so that a dial which ends in time wakes nobody;
 * it ends when it has had nothing to look after for a while. Thread-safe; to begin and to end a watch take a lock of a few threads for a moment.
 */
final class ConnectWatch {
    private static final int STRIPES = 16;
    private static final long MOST_SLEPT_NANOS = 60_000_000_000L;
    private static final long IDLE_NANOS = 10_000_000_000L;

    private static final long AFTER_FAULT_NANOS = 10_000_000L;

    /** In place of a deadline: there is none. So far away that no deadline is. */
    private static final long NONE = Long.MAX_VALUE;

    private static final ConnectWatch SHARED = new ConnectWatch(MOST_SLEPT_NANOS, IDLE_NANOS);

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final long mostSleptNanos;
    private final long idleNanos;

    /** Who looks after them, null when nobody does. */
    private volatile @Nullable Thread keeper;

    /** Until when the keeper sleeps at most, as a reading of {@link System#nanoTime}; lowered under the lock of this. */
    private volatile long wakesAtNanoTime;

    /** Some of what is watched. */
    private static final class Stripe {
        /** Before the first. */
        final Watched head = new Watched(this, null, 0);

        /** Closes what is over; how long it is to the earliest deadline of the others, {@link #NONE} when there is none. Allocates nothing. */
        long look(long nowNanoTime) {
            long earliest = NONE;
            Watched over = null;
            synchronized (this) {
                for (Watched each = head.next; each != null; each = each.next) {
                    if (each.deadlineNanoTime - nowNanoTime <= 0) {
                        each.unlink();
                        each.isOver = true;
                        each.nextOver = over;
                        over = each;
                    } else {
                        earliest = Math.min(earliest, each.deadlineNanoTime - nowNanoTime);
                    }
                }
            }
            for (Watched each = over; each != null; each = each.nextOver) {
                each.close();
            }
            return earliest;
        }
    }

    /** Something that is closed when its time is over, unless its watch ends before. */
    static final class Watched {
        private final Stripe stripe;
        private final @Nullable Closeable closeable;
        private final long deadlineNanoTime;
        private @Nullable Watched previous;
        private @Nullable Watched next;
        private @Nullable Watched nextOver;
        private boolean isOver;

        private Watched(Stripe stripe, @Nullable Closeable closeable, long deadlineNanoTime) {
            this.stripe = stripe;
            this.closeable = closeable;
            this.deadlineNanoTime = deadlineNanoTime;
        }

        /** Ends the watch; whether its time was over, so that it has been closed or is about to be. */
        boolean end() {
            synchronized (stripe) {
                if (!isOver) {
                    unlink();
                }
                return isOver;
            }
        }

        private void linkAfter(Watched before) {
            previous = before;
            next = before.next;
            if (next != null) {
                next.previous = this;
            }
            before.next = this;
        }

        private void unlink() {
            if (previous != null) {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
        }

        private void close() {
            try {
                if (closeable != null) {
                    closeable.close();
                }
            } catch (IOException e) {
                // it is gone either way
                return;
            } catch (RuntimeException | Error e) {
                tell(e);
            }
        }
    }

    /**
     * A watch of nothing.
     *
     * @param mostSleptNanos how long the thread sleeps at most before it looks again
     * @param idleNanos how long it stays when there is nothing to look after
     */
    ConnectWatch(long mostSleptNanos, long idleNanos) {
        this.mostSleptNanos = mostSleptNanos;
        this.idleNanos = idleNanos;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** That of all dials of the process. */
    static ConnectWatch shared() {
        return SHARED;
    }

    /**
     * Begins to watch.
     *
     * @param deadlineNanoTime when to close it, as a reading of {@link System#nanoTime}
     * @throws OutOfMemoryError when no thread is to be had; nothing is watched then
     */
    Watched begin(Closeable closeable, long deadlineNanoTime) {
        Stripe stripe = stripes[(int) Thread.currentThread().getId() & (STRIPES - 1)];
        Watched watched = new Watched(stripe, closeable, deadlineNanoTime);
        synchronized (stripe) {
            watched.linkAfter(stripe.head);
        }
        // the keeper publishes when it wakes before it looks, so it has either seen this one, or is seen not to wake in
        // time
        if (keeper == null || deadlineNanoTime - wakesAtNanoTime < 0) {
            try {
                wake(deadlineNanoTime);
            } catch (Throwable e) {
                watched.end();
                throw e;
            }
        }
        return watched;
    }

    private synchronized void wake(long byNanoTime) {
        Thread known = keeper;
        if (known != null) {
            if (byNanoTime - wakesAtNanoTime < 0) {
                wakesAtNanoTime = byNanoTime;
                LockSupport.unpark(known);
            }
            return;
        }
        Thread thread = new Thread(null, this::keep, "prise-watch", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        wakesAtNanoTime = byNanoTime;
        thread.start();
        keeper = thread;
    }

    private void keep() {
        try {
            keepWatch();
        } finally {
            stepDown();
        }
    }

    private synchronized void stepDown() {
        if (keeper == Thread.currentThread()) {
            keeper = null;
        }
    }

    private void keepWatch() {
        boolean goesOn = true;
        boolean idle = false;
        while (goesOn) {
            try {
                long now = System.nanoTime();
                wakeAt(now + mostSleptNanos);
                long earliest = look(now);
                if (earliest == NONE && idle) {
                    goesOn = staysAfterAll();
                } else {
                    idle = earliest == NONE;
                    sleep(now + Math.min(mostSleptNanos, idle ? idleNanos : earliest));
                }
            } catch (RuntimeException | Error e) {
                // those that are watched have nobody else; the cause, such as a want of memory, may pass
                tell(e);
                LockSupport.parkNanos(this, AFTER_FAULT_NANOS);
            }
        }
    }

    /** Where there is no memory, telling may fail as well. */
    private static void tell(Throwable fault) {
        try {
            Faults.tell(fault);
        } catch (RuntimeException | Error e) {
            return;
        }
    }

    private synchronized void wakeAt(long nanoTime) {
        wakesAtNanoTime = nanoTime;
    }

    /** How long it is to the earliest deadline, {@link #NONE} when there is none. */
    private long look(long nowNanoTime) {
        long earliest = NONE;
        for (Stripe stripe : stripes) {
            earliest = Math.min(earliest, stripe.look(nowNanoTime));
        }
        return earliest;
    }

    /** Steps down, and looks once more: what has come before that would have nobody. */
    private boolean staysAfterAll() {
        stepDown();
        if (look(System.nanoTime()) == NONE) {
            return false;
        }
        synchronized (this) {
            boolean isReplaced = keeper != null;
            if (!isReplaced) {
                keeper = Thread.currentThread();
            }
            return !isReplaced;
        }
    }

    /** Until then, or until somebody wants to be looked after sooner. */
    private void sleep(long untilNanoTime) {
        synchronized (this) {
            if (untilNanoTime - wakesAtNanoTime < 0) {
                wakesAtNanoTime = untilNanoTime;
            }
        }
        long nanos = wakesAtNanoTime - System.nanoTime();
        if (nanos > 0) {
            LockSupport.parkNanos(this, nanos);
            // an interruption means nothing here, and would keep the thread awake
            Thread.interrupted();
        }
    }

    /** Whether a thread looks after something now. */
    boolean isKept() {
        return keeper != null;
    }
}
