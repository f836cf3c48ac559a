package dev.prise.engine;

import dev.prise.address.AddressInfo;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The attempts of all dials of the process that nothing has answered yet, by address: a dial passes over an address for which two others
 * already wait in vain, as long as it has another one to try.
 *
 * <p>An attempt waits in vain when it has waited for longer than the Connection Attempt Delay. A burst of dials to a host that answers thus
 * stays what it is, and one to a host that does not sends two attempts of each delay there and not thousands. Thread-safe.
 */
final class Unanswered {
    /** With so many in vain an address is crowded. */
    private static final int MOST_IN_VAIN = 2;

    private static final Unanswered SHARED = new Unanswered();

    private final Map<AddressInfo, TreeSet<Waiting>> byAddress = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** An attempt that waits, the oldest first. */
    final class Waiting implements Comparable<Waiting> {
        private final AddressInfo address;
        private final long vainFromNanoTime;
        private final long number;

        private Waiting(AddressInfo address, long vainFromNanoTime) {
            this.address = address;
            this.vainFromNanoTime = vainFromNanoTime;
            this.number = numbers.incrementAndGet();
        }

        /** It was answered or given up; more than once does no harm. */
        void end() {
            byAddress.computeIfPresent(address, (key, waiting) -> {
                waiting.remove(this);
                return waiting.isEmpty() ? null : waiting;
            });
        }

        @Override
        public int compareTo(Waiting other) {
            long difference = vainFromNanoTime - other.vainFromNanoTime;
            return difference == 0 ? Long.compare(number, other.number) : Long.signum(difference);
        }
    }

    Unanswered() {}

    /** That of the process. */
    static Unanswered shared() {
        return SHARED;
    }

    /**
     * An attempt begins.
     *
     * @param nowNanoTime a reading of {@link System#nanoTime}
     * @param delayNanos after which it waits in vain
     */
    Waiting begin(AddressInfo address, long nowNanoTime, long delayNanos) {
        Waiting begun = new Waiting(address, nowNanoTime + delayNanos);
        byAddress.compute(address, (key, waiting) -> {
            TreeSet<Waiting> all = waiting == null ? new TreeSet<>() : waiting;
            all.add(begun);
            return all;
        });
        return begun;
    }

    boolean isEmpty() {
        return byAddress.isEmpty();
    }

    /** Whether as many attempts to this address wait in vain as are bearable. */
    boolean isCrowded(AddressInfo address, long nowNanoTime) {
        boolean[] crowded = new boolean[1];
        byAddress.computeIfPresent(address, (key, waiting) -> {
            crowded[0] = inVain(waiting, nowNanoTime) >= MOST_IN_VAIN;
            return waiting;
        });
        return crowded[0];
    }

    /** Counts to the bound only. */
    private static int inVain(SortedSet<Waiting> waiting, long nowNanoTime) {
        int count = 0;
        for (Waiting each : waiting) {
            if (count >= MOST_IN_VAIN || each.vainFromNanoTime - nowNanoTime > 0) {
                return count;
            }
            count++;
        }
        return count;
    }
}
