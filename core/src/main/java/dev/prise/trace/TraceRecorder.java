package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Trace} down as it happens and tells a listener each event. Not thread-safe: one race, one recorder.
 *
 * <p>All times are nanoseconds since the dial began. {@code Race} is the one that writes; everybody else reads {@link Trace}.
 */
public final class TraceRecorder {
    private final String host;
    private final String service;
    private final String resolver;
    private final @Nullable String fallbackReason;
    private final @Nullable Consumer<? super TraceEvent> listener;
    private final Map<Integer, OpenLookup> openLookups = new LinkedHashMap<>();
    private final Map<Integer, OpenAttempt> openAttempts = new LinkedHashMap<>();
    private final List<Trace.Lookup> lookups = new ArrayList<>(2);
    private final List<Trace.Attempt> attempts = new ArrayList<>(2);
    private @Nullable Trace ended;

    private static final class OpenAttempt {
        final TraceEvent.AttemptStarted start;

        @Nullable
        Long reachedNanos;

        OpenAttempt(TraceEvent.AttemptStarted start) {
            this.start = start;
        }
    }

    private record OpenLookup(TraceEvent.LookupStarted start, List<String> addresses) {}

    /**
     * Begins a story: the listener is told so at once, on this thread.
     *
     * @param host the host as asked for
     * @param service the service as asked for
     * @param resolver the name of the resolver that lookups are noted with
     * @param fallbackReason why that resolver stands in for the preferred one, null when it stands in for none
     * @param listener told each event when it is written down, on the thread that drives the race; must not throw; null for none
     */
    public TraceRecorder(
            String host,
            String service,
            String resolver,
            @Nullable String fallbackReason,
            @Nullable Consumer<? super TraceEvent> listener) {
        this.host = host;
        this.service = service;
        this.resolver = resolver;
        this.fallbackReason = fallbackReason;
        this.listener = listener;
        tell(new TraceEvent.DialStarted(host, service));
    }

    /** A lookup begins. */
    public void lookupStarted(int id, AddressFamily family, long nowNanos) {
        TraceEvent.LookupStarted start = new TraceEvent.LookupStarted(id, family, resolver, nowNanos);
        if (openLookups.put(id, new OpenLookup(start, new ArrayList<>())) != null) {
            throw new IllegalStateException("lookup " + id + " started twice");
        }
        tell(start);
    }

    /** An open lookup has brought addresses. */
    public void lookupAnswered(int id, List<AddressInfo> addresses) {
        OpenLookup open = openLookups.get(id);
        if (open == null) {
            throw new IllegalStateException("no open lookup " + id);
        }
        for (AddressInfo address : addresses) {
            open.addresses.add(address.addressText());
        }
    }

    /** An open lookup ends. */
    public void lookupEnded(int id, Trace.LookupOutcome outcome, Trace.@Nullable Failure error, long nowNanos) {
        OpenLookup open = openLookups.remove(id);
        if (open == null) {
            throw new IllegalStateException("no open lookup " + id);
        }
        Trace.Lookup lookup = new Trace.Lookup(
                id,
                open.start.family(),
                resolver,
                fallbackReason,
                open.start.atNanos(),
                nowNanos,
                outcome,
                open.addresses,
                error);
        lookups.add(lookup);
        tell(new TraceEvent.LookupEnded(lookup));
    }

    /** An attempt begins. */
    public void attemptStarted(int id, AddressInfo address, Trace.Why why, long nowNanos) {
        TraceEvent.AttemptStarted start = new TraceEvent.AttemptStarted(id, address, why, nowNanos);
        if (openAttempts.put(id, new OpenAttempt(start)) != null) {
            throw new IllegalStateException("attempt " + id + " started twice");
        }
        tell(start);
    }

    /** An open attempt has reached its peer, and has yet to show that it is ready. */
    public void attemptReached(int id, long nowNanos) {
        OpenAttempt open = openAttempts.get(id);
        if (open == null || open.reachedNanos != null) {
            throw new IllegalStateException("no attempt " + id + " on its way");
        }
        open.reachedNanos = nowNanos;
        tell(new TraceEvent.AttemptReached(id, nowNanos));
    }

    /** An open attempt ends. */
    public void attemptEnded(int id, Trace.AttemptOutcome outcome, Trace.@Nullable Failure error, long nowNanos) {
        OpenAttempt open = openAttempts.remove(id);
        if (open == null) {
            throw new IllegalStateException("no open attempt " + id);
        }
        TraceEvent.AttemptStarted start = open.start;
        Trace.Attempt attempt = new Trace.Attempt(
                id, start.address(), start.why(), start.atNanos(), nowNanos, outcome, error, open.reachedNanos);
        attempts.add(attempt);
        tell(new TraceEvent.AttemptEnded(attempt));
    }

    /**
     * The dial ends; all that was started must have ended.
     *
     * @param candidates in the order of trial
     * @param error the primary reason of the failure, null when it connected
     * @throws IllegalStateException when something is still open, or when it had ended before
     */
    public Trace end(List<Trace.Candidate> candidates, @Nullable ErrorCode error, long nowNanos) {
        if (ended != null || !openLookups.isEmpty() || !openAttempts.isEmpty()) {
            throw new IllegalStateException("still open: " + openLookups.keySet() + openAttempts.keySet());
        }
        sort();
        Trace.Attempt winner = null;
        for (Trace.Attempt attempt : attempts) {
            if (attempt.outcome() == Trace.AttemptOutcome.CONNECTED) {
                winner = attempt;
            }
        }
        if ((winner == null) != (error != null)) {
            throw new IllegalStateException("a winner or an error, not both and not neither");
        }
        Trace.Failure failure = error == null
                ? null
                : new Trace.Failure(
                        error, FailureSentence.of(host, service, error, lookups, candidates, attempts, nowNanos));
        return end(winner, failure, candidates, nowNanos);
    }

    /** As {@code lookups} and {@code attempts} of a trace are. */
    private void sort() {
        lookups.sort((a, b) -> Integer.compare(a.id(), b.id()));
        attempts.sort((a, b) -> Integer.compare(a.id(), b.id()));
    }

    private Trace end(
            Trace.@Nullable Attempt winner,
            Trace.@Nullable Failure failure,
            List<Trace.Candidate> candidates,
            long nowNanos) {
        Trace trace = new Trace(
                host,
                service,
                winner != null ? Trace.Outcome.CONNECTED : Trace.Outcome.FAILED,
                nowNanos,
                winner,
                failure,
                lookups,
                candidates,
                attempts);
        ended = trace;
        tell(new TraceEvent.DialEnded(trace));
        return trace;
    }

    /**
     * A fault of the program ends the dial where it stands: what is open is cancelled, and the dial has failed. After the end nothing
     * happens.
     *
     * @param message what broke, never empty
     */
    public void breakOff(String message, long nowNanos) {
        if (ended != null) {
            return;
        }
        for (int id : List.copyOf(openLookups.keySet())) {
            lookupEnded(id, Trace.LookupOutcome.CANCELLED, null, nowNanos);
        }
        for (int id : List.copyOf(openAttempts.keySet())) {
            attemptEnded(id, Trace.AttemptOutcome.CANCELLED, null, nowNanos);
        }
        sort();
        end(null, new Trace.Failure(ErrorCode.UNKNOWN, message), List.of(), nowNanos);
    }

    /** The whole story, null before its end. */
    public @Nullable Trace trace() {
        return ended;
    }

    private void tell(TraceEvent event) {
        if (listener != null) {
            listener.accept(event);
        }
    }
}
