package dev.prise.cli;

import dev.prise.trace.Elapsed;
import dev.prise.trace.Verdict;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the results of a check. Not thread-safe. */
final class CheckSummary {
    private final Map<Verdict.Kind, Integer> failed = new EnumMap<>(Verdict.Kind.class);
    private final Map<Verdict.Kind, Integer> ailing = new EnumMap<>(Verdict.Kind.class);
    private final int targets;
    private int results;
    private int connected;

    CheckSummary(int targets) {
        this.targets = targets;
    }

    void add(CheckResult result) {
        results++;
        if (result.connected()) {
            connected++;
        }
        Verdict.Kind kind = result.verdict().kind();
        if (kind != Verdict.Kind.HEALTHY) {
            (result.connected() ? ailing : failed).merge(kind, 1, Integer::sum);
        }
    }

    int targets() {
        return targets;
    }

    int results() {
        return results;
    }

    int connected() {
        return connected;
    }

    int failed() {
        return results - connected;
    }

    /** {@code 3 targets, 4 addresses: 2 connected (1 slow lookup), 2 not connected (1 refused, 1 silent), in 3.0 s}. */
    String sentence(boolean each, boolean interrupted, long elapsedNanos) {
        return (interrupted ? "interrupted: " : "")
                + counted(targets, "target", "targets")
                + (each ? ", " + counted(results, "result", "results") : "")
                + ": " + connected + " connected" + kinds(ailing) + ", " + failed() + " not connected" + kinds(failed)
                + ", in " + Elapsed.text(elapsedNanos);
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String kinds(Map<Verdict.Kind, Integer> counts) {
        if (counts.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        counts.forEach((kind, count) -> text.append(text.length() == 0 ? " (" : ", ")
                .append(count)
                .append(' ')
                .append(words(kind)));
        return text.append(')').toString();
    }

    private static String words(Verdict.Kind kind) {
        return switch (kind) {
            case NO_IPV6_ROUTE -> "without a route for IPv6";
            case IPV6_BROKEN -> "with broken IPv6";
            case IPV4_BROKEN -> "with broken IPv4";
            case SOME_ADDRESSES_BROKEN -> "with broken addresses";
            case HALF_A_LOOKUP -> "with half a lookup";
            case MIXED -> "for several reasons";
            case TLS_FAILED -> "TLS failed";
            default -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
