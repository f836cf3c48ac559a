package dev.prise;

import dev.prise.telemetry.Faults;
import dev.prise.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens in a dial while it happens: a start and exactly one end of the dial, of each lookup and of each attempt, whatever
 * becomes of them. Nothing is told of what is refused before it begins, such as a host that cannot be a name.
 *
 * <p>The start of a dial is told by the thread that calls {@code dial} or {@code dialAsync}. All else is told by the thread that drives
 * the dial, often the one that serves all dials of the process: a listener must return at once and must not block. The events of a dial
 * come one after the other, also when threads take turns; those of several dials may come at the same time.
 *
 * <p>What a listener throws is passed to that thread's uncaught exception handler, is counted ({@link #faults}) and does not disturb the
 * dial, which goes on telling it.
 */
@FunctionalInterface
public interface DialListener {
    /** An event; the first one of a dial is {@link TraceEvent.DialStarted}, the last one {@link TraceEvent.DialEnded}. */
    void onEvent(TraceEvent event);

    /**
     * The listener for one dial; this one unless overridden. Who has to tell the dials apart that run at the same time, such as to measure
     * them, returns one of its own for each.
     *
     * <p>Called by the thread that calls {@code dial} or {@code dialAsync}, just before the dial begins. When it throws, that is counted as
     * {@link #onEvent}'s faults are, and nobody is told of the dial.
     *
     * @param target what is dialled
     * @return who is told of this dial, null for nobody
     */
    default @Nullable DialListener forDial(Target target) {
        return this;
    }

    /** How often listeners have thrown in this process. */
    static long faults() {
        return Faults.ofListeners();
    }
}
