package dev.prise.lab.run;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client did in one run. Times are milliseconds since its first packet.
 *
 * @param scenario the name of the scenario
 * @param client the name of the client
 * @param connectedMillis when its first connection stood: the acknowledgement of the SYN-ACK; null when none did
 * @param winner the address of that connection
 * @param exit its exit status; null when the laboratory had to end it
 * @param endedMillis when it ended
 * @param says its standard error, and its standard output when that is empty
 * @param events what passed, in order
 */
public record Observation(
        String scenario,
        String client,
        @Nullable Double connectedMillis,
        @Nullable String winner,
        @Nullable Integer exit,
        double endedMillis,
        String says,
        List<Event> events) {

    /**
     * Something that passed.
     *
     * @param what {@code start}, {@code end}, or one of {@code query}, {@code answer} with a type of record, {@code syn}, {@code again}
     *     (the same SYN once more), {@code accepted}, {@code connected}, {@code refused} with an address of the scenario, or {@code icmp
     *     TYPE/CODE} with one
     * @param atMillis when
     */
    public record Event(String what, double atMillis) {}

    /** When an event was first seen; null when it was not. */
    public @Nullable Double at(String what) {
        for (Event event : events) {
            if (event.what().equals(what)) {
                return event.atMillis();
            }
        }
        return null;
    }

    /** From one event to another, in milliseconds; null when one was not seen. */
    public @Nullable Double between(String from, String to) {
        Double begin = at(from);
        Double end = at(to);
        return begin == null || end == null ? null : end - begin;
    }

    /** The addresses in the order of their first SYN. */
    public List<String> attempts() {
        return subjects("syn ").distinct().toList();
    }

    /** How many SYNs, not counting those sent again. */
    public int synCount() {
        return (int) subjects("syn ").count();
    }

    /** The types of record in the order of their first question. */
    public List<String> queries() {
        return subjects("query ").distinct().toList();
    }

    private Stream<String> subjects(String kind) {
        return events.stream()
                .map(Event::what)
                .filter(what -> what.startsWith(kind))
                .map(what -> what.substring(kind.length()));
    }

    /** When an address was first tried. */
    public double synAt(String address) {
        return Objects.requireNonNull(at("syn " + address), address);
    }
}
