package dev.prise.resolve;

import dev.prise.address.Hints;
import dev.prise.address.Protocol;
import dev.prise.address.Services;
import dev.prise.address.SocketType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A socket type and a protocol that results of a lookup have, with the port of the service there. Which ones there are, and which the
 * hints choose, is as in glibc.
 */
record LookupKind(SocketType type, Protocol protocol, int port) {
    /** What {@link #portNumber} gives for a number that is no port. */
    static final int NO_PORT = -1;

    /** What strtoul(3) takes: blanks before, a sign, decimal digits. */
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?[0-9]+)");

    private static final LookupKind TCP = of(SocketType.STREAM, 6);
    private static final LookupKind UDP = of(SocketType.DATAGRAM, 17);

    /** Goes with any protocol, and has no services. */
    private static final LookupKind RAW = of(SocketType.RAW, 0);

    /** Where neither type nor protocol is asked for. */
    private static final List<LookupKind> DEFAULT = List.of(TCP, UDP, RAW);

    /** All, in the order in which they are looked through: DCCP is 33 with a type of its own, 6; UDP-Lite is 136, SCTP 132. */
    private static final List<LookupKind> ALL = List.of(
            TCP,
            UDP,
            of(SocketType.of(6), 33),
            of(SocketType.DATAGRAM, 136),
            of(SocketType.STREAM, 132),
            of(SocketType.SEQPACKET, 132),
            RAW);

    private static LookupKind of(SocketType type, int protocol) {
        return new LookupKind(type, Protocol.of(protocol), 0);
    }

    /** Those that the hints choose: the default ones, or the first that fits a given type or protocol. Empty when none does. */
    static List<LookupKind> of(Hints hints) {
        if (isOpen(hints)) {
            return DEFAULT;
        }
        for (LookupKind kind : ALL) {
            if (kind.fits(hints)) {
                return List.of(
                        kind.equals(RAW) ? of(SocketType.RAW, hints.protocol().number()) : kind);
            }
        }
        return List.of();
    }

    private static boolean isOpen(Hints hints) {
        return hints.type().equals(SocketType.ANY) && hints.protocol().equals(Protocol.ANY);
    }

    private boolean fits(Hints hints) {
        boolean typeFits = hints.type().equals(SocketType.ANY) || hints.type().equals(type);
        boolean protocolFits =
                hints.protocol().equals(Protocol.ANY) || hints.protocol().equals(protocol);
        return typeFits && (protocolFits || equals(RAW));
    }

    /** Those in which a service of this name is known; without a type or protocol in the hints all there are may have it. */
    static List<LookupKind> ofService(String name, Hints hints) {
        List<LookupKind> known = new ArrayList<>(2);
        for (LookupKind kind : isOpen(hints) ? ALL : of(hints)) {
            OptionalInt port = kind.hasServices() ? Services.port(name, kind.protocol) : OptionalInt.empty();
            port.ifPresent(number -> known.add(kind.withPort(number)));
        }
        return known;
    }

    boolean hasServices() {
        return !type.equals(SocketType.RAW);
    }

    LookupKind withPort(int number) {
        return new LookupKind(type, protocol, number);
    }

    /** The port that a service is given as; {@link #NO_PORT} for a number outside 0 to 65535, null for a text that is no number. */
    static @Nullable Integer portNumber(String service) {
        Matcher number = NUMBER.matcher(service);
        if (!number.matches()) {
            return null;
        }
        BigInteger value = new BigInteger(number.group(1));
        return value.signum() < 0 || value.bitLength() > Short.SIZE ? NO_PORT : value.intValue();
    }
}
