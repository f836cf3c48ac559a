package dev.prise;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.engine.DialOutcome;
import dev.prise.engine.DialRequest;
import dev.prise.engine.Dials;
import dev.prise.engine.Nat64;
import dev.prise.engine.ReadyCheck;
import dev.prise.engine.SystemPolicy;
import dev.prise.race.PolicyTable;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.Resolver;
import dev.prise.resolve.Resolvers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes a target and hands over a connected socket.
 *
 * <p>The name is looked up, the addresses are sorted (RFC 6724) and raced (RFC 8305): the next attempt starts when the newest one has
 * failed or has not answered within the Connection Attempt Delay, earlier ones go on, the first that connects wins.
 *
 * {@snippet :
 * try (DialResult result = Dialer.create().dial("example.org", 80)) {
 *     result.socket().getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
 *     result.socket().getInputStream().transferTo(System.out);
 * }
 * }
 *
 * <p>Immutable and thread-safe; make one and keep it. It has nothing to close: all dials of the process share one daemon thread,
 * where many are made by blocking calls a second one that watches their deadlines, and both end when they have been idle for a while.
 */
public final class Dialer {
    private final AddressFamily family;
    private final RaceSettings settings;
    private final @Nullable PolicyTable policyTable;
    private final @Nullable InetSocketAddress source;
    private final Map<SocketOption<?>, Object> options;
    private final Resolver resolver;
    private final @Nullable Nat64 nat64;
    private final @Nullable Predicate<? super String> sequential;
    private final DialHistory history;
    private final @Nullable DialListener listener;
    private final @Nullable Readiness readiness;
    private final @Nullable TlsSettings tls;

    private Dialer(Builder builder) {
        this.family = builder.family;
        this.settings = builder.settings;
        this.policyTable = builder.policyTable;
        this.source = builder.source;
        this.options = Map.copyOf(builder.options);
        this.resolver = builder.resolver == null ? Resolvers.preferred() : builder.resolver;
        this.nat64 = builder.nat64 ? Nat64.of(resolver, builder.remembered) : null;
        this.listener = builder.listener;
        this.sequential = builder.sequential;
        this.history = builder.history == null ? DialHistory.inMemory() : builder.history;
        this.readiness = builder.readiness;
        this.tls = builder.tls == null ? null : builder.tls.settled();
    }

    /** A dialer with all defaults. */
    public static Dialer create() {
        return builder().build();
    }

    /** A builder with all defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with the settings of this dialer. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Connects to a host and a port.
     *
     * @throws InvalidTargetException when the port is out of range
     * @throws java.net.UnknownHostException also when the host cannot be a name; then there is no trace
     * @throws IOException as {@link #dial(Target)}
     */
    public DialResult dial(String host, int port) throws IOException {
        return dial(DialRequests.target(host, port));
    }

    /**
     * Connects to a target. Blocks until connected, failed or out of time, and reacts to interruption, on platform and virtual threads.
     *
     * @throws java.net.UnknownHostException when the name cannot be resolved: a {@link DialUnknownHostException}
     * @throws java.net.ConnectException when no address can be connected to: a {@link DialConnectException}
     * @throws java.net.NoRouteToHostException the same for want of a way there: a {@link DialNoRouteException}
     * @throws java.net.SocketTimeoutException when the deadline has passed: a {@link DialTimeoutException}
     * @throws java.io.InterruptedIOException when the thread is interrupted, its interrupt status is set again: a
     *     {@link DialInterruptedException}
     * @throws IOException nothing else
     */
    public DialResult dial(Target target) throws IOException {
        DialOutcome outcome = Dials.dial(request(target), handle -> {});
        return DialResults.of(outcome);
    }

