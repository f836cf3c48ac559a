package dev.prise.cli;

import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks all addresses of a target up, for each to be tried by itself. Answers may come on any thread; whoever made it is told once that
 * all have, and asks for them then.
 */
final class CheckLookup {
    private final Target target;
    private final Resolver resolver;
    private final AddressFamily wanted;
    private final Runnable ended;
    private final long startNanoTime = System.nanoTime();
    private final List<Part> parts = new ArrayList<>(2);
    private int open;

    /** One lookup: what it has brought, and how it has ended. */
    private static final class Part {
        private final AddressFamily family;
        private final Set<InetAddress> addresses = new LinkedHashSet<>();
        private Trace.@Nullable Failure failure;
        private long endNanos = -1;
        private Resolver.Lookup lookup = Resolver.Lookup.ENDED;

        Part(AddressFamily family) {
            this.family = family;
        }
    }

    private CheckLookup(Target target, Resolver resolver, AddressFamily wanted, Runnable ended) {
        this.target = target;
        this.resolver = resolver;
        this.wanted = wanted;
        this.ended = ended;
    }

    /**
     * Begins, and returns at once.
     *
     * @param target a host that is a name
     * @param ended called once, on any thread, also before this method returns; not after {@link #cancel}
     */
    static CheckLookup begin(Target target, Resolver resolver, AddressFamily wanted, Runnable ended) {
        CheckLookup begun = new CheckLookup(target, resolver, wanted, ended);
        begun.ask();
        return begun;
    }

    private void ask() {
        for (AddressFamily family : resolver.lookups(wanted)) {
            parts.add(new Part(family));
        }
        open = parts.size();
        for (Part part : parts) {
            Resolver.Lookup lookup =
                    resolver.resolve(new ResolveQuery(target.asciiHost(), part.family), new PartSink(part));
            synchronized (this) {
                part.lookup = lookup;
            }
        }
    }

    /** Ends what has not ended with a time-out, when the time is over. */
    void endIfOver(Duration timeout) {
        if (timeout.isZero() || elapsedNanos() < timeout.toNanos()) {
            return;
        }
        for (Part part : parts) {
            if (end(part, new Trace.Failure(ErrorCode.TIMED_OUT, "not answered in time"))) {
                part.lookup.cancel();
            }
        }
    }

    /** Gives up; nobody is told. */
    void cancel() {
        List<Resolver.Lookup> running = new ArrayList<>(2);
        synchronized (this) {
            open = -1;
            parts.forEach(part -> running.add(part.lookup));
        }
        running.forEach(Resolver.Lookup::cancel);
    }

    /** The addresses, the order being that of the lookups; to be asked for when all have ended, as the next. */
    synchronized List<AddressInfo> addresses() {
        Set<InetAddress> all = new LinkedHashSet<>();
        for (Part part : parts) {
            for (InetAddress address : part.addresses) {
                if (wanted.admits(AddressFamily.of(address))) {
                    all.add(address);
                }
            }
        }
        List<AddressInfo> found = new ArrayList<>(all.size());
        for (InetAddress address : all) {
            found.add(AddressInfo.stream(new InetSocketAddress(address, target.port())));
        }
        return found;
    }

    /** The lookups that make a result by themselves: those that broke, or all of them as one when nothing has come of any. */
    synchronized List<Trace> failures() {
        if (parts.stream().allMatch(part -> part.addresses.isEmpty())) {
            return List.of(trace(parts));
        }
        List<Trace> failures = new ArrayList<>(2);
        for (Part part : parts) {
            if (part.failure != null && part.failure.code() != ErrorCode.HOST_NOT_FOUND) {
                failures.add(trace(List.of(part)));
            }
        }
        return failures;
    }

    private Trace trace(List<Part> told) {
        TraceRecorder recorder =
                new TraceRecorder(target.host(), target.service(), resolver.name(), resolver.fallbackReason(), null);
        ErrorCode code = ErrorCode.NO_DATA;
        long lastNanos = 0;
        for (int i = 0; i < told.size(); i++) {
            recorder.lookupStarted(i + 1, told.get(i).family, 0);
        }
        for (int i = 0; i < told.size(); i++) {
            Part part = told.get(i);
            Trace.Failure failure = part.failure;
            Trace.LookupOutcome outcome = failure == null ? Trace.LookupOutcome.EMPTY : Trace.LookupOutcome.FAILED;
            recorder.lookupEnded(i + 1, outcome, failure, part.endNanos);
            lastNanos = Math.max(lastNanos, part.endNanos);
            // whether the name exists is the surer knowledge
            if (failure != null && code != ErrorCode.HOST_NOT_FOUND) {
                code = failure.code();
            }
        }
        return recorder.end(List.of(), code, lastNanos);
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanoTime;
    }

    /** Whether this is what ends it. */
    private boolean end(Part part, Trace.@Nullable Failure failure) {
        synchronized (this) {
            if (part.endNanos >= 0 || open < 0) {
                return false;
            }
            part.endNanos = elapsedNanos();
            part.failure = failure;
            open--;
            if (open > 0) {
                return true;
            }
        }
        ended.run();
        return true;
    }

    private final class PartSink implements ResolveSink {
        private final Part part;

        PartSink(Part part) {
            this.part = part;
        }

        @Override
        public void answer(List<InetAddress> addresses, @Nullable Duration ttl) {
            synchronized (CheckLookup.this) {
                if (part.endNanos < 0) {
                    part.addresses.addAll(addresses);
                }
            }
        }

        @Override
        public void end() {
            CheckLookup.this.end(part, null);
        }

        @Override
        public void fail(ErrorCode code, String message) {
            CheckLookup.this.end(part, new Trace.Failure(code, message));
        }
    }
}
