package dev.prise.lab.scenario;

import java.util.List;
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
 *     client, {@code query TYPE}, {@code answer TYPE}, and {@code syn}, {@code accepted}, {@code refused}, {@code icmp} with an address
 * @param says texts that standard error must have
 */
public record Expectation(
        @Nullable Integer exit,
        @Nullable String winner,
        @Nullable String attempts,
        @Nullable String queries,
        List<String> times,
        List<String> says) {

    /** Absent lists are empty. */
    @SuppressWarnings("NullAway") // Jackson gives null for what is absent
    public Expectation {
        times = times == null ? List.of() : List.copyOf(times);
        says = says == null ? List.of() : List.copyOf(says);
    }

    /** The exit status of the command. */
    public int exitStatus() {
        return exit == null ? 0 : exit;
    }

    /** This one, with what the other one says in place of what it does not say. */
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
            cases = cases == null ? List.of() : List.copyOf(cases);
        }
    }
}
