package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Comes to a {@link Verdict}. */
final class Judge {
    private static final int LONGEST_NAME = 80;

    /** Less is noise of the machine, not a loss. */
    private static final long LEAST_COST_NANOS = 5_000_000;

    private static final long SLOW_LOOKUP_NANOS = 200_000_000;

    private final Trace trace;

    /** How an attempt came out, as far as a person cares. */
    private enum Outcome {
        REFUSED("refused"),
        SILENT("did not answer"),
        UNREACHABLE("cannot be reached"),
        NO_ROUTE("has no route from here"),
        RESET("hung up"),
        CERTIFICATE("showed a certificate that is not accepted"),
        TLS("failed in the TLS handshake"),
        NOT_READY("accepted the connection and then was silent"),
        LOCAL("could not be tried"),
        OTHER("failed");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    Judge(Trace trace) {
        this.trace = trace;
    }

    Verdict verdict() {
        Trace.Attempt winner = trace.winner();
        if (winner != null) {
            return connected(winner);
        }
        Trace.Failure error = trace.error();
        ErrorCode code = error == null ? ErrorCode.UNKNOWN : error.code();
        if (code == ErrorCode.CANCELLED || code == ErrorCode.INTERRUPTED) {
            return failed(
                    Verdict.Kind.GIVEN_UP,
                    "The dial was " + (code == ErrorCode.CANCELLED ? "cancelled" : "interrupted") + " after "
                            + Elapsed.text(trace.elapsedNanos()) + ".",
                    null);
        }
        return trace.attempts().isEmpty() ? unresolved(code) : unconnected();
    }

    // ---- connected

    private Verdict connected(Trace.Attempt winner) {
        List<Verdict.Cost> costs = new ArrayList<>();
        Trace.Lookup slow = lookupCost(costs);
        List<Trace.Attempt> before = before(winner);
        attemptCosts(before, winner, costs);
        String name = family(winner.address()) + " " + text(winner.address());
        if (!before.isEmpty()) {
            return fallback(winner, before, costs);
        }
        Trace.Lookup dead = deadLookup();
        if (dead != null) {
            String lost = costs.isEmpty()
                    ? ""
                    : ", which cost " + Elapsed.text(costs.get(0).nanos());
            return new Verdict(
                    Verdict.Kind.HALF_A_LOOKUP,
                    "Connected to " + name + ", but the name server has no answer for " + addresses(dead.family())
                            + lost + ".",
                    "See why the name server does not answer that question; until then "
                            + (dead.family() == AddressFamily.INET6 ? "-4" : "-6") + " does without.",
                    costs);
        }
        if (slow != null) {
            return new Verdict(
                    Verdict.Kind.SLOW_LOOKUP,
                    "Connected to " + name + ", but the name server took "
                            + Elapsed.text(slow.endNanos() - slow.startNanos()) + " for " + addresses(slow.family())
                            + ".",
                    "Look at the name servers of this machine, such as those in /etc/resolv.conf.",
                    costs);
        }
        return new Verdict(
                Verdict.Kind.HEALTHY, "All is well: " + name + " answered at the first attempt.", null, costs);
    }

    /** What held the first attempt up, and the lookup that was slow, null when none was. */
    private Trace.@Nullable Lookup lookupCost(List<Verdict.Cost> costs) {
        if (trace.lookups().isEmpty() || trace.attempts().isEmpty()) {
            return null;
        }
        long began = trace.attempts().get(0).startNanos();
        long firstAnswer = Long.MAX_VALUE;
        Trace.Lookup slowest = trace.lookups().get(0);
        for (Trace.Lookup lookup : trace.lookups()) {
            if (lookup.outcome() == Trace.LookupOutcome.ANSWERED) {
                firstAnswer = Math.min(firstAnswer, lookup.endNanos());
            }
            if (lookup.endNanos() - lookup.startNanos() > slowest.endNanos() - slowest.startNanos()) {
                slowest = lookup;
            }
        }
        if (firstAnswer < began
                && began - firstAnswer >= LEAST_COST_NANOS
                && slowest.endNanos() >= began - LEAST_COST_NANOS) {
            costs.add(new Verdict.Cost(
                    began - firstAnswer, "the name server had not answered for " + addresses(slowest.family())));
            return null;
        }
        if (began >= SLOW_LOOKUP_NANOS) {
            costs.add(new Verdict.Cost(began, "the name server was slow for " + addresses(slowest.family())));
            return slowest;
        }
        return null;
    }

