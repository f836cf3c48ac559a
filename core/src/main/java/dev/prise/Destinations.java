package dev.prise;

import dev.prise.address.AddressInfo;
import dev.prise.engine.SourceAddresses;
import dev.prise.engine.SourceProbe;
import dev.prise.engine.SystemPolicy;
import dev.prise.race.Candidate;
import dev.prise.race.DestinationOrder;
import dev.prise.race.KnownPath;
import dev.prise.race.PolicyTable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Destination address selection (RFC 6724) for addresses that somebody has already looked up: in which order a dial would try them on this
 * machine now, and why. Interleaving of the families, which a dial adds, is not part of it.
 */
public final class Destinations {
    private Destinations() {}

    /**
     * An address with its place.
     *
     * @param address the address
     * @param source the address that this machine would connect from; null when there is no way there
     * @param why what gave it its rank, for example {@code rule 6: precedence 40 > 35}
     */
    public record Ranked(AddressInfo address, @Nullable InetAddress source, String why) {}

    /**
     * Sorts addresses, the one to be preferred first. Sends nothing and does not block: the source addresses come from the routing table,
     * which is asked for an address once a second at most. Thread-safe.
     *
     * <p>The policy table is the one that a {@code Dialer} has by default: that of {@code /etc/gai.conf} where there is such a file and it
     * sets anything, otherwise that of RFC 6724.
     *
     * <p>Nothing is left out: an address that is given twice, or with two ports, stands there twice, side by side unless another that
     * the rules find equal was between them. A wildcard address is ranked as any other; its source is what the system connects from when
     * it is told to connect there, on Linux loopback.
     *
     * @param addresses those that the rules find equal keep their order
     * @return as many as were given; immutable
     */
    public static List<Ranked> rank(List<AddressInfo> addresses) {
        return rank(addresses, SystemPolicy.table());
    }

    /**
     * As {@link #rank(List)}, by another policy table.
     *
     * @param addresses those that the rules find equal keep their order
     * @param table what the site sets, for example {@link PolicyTable#RFC_6724}
     * @return as many as were given; immutable
     */
    public static List<Ranked> rank(List<AddressInfo> addresses, PolicyTable table) {
        List<Candidate> candidates = new ArrayList<>(addresses.size());
        try (SourceProbe probe = new SourceProbe()) {
            for (AddressInfo address : addresses) {
                candidates.add(new Candidate(address, SourceAddresses.of(address, probe, table), KnownPath.NONE, null));
            }
        }
        DestinationOrder order = DestinationOrder.of(candidates, table);
        List<Ranked> ranked = new ArrayList<>(candidates.size());
        for (Candidate candidate : order.candidates()) {
            ranked.add(new Ranked(candidate.address(), candidate.sourceAddress(), order.why(ranked.size())));
        }
        return List.copyOf(ranked);
    }
}
