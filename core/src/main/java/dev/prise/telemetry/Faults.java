package dev.prise.telemetry;

import java.util.concurrent.atomic.AtomicLong;

/** Where the faults of other people's code go that must not disturb a dial: a listener's, a resolver's, a completion's. */
public final class Faults {
    private static final AtomicLong OF_LISTENERS = new AtomicLong();

    private Faults() {}

    /** Tells the thread's handler of uncaught exceptions, and never throws. */
    public static void tell(Throwable fault) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        } catch (RuntimeException | Error e) {
            // a handler that fails itself has nobody to be told to, as for a thread that ends
        }
    }

    /** The same for what a listener has thrown, which is counted as well. */
    public static void tellListeners(Throwable fault) {
        OF_LISTENERS.incrementAndGet();
        tell(fault);
    }

    /** How often listeners have thrown in this process. */
    public static long ofListeners() {
        return OF_LISTENERS.get();
    }
}
