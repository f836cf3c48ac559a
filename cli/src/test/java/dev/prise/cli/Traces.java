package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
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
        Trace.Attempt first = new Trace.Attempt(
                1,
                address("2001:db8::1"),
                Trace.Why.FIRST,
                13 * MILLI,
                287 * MILLI,
                Trace.AttemptOutcome.CANCELLED,
                null);
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

    /** The name server took its time for IPv6. */
    static Trace slowLookup() {
        Trace.Attempt winner = new Trace.Attempt(
                1,
                address("192.0.2.1"),
                Trace.Why.FIRST,
                1840 * MILLI,
                1868 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null);
        return new Trace(
                "slow.example",
                "443",
                Trace.Outcome.CONNECTED,
                1868 * MILLI,
                winner,
                null,
                List.of(
                        new Trace.Lookup(
                                1,
                                AddressFamily.INET6,
                                "getaddrinfo",
                                null,
                                0,
                                1868 * MILLI,
                                Trace.LookupOutcome.CANCELLED,
                                List.of(),
                                null),
                        answered(2, AddressFamily.INET, 1790, "192.0.2.1")),
                List.of(new Trace.Candidate(address("192.0.2.1"), "only address")),
                List.of(winner));
    }

    static final TlsFacts TLS = new TlsFacts(
            "TLSv1.3",
            "TLS_AES_256_GCM_SHA384",
            "h2",
            new TlsFacts.PeerCertificate(
                    "CN=shop.example",
                    "CN=Example Issuing CA 3,O=Example Trust,C=FR",
                    Instant.parse("2027-02-01T12:00:00Z")));

    /** Two servers accept, and only one completes its handshake. */
    static Trace tls() {
        Trace.Attempt hanging = new Trace.Attempt(
                1,
                address("2001:db8:85a3:8d3:1319:8a2e:370:7348"),
                Trace.Why.FIRST,
                9 * MILLI,
                341 * MILLI,
                Trace.AttemptOutcome.CANCELLED,
                null,
                32 * MILLI);
        Trace.Attempt winner = new Trace.Attempt(
                2,
                address("192.0.2.1"),
                Trace.Why.DELAY,
                259 * MILLI,
                341 * MILLI,
                Trace.AttemptOutcome.CONNECTED,
                null,
                280 * MILLI);
        return new Trace(
                "shop.example",
                "443",
                Trace.Outcome.CONNECTED,
                341 * MILLI,
                winner,
                null,
                List.of(
                        answered(1, AddressFamily.INET6, 8, "2001:db8:85a3:8d3:1319:8a2e:370:7348"),
                        answered(2, AddressFamily.INET, 11, "192.0.2.1")),
                List.of(
                        new Trace.Candidate(
                                address("2001:db8:85a3:8d3:1319:8a2e:370:7348"), "rule 6: precedence 40 > 35"),
                        new Trace.Candidate(address("192.0.2.1"), "rule 6: precedence 35 < 40")),
                List.of(hanging, winner));
    }

    /** The certificate is for another name. */
    static Trace tlsFailed() {
        Trace.Failure failure = new Trace.Failure(
                ErrorCode.TLS_CERTIFICATE,
                "the certificate is for www.example and example, not for shop.example; it was issued by CN=Example CA");
        Trace.Attempt attempt = new Trace.Attempt(
                1,
                address("192.0.2.1"),
                Trace.Why.FIRST,
                9 * MILLI,
                71 * MILLI,
                Trace.AttemptOutcome.FAILED,
                failure,
                32 * MILLI);
        return new Trace(
                "shop.example",
                "443",
                Trace.Outcome.FAILED,
                71 * MILLI,
                null,
                failure,
                List.of(answered(1, AddressFamily.UNSPEC, 8, "192.0.2.1")),
                List.of(new Trace.Candidate(address("192.0.2.1"), "only address")),
                List.of(attempt));
    }
}
