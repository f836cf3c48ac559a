package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hosts, addresses and attempts as parts of a sentence; what came from outside is cleaned and cut. */
final class Spoken {
    private static final int LONGEST_NAME = 80;

    /** More are counted and not named. */
    private static final int MOST_NAMED = 3;

    /** More reasons are told without their particulars. */
    private static final int MOST_REASONS = 3;

    /** What lookups of both families ask for. */
    static final String BOTH_QUESTIONS = "IPv6 and IPv4 addresses (AAAA and A)";

    private Spoken() {}

    /** A host, a service or a path. */
    static String name(String text) {
        return PlainText.of(PlainText.shortened(text, LONGEST_NAME));
    }

    /** {@code IPv6 2001:db8::1}, {@code the socket /run/s}. */
    static String address(AddressInfo address) {
        String text = name(address.addressText());
        String kind = kind(address);
        return kind.isEmpty() ? text : kind + " " + text;
    }

    private static String kind(AddressInfo address) {
        return address.family() == AddressFamily.UNIX ? "the socket" : family(address.family());
    }

    /** {@code IPv6}, {@code IPv4}; empty for what is neither. */
    static String family(AddressFamily family) {
        return switch (family) {
            case INET6 -> "IPv6";
            case INET -> "IPv4";
            case UNIX, UNSPEC -> "";
        };
    }

    /** What a lookup asks for: {@code IPv6 addresses (AAAA)}, {@code addresses}. */
    static String question(AddressFamily family) {
        return switch (family) {
            case INET6 -> "IPv6 addresses (AAAA)";
            case INET -> "IPv4 addresses (A)";
            case UNIX, UNSPEC -> "addresses";
        };
    }

    /** How to ask for one family, for users of the command and of the library: {@code IPv4 alone (-4, or family INET)}. */
    static String alone(AddressFamily family) {
        return family(family) + " alone (" + (family == AddressFamily.INET6 ? "-6" : "-4") + ", or family " + family
                + ")";
    }

    /** {@code IPv6 2001:db8::1 did not answer}. */
    static String attempt(Trace.Attempt attempt, Trace.@Nullable Attempt winner) {
        return address(attempt.address()) + " " + AttemptEnd.of(attempt, winner).words(attempt);
    }

    /** {@code IPv6 2001:db8::1 and 2001:db8::2 did not answer, IPv4 192.0.2.1 refused}. */
    static String attempts(List<Trace.Attempt> attempts, Trace.@Nullable Attempt winner) {
        Map<String, List<Trace.Attempt>> groups =
                grouped(attempts, attempt -> AttemptEnd.of(attempt, winner).words(attempt));
        if (groups.size() > MOST_REASONS) {
            groups = grouped(attempts, attempt -> AttemptEnd.of(attempt, winner).words());
        }
        List<String> parts = new ArrayList<>();
        groups.forEach((words, members) -> parts.add(subject(members) + " " + words + patience(members, winner)));
        return String.join(", ", parts);
    }

    private static Map<String, List<Trace.Attempt>> grouped(
            List<Trace.Attempt> attempts, Function<Trace.Attempt, String> words) {
        return attempts.stream().collect(Collectors.groupingBy(words, LinkedHashMap::new, Collectors.toList()));
    }

    /** Where another one won, how long each of these was waited for at least; a dial that failed tells its own length. */
    private static String patience(List<Trace.Attempt> members, Trace.@Nullable Attempt winner) {
        AttemptEnd end = AttemptEnd.of(members.get(0), winner);
        if (winner == null || (end != AttemptEnd.SILENT && end != AttemptEnd.NOT_READY)) {
            return "";
        }
        // silence counts until another one answered: the winner's TLS handshake is not part of it
        Long reached = end == AttemptEnd.SILENT ? winner.reachedNanos() : null;
        long until = reached == null ? winner.endNanos() : reached;
        long least = Long.MAX_VALUE;
        for (Trace.Attempt attempt : members) {
            least = Math.min(least, Math.min(attempt.endNanos(), until) - attempt.startNanos());
        }
        return " within " + Elapsed.text(least);
    }

    private static String subject(List<Trace.Attempt> members) {
        if (members.size() > MOST_NAMED) {
            return count(members);
        }
        StringBuilder text = new StringBuilder();
        String before = "";
        for (int i = 0; i < members.size(); i++) {
            AddressInfo address = members.get(i).address();
            text.append(i == 0 ? "" : i == members.size() - 1 ? " and " : ", ");
            // IPv6 a and b, not IPv6 a and IPv6 b
            text.append(kind(address).equals(before) ? name(address.addressText()) : address(address));
            before = kind(address);
        }
        return text.toString();
    }

    /** {@code 4 IPv6 and 6 IPv4 addresses}. */
    private static String count(List<Trace.Attempt> members) {
        Map<String, List<Trace.Attempt>> kinds = grouped(members, attempt -> kind(attempt.address()));
        List<String> parts = new ArrayList<>();
        kinds.forEach((kind, some) -> parts.add((some.size() + " " + kind).strip()));
        return String.join(" and ", parts) + " addresses";
    }
}
