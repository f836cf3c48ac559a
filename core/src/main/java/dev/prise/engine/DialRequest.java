package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.Resolver;
import dev.prise.trace.TraceEvent;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a dial needs to know.
 *
 * @param host the host as it was asked for, for the trace
 * @param service the service as it was asked for, for the trace
 * @param lookupHost the name to look up, null to look nothing up
 * @param port the port that goes with looked-up addresses
 * @param known addresses that need no lookup
 * @param family the family wanted
 * @param settings the numbers of the race
 * @param source the address to connect from, null to let the system choose
 * @param options set on each socket before it connects
 * @param resolver who looks names up
 * @param memory what is remembered of paths, null for nothing
 * @param nat64 how IPv4 is reached where there is IPv6 alone, null not to
 * @param listener told each event, null for nobody
 * @param readiness what a connected channel has yet to do, null for nothing
 */
public record DialRequest(
        String host,
        String service,
        @Nullable String lookupHost,
        int port,
        List<AddressInfo> known,
        AddressFamily family,
        RaceSettings settings,
        @Nullable InetSocketAddress source,
        Map<SocketOption<?>, Object> options,
        Resolver resolver,
        @Nullable PathMemory memory,
        @Nullable Nat64 nat64,
        @Nullable Consumer<? super TraceEvent> listener,
        ReadyCheck.@Nullable Factory readiness) {

    /** The same with an address that had been found for the name before; it is tried without waiting for the name's others. */
    public DialRequest withFound(AddressInfo found) {
        return new DialRequest(
                host,
                service,
                lookupHost,
                port,
                List.of(found),
                family,
                settings.withPreferredFamily(found.family()),
                source,
                options,
                resolver,
                memory,
                nat64,
                listener,
                readiness);
    }
}
