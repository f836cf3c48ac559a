package dev.prise.trace;

import dev.prise.address.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comes to a {@link Verdict}. It says no more than the trace shows: what may have other causes is told as a possibility. */
final class Judge {
    private Judge() {}

    static Verdict of(Trace trace) {
        Trace.Attempt winner = trace.winner();
        if (winner != null) {
            return new ConnectedJudge(trace, winner).verdict();
        }
        Trace.Failure error = trace.error();
        ErrorCode code = error == null ? ErrorCode.UNKNOWN : error.code();
        if (code == ErrorCode.CANCELLED || code == ErrorCode.INTERRUPTED) {
            return givenUp(trace, code == ErrorCode.CANCELLED ? "cancelled" : "interrupted");
        }
        return trace.attempts().isEmpty()
                ? new UnresolvedJudge(trace, code).verdict()
                : new UnconnectedJudge(trace, code).verdict();
    }

    private static Verdict givenUp(Trace trace, String how) {
        String when = isResolving(trace) ? ", before the name was resolved" : "";
        return failed(
                Verdict.Kind.GIVEN_UP,
                "The dial was " + how + " after " + Elapsed.text(trace.elapsedNanos()) + when + ".",
                null);
    }

    /** Whether it ended without any address. */
    static boolean isResolving(Trace trace) {
        return trace.candidates().isEmpty()
                && trace.attempts().isEmpty()
                && !trace.lookups().isEmpty();
    }

    static Verdict failed(Verdict.Kind kind, String sentence, @Nullable String advice) {
        return new Verdict(kind, sentence, advice, List.of());
    }

    /** What the table of codes advises, as a sentence. */
    static String adviceOf(ErrorCode code) {
        String advice = code.advice();
        return Character.toUpperCase(advice.charAt(0)) + advice.substring(1) + ".";
    }
}
