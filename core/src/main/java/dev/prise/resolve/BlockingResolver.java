package dev.prise.resolve;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfoException;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A resolver around a blocking call, such as those of the operating system and of the Java library.
 *
 * <p>Lookups run on up to 64 daemon threads. A lookup that is given up is left to end by itself, since nothing can stop it; as long as it
 * runs, others of the same name join it, so that many dials to one slow name take one thread and delay no dial to another name. When all
 * threads are stuck in lookups that were given up, a further one fails at once and says so.
 *
 * <p>{@code localhost} and names below it are answered without a lookup, with the loopback addresses (RFC 6761 section 6.3).
 */
public final class BlockingResolver implements Resolver {
    private static final int MAX_THREADS = 64;
    private static final int MAX_QUEUED = 10_000;

    /** How long after the call for IPv6 the one for IPv4 begins, when both are asked for. */
    private static final long HEAD_START_OF_SIX_NANOS = 1_500_000;

    /** The call for IPv6 may be without a thread yet; that of IPv4 does not wait for long. */
    private static final long MOST_WAITED_FOR_SIX_NANOS = 20_000_000;

    private final String name;
    private final boolean perFamily;
    private final BlockingLookup lookup;
    private final LookupPool pool;
    private final int maxThreads;
    private final Map<Question, Flight> flights = new HashMap<>();
    /** Flights on a thread that nobody waits for any more; guarded by {@link #flights}. */
    private int abandoned;

    /** The blocking call. */
    @FunctionalInterface
    public interface BlockingLookup {
        /** Does what only the first lookup needs, such as loading code; called before each, on the same thread. Does nothing by default. */
        default void prepare() {}

        /**
         * The addresses of a host; blocks.
         *
         * @param host a name in ASCII form and lower case
         * @param family INET6 or INET of a resolver that asks per family, UNSPEC of one that asks once
         * @throws UnknownHostException when there are none; an {@link AddressInfoException} tells the code too
         */
        List<InetAddress> lookup(String host, AddressFamily family) throws UnknownHostException;
    }

    private record Question(String host, AddressFamily family) {}

    BlockingResolver(String name, boolean perFamily, BlockingLookup lookup, int maxThreads, int maxQueued) {
        this.name = name;
        this.perFamily = perFamily;
        this.lookup = lookup;
        this.maxThreads = maxThreads;
        this.pool = new LookupPool(maxThreads, maxQueued);
    }

