package dev.prise.simulation;

import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What leads a race from one state to another: collected from dials of the small world, written as a diagram and a table. A step in which
 * events of several kinds come together has no cause of its own, and must be a way along the others.
 */
final class Transitions {
    private final Map<Key, Row> rows =
            new TreeMap<>(Comparator.comparing(Key::from).thenComparing(Key::to).thenComparing(Key::cause));
    private final Set<List<Race.State>> mixed = new HashSet<>();

    private record Key(Race.State from, String cause, Race.State to) {}

    private static final class Row {
        final Set<RaceAction.Kind> does = EnumSet.noneOf(RaceAction.Kind.class);
        final String example;

        Row(String example) {
            this.example = example;
        }
    }

    /** Runs the scenarios with none, one or two addresses and no memory, and a cancel at each step of those that have cancels. */
    static Transitions ofSmallWorld() {
        Transitions transitions = new Transitions();
        for (long number : SmallWorld.plainNumbersOf("", "6", "64")) {
            Scenario scenario = SmallWorld.scenario(number);
            int steps = transitions.run(scenario);
            for (int step = 0; SmallWorld.hasCancels(number) && step < steps; step++) {
                transitions.run(scenario.withCancel(Scenario.Cancel.atStep(step, true)));
            }
        }
        return transitions;
    }

    private int run(Scenario scenario) {
        return new SimWorld(scenario, Machine::race, SimWorld.Disturbance.NONE, this::step)
                .run()
                .steps();
    }

    private void step(Race.State before, List<SimWorld.Operation> operations, Race.State after) {
        if (before == Race.State.DONE) {
            return;
        }
        boolean hasCause = true;
        Set<RaceEvent.Kind> told = EnumSet.noneOf(RaceEvent.Kind.class);
        List<RaceAction> done = new ArrayList<>();
        RaceEvent first = null;
        for (SimWorld.Operation operation : operations) {
            RaceEvent event = operation.event();
            if (event != null && event.kind() != RaceEvent.Kind.ATTEMPT_SENT) {
                told.add(event.kind());
                first = first == null ? event : first;
                // what a system call says at once comes after an action that something else has caused
                hasCause &= done.isEmpty();
            }
            if (operation.action() != null) {
                done.add(operation.action());
            }
        }
        if (told.size() > 1 || !hasCause) {
            mixed.add(List.of(before, after));
            return;
        }
        String cause = first == null ? timer(done) : text(first);
        Row row = rows.computeIfAbsent(
                new Key(before, cause, after),
                key -> new Row(example(operations.getFirst().atNanos(), operations)));
        done.forEach(action -> row.does.add(action.kind()));
    }

    /** Which time was over, by what was done. */
    private static String timer(List<RaceAction> done) {
        if (done.contains(new RaceAction.Failed(RaceAction.FailReason.DEADLINE))) {
            return "the deadline";
        }
        for (RaceAction action : done) {
            String timer = timer(action);
            if (timer != null) {
                return timer;
            }
        }
        throw new IllegalStateException("woken for nothing");
    }

    private static @Nullable String timer(RaceAction action) {
        return switch (action) {
            case RaceAction.StartAttempt start ->
                switch (start.why()) {
                    case FIRST -> "the Resolution Delay is over";
                    case DELAY -> "the delay after the newest attempt is over";
                    case FAILURE -> "the floor after a failed attempt is over";
                    case LATE_ANSWER -> "the floor before a late answer is over";
                    case EVICTION -> "the oldest attempt is old enough to make room";
                };
            case RaceAction.CancelAttempt cancel ->
                cancel.reason() == RaceAction.CancelReason.TIMEOUT ? "an attempt has had its time" : null;
            case RaceAction.CancelLookup cancel -> "a lookup has had its time";
            case RaceAction.StartLookup start -> null;
            case RaceAction.CloseLate late -> null;
            case RaceAction.Learn learn -> null;
            case RaceAction.Won won -> null;
            case RaceAction.Failed failed -> null;
        };
    }

    private static String text(RaceEvent event) {
        return switch (event.kind()) {
            case START -> "the dial begins";
            case ANSWERED -> "an answer comes";
            case LOOKUP_ENDED -> "a lookup ends";
            case LOOKUP_FAILED -> "a lookup fails";
            case ATTEMPT_SENT -> "a packet has left";
            case TRANSPORT_CONNECTED -> "an attempt reaches its peer";
            case CONNECTED -> "an attempt is connected and ready";
            case ATTEMPT_FAILED -> "an attempt fails";
            case ADDRESSES_REMOVED -> "addresses are taken back";
            case CROWDED -> "an address is crowded, or no longer";
            case CANCEL -> "the caller gives up";
        };
    }

    private static String example(long atNanos, List<SimWorld.Operation> operations) {
        List<String> parts = new ArrayList<>();
        for (SimWorld.Operation operation : operations) {
            if (operation.event() != null && operation.event().kind() != RaceEvent.Kind.ATTEMPT_SENT) {
                parts.add(Story.of(operation.event()));
            } else if (operation.action() != null && operation.action().kind() != RaceAction.Kind.LEARN) {
                parts.add("*" + Story.of(operation.action()) + "*");
            }
        }
        return "at " + atNanos / Millis.MILLI + " ms: " + String.join("; ", parts);
    }

    /** Steps of several kinds of event that no causes of one kind explain, one after the other. */
    List<String> unexplained() {
        List<String> unexplained = new ArrayList<>();
        for (List<Race.State> step : mixed) {
            if (!reachableFrom(step.getFirst()).contains(step.getLast())) {
                unexplained.add(step.getFirst() + " to " + step.getLast());
            }
        }
        return unexplained;
    }

    private Set<Race.State> reachableFrom(Race.State from) {
        Set<Race.State> reached = EnumSet.of(from);
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Key key : rows.keySet()) {
                grows |= reached.contains(key.from()) && reached.add(key.to());
            }
        }
        return reached;
    }

    // ---- what is written

    /** The diagram: what leads out of a state. */
    String diagram() {
        Map<List<Race.State>, List<String>> causes = new HashMap<>();
        List<List<Race.State>> edges = new ArrayList<>();
        for (Key key : rows.keySet()) {
            List<Race.State> edge = List.of(key.from(), key.to());
            if (!edges.contains(edge)) {
                edges.add(edge);
            }
            causes.computeIfAbsent(edge, e -> new ArrayList<>()).add(key.cause());
        }
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> NEW\n");
        for (List<Race.State> edge : edges) {
            if (edge.getFirst() != edge.getLast()) {
                text.append("    ")
                        .append(edge.getFirst())
                        .append(" --> ")
                        .append(edge.getLast())
                        .append(" : ");
                text.append(String.join("<br/>", causes.getOrDefault(edge, List.of())))
                        .append('\n');
            }
        }
        return text.append("    DONE --> [*]\n```\n").toString();
    }

    /** The table: all causes, also those that leave a race where it is. */
    String table() {
        StringBuilder text = new StringBuilder("| from | cause | to | may do | example |\n|---|---|---|---|---|\n");
        rows.forEach((key, row) -> text.append("| ")
                .append(key.from())
                .append(" | ")
                .append(key.cause())
                .append(" | ")
                .append(key.to())
                .append(" | ")
                .append(does(row.does))
                .append(" | ")
                .append(row.example)
                .append(" |\n"));
        return text.toString();
    }

    private static String does(Set<RaceAction.Kind> kinds) {
        List<String> texts = new ArrayList<>();
        kinds.forEach(kind -> texts.add(Story.text(kind)));
        return String.join(", ", texts);
    }
}
