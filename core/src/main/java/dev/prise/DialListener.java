package dev.prise;

import dev.prise.trace.TraceEvent;

/**
 * Told what happens in a dial while it happens.
 *
 * <p>Called by the thread that drives the dial, often the one that serves all dials of the process: it must return at once and must
 * not block. What it throws is passed to that thread's uncaught exception handler and does not disturb the dial.
 */
@FunctionalInterface
public interface DialListener {
    /** An event; the last one of a dial is {@link TraceEvent.DialEnded}. */
    void onEvent(TraceEvent event);
}
