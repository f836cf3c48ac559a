package dev.prise.lab.scenario;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code prise} must do in a scenario, told by the packets. What is null is not looked at.
 *
 * @param exit the exit status of the command; 0 when absent
 * @param winner the address whose connection stands first
 * @param attempts the addresses in the order of their first SYN, with blanks between; empty for none
 * @param queries the types of records asked for, in the order of their first question, with blanks between; empty for none
 * @param times times between two events, each as {@code EVENT -> EVENT: FROM..TO} in milliseconds: none of the runs may be shorter than
 *     FROM, and the middle one not longer than TO. Events are {@code start}, the client's first packet, {@code end}, the end of the
 *     client, {@code query TYPE}, {@code answer TYPE}, and {@code syn}, {@code again}, {@code accepted}, {@code connected}, {@code refused},
 *     {@code icmp TYPE/CODE} with an address
 * @param says texts that standard error must have
 */
public record Expectation(
        @Nullable Integer exit,
        @Nullable String winner,
        @Nullable String attempts,
        @Nullable String queries,
        List<String> times,
        List<String> says) {

    /**
     * Absent lists are empty.
     *
     * @throws IllegalArgumentException if a time cannot be read
     */
    @SuppressWarnings("NullAway") // Jackson gives null for what is absent
    public Expectation {
        times = times == null ? List.of() : List.copyOf(times);
        says = says == null ? List.of() : List.copyOf(says);
        times.forEach(Time::parse);
    }

    /**
     * A time between two events.
     *
     * @param from the first event
     * @param to the second
     * @param leastMillis no run may be shorter
     * @param mostMillis the middle run may not be longer
     */
    public record Time(String from, String to, double leastMillis, double mostMillis) {
        private static final Pattern TEXT = Pattern.compile("(.+) -> (.+): ([0-9.]+)\\.\\.([0-9.]+)");
        private static final Pattern EVENT = Pattern.compile(
                "start|end|(query|answer) [A-Z]+|(syn|again|accepted|connected|refused|icmp \\d+/\\d+) [46][a-z]+");

        static Time parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()
                    || !EVENT.matcher(matcher.group(1)).matches()
                    || !EVENT.matcher(matcher.group(2)).matches()) {
                throw new IllegalArgumentException("'" + text + "' is not EVENT -> EVENT: FROM..TO");
            }
            return new Time(
                    matcher.group(1),
                    matcher.group(2),
                    Double.parseDouble(matcher.group(3)),
                    Double.parseDouble(matcher.group(4)));
        }
    }

    /** The times, read. */
    public List<Time> timeList() {
        return times.stream().map(Time::parse).toList();
    }

    /** The exit status of the command. */
    public int exitStatus() {
        return exit == null ? 0 : exit;
    }

    /** This one, with what the other one says in place of what it does not say; lists are taken whole. */
    Expectation or(Expectation other) {
        return new Expectation(
                exit == null ? other.exit : exit,
                winner == null ? other.winner : winner,
                attempts == null ? other.attempts : attempts,
                queries == null ? other.queries : queries,
                times.isEmpty() ? other.times : times,
                says.isEmpty() ? other.says : says);
    }

    /**
     * A part of a sweep and what holds in it.
     *
     * @param from the first value
     * @param to the last value
     * @param expect what holds beside that of the whole scenario
     */
    public record Case(int from, int to, Expectation expect) {}

    /**
     * Values that a scenario is repeated with, each put in place of {@code $value}.
     *
     * @param from the first
     * @param to the last
     * @param step from one to the next
     * @param cases what holds in a part of them
     */
    public record Sweep(int from, int to, int step, List<Case> cases) {
        /** No cases: the same holds in all of them. */
        @SuppressWarnings("NullAway") // Jackson gives null for what is absent
        public Sweep {
            if (step < 1 || to < from) {
                throw new IllegalArgumentException("a sweep goes up, from " + from + " to " + to + " by " + step);
            }
            cases = cases == null ? List.of() : List.copyOf(cases);
        }
    }
}