    private static void attemptCosts(List<Trace.Attempt> before, Trace.Attempt winner, List<Verdict.Cost> costs) {
        for (int i = 0; i < before.size(); i++) {
            Trace.Attempt attempt = before.get(i);
            long next = i + 1 < before.size() ? before.get(i + 1).startNanos() : winner.startNanos();
            if (next - attempt.startNanos() >= LEAST_COST_NANOS) {
                costs.add(new Verdict.Cost(next - attempt.startNanos(), named(attempt)));
            }
        }
    }

    /** Those that began before the winner and did not win. */
    private List<Trace.Attempt> before(Trace.Attempt winner) {
        List<Trace.Attempt> before = new ArrayList<>();
        for (Trace.Attempt attempt : trace.attempts()) {
            if (attempt.id() < winner.id()) {
                before.add(attempt);
            }
        }
        return before;
    }

    private Verdict fallback(Trace.Attempt winner, List<Trace.Attempt> before, List<Verdict.Cost> costs) {
        AddressFamily family = winner.address().family();
        boolean otherFamilyOnly =
                before.stream().noneMatch(attempt -> attempt.address().family() == family);
        boolean sixFailed = before.get(0).address().family() == AddressFamily.INET6;
        boolean noRoute = before.stream().allMatch(attempt -> classOf(attempt) == Outcome.NO_ROUTE);
        long lost = costs.stream().mapToLong(Verdict.Cost::nanos).sum();
        String price = lost >= LEAST_COST_NANOS ? ", which cost " + Elapsed.text(lost) : "";
        String what = summary(before);
        if (!otherFamilyOnly) {
            return new Verdict(
                    Verdict.Kind.SOME_ADDRESSES_BROKEN,
                    "Works only after fallback: " + what + price + "; " + family(winner.address()) + " "
                            + text(winner.address()) + " answered.",
                    "Take the addresses that do not work out of the name, or mend them.",
                    costs);
        }
        String other = sixFailed ? "IPv6" : "IPv4";
        String mine = sixFailed ? "IPv4" : "IPv6";
        String option = sixFailed ? "-4" : "-6";
        if (noRoute) {
            return new Verdict(
                    sixFailed ? Verdict.Kind.NO_IPV6_ROUTE : Verdict.Kind.IPV4_BROKEN,
                    "Connected over " + mine + "; this machine has no " + other + " route: " + what + price + ".",
                    "Give this machine " + other + ", or ask for " + mine + " only, with " + option + ".",
                    costs);
        }
        return new Verdict(
                sixFailed ? Verdict.Kind.IPV6_BROKEN : Verdict.Kind.IPV4_BROKEN,
                other + " is broken, it works only over " + mine + ": " + what + price + ".",
                "Mend " + other + " on the way or at the server, or take its address out of the name; until then "
                        + option + " goes around it.",
                costs);
    }

    /** A lookup that failed or never ended while another one brought addresses; null when there is none. */
    private Trace.@Nullable Lookup deadLookup() {
        for (Trace.Lookup lookup : trace.lookups()) {
            boolean dead = lookup.outcome() == Trace.LookupOutcome.FAILED
                    || (lookup.outcome() == Trace.LookupOutcome.CANCELLED && heldUp(lookup));
            if (dead && trace.lookups().size() > 1) {
                return lookup;
            }
        }
        return null;
    }

    /** Whether a lookup that was given up had been waited for: otherwise it may just have been a little slower. */
    private boolean heldUp(Trace.Lookup lookup) {
        List<Verdict.Cost> costs = new ArrayList<>();
        lookupCost(costs);
        return !costs.isEmpty() && lookup.endNanos() - lookup.startNanos() >= LEAST_COST_NANOS;
    }

    // ---- not resolved

