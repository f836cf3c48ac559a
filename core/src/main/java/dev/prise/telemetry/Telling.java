package dev.prise.telemetry;

import dev.prise.trace.TraceEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the events of one dial to those who want to know. What they throw disturbs nothing. */
public final class Telling implements Consumer<TraceEvent> {
    private final @Nullable Consumer<TraceEvent> recordings;
    private final @Nullable Consumer<? super TraceEvent> listener;

    private Telling(@Nullable Consumer<TraceEvent> recordings, @Nullable Consumer<? super TraceEvent> listener) {
        this.recordings = recordings;
        this.listener = listener;
    }

    /**
     * For a dial that begins now; null when nobody wants to know.
     *
     * @param listener the dial's own, null for none
     */
    public static @Nullable Consumer<TraceEvent> begin(@Nullable Consumer<? super TraceEvent> listener) {
        Consumer<TraceEvent> recordings = FlightRecordings.begin();
        return recordings == null && listener == null ? null : new Telling(recordings, listener);
    }

    @Override
    public void accept(TraceEvent event) {
        if (recordings != null) {
            // first, so that a listener that takes its time does not lengthen what is recorded
            record(recordings, event);
        }
        if (listener != null) {
            tell(listener, event);
        }
    }

    private static void record(Consumer<TraceEvent> recordings, TraceEvent event) {
        try {
            recordings.accept(event);
        } catch (RuntimeException | Error e) {
            Faults.tell(e);
        }
    }

    private static void tell(Consumer<? super TraceEvent> listener, TraceEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable e) {
            // also what only other languages than Java let a listener throw
            Faults.tellListeners(e);
        }
    }
}
