package dev.prise.resolve;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resolver of the Java library, {@link InetAddress#getAllByName}, which asks for both families in one blocking call.
 *
 * <p>Lookups run on up to 64 daemon threads. A lookup that is given up is left to end by itself; as long as it runs, others of the same
 * name join it, so that many dials to one slow name take one thread and delay no dial to another name.
 *
 * <p>{@code localhost} and names below it are answered without a lookup, with both loopback addresses (RFC 6761 section 6.3).
 */
public final class JdkResolver implements Resolver {
    private static final int MAX_THREADS = 64;
    private static final int MAX_QUEUED = 10_000;
    private static final JdkResolver SHARED = new JdkResolver(InetAddress::getAllByName, MAX_THREADS, MAX_QUEUED);

    private final BlockingLookup lookup;
    private final LookupPool pool;
    private final Map<String, Flight> flights = new HashMap<>();

    /** The blocking call. */
    interface BlockingLookup {
        InetAddress[] lookup(String host) throws UnknownHostException;
    }

    JdkResolver(BlockingLookup lookup, int maxThreads, int maxQueued) {
        this.lookup = lookup;
        this.pool = new LookupPool(maxThreads, maxQueued);
    }

    /** The one of the process. */
    public static JdkResolver shared() {
        return SHARED;
    }

    @Override
    public String name() {
        return "jdk";
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
        return join(host, new Waiter(query.family(), sink));
    }

    private Lookup join(String host, Waiter waiter) {
        synchronized (flights) {
            Flight flight = flights.get(host);
            if (flight == null) {
                flight = new Flight(host);
                if (!pool.execute(flight)) {
                    waiter.sink.fail(ErrorCode.TRY_AGAIN, "too many lookups are waiting");
                    return Lookup.ENDED;
                }
                flights.put(host, flight);
            }
            flight.waiters.add(waiter);
            Flight joined = flight;
            return () -> leave(joined, waiter);
        }
    }

    private void leave(Flight flight, Waiter waiter) {
        synchronized (flights) {
            flight.waiters.remove(waiter);
            if (flight.waiters.isEmpty() && !flight.running) {
                pool.remove(flight);
                flights.remove(flight.host, flight);
            }
        }
    }

    private static boolean isLocalhost(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static List<InetAddress> loopback() {
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
    private static boolean looksNumeric(String host) {
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
        private final String host;
        private final List<Waiter> waiters = new ArrayList<>(1);
        private boolean running;

        Flight(String host) {
            this.host = host;
        }

        @Override
        public void run() {
            synchronized (flights) {
                running = true;
            }
            List<InetAddress> addresses = List.of();
            Throwable failure = null;
            try {
                addresses = List.of(lookup.lookup(host));
            } catch (UnknownHostException | RuntimeException | Error e) {
                failure = e;
            }
            List<Waiter> told;
            synchronized (flights) {
                flights.remove(host, this);
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

        private void tell(Waiter waiter, List<InetAddress> addresses, @Nullable Throwable failure) {
            if (failure == null) {
                JdkResolver.tell(addresses, waiter.family, waiter.sink);
            } else {
                waiter.sink.fail(codeOf(failure), messageOf(failure));
            }
        }

        private ErrorCode codeOf(Throwable failure) {
            return failure instanceof UnknownHostException ? ErrorCodes.of(failure) : ErrorCode.NO_RECOVERY;
        }

        /** The system's words without the host's name before them. */
        private String messageOf(Throwable failure) {
            @Nullable String message = failure.getMessage();
            if (message == null || message.equals(host)) {
                return ErrorCode.HOST_NOT_FOUND.meaning();
            }
            return message.startsWith(host + ": ") ? message.substring(host.length() + 2) : message;
        }
    }
}