    private Verdict unresolved(ErrorCode code) {
        String host = name();
        return switch (code) {
            case HOST_NOT_FOUND ->
                failed(
                        Verdict.Kind.NAME_UNKNOWN,
                        "There is no host named " + host + ".",
                        "Compare the spelling; look the name up from another machine; see /etc/hosts and the search list.");
            case NO_DATA ->
                failed(
                        Verdict.Kind.NAME_WITHOUT_ADDRESS,
                        host + " exists, but has no address" + ofFamily() + ".",
                        "Ask for the other family, or give the name an address.");
            case TIMED_OUT ->
                failed(
                        Verdict.Kind.LOOKUP_TIMEOUT,
                        "No name server answered for " + host + " within " + Elapsed.text(trace.elapsedNanos()) + ".",
                        "See whether the name servers of this machine, such as those in /etc/resolv.conf, can be reached.");
            case TRY_AGAIN -> again(host);
            case NO_RECOVERY ->
                failed(
                        Verdict.Kind.LOOKUP_FAILED,
                        "The name server refused or failed to look " + host + " up.",
                        "Ask the name server itself, as with dig or prise resolve; see its log.");
            default -> failed(Verdict.Kind.OTHER, "Not resolved: " + message() + ".", null);
        };
    }

    /** EAI_AGAIN stands for a failure that the server has told and for its silence; the latter takes at least the resolver's patience. */
    private Verdict again(String host) {
        long longest = 0;
        for (Trace.Lookup lookup : trace.lookups()) {
            longest = Math.max(longest, lookup.endNanos() - lookup.startNanos());
        }
        return longest >= 1_000_000_000L
                ? failed(
                        Verdict.Kind.LOOKUP_TIMEOUT,
                        "No name server answered for " + host + " within " + Elapsed.text(longest) + ".",
                        "See whether the name servers of this machine, such as those in /etc/resolv.conf, can be reached.")
                : failed(
                        Verdict.Kind.LOOKUP_FAILED,
                        "The name server could not look " + host + " up (SERVFAIL), or cannot be reached at all.",
                        "Ask the name server itself, as with dig or prise resolve; see its log and whether it reaches the servers of "
                                + host + ".");
    }

    private String ofFamily() {
        AddressFamily family =
                trace.lookups().size() == 1 ? trace.lookups().get(0).family() : AddressFamily.UNSPEC;
        return family == AddressFamily.UNSPEC ? "" : " of " + (family == AddressFamily.INET6 ? "IPv6" : "IPv4");
    }

    // ---- not connected

    private Verdict unconnected() {
        List<Trace.Attempt> attempts = trace.attempts();
        Outcome first = classOf(attempts.get(0));
        boolean alike = attempts.stream().allMatch(attempt -> classOf(attempt) == first);
        String what = "Not connected: " + summary(attempts) + ".";
        if (!alike) {
            return failed(
                    Verdict.Kind.MIXED, what, "Look at each address by itself; the table has the reason of each.");
        }
        String port = trace.service().isEmpty() ? "there" : "on port " + PlainText.of(trace.service());
        return switch (first) {
            case REFUSED ->
                failed(
                        Verdict.Kind.REFUSED,
                        what,
                        "The machine is there, but nobody listens " + port
                                + ", or a firewall rejects it: see whether the service runs and is bound to this address.");
            case SILENT ->
                failed(
                        Verdict.Kind.SILENT,
                        what,
                        "Silence comes from a firewall that drops, or from a machine that is off or not there: look for both on the way.");
            case UNREACHABLE ->
                failed(
                        Verdict.Kind.UNREACHABLE,
                        what,
                        "A router on the way, or this machine, says that nothing leads there: see the routes and whether the address is right.");
            case NO_ROUTE ->
                failed(
                        Verdict.Kind.UNREACHABLE,
                        what,
                        "This machine has no route there: see its addresses and routes, as with ip route.");
            case RESET ->
                failed(
                        Verdict.Kind.RESET,
                        what,
                        "Something accepted the connection and ended it at once: see the server's log, and for a proxy in between.");
            case CERTIFICATE ->
                failed(
                        Verdict.Kind.CERTIFICATE_REFUSED,
                        what,
                        "Compare the name with those of the certificate, and look at its dates, its issuer and this machine's clock.");
            case TLS ->
                failed(
                        Verdict.Kind.TLS_FAILED,
                        what,
                        "See whether the port speaks TLS, which versions, and the server's log.");
            case NOT_READY ->
                failed(
                        Verdict.Kind.NOT_READY,
                        what,
                        "The way there is good, but the service hangs: look at the server's log and load, not at the network.");
            case LOCAL -> failed(Verdict.Kind.LOCAL, what, advice());
            case OTHER -> failed(Verdict.Kind.OTHER, what, advice());
        };
    }

