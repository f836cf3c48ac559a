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
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
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
                InetAddress address = address(literal);
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

    /** The address of a literal; null when its zone is not an interface of this machine. */
    static @Nullable InetAddress address(AddressLiteral literal) {
        try {
            String zone = literal.zone();
            if (zone == null) {
                return InetAddress.getByAddress(literal.bytes());
            }
            int scope = scope(zone);
            return scope < 0 ? null : Inet6Address.getByAddress(null, literal.bytes(), scope);
        } catch (UnknownHostException e) {
            throw new AssertionError("a literal has 4 or 16 bytes", e);
        }
    }

    /** A zone is an interface's name or its number (RFC 4007 section 11.2); -1 when it is neither. */
    private static int scope(String zone) {
        try {
            NetworkInterface named = NetworkInterface.getByName(zone);
            if (named != null) {
                return named.getIndex();
            }
            return zone.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(zone) : -1;
        } catch (SocketException | NumberFormatException e) {
            return -1;
        }
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
