package dev.prise.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The process that measures what two ways of connecting allocate in the calling thread: a line for each round with the bytes of one
 * connection of both.
 *
 * <p>Arguments: our way, the other way, the port, how many rounds count.
 */
final class AllocationPair {
    private static final int WARM_UP_ROUNDS = 2;
    static final int ROUNDS = 5;
    private static final int CONNECTS = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationPair() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[2]);
        Repeat.Once ours = ConnectWay.valueOf(args[0]).to(port);
        Repeat.Once rival = ConnectWay.valueOf(args[1]).to(port);
        int rounds = Integer.parseInt(args[3]);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            double first = bytes(ours);
            double second = bytes(rival);
            if (round >= 0) {
                System.out.printf(Locale.ROOT, "%.1f %.1f%n", first, second);
            }
        }
        System.exit(0);
    }

    private static double bytes(Repeat.Once way) throws IOException, InterruptedException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CONNECTS; i++) {
            way.once();
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / CONNECTS;
    }
}