    private @Nullable String advice() {
        Trace.Failure error = trace.error();
        if (error == null) {
            return null;
        }
        String advice = error.code().advice();
        return Character.toUpperCase(advice.charAt(0)) + advice.substring(1) + ".";
    }

    // ---- words

    private Verdict failed(Verdict.Kind kind, String sentence, @Nullable String advice) {
        return new Verdict(kind, sentence, advice, List.of());
    }

    /** {@code IPv6 2001:db8::1 and 2001:db8::2 did not answer, IPv4 192.0.2.1 refused}. */
    private static String summary(List<Trace.Attempt> attempts) {
        Map<Outcome, List<Trace.Attempt>> byClass = new EnumMap<>(Outcome.class);
        for (Trace.Attempt attempt : attempts) {
            byClass.computeIfAbsent(classOf(attempt), key -> new ArrayList<>()).add(attempt);
        }
        StringBuilder text = new StringBuilder();
        byClass.forEach((kind, members) -> {
            text.append(text.length() == 0 ? "" : ", ");
            if (members.size() > 3) {
                text.append(members.size()).append(" addresses ").append(kind.words);
                return;
            }
            for (int i = 0; i < members.size(); i++) {
                text.append(i == 0 ? "" : i == members.size() - 1 ? " and " : ", ");
                AddressInfo address = members.get(i).address();
                text.append(family(address)).append(' ').append(text(address));
            }
            text.append(' ').append(kind.words);
        });
        return text.toString();
    }

    private static String named(Trace.Attempt attempt) {
        return family(attempt.address()) + " " + text(attempt.address()) + " " + classOf(attempt).words;
    }

    private static Outcome classOf(Trace.Attempt attempt) {
        Trace.Failure failure = attempt.error();
        ErrorCode code = failure == null ? ErrorCode.TIMED_OUT : failure.code();
        return switch (code) {
            case CONNECTION_REFUSED -> Outcome.REFUSED;
            case TIMED_OUT, CANCELLED -> attempt.reachedNanos() == null ? Outcome.SILENT : Outcome.NOT_READY;
            case NETWORK_UNREACHABLE -> Outcome.NO_ROUTE;
            case HOST_UNREACHABLE, HOST_DOWN, NETWORK_DOWN -> Outcome.UNREACHABLE;
            case CONNECTION_RESET, CONNECTION_ABORTED, BROKEN_PIPE -> Outcome.RESET;
            case TLS_CERTIFICATE -> Outcome.CERTIFICATE;
            case TLS_HANDSHAKE -> Outcome.TLS;
            case ADDRESS_NOT_AVAILABLE,
                    ADDRESS_IN_USE,
                    PERMISSION_DENIED,
                    NOT_PERMITTED,
                    TOO_MANY_OPEN_FILES,
                    TOO_MANY_OPEN_FILES_IN_SYSTEM,
                    NO_BUFFER_SPACE,
                    OUT_OF_MEMORY,
                    FAMILY_NOT_SUPPORTED -> Outcome.LOCAL;
            default -> Outcome.OTHER;
        };
    }

    private static String family(AddressInfo address) {
        return switch (address.family()) {
            case INET6 -> "IPv6";
            case INET -> "IPv4";
            default -> "the socket";
        };
    }

    private static String text(AddressInfo address) {
        return PlainText.shortened(PlainText.of(address.addressText()), LONGEST_NAME);
    }

    private String name() {
        return PlainText.shortened(PlainText.of(trace.host()), LONGEST_NAME);
    }

    private String message() {
        Trace.Failure error = trace.error();
        return error == null ? "no reason was told" : PlainText.of(error.message());
    }

    private static String addresses(AddressFamily family) {
        return switch (family) {
            case INET6 -> "IPv6 addresses (AAAA)";
            case INET -> "IPv4 addresses (A)";
            default -> "addresses";
        };
    }
}
