package dev.prise.resolve;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfoException;
import dev.prise.address.AddressInfoProvider;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.address.ErrorNumbering;
import dev.prise.address.Hints;
import dev.prise.address.Hints.Flag;
import dev.prise.address.Protocol;
import dev.prise.address.Services;
import dev.prise.address.SocketType;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lookups of the Java library in the shape of {@code getaddrinfo}, for where the system's own function cannot be had: hints, flags and
 * codes by the rules of getaddrinfo(3), names by {@link InetAddress#getAllByName} in its order.
 *
 * <p>What the Java library does not know stays unknown: the canonical name is the node as it was given, and flags beyond those of RFC
 * 3493 are refused as bad ones.
 */
public final class JdkAddressInfos implements AddressInfoProvider {
    private static final Set<Flag> KNOWN_FLAGS = EnumSet.of(
            Flag.PASSIVE, Flag.CANONNAME, Flag.NUMERICHOST, Flag.NUMERICSERV, Flag.V4MAPPED, Flag.ALL, Flag.ADDRCONFIG);
    private static final Hints WITHOUT_HINTS = Hints.ANY.withFlags(Flag.V4MAPPED, Flag.ADDRCONFIG);

    /** For {@link java.util.ServiceLoader}. */
    public JdkAddressInfos() {}

    @Override
    public String name() {
        return JdkResolver.NAME;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public @Nullable String unavailableReason() {
        return null;
    }

    @Override
    public List<AddressInfo> lookup(@Nullable String node, @Nullable String service, @Nullable Hints hints)
            throws AddressInfoException {
        Question question = new Question(node, service, hints == null ? WITHOUT_HINTS : hints);
        question.checkHints();
        List<Kind> kinds = question.kinds();
        List<AddressInfo> results = new ArrayList<>();
        String canonicalName = question.hints.has(Flag.CANONNAME) ? node : null;
        for (InetAddress address : question.addresses()) {
            for (Kind kind : kinds) {
                results.add(new AddressInfo(
                        AddressFamily.of(address),
                        kind.type,
                        kind.protocol,
                        new InetSocketAddress(address, kind.port),
                        results.isEmpty() ? canonicalName : null));
            }
        }
        return Collections.unmodifiableList(results);
    }

    /** A combination of type and protocol, with the port that the service has there. */
    private record Kind(SocketType type, Protocol protocol, int port) {
        /** What there is where nothing is asked for, in the order of glibc. */
        static final List<Kind> ALL = List.of(
                new Kind(SocketType.STREAM, Protocol.TCP, 0),
                new Kind(SocketType.DATAGRAM, Protocol.UDP, 0),
                new Kind(SocketType.RAW, Protocol.ANY, 0));

        boolean fits(Hints hints) {
            boolean typeFits =
                    hints.type().equals(SocketType.ANY) || hints.type().equals(type);
            boolean anyProtocol = hints.protocol().equals(Protocol.ANY) || protocol.equals(Protocol.ANY);
            return typeFits && (anyProtocol || hints.protocol().equals(protocol));
        }
    }

    /** One lookup. */
    private record Question(@Nullable String node, @Nullable String service, Hints hints) {
        AddressInfoException failure(ErrorCode code) {
            int number = code.number(ErrorNumbering.current()).orElse(code.winsock());
            return new AddressInfoException(node, service, code.meaning(), code, number, 0);
        }

        void checkHints() throws AddressInfoException {
            if (node == null && service == null) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            if (!KNOWN_FLAGS.containsAll(hints.flags()) || (node == null && hints.has(Flag.CANONNAME))) {
                throw failure(ErrorCode.BAD_FLAGS);
            }
            if (hints.family() == AddressFamily.UNIX) {
                throw failure(ErrorCode.LOOKUP_FAMILY);
            }
        }

        List<Kind> kinds() throws AddressInfoException {
            List<Kind> fitting = new ArrayList<>(3);
            for (Kind kind : Kind.ALL) {
                if (kind.fits(hints)) {
                    fitting.add(kind);
                }
            }
            if (fitting.isEmpty()) {
                boolean typeGiven = !hints.type().equals(SocketType.ANY);
                throw failure(typeGiven ? ErrorCode.LOOKUP_SOCKET_TYPE : ErrorCode.SERVICE_NOT_FOUND);
            }
            return service == null ? fitting : withPorts(fitting, service);
        }

        private List<Kind> withPorts(List<Kind> kinds, String given) throws AddressInfoException {
            boolean number = !given.isEmpty() && given.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number && hints.has(Flag.NUMERICSERV)) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            List<Kind> known = new ArrayList<>(kinds.size());
            for (Kind kind : kinds) {
                OptionalInt port = number ? Services.tcpPort(given) : Services.port(given, kind.protocol);
                boolean rawAsked = hints.type().equals(SocketType.RAW);
                if (port.isPresent() && !rawAsked) {
                    known.add(new Kind(kind.type, kind.protocol, port.getAsInt()));
                }
            }
            if (known.isEmpty()) {
                throw failure(ErrorCode.SERVICE_NOT_FOUND);
            }
            return known;
        }

        List<InetAddress> addresses() throws AddressInfoException {
            if (node == null) {
                return configured(ofThisMachine());
            }
            AddressLiteral literal = AddressLiteral.parse(node);
            if (literal != null) {
                InetAddress address = literal.address();
                if (address == null) {
                    throw failure(ErrorCode.HOST_NOT_FOUND);
                }
                return configured(wanted(List.of(address), ErrorCode.ADDRESS_FAMILY));
            }
            if (hints.has(Flag.NUMERICHOST) || node.isEmpty() || BlockingResolver.looksNumeric(node)) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            if (BlockingResolver.isLocalhost(node)) {
                return configured(wanted(BlockingResolver.loopback(), ErrorCode.NO_DATA));
            }
            return configured(wanted(named(node), ErrorCode.NO_DATA));
        }

        private List<InetAddress> ofThisMachine() {
            List<InetAddress> both = hints.has(Flag.PASSIVE) ? wildcards() : BlockingResolver.loopback();
            return both.stream()
                    .filter(address -> hints.family().admits(AddressFamily.of(address)))
                    .toList();
        }

        private static List<InetAddress> wildcards() {
            try {
                return List.of(InetAddress.getByAddress(new byte[16]), InetAddress.getByAddress(new byte[4]));
            } catch (UnknownHostException e) {
                throw new AssertionError("4 and 16 bytes are addresses", e);
            }
        }

        private List<InetAddress> named(String name) throws AddressInfoException {
            try {
                return List.of(InetAddress.getAllByName(name));
            } catch (UnknownHostException e) {
                throw failure(ErrorCodes.of(e));
            }
        }

        /** Those of the family that is wanted, with the rules of V4MAPPED and ALL (RFC 3493 section 6.1). */
        private List<InetAddress> wanted(List<InetAddress> found, ErrorCode none) throws AddressInfoException {
            List<InetAddress> admitted = new ArrayList<>(found.size());
            List<InetAddress> mapped = new ArrayList<>();
            for (InetAddress address : found) {
                if (hints.family().admits(AddressFamily.of(address))) {
                    admitted.add(address);
                } else if (address instanceof Inet4Address) {
                    mapped.add(mapped(address));
                }
            }
            boolean mapping = hints.family() == AddressFamily.INET6 && hints.has(Flag.V4MAPPED);
            if (mapping && (admitted.isEmpty() || hints.has(Flag.ALL))) {
                admitted.addAll(mapped);
            }
            if (admitted.isEmpty()) {
                throw failure(none);
            }
            return admitted;
        }

        private static InetAddress mapped(InetAddress four) {
            byte[] bytes = new byte[16];
            bytes[10] = (byte) 0xff;
            bytes[11] = (byte) 0xff;
            System.arraycopy(four.getAddress(), 0, bytes, 12, 4);
            try {
                return Inet6Address.getByAddress(null, bytes, -1);
            } catch (UnknownHostException e) {
                throw new AssertionError("16 bytes are an address", e);
            }
        }

        /** AI_ADDRCONFIG: without the families of which this machine has nothing but loopback, as long as it has another. */
        private List<InetAddress> configured(List<InetAddress> found) throws AddressInfoException {
            if (!hints.has(Flag.ADDRCONFIG)) {
                return found;
            }
            Set<AddressFamily> families = configuredFamilies();
            if (families.isEmpty()) {
                return found;
            }
            List<InetAddress> kept = found.stream()
                    .filter(address -> families.contains(AddressFamily.of(address)))
                    .toList();
            if (kept.isEmpty()) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            return kept;
        }

        private static Set<AddressFamily> configuredFamilies() {
            Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
            try {
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress())
                        .forEach(address -> families.add(AddressFamily.of(address)));
            } catch (SocketException e) {
                // not known: leave nothing out
                return families;
            }
            return families;
        }
    }
}
