package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import dev.prise.trace.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Results of dials that never were, with verdicts whose words are fixed here. */
final class CheckResults {
    static final long MILLI = 1_000_000L;

    private CheckResults() {}

    /** The only address of a target answers after 12 ms. */
    static CheckResult connected(String target, String address) {
        TraceRecorder recorder = new TraceRecorder("host.example", "80", "jdk", null, null);
        recorder.attemptStarted(1, info(address), Trace.Why.FIRST, 0);
        recorder.attemptEnded(1, Trace.AttemptOutcome.CONNECTED, null, 12 * MILLI);
        Trace trace = recorder.end(List.of(candidate(address)), null, 12 * MILLI);
        String sentence = "All is well: " + address + " answered at the first attempt.";
        return new CheckResult(target, null, trace, null, new Verdict(Verdict.Kind.HEALTHY, sentence, null, List.of()));
    }

    /** An address that is silent for 250 ms, and another that answers then. */
    static CheckResult afterFallback(String target, String silent, String answering) {
        TraceRecorder recorder = new TraceRecorder("host.example", "80", "jdk", null, null);
        recorder.attemptStarted(1, info(silent), Trace.Why.FIRST, 0);
        recorder.attemptStarted(2, info(answering), Trace.Why.DELAY, 250 * MILLI);
        recorder.attemptEnded(2, Trace.AttemptOutcome.CONNECTED, null, 262 * MILLI);
        Trace.Failure givenUp = new Trace.Failure(ErrorCode.CANCELLED, "given up");
        recorder.attemptEnded(1, Trace.AttemptOutcome.CANCELLED, givenUp, 262 * MILLI);
        Trace trace = recorder.end(List.of(candidate(silent), candidate(answering)), null, 262 * MILLI);
        Verdict.Cost cost = new Verdict.Cost(250 * MILLI, silent + " did not answer");
        String sentence = "IPv6 is broken, it works only over IPv4: " + cost.reason() + ", which cost 250 ms.";
        return new CheckResult(
                target,
                null,
                trace,
                null,
                new Verdict(Verdict.Kind.IPV6_BROKEN, sentence, "Mend IPv6.", List.of(cost)));
    }

    /** The only address of a target refuses after 3 ms. */
    static CheckResult refused(String target, String address) {
        TraceRecorder recorder = new TraceRecorder("host.example", "80", "jdk", null, null);
        recorder.attemptStarted(1, info(address), Trace.Why.FIRST, 0);
        Trace.Failure failure = new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "Connection refused");
        recorder.attemptEnded(1, Trace.AttemptOutcome.FAILED, failure, 3 * MILLI);
        Trace trace = recorder.end(List.of(candidate(address)), ErrorCode.CONNECTION_REFUSED, 3 * MILLI);
        String sentence = "Not connected: " + address + " refused.";
        return new CheckResult(
                target,
                null,
                trace,
                null,
                new Verdict(Verdict.Kind.REFUSED, sentence, "Nobody listens there.", List.of()));
    }

    /** No such name. */
    static CheckResult unknown(String target, String host) {
        TraceRecorder recorder = new TraceRecorder(host, "80", "jdk", null, null);
        recorder.lookupStarted(1, AddressFamily.UNSPEC, 0);
        Trace.Failure failure = new Trace.Failure(ErrorCode.HOST_NOT_FOUND, "not known");
        recorder.lookupEnded(1, Trace.LookupOutcome.FAILED, failure, 5 * MILLI);
        Trace trace = recorder.end(List.of(), ErrorCode.HOST_NOT_FOUND, 5 * MILLI);
        String sentence = "There is no host named " + host + ".";
        return new CheckResult(
                target,
                null,
                trace,
                null,
                new Verdict(Verdict.Kind.NAME_UNKNOWN, sentence, "Compare the spelling.", List.of()));
    }

    static CheckResult alone(CheckResult result, String address) {
        return new CheckResult(result.target(), info(address), result.trace(), null, result.verdict());
    }

    private static Trace.Candidate candidate(String address) {
        return new Trace.Candidate(info(address), "only address");
    }

    static AddressInfo info(String address) {
        try {
            return AddressInfo.stream(new InetSocketAddress(InetAddress.getByName(address), 80));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
