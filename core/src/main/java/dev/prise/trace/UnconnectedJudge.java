package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The verdict on a dial of which no attempt connected. */
final class UnconnectedJudge {
    /** A lost packet is sent again after a second (RFC 6298), and then again after two. */
    private static final long SHORT_NANOS = 3_000_000_000L;

    private final Trace trace;
    private final ErrorCode code;

    UnconnectedJudge(Trace trace, ErrorCode code) {
        this.trace = trace;
        this.code = code;
    }

    Verdict verdict() {
        Set<AttemptEnd> ends = ends(trace.attempts());
        // what this machine has no way to says nothing of the peer, where something else does
        Set<AttemptEnd> telling = ends(trace.attempts().stream()
                .filter(attempt -> !AttemptEnd.isWithoutWay(attempt, null))
                .toList());
        Set<AttemptEnd> counting = telling.isEmpty() ? ends : telling;
        if (counting.size() > 1) {
            return Judge.failed(
                    Verdict.Kind.MIXED,
                    sentence(ends),
                    "Look at each address: "
                            + counting.stream().map(AttemptEnd::hint).collect(Collectors.joining("; ")) + ".");
        }
        AttemptEnd end = counting.iterator().next();
        return Judge.failed(kind(end), sentence(ends), advice(end));
    }

    private static Set<AttemptEnd> ends(List<Trace.Attempt> attempts) {
        Set<AttemptEnd> ends = EnumSet.noneOf(AttemptEnd.class);
        attempts.forEach(attempt -> ends.add(AttemptEnd.of(attempt, null)));
        return ends;
    }

    private String sentence(Set<AttemptEnd> ends) {
        boolean waited = ends.contains(AttemptEnd.SILENT) || ends.contains(AttemptEnd.NOT_READY);
        int untried = trace.candidates().size() - trace.attempts().size();
        return "Not connected"
                + (waited ? " within " + Elapsed.text(trace.elapsedNanos()) : "")
                + ": " + Spoken.attempts(trace.attempts(), null)
                + (untried > 0 ? "; " + untried + " more " + (untried == 1 ? "was" : "were") + " not tried" : "")
                + unansweredLookup()
                + ".";
    }

    /** A lookup that brought nothing may have been about the very address that works. */
    private String unansweredLookup() {
        Trace.Lookup dead = ConnectedJudge.failedLookup(trace);
        return dead == null ? "" : "; the lookup of " + Spoken.question(dead.family()) + " failed";
    }

    private static Verdict.Kind kind(AttemptEnd end) {
        return switch (end) {
            case REFUSED -> Verdict.Kind.REFUSED;
            case SILENT, SLOWER -> Verdict.Kind.SILENT;
            case NO_ROUTE, UNREACHABLE -> Verdict.Kind.UNREACHABLE;
            case NOT_ALLOWED, LOCAL -> Verdict.Kind.LOCAL;
            case NO_FILE -> Verdict.Kind.NO_SOCKET_FILE;
            case RESET -> Verdict.Kind.RESET;
            case CERTIFICATE -> Verdict.Kind.CERTIFICATE_REFUSED;
            case TLS -> Verdict.Kind.TLS_FAILED;
            case NOT_READY -> Verdict.Kind.NOT_READY;
            case OTHER -> Verdict.Kind.OTHER;
        };
    }

    private String advice(AttemptEnd end) {
        return switch (end) {
            case REFUSED -> refusedAdvice();
            case SILENT, SLOWER ->
                isUnix()
                        ? Judge.adviceOf(code)
                        : "Silence comes from a firewall that drops, or from a machine that is off or not there: look at the firewalls on"
                                + " the way, and whether the address is right and its machine is up" + moreTime() + ".";
            case NO_ROUTE -> noRouteAdvice();
            case UNREACHABLE ->
                "Nobody has that address on its own network, or a router or firewall says that nothing leads there: see whether"
                        + " the address is right and its machine is up, and look at the routes and firewalls on the way.";
            case NOT_ALLOWED ->
                isUnix()
                        ? "Check the rights of the socket's file and of the folders above it."
                        : "Check the local firewall, the rights of this process, and firewalls on the way, which may say the same.";
            case NO_FILE ->
                "The server makes that file when it starts: see whether it runs, and whether the path is the one that it listens on.";
            case RESET ->
                "Something accepted the connection and ended it: look at the server's log, and for a proxy or firewall in between.";
            case CERTIFICATE ->
                "Compare the name with those of the certificate, and look at its dates, its issuer, this machine's clock and the"
                        + " roots that this program trusts.";
            case TLS -> "See whether that port speaks TLS and which versions, and look at the server's log.";
            case NOT_READY ->
                "The way there works for small packets, so the server hangs, the port speaks something else, or large packets are"
                        + " lost: look at the server's log and load, and at the MTU on the way" + moreTime() + ".";
            case LOCAL, OTHER -> Judge.adviceOf(code);
        };
    }

    private boolean isUnix() {
        return trace.attempts().get(0).address().family() == AddressFamily.UNIX;
    }

    private String refusedAdvice() {
        if (isUnix()) {
            return "The file is there, but nobody listens on it any more: start the server again.";
        }
        return "Nothing listens on port " + Spoken.name(trace.service())
                + " there, or a firewall rejects: see whether the server runs, and whether it listens on that address and port.";
    }

    private String noRouteAdvice() {
        boolean six =
                trace.attempts().stream().allMatch(attempt -> attempt.address().family() == AddressFamily.INET6);
        return six
                ? "This machine, or a router on the way, has no route for IPv6: give the machine IPv6, or use a name or address"
                        + " of the server's IPv4."
                : "This machine, or a router on the way, has no route there: look at this machine's addresses and routes, as with"
                        + " ip route.";
    }

    private String moreTime() {
        return trace.elapsedNanos() < SHORT_NANOS ? "; or allow more time" : "";
    }
}
