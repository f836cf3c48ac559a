package dev.prise.simulation;

import dev.prise.race.Candidate;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Events and actions in a few words. */
final class Story {
    private Story() {}

    static String of(RaceEvent event) {
        return switch (event) {
            case RaceEvent.Start start ->
                "start: look up " + start.lookups()
                        + (start.reserve().isEmpty() ? "" : ", reserve " + start.reserve())
                        + (start.known().isEmpty() ? "" : ", known " + addresses(start.known()));
            case RaceEvent.Answered answer ->
                "lookup " + answer.lookup() + " answers " + addresses(answer.candidates())
                        + (answer.last() ? ", the last" : "");
            case RaceEvent.LookupEnded ended -> "lookup " + ended.lookup() + " ends";
            case RaceEvent.LookupFailed failed -> "lookup " + failed.lookup() + " fails: " + failed.code();
            case RaceEvent.AttemptSent sent -> "attempt " + sent.attempt() + " has sent";
            case RaceEvent.TransportConnected reached -> "attempt " + reached.attempt() + " reaches its peer";
            case RaceEvent.Connected connected -> "attempt " + connected.attempt() + " connects";
            case RaceEvent.AttemptFailed failed ->
                "attempt " + failed.attempt() + " fails: " + failed.failure() + ", " + failed.code();
            case RaceEvent.AddressesRemoved removed -> "taken back " + removed.addresses();
            case RaceEvent.Crowded crowded ->
                (crowded.crowded() ? "crowded " : "no longer crowded ") + crowded.address();
            case RaceEvent.Cancel cancel -> "cancel: " + cancel.code();
        };
    }

    static String of(RaceAction action) {
        return switch (action) {
            case RaceAction.StartLookup start -> "start lookup " + start.lookup() + " of " + start.family();
            case RaceAction.CancelLookup cancel -> "cancel lookup " + cancel.lookup();
            case RaceAction.StartAttempt start ->
                "start attempt " + start.attempt() + " to "
                        + start.candidate().address().addressText() + " (" + text(start.why()) + ")";
            case RaceAction.CancelAttempt cancel ->
                "cancel attempt " + cancel.attempt() + " (" + text(cancel.reason()) + ")";
            case RaceAction.CloseLate late -> "close attempt " + late.attempt() + ", connected too late";
            case RaceAction.Learn learn -> "learn of attempt " + learn.attempt() + ": " + learn.lesson();
            case RaceAction.Won won -> "attempt " + won.attempt() + " has won";
            case RaceAction.Failed failed -> "failed (" + text(failed.reason()) + ")";
        };
    }

    private static String addresses(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.address().addressText())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
