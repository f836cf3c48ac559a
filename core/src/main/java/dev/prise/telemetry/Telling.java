package dev.prise.telemetry;

import dev.prise.trace.TraceEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the events of one dial to those who want to know. What they throw disturbs nothing. */
public final class Telling implements Consumer<TraceEvent> {
    private final Consumer<? super TraceEvent> listener;

    private Telling(Consumer<? super TraceEvent> listener) {
        this.listener = listener;
    }

    /**
     * For a dial that begins now; null when nobody wants to know.
     *
     * @param listener the dial's own, null for none
     */
    public static @Nullable Consumer<TraceEvent> begin(@Nullable Consumer<? super TraceEvent> listener) {
        return listener == null ? null : new Telling(listener);
    }

    @Override
    public void accept(TraceEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable e) {
            // also what only other languages than Java let a listener throw
            Faults.tellListeners(e);
        }
    }
}
