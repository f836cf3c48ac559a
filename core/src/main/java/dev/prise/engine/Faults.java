package dev.prise.engine;

/** Where the faults of other people's code go that must not disturb a dial: a listener's, a resolver's, a completion's. */
final class Faults {
    private Faults() {}

    /** Tells the thread's handler of uncaught exceptions, and never throws. */
    static void tell(Throwable fault) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        } catch (RuntimeException | Error e) {
            // a handler that fails itself has nobody to be told to, as for a thread that ends
        }
    }
}
