package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.Nat64Prefix;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.SourceAddress;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reaching IPv4 hosts from a network that has IPv6 alone and a NAT64 (RFC 8305 section 7, as version 3 in section 8 has it): the prefix is
 * found by a lookup (RFC 7050), IPv4 addresses are connected to through it, and IPv6 addresses that a DNS64 has made of IPv4 ones are taken
 * for these.
 *
 * <p>Where this machine has a way to global IPv4 addresses nothing is looked up and nothing changes. What was found holds for the network in
 * which it was found, five minutes or as long as its record allows; that there is none, for half a minute. Thread-safe.
 */
public final class Nat64 {
    private static final long FOUND_HOLDS_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long LEAST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long NONE_HOLDS_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** RFC 8305 section 8 waits as long before it synthesises. */
    private static final long MOST_WAITED_FOR_MILLIS = 2_000;

    private final Resolver resolver;
    private final World world;
    private final long patienceMillis;

    /** Guarded by this. */
    private @Nullable Finding latest;

    /** What this machine tells. */
    interface World {
        /** The network without IPv4 that this machine is in; null where it has IPv4. */
        byte @Nullable [] network();

        /** The clock. */
        long nanoTime();
    }

    /**
     * A memory of what was found, in a world of its own.
     *
     * @param patienceMillis how long a lookup of the prefix may take
     */
    Nat64(Resolver resolver, World world, long patienceMillis) {
        this.resolver = resolver;
        this.world = world;
        this.patienceMillis = patienceMillis;
    }

    /**
     * A memory of what was found.
     *
     * @param resolver who looks the well-known name up
     * @param earlier goes on when it has the same resolver; null for none
     */
    public static Nat64 of(Resolver resolver, @Nullable Nat64 earlier) {
        return earlier != null && earlier.resolver.equals(resolver)
                ? earlier
                : new Nat64(resolver, new WithoutInet(), MOST_WAITED_FOR_MILLIS);
    }

    // ---- what is known

    /** Finds the prefix out, where that is not known and this machine has IPv6 alone. Does not wait for it. */
    void prepare() {
        finding();
    }

    /** Whether this network has a NAT64 whose prefix is known. */
    boolean isKnown() {
        Finding finding = finding();
        return finding != null && !finding.prefixes.getNow(List.of()).isEmpty();
    }

    /** Whether a dial that knows these addresses from the outset might go another way than straight to them. */
    boolean concerns(List<AddressInfo> known) {
        return known.size() == 1 && isTranslatable(known.get(0)) && finding() != null;
    }

    /** Whether a dial that knows these addresses from the outset had better wait for the prefix: they are one IPv4 literal. */
    boolean isBeingFoundFor(List<AddressInfo> known) {
        if (known.size() != 1 || !isTranslatable(known.get(0))) {
            return false;
        }
        Finding finding = finding();
        return finding != null && !finding.prefixes.isDone();
    }

    /**
     * The prefixes of this network that could matter to these addresses; empty where this machine has IPv4, there is none, or none is known
     * yet.
     *
     * @param resolved whether a lookup has answered them; a literal is translated only from IPv4
     */
    List<Nat64Prefix> prefixesFor(List<AddressInfo> addresses, boolean resolved) {
        if (!resolved && !(addresses.size() == 1 && isTranslatable(addresses.get(0)))) {
            return List.of();
        }
        Finding finding = finding();
        return finding == null ? List.of() : finding.prefixes.getNow(List.of());
    }

    private static boolean isTranslatable(AddressInfo address) {
        return address.inetAddress() instanceof Inet4Address four
                && !four.isLoopbackAddress()
                && !four.isLinkLocalAddress()
                && !four.isAnyLocalAddress();
    }

    /** What is known or being found out for the network that this machine is in; null where it has IPv4, or no IPv6. */
    private @Nullable Finding finding() {
        byte[] here = world.network();
        if (here == null) {
            return null;
        }
        Finding finding;
        synchronized (this) {
            finding = latest;
            if (finding != null && finding.holds(here)) {
                return finding;
            }
            finding = new Finding(here);
            latest = finding;
        }
        finding.begin();
        return finding;
    }

    // ---- translation

    /**
     * The candidate that stands for an address in a network with these prefixes: an IPv4 address that is connected to by IPv6, or null for
     * the address as it is. Where there is a way to the IPv4 address itself, that is taken (v3 section 8).
     */
    static @Nullable Candidate translated(
            AddressInfo address, List<Nat64Prefix> prefixes, Function<AddressInfo, @Nullable SourceAddress> sourceOf) {
        InetAddress inet = address.inetAddress();
        if (inet == null) {
            return null;
        }
        for (Nat64Prefix prefix : prefixes) {
            InetAddress four = inet instanceof Inet4Address ? inet : prefix.extract(inet);
            InetAddress six = inet instanceof Inet4Address each ? prefix.synthesise(each) : inet;
            if (four != null && six != null) {
                AddressInfo destination = at(four, address);
                SourceAddress own = sourceOf.apply(destination);
                AddressInfo via = at(six, address);
                return own != null
                        ? new Candidate(destination, own, KnownPath.NONE, null)
                        : new Candidate(destination, sourceOf.apply(via), KnownPath.NONE, via);
            }
        }
        return null;
    }

