package dev.prise.telemetry;

import dev.prise.address.PlainText;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import org.jspecify.annotations.Nullable;

/** A dial on one line of a log: the target, how it ended and when, then each lookup and each attempt with its start, end and length. */
final class DialLine {
    private static final int USUAL_LENGTH = 256;

    /** Names have 253 characters at most, but a zone or a path may be of any length. */
    private static final int LONGEST_HOST = 300;

    private DialLine() {}

    /**
     * For example {@code dual.example:443 connected to 192.0.2.1:443 in 285 ms; lookup 1 inet6 at 0.0 ms answered in 10.0 ms, 1 address;
     * attempt 1 to [2001:db8::1]:443 at 10.0 ms cancelled in 275 ms; ...}
     */
    static String of(Trace trace) {
        StringBuilder line = new StringBuilder(USUAL_LENGTH);
        boolean isPath = trace.service().isEmpty();
        line.append(isPath ? "unix:" : "").append(PlainText.shortened(trace.host(), LONGEST_HOST));
        if (!isPath) {
            line.append(trace.host().indexOf(':') < 0 ? ":" : " port ").append(trace.service());
        }
        line.append(' ').append(trace.outcome().jsonName());
        Trace.Attempt winner = trace.winner();
        if (winner != null) {
            line.append(" to ").append(winner.address());
        }
        line.append(" in ").append(Elapsed.text(trace.elapsedNanos()));
        appendCode(line, trace.error());
        trace.lookups().forEach(lookup -> append(line, lookup));
        trace.attempts().forEach(attempt -> append(line, attempt));
        return PlainText.of(line.toString());
    }

    private static void append(StringBuilder line, Trace.Lookup lookup) {
        line.append("; lookup ").append(lookup.id());
        line.append(' ').append(lookup.family().jsonName());
        appendTimes(
                line, lookup.startNanos(), lookup.endNanos(), lookup.outcome().jsonName());
        int addresses = lookup.addresses().size();
        if (addresses > 0) {
            line.append(", ").append(addresses).append(addresses == 1 ? " address" : " addresses");
        }
        appendCode(line, lookup.error());
    }

    private static void append(StringBuilder line, Trace.Attempt attempt) {
        line.append("; attempt ").append(attempt.id());
        line.append(" to ").append(attempt.address());
        appendTimes(
                line,
                attempt.startNanos(),
                attempt.endNanos(),
                attempt.outcome().jsonName());
        appendCode(line, attempt.error());
    }

    private static void appendTimes(StringBuilder line, long startNanos, long endNanos, String outcome) {
        line.append(" at ").append(Elapsed.text(startNanos));
        line.append(' ').append(outcome);
        line.append(" in ").append(Elapsed.text(endNanos - startNanos));
    }

    private static void appendCode(StringBuilder line, Trace.@Nullable Failure failure) {
        if (failure != null) {
            line.append(", ").append(failure.code());
        }
    }
}
