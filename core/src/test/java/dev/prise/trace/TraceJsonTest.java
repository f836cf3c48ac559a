package dev.prise.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema {@code prise.trace/1}, letter by letter. */
class TraceJsonTest {
    private static final AddressInfo FOUR = TraceRecorderTest.address(192, 0, 2, 1);
    private static final AddressInfo SIX =
            TraceRecorderTest.address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    @Test
    void connected() {
        Trace.Attempt first = new Trace.Attempt(
                1, SIX, Trace.Why.FIRST, 12_200_000, 287_300_000, Trace.AttemptOutcome.CANCELLED, null);
        Trace.Attempt second = new Trace.Attempt(
                2, FOUR, Trace.Why.DELAY, 262_200_000, 287_299_999, Trace.AttemptOutcome.CONNECTED, null);
        Trace trace = new Trace(
                "dual.example",
                "27015",
                Trace.Outcome.CONNECTED,
                287_300_000,
                second,
                null,
                List.of(new Trace.Lookup(
                        1,
                        AddressFamily.UNSPEC,
                        "jdk",
                        null,
                        0,
                        12_100_000,
                        Trace.LookupOutcome.ANSWERED,
                        List.of("192.0.2.1", "2001:db8::1"),
                        null)),
                List.of(
                        new Trace.Candidate(SIX, "rule 6: precedence 40 > 35"),
                        new Trace.Candidate(FOUR, "rule 6: precedence 35 < 40")),
                List.of(first, second));
        assertThat(trace.toJson()).isEqualTo(oneLine("""
                        {"schema": "prise.trace/1",
                         "target": {"host": "dual.example", "service": "27015"},
                         "outcome": "connected",
                         "elapsed_ms": 287.300,
                         "winner": {"attempt": 2, "address": "192.0.2.1", "port": 27015, "family": "inet"},
                         "error": null,
                         "lookups": [{"family": "any", "resolver": "jdk", "start_ms": 0.000, "end_ms": 12.100,
                         "outcome": "answered", "addresses": ["192.0.2.1", "2001:db8::1"], "error": null, "fallback_reason": null}],
                         "candidates": [{"address": "2001:db8::1", "family": "inet6", "why": "rule 6: precedence 40 > 35"},
                         {"address": "192.0.2.1", "family": "inet", "why": "rule 6: precedence 35 < 40"}],
                         "attempts": [{"id": 1, "address": "2001:db8::1", "port": 27015, "family": "inet6", "why": "first",
                         "start_ms": 12.200, "end_ms": 287.300, "outcome": "cancelled", "error": null},
                         {"id": 2, "address": "192.0.2.1", "port": 27015, "family": "inet", "why": "delay",
                         "start_ms": 262.200, "end_ms": 287.299, "outcome": "connected", "error": null}]}"""));
    }

    @Test
    void failed() {
        Trace trace = new Trace(
                "nosuch.example",
                "27015",
                Trace.Outcome.FAILED,
                1_000_001,
                null,
                new Trace.Failure(ErrorCode.HOST_NOT_FOUND, "cannot resolve"),
                List.of(new Trace.Lookup(
                        1,
                        AddressFamily.INET6,
                        "jdk",
                        "getaddrinfo: not \"here\"",
                        0,
                        1_000_000,
                        Trace.LookupOutcome.FAILED,
                        List.of(),
                        new Trace.Failure(ErrorCode.HOST_NOT_FOUND, "Name or service not known"))),
                List.of(),
                List.of());
        assertThat(trace.toJson()).isEqualTo(oneLine("""
                        {"schema": "prise.trace/1",
                         "target": {"host": "nosuch.example", "service": "27015"},
                         "outcome": "failed",
                         "elapsed_ms": 1.000,
                         "winner": null,
                         "error": {"code": "HOST_NOT_FOUND", "posix": "EAI_NONAME", "winsock": 11001, "message": "cannot resolve"},
                         "lookups": [{"family": "inet6", "resolver": "jdk", "start_ms": 0.000, "end_ms": 1.000,
                         "outcome": "failed", "addresses": [], "error": {"code": "HOST_NOT_FOUND", "posix": "EAI_NONAME",
                         "winsock": 11001, "message": "Name or service not known"}, "fallback_reason": "getaddrinfo: not \\"here\\""}],
                         "candidates": [],
                         "attempts": []}"""));
    }

    @Test
    void whatOnlyWinsockHasHasNoPosixName() {
        Trace.Failure failure = new Trace.Failure(ErrorCode.NOT_INITIALISED, "not started");
        Trace trace = new Trace("", "", Trace.Outcome.FAILED, 0, null, failure, List.of(), List.of(), List.of());
        assertThat(trace.toJson())
                .contains("\"error\": {\"code\": \"NOT_INITIALISED\", \"posix\": null, \"winsock\": 10093, ");
    }

    @Test
    void stringsAreEscaped() {
        Trace trace = new Trace(
                "a\"b\\c\n\r\t\u0001\u007f\u009b\u202e\u2028\ud800 \ud83d\ude00 é",
                "",
                Trace.Outcome.FAILED,
                0,
                null,
                null,
                List.of(),
                List.of(),
                List.of());
        assertThat(trace.toJson())
                .contains("\"host\": \"a\\\"b\\\\c\\n\\r\\t\\u0001\\u007f\\u009b\\u202e\\u2028\\ud800 \ud83d\ude00 é\"")
                .doesNotContain("\n");
    }

    private static String oneLine(String block) {
        return block.replace("\n", "");
    }
}
