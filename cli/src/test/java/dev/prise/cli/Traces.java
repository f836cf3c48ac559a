package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Traces for tests of what is made from them. */
final class Traces {
    static final long MILLI = 1_000_000L;

    private Traces() {}

    static AddressInfo address(String literal) {
        return AddressInfo.stream(new InetSocketAddress(InetAddress.ofLiteral(literal), 443));
    }

    static Trace.Lookup answered(int id, AddressFamily family, long endMillis, String... addresses) {
        return new Trace.Lookup(
                id,
                family,
                "getaddrinfo",
                null,
                0,
                endMillis * MILLI,
                Trace.LookupOutcome.ANSWERED,
                List.of(addresses),
                null);
    }

    /** IPv6 answered at once. */
    static Trace healthy() {
        Trace.Attempt winner = new Trace.Attempt(
                1,
                address("2001:db8::1"),
                Trace.Why.FIRST,
                13 * MILLI,
                31 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null);
        return new Trace(
                "dual.example",
                "443",
                Trace.Outcome.CONNECTED,
                31 * MILLI,
                winner,
                null,
                List.of(
                        answered(1, AddressFamily.INET6, 12, "2001:db8::1"),
                        answered(2, AddressFamily.INET, 12, "192.0.2.1")),
                candidates(),
                List.of(winner));
    }

    private static List<Trace.Candidate> candidates() {
        return List.of(
                new Trace.Candidate(address("2001:db8::1"), "rule 6: precedence 40 > 35"),
                new Trace.Candidate(address("192.0.2.1"), "rule 6: precedence 35 < 40"));
    }

    /** IPv6 did not answer, so IPv4 won. */
    static Trace fallback() {
        Trace.Failure lost = new Trace.Failure(ErrorCode.CANCELLED, "another attempt was first");
        Trace.Attempt first = new Trace.Attempt(
                1,
                address("2001:db8::1"),
                Trace.Why.FIRST,
                13 * MILLI,
                287 * MILLI,
                Trace.AttemptOutcome.CANCELLED,
                lost);
        Trace.Attempt winner = new Trace.Attempt(
                2,
                address("192.0.2.1"),
                Trace.Why.DELAY,
                263 * MILLI,
                287 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null);
        return new Trace(
                "dual.example",
                "443",
                Trace.Outcome.CONNECTED,
                287 * MILLI,
                winner,
                null,
                List.of(
                        answered(1, AddressFamily.INET6, 12, "2001:db8::1"),
                        answered(2, AddressFamily.INET, 12, "192.0.2.1")),
                candidates(),
                List.of(first, winner));
    }

    /** All of {@code count} addresses refused. */
    static Trace refused(int count) {
        Trace.Failure refused = new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "Connection refused");
        List<String> found = new ArrayList<>();
        List<Trace.Candidate> candidates = new ArrayList<>();
        List<Trace.Attempt> attempts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            AddressInfo address = address("192.0.2." + i);
            found.add(address.addressText());
            candidates.add(new Trace.Candidate(address, "rule 10: order of the answer"));
            attempts.add(new Trace.Attempt(
                    i,
                    address,
                    i == 1 ? Trace.Why.FIRST : Trace.Why.FAILURE,
                    i * 10L * MILLI,
                    (i * 10L + 6) * MILLI,
                    Trace.AttemptOutcome.FAILED,
                    refused));
        }
        return new Trace(
                "many.example",
                "443",
                Trace.Outcome.FAILED,
                (count * 10L + 6) * MILLI,
                null,
                refused,
                List.of(answered(1, AddressFamily.UNSPEC, 8, found.toArray(String[]::new))),
                candidates,
                attempts);
    }

    /** There is no such name; whatever its characters. */
    static Trace unknown(String host, String service, String message) {
        Trace.Failure failure = new Trace.Failure(ErrorCode.HOST_NOT_FOUND, message);
        Trace.Lookup lookup = new Trace.Lookup(
                1, AddressFamily.UNSPEC, "jdk", null, 0, 3 * MILLI, Trace.LookupOutcome.FAILED, List.of(), failure);
        return new Trace(
                host, service, Trace.Outcome.FAILED, 3 * MILLI, null, failure, List.of(lookup), List.of(), List.of());
    }
}
