package dev.prise.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every start has exactly one end, and the listener is told in order. */
class TraceRecorderTest {
    private static final long MILLI = 1_000_000L;

    private final List<TraceEvent> events = new ArrayList<>();
    private final TraceRecorder recorder = new TraceRecorder("dual.example", "27015", "script", null, events::add);

    static AddressInfo address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return AddressInfo.stream(new InetSocketAddress(InetAddress.getByAddress(raw), 27015));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final AddressInfo FOUR = address(192, 0, 2, 1);
    private static final AddressInfo SIX = address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    @Test
    void tellsEachEventAsItHappens() {
        recorder.lookupStarted(1, AddressFamily.UNSPEC, 0);
        recorder.lookupAnswered(1, List.of(FOUR));
        recorder.lookupEnded(1, Trace.LookupOutcome.ANSWERED, null, 5);
        recorder.attemptStarted(1, FOUR, Trace.Why.FIRST, 5);
        recorder.attemptEnded(1, Trace.AttemptOutcome.CONNECTED, null, 9);
        Trace trace = recorder.end(List.of(), null, 10);

        assertThat(events)
                .extracting(TraceEvent::kind)
                .containsExactly(
                        TraceEvent.Kind.DIAL_STARTED,
                        TraceEvent.Kind.LOOKUP_STARTED,
                        TraceEvent.Kind.LOOKUP_ENDED,
                        TraceEvent.Kind.ATTEMPT_STARTED,
                        TraceEvent.Kind.ATTEMPT_ENDED,
                        TraceEvent.Kind.DIAL_ENDED);
        assertThat(events.get(0)).isEqualTo(new TraceEvent.DialStarted("dual.example", "27015"));
        assertThat(trace.outcome()).isEqualTo(Trace.Outcome.CONNECTED);
        assertThat(trace.winner()).isEqualTo(trace.attempts().get(0));
        assertThat(trace.error()).isNull();
        assertThat(trace.lookups().get(0).addresses()).containsExactly("192.0.2.1");
        assertThat(recorder.trace()).isSameAs(trace);
    }

    @Test
    void brokenOffAtAnyPointEachStartHasItsEnd() {
        recorder.lookupStarted(1, AddressFamily.INET6, 0);
        recorder.lookupStarted(2, AddressFamily.INET, 0);
        recorder.lookupAnswered(2, List.of(FOUR));
        recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 1);
        recorder.attemptStarted(2, FOUR, Trace.Why.DELAY, 2);
        recorder.attemptEnded(2, Trace.AttemptOutcome.CONNECTED, null, 3);
        recorder.breakOff("no memory", 4);

