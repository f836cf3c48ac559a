package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What came of a target, or of one of its addresses.
 *
 * @param target as it was written
 * @param alone the address that was tried by itself, null when all were to be tried
 * @param trace what happened
 * @param tls what was agreed on, null without TLS or when it did not come so far
 * @param verdict what the trace means
 */
record CheckResult(
        String target,
        @Nullable AddressInfo alone,
        Trace trace,
        @Nullable TlsFacts tls,
        Verdict verdict) {

    static CheckResult of(String target, @Nullable AddressInfo alone, Trace trace, @Nullable TlsFacts tls) {
        return new CheckResult(target, alone, trace, tls, Verdict.of(trace));
    }

    /** The target, and the address when that was tried by itself and is not the target. */
    String name() {
        return alone == null || target.contains(alone.addressText()) ? target : target + " at " + alone.addressText();
    }

    boolean connected() {
        return trace.winner() != null;
    }

    /** The address that it is connected to, or else the one that was tried by itself; null when there is none. */
    @Nullable
    AddressInfo address() {
        Trace.Attempt winner = trace.winner();
        return winner == null ? alone : winner.address();
    }

    /** The family of that address, or else of the only lookup; UNSPEC when there is none. */
    AddressFamily family() {
        AddressInfo address = address();
        if (address != null) {
            return address.family();
        }
        boolean oneLookup = trace.attempts().isEmpty() && trace.lookups().size() == 1;
        return oneLookup ? trace.lookups().get(0).family() : AddressFamily.UNSPEC;
    }

    /** What the delays before the winner have cost; 0 for nothing worth a word. */
    long lostNanos() {
        long lost = 0;
        for (Verdict.Cost cost : verdict.costs()) {
            lost += cost.nanos();
        }
        return lost;
    }
}