    /**
     * Connects to a host and a port without blocking. The future fails with an {@link java.net.UnknownHostException} also when the host
     * cannot be a name.
     *
     * @throws InvalidTargetException when the port is out of range
     * @see #dialAsync(Target)
     */
    public CompletableFuture<DialResult> dialAsync(String host, int port) {
        try {
            return dialAsync(DialRequests.target(host, port));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Connects to a target without blocking; never uses a thread per connection.
     *
     * <p>The future fails with the exceptions of {@link #dial(Target)}. Cancelling it stops the dial and closes its sockets. Stages that
     * depend on it run on the common pool. A connection that comes too late for a cancelled or otherwise completed future is closed.
     */
    public CompletableFuture<DialResult> dialAsync(Target target) {
        return DialResults.async(request(target));
    }

    /**
     * A factory of sockets that race when they are connected to a name.
     *
     * <p>The socket keeps the host's name for TLS on top of it. An unconnected socket races when it is connected to an unresolved
     * address, or to a resolved one that still knows its host's name. The time given to {@code connect} is the deadline of the dial;
     * zero means the deadline of this dialer.
     *
     * @throws IllegalStateException when this dialer speaks TLS: whoever takes such a factory puts TLS on top of its sockets
     */
    public SocketFactory socketFactory() {
        if (tls != null) {
            throw new IllegalStateException(
                    "sockets of a factory speak no TLS: make the factory of a dialer without tls(), and put TLS on top of it");
        }
        return new DialSocketFactory(this);
    }

    /**
     * The dial of a socket: stoppable by closing, and perhaps with an address that the caller had already found for the name. That
     * one is tried at once; the name's other addresses are there in case it fails or does not answer.
     */
    DialResult dial(Target target, @Nullable InetAddress found, DialSocketImpl.Dialing dialing) throws IOException {
        DialRequest request = request(target);
        if (found != null && family.admits(AddressFamily.of(found))) {
            request = request.withFound(AddressInfo.stream(new InetSocketAddress(found, target.port())));
        }
        return DialResults.of(Dials.dial(request, handle -> dialing.begun(handle::cancel)));
    }

    /** The socket options of this dialer. */
    Map<SocketOption<?>, Object> options() {
        return options;
    }

    private DialRequest request(Target target) {
        // whoever asks for one family means the addresses of the sockets, too
        Nat64 translation = family == AddressFamily.UNSPEC ? nat64 : null;
        return DialRequests.of(
                target,
                family,
                settingsFor(target),
                source,
                options,
                resolver,
                history,
                translation,
                listener,
                readiness(target));
    }

    private ReadyCheck.@Nullable Factory readiness(Target target) {
        if (tls != null) {
            return tls.handshakes(target);
        }
        return readiness == null ? null : ReadyChecks.of(readiness, target);
    }

    /** The numbers of this dialer's races. */
    RaceSettings settings() {
        return settings;
    }

    /** What the dials of this dialer remember. */
    DialHistory history() {
        return history;
    }

    private RaceSettings settingsFor(Target target) {
        boolean one = sequential == null ? ProcessSettings.isSequential(target.host()) : sequential.test(target.host());
        PolicyTable table = policyTable == null ? SystemPolicy.table() : policyTable;
        if (!one && table == settings.policyTable()) {
            return settings;
        }
        RaceSettings.Builder now = settings.toBuilder().policyTable(table);
        return one ? now.sequential(true).build() : now.build();
    }

    /** Settings for a {@link Dialer}. Not thread-safe. Each method returns this builder. */
    public static final class Builder {
        private static final Duration LEAST_ATTEMPT_DELAY = Duration.ofMillis(100);

        private AddressFamily family = AddressFamily.UNSPEC;
        private RaceSettings settings = RaceSettings.DEFAULT;
        private @Nullable PolicyTable policyTable;
        private @Nullable InetSocketAddress source;
        private final Map<SocketOption<?>, Object> options = new LinkedHashMap<>();
        private @Nullable Resolver resolver;
        private boolean nat64 = true;
        private @Nullable Nat64 remembered;
        private @Nullable Predicate<? super String> sequential;
        private @Nullable DialHistory history;
        private @Nullable DialListener listener;
        private @Nullable Readiness readiness;
        private @Nullable TlsSettings tls;

        private Builder() {
            ProcessSettings.apply(this);
        }

        private Builder(Dialer dialer) {
            family = dialer.family;
            settings = dialer.settings;
            policyTable = dialer.policyTable;
            source = dialer.source;
            options.putAll(dialer.options);
            resolver = dialer.resolver;
            nat64 = dialer.nat64 != null;
            remembered = dialer.nat64;
            listener = dialer.listener;
            sequential = dialer.sequential;
            history = dialer.history;
            readiness = dialer.readiness;
            tls = dialer.tls;
        }

        /**
         * Which addresses may be used: UNSPEC (the default) for both families, INET or INET6 for one alone.
         *
         * @throws IllegalArgumentException for UNIX
         */
        public Builder family(AddressFamily value) {
            if (value == AddressFamily.UNIX) {
                throw new IllegalArgumentException("a Unix-domain target is given as unix:PATH, not by the family");
            }
            family = Objects.requireNonNull(value, "family");
            return this;
        }

        /**
         * The time for the whole dial, lookups included; 30 s unless set, zero for no limit. The system may give an attempt up earlier
         * (Linux: after about two minutes).
         *
         * @throws IllegalArgumentException when negative
         */
        public Builder deadline(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("the deadline is negative: " + value);
            }
            settings = settings.withDeadlineNanos(value.isZero() ? Long.MAX_VALUE : saturatedNanos(value));
            return this;
        }

        /**
         * The Connection Attempt Delay (RFC 8305 section 5): 100 ms to 2 s, 250 ms unless set. It starts the next attempt and never ends
         * an earlier one. After an attempt to a loopback address it is 100 ms at most.
         *
         * @throws IllegalArgumentException when out of bounds; see {@link #unsafeAttemptDelay} for less
         */
        public Builder attemptDelay(Duration value) {
            if (value.compareTo(LEAST_ATTEMPT_DELAY) < 0) {
                throw new IllegalArgumentException("the Connection Attempt Delay is 100 ms to 2 s: " + value);
            }
            return unsafeAttemptDelay(value);
        }

        /**
         * As {@link #attemptDelay}, but from 10 ms on. With less than 100 ms most dials to far hosts open more than one connection, which
         * servers and their operators do not like.
         *
         * @throws IllegalArgumentException when less than 10 ms or more than 2 s
         */
        public Builder unsafeAttemptDelay(Duration value) {
            settings = settings.withAttemptDelayNanos(saturatedNanos(value));
            return this;
        }

        /**
         * Attempts start sooner, and each one under way slows the next: with addresses that do not answer after 0, 100, 300, 700, 1500 ms.
         * The same as {@code attemptDelay(100 ms)} with a delay multiplier of 2, which is proposed for the next version of RFC 8305.
         */
        public Builder eager() {
            return race(race -> race.attemptDelayNanos(RaceSettings.EAGER.attemptDelayNanos())
                    .delayMultiplier(RaceSettings.EAGER.delayMultiplier()));
        }

        /**
         * Whether attempts come faster when nothing answers; true unless set. After four attempts in a row that nothing has answered, each
         * further delay is 0.7 of the one before, never under 100 ms (RFC 8305 section 8) and never under what a path is known to need. Any
         * answer brings the whole delay back.
         */
        public Builder quickening(boolean value) {
            return race(race -> race.quickenAfter(value ? RaceSettings.DEFAULT.quickenAfter() : 0));
        }

        /**
         * Whether the next address is tried only when the attempt before it has failed, in place of a race; false unless set, or what the
         * system property {@code dev.prise.sequential} or the environment variable {@code PRISE_SEQUENTIAL} says ({@code true}, or hosts with
         * commas between them). An attempt that nothing answers is given up when its share of the time left is over, but not before 2 s.
         */
        public Builder sequential(boolean value) {
            return sequentialFor(host -> value);
        }

        /** The same for some hosts: asked with the target's host as it was given, on the thread that dials. */
        public Builder sequentialFor(Predicate<? super String> hosts) {
            sequential = Objects.requireNonNull(hosts, "hosts");
            return this;
        }

        /**
         * When a single attempt is given up; zero (the default) for not before the dial. It should outlive a lost packet, which the system
         * sends again after 1 s.
         *
         * @throws IllegalArgumentException when it is neither zero nor at least 3 s
         */
        public Builder attemptTimeout(Duration value) {
            return race(race -> race.attemptTimeoutNanos(value.isZero() ? Long.MAX_VALUE : saturatedNanos(value)));
        }

        /**
         * Anything else about the race; the deadline and the delays have methods of their own here, with narrower bounds. A policy table that
         * is set here counts as set by {@link #policyTable}.
         *
         * @param change is given the settings as they are, and changes them
         * @throws IllegalArgumentException when a number is out of bounds
         */
        public Builder race(UnaryOperator<RaceSettings.Builder> change) {
            RaceSettings changed = change.apply(settings.toBuilder()).build();
            if (changed.policyTable() != settings.policyTable()) {
                policyTable = changed.policyTable();
            }
            settings = changed;
            return this;
        }

        /**
         * The Resolution Delay (RFC 8305 section 3): how long to wait for IPv6 addresses once IPv4 ones are there; 0 to 500 ms, 50 ms
         * unless set, zero not to wait.
         *
         * @throws IllegalArgumentException when out of bounds
         */
        public Builder resolutionDelay(Duration value) {
            settings = settings.withResolutionDelayNanos(saturatedNanos(value));
            return this;
        }

        /**
         * The policy table by which addresses are ordered (RFC 6724 section 2.1); null (the default) for the system's: what
         * {@code /etc/gai.conf} sets on Linux, as far as it is there and sets anything, otherwise {@link PolicyTable#RFC_6724}. The file is
         * read again some seconds after it has changed.
         */
        public Builder policyTable(@Nullable PolicyTable value) {
            policyTable = value;
            return this;
        }

        /**
         * The address to connect from; null (the default) lets the system choose. Attempts to the other family fail, saying so.
         */
        public Builder source(@Nullable InetAddress value) {
            source = value == null ? null : new InetSocketAddress(value, 0);
            return this;
        }

        /** The same with a port, for sockets that were bound before they connect. */
        Builder sourceAddress(@Nullable InetSocketAddress value) {
            source = value;
            return this;
        }

        /**
         * A socket option, set on each attempt's socket before it connects. An option that the system refuses fails the attempt.
         *
         * @see java.net.StandardSocketOptions
         */
        public <T> Builder option(SocketOption<T> name, T value) {
            options.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Who resolves names; {@link Resolvers#preferred()} unless set. */
        public Builder resolver(Resolver value) {
            resolver = Objects.requireNonNull(value, "resolver");
            return this;
        }

        /**
         * What the dials remember of addresses; a memory of each dialer's own unless set. Dialers that are given the same one share it, and
         * so do those that {@link Dialer#toBuilder} leads to. {@link DialHistory#off} makes each dial as the first.
         */
        public Builder history(DialHistory value) {
            history = Objects.requireNonNull(value, "history");
            return this;
        }

        /**
         * Whether IPv4 hosts are reached through the network's NAT64 where this machine has a way to IPv6 addresses and none to IPv4 ones (RFC
         * 8305 section 7); true unless set. The resolver is then asked for the addresses of {@code ipv4only.arpa} (RFC 7050), and an IPv4
         * address, be it a literal or an answer, is connected to by the IPv6 address that it has there (RFC 6052). Nothing is asked where
         * there is IPv4, or with a {@link #family}.
         */
        public Builder nat64(boolean value) {
            nat64 = value;
            return this;
        }

        /** Who is told what happens in each dial; null (the default) for nobody. See {@link DialListener#forDial}. */
        public Builder listener(@Nullable DialListener value) {
            listener = value;
            return this;
        }

        /**
         * What a connection has to show before it counts as connected; null (the default) for nothing. The first that is ready wins; one
         * that has reached its peer puts the next attempt off until it should be ready.
         */
        public Builder readiness(@Nullable Readiness value) {
            readiness = value;
            return this;
        }

        /** As {@link #tls(TlsSettings)} with {@link TlsSettings#DEFAULT}. */
        public Builder tls() {
            return tls(TlsSettings.DEFAULT);
        }

        /**
         * Whether connections speak TLS; null (the default) if not. The first attempt whose handshake is done wins, so that a server that
         * accepts and then hangs does not hold the dial up. See {@link DialResult#socket}.
         */
        public Builder tls(@Nullable TlsSettings value) {
            tls = value;
            return this;
        }

        /**
         * The dialer.
         *
         * @throws IllegalStateException when TLS and another readiness are set, or the roots to be trusted cannot be read
         */
        public Dialer build() {
            if (tls != null && readiness != null) {
                throw new IllegalStateException("a dialer has either TLS or a readiness of the caller's");
            }
            return new Dialer(this);
        }

        private static long saturatedNanos(Duration value) {
            if (value.isNegative()) {
                return -1;
            }
            return value.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : value.toNanos();
        }
    }
}
