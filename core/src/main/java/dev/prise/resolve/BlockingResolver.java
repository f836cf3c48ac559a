package dev.prise.resolve;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfoException;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A resolver around a blocking call, such as those of the operating system and of the Java library.
 *
 * <p>Lookups run on up to 64 daemon threads; where the families are asked for apart, on up to 32 for each, so that a family that nobody
 * answers takes no thread from the other. A lookup that is given up is left to end by itself, since nothing can stop it; as long as it runs,
 * others of the same name join it, so that many dials to one slow name take one thread and delay no dial to another name. When all threads
 * are stuck in lookups that were given up, a further one fails at once and says so.
 *
 * <p>{@code localhost} and names below it are answered without a lookup, with the loopback addresses (RFC 6761 section 6.3).
 */
public final class BlockingResolver implements Resolver {
    private static final int MAX_THREADS = 64;
    private static final int MAX_QUEUED = 10_000;

    /** The least time from the call for IPv6 to the one for IPv4, when both are asked for; all of it where the system tells nothing. */
    private static final long HEAD_START_OF_SIX_NANOS = 1_000_000;

    /** The call for IPv6 may be without a thread yet, or read files before it asks; that of IPv4 does not wait for long. */
    private static final long MOST_WAITED_FOR_SIX_NANOS = 20_000_000;

    private static final long BETWEEN_LOOKS_NANOS = 50_000;

    private final String name;
    private final boolean perFamily;
    private final BlockingLookup lookup;
    private final Map<AddressFamily, Lane> lanes = new EnumMap<>(AddressFamily.class);
    private final Map<Question, Flight> flights = new HashMap<>();

    /** The blocking call. */
    @FunctionalInterface
    public interface BlockingLookup {
        /** Does what only the first lookup needs, such as loading code; called before each, on the same thread. Does nothing by default. */
        default void prepare() {}

        /** As {@link Resolver#asksNameServers}, but of all hosts. */
        default boolean asksNameServers() {
            return false;
        }

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

    /** The threads for one kind of question. */
    private static final class Lane {
        private final LookupPool pool;
        private final int threads;
        private final String kind;
        /** Flights on a thread that nobody waits for any more; guarded by {@link #flights}. */
        private int abandoned;

        Lane(String kind, int threads, int maxQueued) {
            this.kind = kind;
            this.threads = threads;
            this.pool = new LookupPool(threads, maxQueued);
        }

        /** Why no further lookup is begun; null when one is. */
        @Nullable
        String refusal() {
            return abandoned < threads
                    ? null
                    : "all " + threads + " threads for " + kind + "lookups are stuck in lookups that were given up";
        }
    }

    BlockingResolver(String name, boolean perFamily, BlockingLookup lookup, int maxThreads, int maxQueued) {
        this.name = name;
        this.perFamily = perFamily;
        this.lookup = lookup;
        Lane common = perFamily
                ? new Lane("IPv4 ", Math.max(1, maxThreads / 2), maxQueued)
                : new Lane("", maxThreads, maxQueued);
        lanes.put(AddressFamily.UNSPEC, common);
        lanes.put(AddressFamily.INET, common);
        lanes.put(AddressFamily.INET6, perFamily ? new Lane("IPv6 ", Math.max(1, maxThreads / 2), maxQueued) : common);
    }

