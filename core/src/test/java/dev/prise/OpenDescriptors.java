package dev.prise;

import java.io.File;
import java.util.concurrent.locks.LockSupport;

/** Counts the open file descriptors of this process, where the system tells them. */
final class OpenDescriptors {
    private OpenDescriptors() {}

    /** The count; -1 where the system does not tell it, which is said. */
    static long count() {
        String[] names = new File("/proc/self/fd").list();
        if (names == null) {
            System.out.println("Left out: counting descriptors, because this system does not tell them");
            return -1;
        }
        return names.length;
    }

    /** Waits until no more are open than before; closing on other threads may take a moment. */
    static void await(long before) {
        long giveUpAt = System.nanoTime() + 20_000_000_000L;
        long now = count();
        while (now > before) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new AssertionError(now + " descriptors are open, " + before + " were");
            }
            LockSupport.parkNanos(1_000_000);
            now = count();
        }
    }
}
