package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import java.util.List;

/** Says in one sentence why a dial failed: the target, every address that was tried with its reason, the codes, what to try. */
final class FailureSentence {
    /** Names have 253 characters at most, but a zone or a path may be of any length. */
    private static final int LONGEST_HOST = 300;

    private static final int USUAL_LENGTH = 256;

    private static final String UNREADY_ADVICE = "look at the server's log, allow more time";

    private FailureSentence() {}

    static String of(
            String host,
            String service,
            ErrorCode error,
            List<Trace.Lookup> lookups,
            List<Trace.Candidate> candidates,
            List<Trace.Attempt> attempts,
            long elapsedNanos) {
        boolean resolving = candidates.isEmpty() && !lookups.isEmpty();
        StringBuilder text = new StringBuilder(USUAL_LENGTH)
                .append(resolving ? "cannot resolve " : "cannot connect to ")
                .append(service.isEmpty() ? "unix:" : "")
                .append(PlainText.shortened(PlainText.of(host), LONGEST_HOST));
        if (!resolving && !service.isEmpty()) {
            text.append(" port ").append(PlainText.of(service));
        }
        switch (error) {
            case TIMED_OUT -> text.append(" within ").append(Elapsed.text(elapsedNanos));
            case CANCELLED, INTERRUPTED ->
                text.append(", ").append(error.meaning()).append(" after ").append(Elapsed.text(elapsedNanos));
            default -> {}
        }
        text.append(": ").append(resolving ? lookupReasons(error, lookups) : attemptReasons(error, attempts));
        boolean unready = error == ErrorCode.TIMED_OUT && isUnreadyAlone(attempts);
        return text.append("; ")
                .append(unready ? UNREADY_ADVICE : error.advice())
                .toString();
    }

    /** Whether all that was waited for in vain had been reached, so that nothing is wrong with the way there. */
    private static boolean isUnreadyAlone(List<Trace.Attempt> attempts) {
        boolean any = false;
        for (Trace.Attempt attempt : attempts) {
            if (codeOf(attempt) == ErrorCode.TIMED_OUT) {
                if (attempt.reachedNanos() == null) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private static String lookupReasons(ErrorCode error, List<Trace.Lookup> lookups) {
        for (Trace.Lookup lookup : lookups) {
            Trace.Failure failure = lookup.error();
            if (failure != null && failure.code() == error) {
                return PlainText.of(failure.message()) + " (" + error.codes() + ")";
            }
        }
        String reason = error == ErrorCode.TIMED_OUT ? "no answer from the name server" : error.meaning();
        return reason + " (" + error.codes() + ")";
    }

    private static String attemptReasons(ErrorCode error, List<Trace.Attempt> attempts) {
        if (attempts.isEmpty()) {
            return error.meaning() + " (" + error.codes() + ")";
        }
        int ofThisCode = 0;
        for (Trace.Attempt attempt : attempts) {
            ofThisCode += codeOf(attempt) == error ? 1 : 0;
        }
        boolean sameCode = ofThisCode == attempts.size();
        StringBuilder text = new StringBuilder(80);
        for (Trace.Attempt attempt : attempts) {
            text.append(text.length() == 0 ? "" : ", ");
            appendReason(text, attempt, !sameCode);
        }
        boolean told = !sameCode && ofThisCode > 0;
        return told
                ? text.toString()
                : text.append(" (").append(error.codes()).append(')').toString();
    }

    private static ErrorCode codeOf(Trace.Attempt attempt) {
        Trace.Failure failure = attempt.error();
        return failure == null ? ErrorCode.CANCELLED : failure.code();
    }

    private static void appendReason(StringBuilder text, Trace.Attempt attempt, boolean withCodes) {
        if (attempt.address().family() != AddressFamily.UNIX) {
            // a path is named by the target already
            text.append(attempt.address().addressText()).append(' ');
        }
        Trace.Failure failure = attempt.error();
        String elapsed = Elapsed.text(attempt.endNanos() - attempt.startNanos());
        if (failure == null) {
            text.append("given up after ").append(elapsed);
            return;
        }
        ErrorCode code = failure.code();
        switch (code) {
            case TIMED_OUT ->
                text.append(attempt.reachedNanos() == null ? "no answer for " : "connected, but not ready within ");
            case UNKNOWN, TLS_CERTIFICATE, TLS_HANDSHAKE ->
                text.append("failed, ").append(PlainText.of(failure.message())).append(", after ");
            default -> text.append(code.meaning()).append(" after ");
        }
        text.append(elapsed);
        if (withCodes) {
            text.append(" (").append(code.codes()).append(')');
        }
    }
}
