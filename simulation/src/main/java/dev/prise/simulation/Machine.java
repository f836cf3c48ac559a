package dev.prise.simulation;

import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import dev.prise.trace.TraceRecorder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the simulation runs: a {@link Race}, or a broken one that shows that the checks can fail. */
interface Machine {
    void handle(RaceEvent event, long nowNanos);

    @Nullable
    RaceAction poll(long nowNanos);

    long nextDeadlineNanos();

    boolean isLastAttempt();

    Race.State state();

    @Nullable
    Trace trace();

    /** Makes machines. */
    @FunctionalInterface
    interface Factory {
        Machine create(RaceSettings settings, @Nullable Consumer<? super TraceEvent> listener);
    }

    /** The real one. */
    static Machine race(RaceSettings settings, @Nullable Consumer<? super TraceEvent> listener) {
        Race race = new Race(settings, new TraceRecorder("simulated.example", "27015", "simulated", null, listener));
        return new Machine() {
            @Override
            public void handle(RaceEvent event, long nowNanos) {
                race.handle(event, nowNanos);
            }

            @Override
            public @Nullable RaceAction poll(long nowNanos) {
                return race.poll(nowNanos);
            }

            @Override
            public long nextDeadlineNanos() {
                return race.nextDeadlineNanos();
            }

            @Override
            public boolean isLastAttempt() {
                return race.isLastAttempt();
            }

            @Override
            public Race.State state() {
                return race.state();
            }

            @Override
            public @Nullable Trace trace() {
                return race.trace();
            }
        };
    }
}
