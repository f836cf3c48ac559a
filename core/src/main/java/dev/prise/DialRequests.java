package dev.prise;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.engine.DialRequest;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a target and a dialer's settings into what the engine needs; literals and paths need no lookup. */
final class DialRequests {
    private DialRequests() {}

    static DialRequest of(
            Target target,
            AddressFamily family,
            RaceSettings settings,
            @Nullable InetSocketAddress source,
            Map<SocketOption<?>, Object> options,
            Resolver resolver,
            @Nullable DialListener listener) {
        Resolver lookups = resolver;
        List<AddressInfo> known = List.of();
        AddressLiteral literal = target.literal();
        if (target.unixPath() != null) {
            known = List.of(AddressInfo.stream(UnixDomainSocketAddress.of(target.unixPath())));
        } else if (literal != null) {
            if (!family.admits(literal.family())) {
                lookups = new Refusal(resolver.name(), ErrorCode.ADDRESS_FAMILY, "the address is of another family");
            } else {
                InetAddress address = literal.address();
                if (address == null) {
                    lookups = new Refusal(
                            resolver.name(), ErrorCode.HOST_NOT_FOUND, "no network interface " + literal.zone());
                } else {
                    known = List.of(AddressInfo.stream(new InetSocketAddress(address, target.port())));
                }
            }
        }
        return new DialRequest(
                target.host(),
                target.service(),
                known.isEmpty() ? target.asciiHost() : null,
                target.port(),
                known,
                family,
                settings,
                source,
                options,
                lookups,
                listener == null ? null : listener::onEvent);
    }

    /** Answers every lookup with the same error. */
    private record Refusal(String name, ErrorCode code, String message) implements Resolver {
        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            sink.fail(code, message);
            return Lookup.ENDED;
        }
    }
}
