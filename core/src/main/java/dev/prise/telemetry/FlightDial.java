package dev.prise.telemetry;

import dev.prise.address.AddressInfo;
import dev.prise.address.PlainText;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import jdk.jfr.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Writes one dial into the recordings that run. An event is begun when its thing begins and committed when that ends, on whatever thread,
 * so that the times in a recording are those of the thing.
 */
final class FlightDial implements Consumer<TraceEvent> {
    /** How a recording says that there is no such time: readers show N/A. */
    private static final long NONE = Long.MIN_VALUE;

    private static final EventType DIALS = EventType.getEventType(DialFlightEvent.class);
    private static final EventType LOOKUPS = EventType.getEventType(LookupFlightEvent.class);
    private static final EventType ATTEMPTS = EventType.getEventType(AttemptFlightEvent.class);
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id = LAST_ID.incrementAndGet();
    private final Map<Integer, LookupFlightEvent> lookups = new HashMap<>(4);
    private final Map<Integer, AttemptFlightEvent> attempts = new HashMap<>(4);
    private @Nullable DialFlightEvent dial;
    private @Nullable String host;

    private FlightDial() {}

    /** For a dial that begins now; null when no recording that runs has one of our events enabled. */
    static @Nullable FlightDial begin() {
        return DIALS.isEnabled() || LOOKUPS.isEnabled() || ATTEMPTS.isEnabled() ? new FlightDial() : null;
    }

    @Override
    public void accept(TraceEvent event) {
        switch (event.kind()) {
            case DIAL_STARTED -> begin((TraceEvent.DialStarted) event);
            case LOOKUP_STARTED -> begin((TraceEvent.LookupStarted) event);
            case LOOKUP_ENDED -> commit(((TraceEvent.LookupEnded) event).lookup());
            case ATTEMPT_STARTED -> begin((TraceEvent.AttemptStarted) event);
            case ATTEMPT_REACHED -> {}
            case ATTEMPT_ENDED -> commit(((TraceEvent.AttemptEnded) event).attempt());
            case DIAL_ENDED -> commit(((TraceEvent.DialEnded) event).trace());
        }
    }

    private void begin(TraceEvent.DialStarted start) {
        host = PlainText.of(start.host());
        if (DIALS.isEnabled()) {
            dial = new DialFlightEvent();
            dial.begin();
        }
    }

    private void begin(TraceEvent.LookupStarted start) {
        if (LOOKUPS.isEnabled()) {
            LookupFlightEvent lookup = new LookupFlightEvent();
            lookups.put(start.id(), lookup);
            lookup.begin();
        }
    }

    private void begin(TraceEvent.AttemptStarted start) {
        if (ATTEMPTS.isEnabled()) {
            AttemptFlightEvent attempt = new AttemptFlightEvent();
            attempts.put(start.id(), attempt);
            attempt.begin();
        }
    }

    private void commit(Trace.Lookup lookup) {
        LookupFlightEvent event = lookups.remove(lookup.id());
        if (event == null) {
            return;
        }
        event.end();
        event.dialId = id;
        event.id = lookup.id();
        event.host = host;
        event.family = lookup.family().jsonName();
        event.resolver = PlainText.of(lookup.resolver());
        event.fallbackReason = plain(lookup.fallbackReason());
        event.outcome = lookup.outcome().jsonName();
        event.addresses = String.join(", ", lookup.addresses());
        event.error = code(lookup.error());
        event.message = message(lookup.error());
        event.commit();
    }

    private void commit(Trace.Attempt attempt) {
        AttemptFlightEvent event = attempts.remove(attempt.id());
        if (event == null) {
            return;
        }
        event.end();
        AddressInfo address = attempt.address();
        Long reached = attempt.reachedNanos();
        event.dialId = id;
        event.id = attempt.id();
        event.address = PlainText.of(address.addressText());
        event.port = address.port();
        event.family = address.family().jsonName();
        event.why = attempt.why().jsonName();
        event.outcome = attempt.outcome().jsonName();
        event.error = code(attempt.error());
        event.message = message(attempt.error());
        event.reachedAfter = reached == null ? NONE : reached - attempt.startNanos();
        event.commit();
    }

    private void commit(Trace trace) {
        DialFlightEvent event = dial;
        if (event == null) {
            return;
        }
        event.end();
        Trace.Attempt winner = trace.winner();
        List<Trace.Attempt> tried = trace.attempts();
        event.dialId = id;
        event.host = host;
        event.service = PlainText.of(trace.service());
        event.outcome = trace.outcome().jsonName();
        if (winner != null) {
            event.address = PlainText.of(winner.address().addressText());
            event.port = winner.address().port();
            event.family = winner.address().family().jsonName();
        }
        event.error = code(trace.error());
        event.message = message(trace.error());
        event.lookups = trace.lookups().size();
        event.attempts = tried.size();
        event.beforeFirstAttempt = tried.isEmpty() ? NONE : tried.get(0).startNanos();
        event.commit();
    }

    private static @Nullable String code(Trace.@Nullable Failure failure) {
        return failure == null ? null : failure.code().name();
    }

    private static @Nullable String message(Trace.@Nullable Failure failure) {
        return failure == null ? null : PlainText.of(failure.message());
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : PlainText.of(text);
    }
}