    /**
     * A resolver with threads of its own. Make one for the process and keep it.
     *
     * @param name the name noted in traces
     * @param perFamily whether IPv6 and IPv4 are asked for separately and at once; otherwise one call asks for both, and what was not
     *     wanted is passed over
     * @param lookup the blocking call
     */
    public static BlockingResolver of(String name, boolean perFamily, BlockingLookup lookup) {
        return new BlockingResolver(name, perFamily, lookup, MAX_THREADS, MAX_QUEUED);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<AddressFamily> lookups(AddressFamily family) {
        return perFamily && family == AddressFamily.UNSPEC
                ? List.of(AddressFamily.INET6, AddressFamily.INET)
                : List.of(family);
    }

    /** How many lookups that were given up are still stuck in their call, each on a thread; at most 64. Thread-safe. */
    public int abandonedLookups() {
        synchronized (flights) {
            return abandoned;
        }
    }

    @Override
    public Lookup resolve(ResolveQuery query, ResolveSink sink) {
        String host = query.host().toLowerCase(Locale.ROOT);
        if (isLocalhost(host)) {
            tell(loopback(), query.family(), sink);
            return Lookup.ENDED;
        }
        if (looksNumeric(host)) {
            // what is not a literal by the rules of getaddrinfo must not become one by those of the Java library
            sink.fail(ErrorCode.HOST_NOT_FOUND, "not an address and not a name");
            return Lookup.ENDED;
        }
        Question question = new Question(host, perFamily ? query.family() : AddressFamily.UNSPEC);
        Waiter waiter = new Waiter(query.family(), sink);
        String refusal;
        synchronized (flights) {
            Flight flight = flights.get(question);
            if (flight != null) {
                return flight.join(waiter);
            }
            refusal = refusal();
            if (refusal == null) {
                Flight begun = new Flight(question);
                if (pool.execute(begun)) {
                    flights.put(question, begun);
                    return begun.join(waiter);
                }
                refusal = "too many lookups are waiting";
            }
        }
        sink.fail(ErrorCode.TRY_AGAIN, refusal);
        return Lookup.ENDED;
    }

    /** Why no further lookup is begun; null when one is. */
    private @Nullable String refusal() {
        return abandoned < maxThreads
                ? null
                : "all " + maxThreads + " lookup threads are stuck in lookups that were given up";
    }

    /** Those that wait for a thread wait in vain once all threads are stuck. */
    private void failQueued() {
        List<Waiter> told = new ArrayList<>();
        String reason;
        synchronized (flights) {
            reason = refusal();
            if (reason == null) {
                return;
            }
            for (Flight flight : List.copyOf(flights.values())) {
                if (!flight.running) {
                    pool.remove(flight);
                    flights.remove(flight.question, flight);
                    told.addAll(flight.waiters);
                }
            }
        }
        for (Waiter waiter : told) {
            waiter.sink.fail(ErrorCode.TRY_AGAIN, reason);
        }
    }

    static boolean isLocalhost(String host) {
        String name = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    static List<InetAddress> loopback() {
        try {
            byte[] six = new byte[16];
            six[15] = 1;
            return List.of(
                    InetAddress.getByAddress("localhost", six),
                    InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are addresses", e);
        }
    }

    /** Digits and dots only: the Java library would read such a text as an address by rules of its own. */
    static boolean looksNumeric(String host) {
        return host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static void tell(List<InetAddress> addresses, AddressFamily family, ResolveSink sink) {
        List<InetAddress> wanted = new ArrayList<>(addresses.size());
        for (InetAddress address : addresses) {
            if (family.admits(AddressFamily.of(address))) {
                wanted.add(address);
            }
        }
        sink.lastAnswer(wanted, null);
    }

    private record Waiter(AddressFamily family, ResolveSink sink) {}

    /** One blocking call and all who wait for it. */
    private final class Flight implements Runnable {
        private final Question question;
        private final List<Waiter> waiters = new ArrayList<>(1);
        private final CountDownLatch begun = new CountDownLatch(1);
        private boolean running;

        Flight(Question question) {
            this.question = question;
        }

        /** To be called with the lock held. */
        Lookup join(Waiter waiter) {
            if (running && waiters.isEmpty()) {
                abandoned--;
            }
            waiters.add(waiter);
            return () -> leave(waiter);
        }

        private void leave(Waiter waiter) {
            synchronized (flights) {
                if (!waiters.remove(waiter) || !waiters.isEmpty() || flights.get(question) != this) {
                    return;
                }
                if (!running) {
                    pool.remove(this);
                    flights.remove(question, this);
                    return;
                }
                abandoned++;
            }
            failQueued();
        }

        @Override
        public void run() {
            synchronized (flights) {
                if (waiters.isEmpty()) {
                    // given up when a thread had just taken it
                    return;
                }
                running = true;
            }
            List<InetAddress> addresses = List.of();
            Throwable failure = null;
            try {
                lookup.prepare();
                letSixGoFirst();
                begun.countDown();
                addresses = List.copyOf(lookup.lookup(question.host, question.family));
            } catch (UnknownHostException | RuntimeException | Error e) {
                failure = e;
            }
            List<Waiter> told;
            synchronized (flights) {
                flights.remove(question, this);
                if (waiters.isEmpty()) {
                    abandoned--;
                }
                told = List.copyOf(waiters);
            }
            for (Waiter waiter : told) {
                try {
                    tell(waiter, addresses, failure);
                } catch (RuntimeException | Error e) {
                    // a sink that breaks its promise not to throw must not keep the others waiting
                    LookupPool.tell(e);
                }
            }
        }

        /**
         * RFC 8305 section 3: AAAA, then A, right after one another. Two threads that start together send their questions in any order, and
         * from outside nobody sees when one is sent; a moment after the call has begun it is.
         */
        private void letSixGoFirst() {
            if (!perFamily || question.family != AddressFamily.INET) {
                return;
            }
            Flight six;
            synchronized (flights) {
                six = flights.get(new Question(question.host, AddressFamily.INET6));
            }
            if (six == null) {
                return;
            }
            try {
                if (six.begun.await(MOST_WAITED_FOR_SIX_NANOS, TimeUnit.NANOSECONDS)) {
                    LockSupport.parkNanos(HEAD_START_OF_SIX_NANOS);
                }
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt these threads, and the order is a wish
                Thread.currentThread().interrupt();
            }
        }

        private void tell(Waiter waiter, List<InetAddress> addresses, @Nullable Throwable failure) {
            if (failure == null) {
                BlockingResolver.tell(addresses, waiter.family, waiter.sink);
                return;
            }
            ErrorCode code = codeOf(failure);
            if (perFamily && code == ErrorCode.NO_DATA) {
                // the name exists without an address of this family: an answer, not a fault
                waiter.sink.end();
            } else {
                waiter.sink.fail(code, messageOf(failure));
            }
        }

        private static ErrorCode codeOf(Throwable failure) {
            return failure instanceof UnknownHostException ? ErrorCodes.of(failure) : ErrorCode.NO_RECOVERY;
        }

        /** The system's words without the host's name before them. */
        private String messageOf(Throwable failure) {
            if (failure instanceof AddressInfoException lookup) {
                return lookup.reason();
            }
            String host = question.host;
            @Nullable String message = failure.getMessage();
            if (message == null || message.equals(host)) {
                return ErrorCode.HOST_NOT_FOUND.meaning();
            }
            return message.startsWith(host + ": ") ? message.substring(host.length() + 2) : message;
        }
    }
}
