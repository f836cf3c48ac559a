package dev.prise.cli;

import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** How far a dial has come, by its events. Not thread-safe. */
final class DialProgress {
    private final SequencedMap<Integer, TraceEvent.LookupStarted> lookups = new LinkedHashMap<>();
    private final Map<Integer, Trace.Lookup> lookupsOver = new HashMap<>();
    private final SequencedMap<Integer, TraceEvent.AttemptStarted> attempts = new LinkedHashMap<>();
    private final Map<Integer, Long> reached = new HashMap<>();
    private final Map<Integer, Trace.Attempt> attemptsOver = new HashMap<>();

    void take(TraceEvent event) {
        switch (event) {
            case TraceEvent.LookupStarted start -> lookups.put(start.id(), start);
            case TraceEvent.LookupEnded end -> lookupsOver.put(end.lookup().id(), end.lookup());
            case TraceEvent.AttemptStarted start -> attempts.put(start.id(), start);
            case TraceEvent.AttemptReached at -> reached.put(at.id(), at.atNanos());
            case TraceEvent.AttemptEnded end -> attemptsOver.put(end.attempt().id(), end.attempt());
            default -> {}
        }
    }

    /**
     * At most so many rows, in the order of their start: those under way first of all, and of the others the newest.
     *
     * @param nowNanos since the dial began; a little less than it says of itself where its first event came late
     */
    List<WaterfallRow> rows(long nowNanos, int most) {
        List<WaterfallRow> rows = new ArrayList<>();
        List<Boolean> open = new ArrayList<>();
        for (TraceEvent.LookupStarted start : lookups.values()) {
            Trace.Lookup over = lookupsOver.get(start.id());
            rows.add(
                    over == null
                            ? WaterfallRow.open(start, Math.max(nowNanos, start.atNanos()))
                            : WaterfallRow.of(over));
            open.add(over == null);
        }
        for (TraceEvent.AttemptStarted start : attempts.values()) {
            Trace.Attempt over = attemptsOver.get(start.id());
            rows.add(
                    over == null
                            ? WaterfallRow.open(start, reached.get(start.id()), Math.max(nowNanos, latest(start)))
                            : WaterfallRow.of(over, null));
            open.add(over == null);
        }
        for (int surplus = rows.size() - most; surplus > 0; surplus--) {
            int least = open.indexOf(false);
            rows.remove(Math.max(0, least));
            open.remove(Math.max(0, least));
        }
        return rows;
    }

    private long latest(TraceEvent.AttemptStarted start) {
        return reached.getOrDefault(start.id(), start.atNanos());
    }

    /** How many rows there are. */
    int count() {
        return lookups.size() + attempts.size();
    }
}