        Trace trace = Objects.requireNonNull(recorder.trace());
        assertThat(trace.outcome()).isEqualTo(Trace.Outcome.FAILED);
        assertThat(trace.winner()).isNull();
        assertThat(trace.error()).isEqualTo(new Trace.Failure(ErrorCode.UNKNOWN, "no memory"));
        assertThat(trace.lookups())
                .extracting(Trace.Lookup::outcome)
                .containsExactly(Trace.LookupOutcome.CANCELLED, Trace.LookupOutcome.CANCELLED);
        assertThat(trace.attempts())
                .extracting(Trace.Attempt::outcome)
                .containsExactly(Trace.AttemptOutcome.CANCELLED, Trace.AttemptOutcome.CONNECTED);
        assertThat(events.get(events.size() - 1)).isEqualTo(new TraceEvent.DialEnded(trace));
        int told = events.size();
        recorder.breakOff("once more", 5);
        assertThat(events).hasSize(told);
    }

    @Test
    void sortsByTheStartAndNotByTheEnd() {
        recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 0);
        recorder.attemptStarted(2, FOUR, Trace.Why.DELAY, 250);
        recorder.attemptEnded(2, Trace.AttemptOutcome.CONNECTED, null, 270);
        recorder.attemptEnded(1, Trace.AttemptOutcome.CANCELLED, null, 270);
        assertThat(recorder.end(List.of(), null, 270).attempts())
                .extracting(Trace.Attempt::id)
                .containsExactly(1, 2);
    }

    @Test
    void nothingStartsTwice() {
        recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 0);
        assertThatIllegalStateException().isThrownBy(() -> recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 0));
        recorder.lookupStarted(1, AddressFamily.INET, 0);
        assertThatIllegalStateException().isThrownBy(() -> recorder.lookupStarted(1, AddressFamily.INET, 0));
    }

    @Test
    void nothingEndsTwiceOrWithoutAStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> recorder.attemptEnded(1, Trace.AttemptOutcome.CANCELLED, null, 0));
        recorder.lookupStarted(1, AddressFamily.INET, 0);
        recorder.lookupEnded(1, Trace.LookupOutcome.EMPTY, null, 0);
        assertThatIllegalStateException().isThrownBy(() -> recorder.lookupEnded(1, Trace.LookupOutcome.EMPTY, null, 0));
        assertThatIllegalStateException().isThrownBy(() -> recorder.lookupAnswered(1, List.of(FOUR)));
    }

    @Test
    void doesNotEndWhileSomethingIsOpen() {
        recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 0);
        assertThatIllegalStateException().isThrownBy(() -> recorder.end(List.of(), ErrorCode.TIMED_OUT, 1));
        recorder.attemptEnded(1, Trace.AttemptOutcome.CANCELLED, null, 1);
        recorder.end(List.of(), ErrorCode.TIMED_OUT, 1);
        assertThatIllegalStateException().isThrownBy(() -> recorder.end(List.of(), ErrorCode.TIMED_OUT, 2));
    }

    @Test
    void endsWithAWinnerOrAnError() {
        assertThatIllegalStateException().isThrownBy(() -> recorder.end(List.of(), null, 1));
        recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 0);
        recorder.attemptEnded(1, Trace.AttemptOutcome.CONNECTED, null, 1);
        assertThatIllegalStateException().isThrownBy(() -> recorder.end(List.of(), ErrorCode.TIMED_OUT, 1));
    }

    @Test
    void theSentenceNamesEveryAddressWithItsReason() {
        recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 0);
        recorder.attemptEnded(
                1,
                Trace.AttemptOutcome.FAILED,
                new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "Connection refused"),
                2 * MILLI);
        recorder.attemptStarted(2, FOUR, Trace.Why.FAILURE, 10 * MILLI);
        recorder.attemptEnded(
                2, Trace.AttemptOutcome.CANCELLED, new Trace.Failure(ErrorCode.TIMED_OUT, "no answer"), 2_000 * MILLI);
        Trace trace = recorder.end(List.of(), ErrorCode.TIMED_OUT, 2_000 * MILLI);
        assertThat(Objects.requireNonNull(trace.error()).message())
                .startsWith("cannot connect to dual.example port 27015 within 2.0 s: ")
                .contains("2001:db8::1 refused after 2.0 ms (ECONNREFUSED, WSAECONNREFUSED 10061)")
                .contains("192.0.2.1 no answer for 2.0 s (ETIMEDOUT, WSAETIMEDOUT 10060)")
                .endsWith(ErrorCode.TIMED_OUT.advice());
    }

    /** An attempt that ends with the dial, at 2 s. */
    private void waitInVain(int id, AddressInfo address, boolean reached) {
        recorder.attemptStarted(id, address, Trace.Why.DELAY, 0);
        if (reached) {
            recorder.attemptReached(id, 5 * MILLI);
        }
        recorder.attemptEnded(
                id, Trace.AttemptOutcome.CANCELLED, new Trace.Failure(ErrorCode.TIMED_OUT, "in vain"), 2_000 * MILLI);
    }

    private String timedOut() {
        Trace trace = recorder.end(List.of(), ErrorCode.TIMED_OUT, 2_000 * MILLI);
        return Objects.requireNonNull(trace.error()).message();
    }

    @Test
    void whoWasConnectedAndSilentIsNotBehindAFirewall() {
        recorder.attemptStarted(1, SIX, Trace.Why.FIRST, 0);
        recorder.attemptEnded(
                1,
                Trace.AttemptOutcome.FAILED,
                new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "Connection refused"),
                2 * MILLI);
        waitInVain(2, FOUR, true);
        assertThat(timedOut())
                .contains(", 192.0.2.1 connected, but not ready within 2.0 s (ETIMEDOUT, WSAETIMEDOUT 10060); ")
                .endsWith("; look at the server's log, allow more time");
    }

    @Test
    void whenOneOfThemWasNotReachedTheWayMayBeBroken() {
        waitInVain(1, SIX, false);
        waitInVain(2, FOUR, true);
        assertThat(timedOut())
                .contains("2001:db8::1 no answer for 2.0 s, 192.0.2.1 connected, but not ready within 2.0 s (ETIMEDOUT")
                .endsWith(ErrorCode.TIMED_OUT.advice());
    }

    @Test
    void theSentenceOfALookupHasItsReason() {
        recorder.lookupStarted(1, AddressFamily.INET6, 0);
        recorder.lookupEnded(
                1,
                Trace.LookupOutcome.FAILED,
                new Trace.Failure(ErrorCode.HOST_NOT_FOUND, "Name or service not known"),
                1);
        Trace trace = recorder.end(List.of(), ErrorCode.HOST_NOT_FOUND, 1);
        assertThat(Objects.requireNonNull(trace.error()).message())
                .isEqualTo("cannot resolve dual.example: Name or service not known"
                        + " (EAI_NONAME, WSAHOST_NOT_FOUND 11001); check the spelling of the name");
    }

    @Test
    void theSentenceStaysOnOneLineWhateverTheHost() {
        TraceRecorder evil = new TraceRecorder("a\nb\u001b[31m\u202e", "1\r2", "script", null, null);
        Trace trace = evil.end(List.of(), ErrorCode.HOST_NOT_FOUND, 1);
        assertThat(Objects.requireNonNull(trace.error()).message())
                .startsWith("cannot connect to a?b?[31m? port 1?2: ")
                .doesNotContain("\n", "\r", "\u001b", "\u202e");
    }
}
