package dev.prise.lab.report;

import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * What came of the runs of a client in a scenario: that of most of them.
 *
 * @param kind what came of them
 * @param agreeing in how many runs
 * @param runs of how many
 * @param millis how long these took until they were connected, or failed; what the laboratory ended took longer than it let them
 * @param isRight whether all of them ended as they should
 */
record Outcome(Kind kind, int agreeing, int runs, Sample millis, boolean isRight) {
    /** What can come of a run; of two that come equally often the first is told. */
    enum Kind {
        /** A connection stood. */
        CONNECTED,
        /** It ended without one. */
        FAILED,
        /** The laboratory had to end it. */
        STOPPED;

        static Kind of(Observation run) {
            return run.connectedMillis() != null ? CONNECTED : run.exit() != null ? FAILED : STOPPED;
        }
    }

    /** What came of these runs; empty when there are none. */
    static Optional<Outcome> of(Scenario scenario, List<Observation> runs) {
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        Kind most = Kind.CONNECTED;
        for (Kind kind : Kind.values()) {
            if (with(kind, runs).size() > with(most, runs).size()) {
                most = kind;
            }
        }
        List<Observation> agreeing = with(most, runs);
        Sample millis = most == Kind.CONNECTED
                ? Sample.of(agreeing, Observation::connectedMillis)
                : Sample.of(agreeing, Observation::endedMillis);
        boolean right = most == (mustFail(scenario) ? Kind.FAILED : Kind.CONNECTED) && agreeing.size() == runs.size();
        return Optional.of(new Outcome(most, agreeing.size(), runs.size(), millis, right));
    }

    /** Whether a client that does all right cannot connect. */
    static boolean mustFail(Scenario scenario) {
        return scenario.expect().exitStatus() != 0;
    }

    private static List<Observation> with(Kind kind, List<Observation> runs) {
        return runs.stream().filter(run -> Kind.of(run) == kind).toList();
    }

    /** As a cell of a table. */
    String text(Scenario scenario) {
        String text = switch (kind) {
            case CONNECTED ->
                Times.millis(millis.median())
                        + (millis.isWide()
                                ? " (" + Times.millis(millis.min()) + "–" + Times.millis(millis.max()) + ")"
                                : "");
            case FAILED -> "✗ " + Times.withUnit(millis.median());
            case STOPPED -> "> " + scenario.limit() + " s";
        };
        return agreeing == runs ? text : text + " (" + agreeing + "/" + runs + ")";
    }
}
