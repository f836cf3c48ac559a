package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * An address of a kind whose rank in destination address selection is known beforehand, so that the simulation need not ask the code
 * that it checks.
 *
 * @param candidate the address with its source
 * @param kind its kind
 */
record Place(Candidate candidate, Kind kind) {

    /** Kinds of address, in the order of RFC 6724 section 6; within a kind, the order of the answer stays. */
    enum Kind {
        /** Rule 6: precedence 50. */
        LOOPBACK_6(1, AddressFamily.INET6, "::", "::1"),
        /** Rule 6: precedence 40. */
        GLOBAL_6(2, AddressFamily.INET6, "2001:db8:1::", "2001:db8:1::ffff"),
        /** Rule 6: precedence 35, rule 8: link-local scope. */
        LOOPBACK_4(3, AddressFamily.INET, "127.0.0.", "127.0.0.1"),
        /** Rule 6: precedence 35. */
        GLOBAL_4(4, AddressFamily.INET, "198.51.100.", "192.0.2.99"),
        /** Rule 6: precedence 3. */
        UNIQUE_LOCAL_6(5, AddressFamily.INET6, "fd00:1::", "fd00:1::ffff"),
        /** Rule 1: no source; rule 6: precedence 40. */
        NO_SOURCE_6(6, AddressFamily.INET6, "2001:db8:2::", ""),
        /** Rule 1: no source; rule 6: precedence 35. */
        NO_SOURCE_4(7, AddressFamily.INET, "203.0.113.", "");

        private final int rank;
        private final AddressFamily family;
        private final String prefix;
        private final String source;

        Kind(int rank, AddressFamily family, String prefix, String source) {
            this.rank = rank;
            this.family = family;
            this.prefix = prefix;
            this.source = source;
        }

        AddressFamily family() {
            return family;
        }
    }

    /** Round-trip times that differ by less than this say nothing. */
    private static final long RTT_STEP_NANOS = 10 * Millis.MILLI;

    private static final int RTT_STEPS = 1 << 10;

    /** How many places there are of each kind; of {@code ::1} there is but one. */
    static final int COUNT = 40;

    private static final Map<Kind, List<Place>> PLACES = places();

    /** One of the places, by kind and number. */
    static Place of(Kind kind, int number) {
        List<Place> places = PLACES.getOrDefault(kind, List.of());
        return places.get(number % places.size());
    }

    /**
     * The rank in destination address selection of an address of which this is remembered, the lowest first: what has a source before what
     * has none (rule 1), what has no trouble before what has (1b), then the kind (rules 2 to 8), the round-trip time in steps of 10 ms, a
     * known one first (8a), and used before unused (8b). Equal ones keep their order.
     */
    int preference(KnownPath memory) {
        int rank = candidate.source() == null ? 1 : 0;
        rank = 2 * rank + (memory.trouble() == null ? 0 : 1);
        rank = 16 * rank + kind.rank;
        long steps = memory.hasRtt() ? memory.smoothedRttNanos() / RTT_STEP_NANOS : RTT_STEPS - 1;
        rank = RTT_STEPS * rank + (int) Math.min(steps, RTT_STEPS - 1);
        return 2 * rank + (memory.used() ? 0 : 1);
    }

    private static Map<Kind, List<Place>> places() {
        Map<Kind, List<Place>> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            int count = kind == Kind.LOOPBACK_6 ? 1 : COUNT;
            all.put(
                    kind,
                    IntStream.rangeClosed(1, count)
                            .mapToObj(number -> place(kind, number))
                            .toList());
        }
        return all;
    }

    private static Place place(Kind kind, int number) {
        AddressInfo address = AddressInfo.stream(new InetSocketAddress(inet(kind.prefix + number), 27015));
        return new Place(new Candidate(address, kind.source.isEmpty() ? null : inet(kind.source)), kind);
    }

    private static InetAddress inet(String literal) {
        try {
            return InetAddress.getByAddress(
                    Objects.requireNonNull(AddressLiteral.parse(literal)).bytes());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
