package dev.prise;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import dev.prise.engine.DialRequest;
import dev.prise.engine.Nat64;
import dev.prise.engine.ReadyCheck;
import dev.prise.race.RaceSettings;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.telemetry.Faults;
import dev.prise.trace.TraceEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns a target and a dialer's settings into what the engine needs; literals and paths need no lookup. */
final class DialRequests {
    private static final int LONGEST_ZONE = 64;

    private DialRequests() {}

    /**
     * The target of a host and a port as the Java library's sockets take them.
     *
     * @throws UnknownHostException when the host cannot be a name; there is no such host
     * @throws InvalidTargetException when the port is out of range
     */
    static Target target(String host, int port) throws UnknownHostException {
        try {
            return Target.of(host, port);
        } catch (InvalidTargetException e) {
            if (e.code() == ErrorCode.SERVICE_NOT_FOUND) {
                throw e;
            }
            UnknownHostException unknown = new UnknownHostException(e.getMessage());
            unknown.initCause(e);
            throw unknown;
        }
    }

    static DialRequest of(
            Target target,
            AddressFamily family,
            RaceSettings settings,
            @Nullable InetSocketAddress source,
            Map<SocketOption<?>, Object> options,
            Resolver resolver,
            DialHistory history,
            @Nullable Nat64 nat64,
            @Nullable DialListener listener,
            ReadyCheck.@Nullable Factory readiness) {
        Resolver lookups = resolver;
        List<AddressInfo> known = List.of();
        AddressLiteral literal = target.literal();
        if (target.unixPath() != null) {
            known = List.of(AddressInfo.stream(UnixDomainSocketAddress.of(target.unixPath())));
        } else if (literal != null) {
            InetAddress address = literal.address();
            if (address == null) {
                lookups = new Refusal(
                        resolver.name(),
                        ErrorCode.HOST_NOT_FOUND,
                        "no network interface " + PlainText.shortened(String.valueOf(literal.zone()), LONGEST_ZONE));
            } else if (family.admits(AddressFamily.of(address))) {
                known = List.of(AddressInfo.stream(new InetSocketAddress(address, target.port())));
            } else {
                lookups = new Refusal(resolver.name(), ErrorCode.ADDRESS_FAMILY, "the address is of another family");
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
                history.memory(),
                nat64,
                listener == null ? null : forDial(listener, target),
                readiness);
    }

    private static @Nullable Consumer<TraceEvent> forDial(DialListener listener, Target target) {
        try {
            DialListener own = listener.forDial(target);
            return own == null ? null : own::onEvent;
        } catch (Throwable e) {
            // also what only other languages than Java let a listener throw
            Faults.tellListeners(e);
            return null;
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