    private static AddressInfo at(InetAddress inet, AddressInfo like) {
        return AddressInfo.stream(new InetSocketAddress(inet, like.port()));
    }

    // ---- answers that wait

    /**
     * A sink that holds IPv4 addresses back while the prefix is being found: without it they would lead nowhere. All else is passed on at
     * once, the end after what is held.
     */
    ResolveSink holding(ResolveSink sink) {
        return new HoldingSink(sink);
    }

    private final class HoldingSink implements ResolveSink {
        private final ResolveSink sink;

        /** Completes when all that is held has been passed on; null while nothing is. */
        private @Nullable CompletableFuture<?> held;

        HoldingSink(ResolveSink sink) {
            this.sink = sink;
        }

        @Override
        public void answer(List<InetAddress> addresses, @Nullable Duration ttl) {
            pass(addresses, ttl, false);
        }

        @Override
        public void lastAnswer(List<InetAddress> addresses, @Nullable Duration ttl) {
            pass(addresses, ttl, true);
        }

        private void pass(List<InetAddress> addresses, @Nullable Duration ttl, boolean last) {
            Finding finding = finding();
            boolean isFinding = finding != null && !finding.prefixes.isDone();
            List<InetAddress> four = isFinding ? inet(addresses, true) : List.of();
            if (finding != null && !four.isEmpty()) {
                List<InetAddress> other = inet(addresses, false);
                if (!other.isEmpty()) {
                    sink.answer(other, ttl);
                }
                hold(finding.prefixes, () -> tell(four, ttl, last));
            } else if (last && isHolding()) {
                sink.answer(addresses, ttl);
                end();
            } else {
                tell(addresses, ttl, last);
            }
        }

        private static List<InetAddress> inet(List<InetAddress> addresses, boolean isInet) {
            return addresses.stream()
                    .filter(address -> address instanceof Inet4Address == isInet)
                    .toList();
        }

        private synchronized boolean isHolding() {
            return held != null && !held.isDone();
        }

        private void tell(List<InetAddress> addresses, @Nullable Duration ttl, boolean last) {
            if (last) {
                sink.lastAnswer(addresses, ttl);
            } else {
                sink.answer(addresses, ttl);
            }
        }

        @Override
        public void removed(List<InetAddress> addresses) {
            afterHeld(() -> sink.removed(addresses));
        }

        @Override
        public void end() {
            afterHeld(sink::end);
        }

        @Override
        public void fail(ErrorCode code, String message) {
            afterHeld(() -> sink.fail(code, message));
        }

        private synchronized void hold(CompletableFuture<?> until, Runnable action) {
            // those that depend on one future run in no order, so each depends on the one before
            held = (held == null ? until : held).thenRun(action);
        }

        private void afterHeld(Runnable action) {
            synchronized (this) {
                if (held != null && !held.isDone()) {
                    held = held.thenRun(action);
                    return;
                }
            }
            action.run();
        }
    }

    /** A search for the prefixes of a network, and what it found. */
    private final class Finding implements ResolveSink {
        private final byte[] place;
        private final CompletableFuture<List<Nat64Prefix>> prefixes = new CompletableFuture<>();
        private final List<InetAddress> answers = new ArrayList<>();
        private long holdsNanos = FOUND_HOLDS_NANOS;
        private volatile long staleAtNanoTime;

        Finding(byte[] place) {
            this.place = place;
        }

        boolean holds(byte[] here) {
            return Arrays.equals(place, here) && (!prefixes.isDone() || world.nanoTime() - staleAtNanoTime < 0);
        }

        /** RFC 7050 section 3. */
        void begin() {
            try {
                Resolver.Lookup lookup =
                        resolver.resolve(new ResolveQuery(Nat64Prefix.WELL_KNOWN_NAME, AddressFamily.INET6), this);
                CompletableFuture.delayedExecutor(patienceMillis, TimeUnit.MILLISECONDS)
                        .execute(() -> giveUp(lookup));
            } catch (RuntimeException e) {
                // a resolver's fault is told by the dial's own lookups
                end();
            }
        }

        private void giveUp(Resolver.Lookup lookup) {
            if (!prefixes.isDone()) {
                end();
                lookup.cancel();
            }
        }

        @Override
        public synchronized void answer(List<InetAddress> addresses, @Nullable Duration ttl) {
            answers.addAll(addresses);
            if (ttl != null) {
                long nanos = TimeUnit.SECONDS.toNanos(Math.min(ttl.toSeconds(), TimeUnit.HOURS.toSeconds(1)));
                holdsNanos = Math.max(LEAST_NANOS, Math.min(holdsNanos, nanos));
            }
        }

        @Override
        public void end() {
            List<Nat64Prefix> found;
            synchronized (this) {
                found = Nat64Prefix.ofAnswers(answers);
                if (!prefixes.isDone()) {
                    staleAtNanoTime = world.nanoTime() + (found.isEmpty() ? NONE_HOLDS_NANOS : holdsNanos);
                }
            }
            // outside of the lock, since it runs what has waited
            prefixes.complete(found);
        }

        @Override
        public void fail(ErrorCode code, String message) {
            end();
        }
    }
}