    private Lane lane(Question question) {
        return Objects.requireNonNull(lanes.get(question.family), "no such family");
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

    @Override
    public boolean asksNameServers(String host) {
        return !isLocalhost(host) && lookup.asksNameServers();
    }

    /** How many lookups that were given up are still stuck in their call, each on a thread; at most 64. Thread-safe. */
    public int abandonedLookups() {
        synchronized (flights) {
            int abandoned = 0;
            for (Lane lane : new HashSet<>(lanes.values())) {
                abandoned += lane.abandoned;
            }
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
            Lane lane = lane(question);
            refusal = lane.refusal();
            if (refusal == null) {
                Flight begun = new Flight(question, lane);
                if (lane.pool.execute(begun)) {
                    flights.put(question, begun);
                    return begun.join(waiter);
                }
                refusal = "too many lookups are waiting";
            }
        }
        sink.fail(ErrorCode.TRY_AGAIN, refusal);
        return Lookup.ENDED;
    }

    /** Those that wait for a thread wait in vain once all threads are stuck. */
    private void failQueued(Lane lane) {
        List<Waiter> told = new ArrayList<>();
        String reason;
        synchronized (flights) {
            reason = lane.refusal();
            if (reason == null) {
                return;
            }
            for (Flight flight : List.copyOf(flights.values())) {
                if (flight.lane == lane && !flight.running) {
                    lane.pool.remove(flight);
                    flights.remove(flight.question, flight);
                    told.addAll(flight.waiters);
                }
            }
        }
        String words = reason;
        tellEach(told, waiter -> waiter.sink.fail(ErrorCode.TRY_AGAIN, words));
    }

    private static void tellEach(List<Waiter> waiters, Consumer<Waiter> told) {
        for (Waiter waiter : waiters) {
            try {
                told.accept(waiter);
            } catch (RuntimeException | Error e) {
                // a sink that breaks its promise not to throw must not keep the others waiting
                LookupPool.tell(e);
            }
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

    /** Somebody who asked. No record: the same sink may ask twice, and each leaves by itself. */
    private static final class Waiter {
        private final AddressFamily family;
        private final ResolveSink sink;

        Waiter(AddressFamily family, ResolveSink sink) {
            this.family = family;
            this.sink = sink;
        }
    }

    /** One blocking call and all who wait for it. */
    private final class Flight implements Runnable {
        private final Question question;
        private final Lane lane;
        private final List<Waiter> waiters = new ArrayList<>(1);
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile @Nullable OsThread thread;
        private volatile boolean ended;
        private boolean running;

        Flight(Question question, Lane lane) {
            this.question = question;
            this.lane = lane;
        }

        /** To be called with the lock held. */
        Lookup join(Waiter waiter) {
            if (running && waiters.isEmpty()) {
                lane.abandoned--;
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
                    lane.pool.remove(this);
                    flights.remove(question, this);
                    return;
                }
                lane.abandoned++;
            }
            failQueued(lane);
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
                if (perFamily && question.family == AddressFamily.INET6) {
                    // after who waits has been woken, which can make this thread wait
                    thread = OsThread.current();
                }
                addresses = List.copyOf(lookup.lookup(question.host, question.family));
            } catch (UnknownHostException | RuntimeException | Error e) {
                failure = e;
            }
            ended = true;
            List<Waiter> told;
            synchronized (flights) {
                flights.remove(question, this);
                if (waiters.isEmpty()) {
                    lane.abandoned--;
                }
                told = List.copyOf(waiters);
            }
            List<InetAddress> found = addresses;
            Throwable fault = failure;
            tellEach(told, waiter -> tell(waiter, found, fault));
        }

        /**
         * RFC 8305 section 3: AAAA, then A, right after one another. Two threads that start together send their questions in any order. When
         * the one that asks for AAAA has waited in its call, it has sent its question; the JVM may make it wait a little before that.
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
            long since = System.nanoTime();
            boolean systemTells = OsThread.current() != null;
            try {
                if (!six.begun.await(MOST_WAITED_FOR_SIX_NANOS, TimeUnit.NANOSECONDS)) {
                    return;
                }
                LockSupport.parkNanos(HEAD_START_OF_SIX_NANOS);
                while (systemTells
                        && !six.hasWaitedOrEnded()
                        && System.nanoTime() - since < MOST_WAITED_FOR_SIX_NANOS) {
                    LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
                }
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt these threads, and the order is a wish
                Thread.currentThread().interrupt();
            }
        }

        private boolean hasWaitedOrEnded() {
            OsThread own = thread;
            return ended || (own != null && own.hasWaited());
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
