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
import dev.prise.address.SocketType;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lookups of the Java library in the shape of {@code getaddrinfo}, for where the system's own function cannot be had: hints, flags and
 * codes by the rules of getaddrinfo(3), names by {@link InetAddress#getAllByName} in its order. Where the C libraries differ, it does as
 * glibc.
 *
 * <p>What remains different from glibc:
 *
 * <ul>
 *   <li>The canonical name is the node as it was given; the Java library does not tell another.
 *   <li>Flags beyond those of RFC 3493 are refused as bad ones, also those for international names, which glibc has.
 *   <li>A port outside 0 to 65535 is not known, where glibc takes the number modulo 65536.
 *   <li>A zone above 2147483647 is lost, since {@link Inet6Address} has no room for it.
 *   <li>Names have the addresses that the Java library knows, in its order and each once, which {@code java.net.preferIPv6Addresses} and
 *       {@code jdk.net.hosts.file} change. {@code localhost} and names below it are both loopback addresses, whatever the hosts file says.
 *   <li>A null node is {@code ::1} before {@code 127.0.0.1}, also on a machine without IPv6, where glibc turns them round.
 *   <li>A text with a colon, or of digits and dots, that is no address is refused without asking whether it is a name.
 *   <li>A node or a service with a NUL character is not known, where C sees no more than what is before it.
 * </ul>
 */
public final class JdkAddressInfos implements AddressInfoProvider {
    private static final Set<Flag> KNOWN_FLAGS = EnumSet.of(
            Flag.PASSIVE, Flag.CANONNAME, Flag.NUMERICHOST, Flag.NUMERICSERV, Flag.V4MAPPED, Flag.ALL, Flag.ADDRCONFIG);
    private static final Hints WITHOUT_HINTS = Hints.ANY.withFlags(Flag.V4MAPPED, Flag.ADDRCONFIG);

    /** As a node or a service, the same as none. */
    private static final String NONE = "*";

    /** Neither a number nor the name of an interface. */
    private static final String NO_ZONE = "/";

    private final Supplier<Set<AddressFamily>> configuredFamilies;

    /** For {@link java.util.ServiceLoader}. */
    public JdkAddressInfos() {
        this(JdkAddressInfos::configuredFamilies);
    }

    /** With the families that AI_ADDRCONFIG leaves. */
    JdkAddressInfos(Supplier<Set<AddressFamily>> configuredFamilies) {
        this.configuredFamilies = configuredFamilies;
    }

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
        Question asked = new Question(
                NONE.equals(node) ? null : node,
                NONE.equals(service) ? null : service,
                hints == null ? WITHOUT_HINTS : hints);
        asked.check();
        Question question = asked.hints.has(Flag.ADDRCONFIG) ? asked.configured(configuredFamilies.get()) : asked;
        List<LookupKind> kinds = question.kinds();
        List<AddressInfo> results = new ArrayList<>();
        String canonicalName = question.hints.has(Flag.CANONNAME) ? node : null;
        for (InetAddress address : question.addresses()) {
            for (LookupKind kind : kinds) {
                results.add(new AddressInfo(
                        AddressFamily.of(address),
                        kind.type(),
                        kind.protocol(),
                        new InetSocketAddress(address, kind.port()),
                        results.isEmpty() ? canonicalName : null));
            }
        }
        return Collections.unmodifiableList(results);
    }

    /** The families of which this machine has an address other than loopback. */
    private static Set<AddressFamily> configuredFamilies() {
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .forEach(address -> families.add(AddressFamily.of(address)));
        } catch (SocketException e) {
            // not known: leave nothing out
            return EnumSet.of(AddressFamily.INET, AddressFamily.INET6);
        }
        return families;
    }

    /** One lookup. */
    private record Question(@Nullable String node, @Nullable String service, Hints hints) {
        AddressInfoException failure(ErrorCode code) {
            int number = code.number(ErrorNumbering.current()).orElse(code.winsock());
            return new AddressInfoException(node, service, code.meaning(), code, number, 0);
        }

        void check() throws AddressInfoException {
            if ((node == null && service == null) || hasNul(node) || hasNul(service)) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            if (!KNOWN_FLAGS.containsAll(hints.flags()) || (node == null && hints.has(Flag.CANONNAME))) {
                throw failure(ErrorCode.BAD_FLAGS);
            }
            if (hints.family() == AddressFamily.UNIX) {
                throw failure(ErrorCode.LOOKUP_FAMILY);
            }
        }

        private static boolean hasNul(@Nullable String text) {
            return text != null && text.indexOf('\0') >= 0;
        }

        /** AI_ADDRCONFIG: the same for the one family that this machine has; nothing to find for a family that it does not have. */
        Question configured(Set<AddressFamily> families) throws AddressInfoException {
            if (hints.family() != AddressFamily.UNSPEC) {
                if (!families.contains(hints.family())) {
                    throw failure(ErrorCode.HOST_NOT_FOUND);
                }
                return this;
            }
            return families.size() == 1
                    ? new Question(
                            node, service, hints.withFamily(families.iterator().next()))
                    : this;
        }

        List<LookupKind> kinds() throws AddressInfoException {
            // an empty service counts as given, and is port 0 all the same
            String name = service == null || service.isEmpty() ? null : service;
            Integer number = name == null ? Integer.valueOf(0) : LookupKind.portNumber(name);
            if (number == null && hints.has(Flag.NUMERICSERV)) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            List<LookupKind> kinds = LookupKind.of(hints);
            if (kinds.isEmpty()) {
                boolean typeGiven = !hints.type().equals(SocketType.ANY);
                throw failure(typeGiven ? ErrorCode.LOOKUP_SOCKET_TYPE : ErrorCode.SERVICE_NOT_FOUND);
            }
            if (name == null) {
                return kinds;
            }
            List<LookupKind> known = number == null
                    ? LookupKind.ofService(name, hints)
                    : kinds.stream().map(kind -> kind.withPort(number)).toList();
            boolean noPort = number != null && number == LookupKind.NO_PORT;
            if (noPort || known.isEmpty() || !kinds.get(0).hasServices()) {
                throw failure(ErrorCode.SERVICE_NOT_FOUND);
            }
            return known;
        }

        List<InetAddress> addresses() throws AddressInfoException {
            if (node == null) {
                return ofThisMachine();
            }
            // an empty zone is as bad as one that is not known, after a wrong family
            AddressLiteral literal = AddressLiteral.parse(node.endsWith("%") ? node + NO_ZONE : node);
            if (literal != null) {
                return List.of(ofLiteral(literal));
            }
            if (hints.has(Flag.NUMERICHOST) || isNoName(node)) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            return wanted(BlockingResolver.isLocalhost(node) ? BlockingResolver.loopback() : named(node));
        }

        /** What the Java library would read as an address by rules of its own, brackets among them. */
        private static boolean isNoName(String node) {
            return node.isEmpty() || node.indexOf(':') >= 0 || BlockingResolver.looksNumeric(node);
        }

        private List<InetAddress> ofThisMachine() {
            List<InetAddress> both = hints.has(Flag.PASSIVE) ? wildcards() : BlockingResolver.loopback();
            return both.stream()
                    .filter(address -> hints.family().admits(AddressFamily.of(address)))
                    .toList();
        }

        /** In the order of destination address selection with the policy table of glibc. */
        private static List<InetAddress> wildcards() {
            return List.of(inet(new byte[4]), inet6(new byte[16], -1));
        }

        private InetAddress ofLiteral(AddressLiteral literal) throws AddressInfoException {
            AddressFamily family = hints.family();
            byte[] bytes = literal.bytes();
            if (literal.family() == AddressFamily.INET) {
                if (family.admits(AddressFamily.INET)) {
                    return inet(bytes);
                }
                if (hints.has(Flag.V4MAPPED)) {
                    return mapped(bytes);
                }
            } else {
                if (family.admits(AddressFamily.INET6)) {
                    return inet6(bytes, scope(literal));
                }
                if (isMapped(bytes)) {
                    scope(literal);
                    return inet(Arrays.copyOfRange(bytes, 12, 16));
                }
            }
            throw failure(ErrorCode.ADDRESS_FAMILY);
        }

        /** The zone as a number, -1 for none: an interface's name only goes with addresses that are good on one link (RFC 4007). */
        private int scope(AddressLiteral literal) throws AddressInfoException {
            String zone = literal.zone();
            if (zone == null) {
                return -1;
            }
            int index = isOnLink(inet6(literal.bytes(), -1)) ? interfaceIndex(zone) : 0;
            if (index > 0) {
                return index;
            }
            BigInteger number = zone.chars().allMatch(c -> c >= '0' && c <= '9') ? new BigInteger(zone) : null;
            if (number == null || number.bitLength() > Integer.SIZE) {
                throw failure(ErrorCode.HOST_NOT_FOUND);
            }
            // zero is no zone, and there is no room for more than 31 bits
            return number.signum() > 0 && number.bitLength() < Integer.SIZE ? number.intValue() : -1;
        }

        private static boolean isOnLink(InetAddress address) {
            return address.isLinkLocalAddress() || address.isMCLinkLocal();
        }

        private static int interfaceIndex(String name) {
            try {
                NetworkInterface named = NetworkInterface.getByName(name);
                return named == null ? 0 : named.getIndex();
            } catch (SocketException e) {
                // not known
                return 0;
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
        private List<InetAddress> wanted(List<InetAddress> found) throws AddressInfoException {
            List<InetAddress> admitted = new ArrayList<>(found.size());
            List<InetAddress> mapped = new ArrayList<>();
            for (InetAddress address : found) {
                if (hints.family().admits(AddressFamily.of(address))) {
                    admitted.add(address);
                } else if (address instanceof Inet4Address) {
                    mapped.add(mapped(address.getAddress()));
                }
            }
            boolean mapping = hints.family() == AddressFamily.INET6 && hints.has(Flag.V4MAPPED);
            if (mapping && (admitted.isEmpty() || hints.has(Flag.ALL))) {
                admitted.addAll(mapped);
            }
            if (admitted.isEmpty()) {
                throw failure(ErrorCode.NO_DATA);
            }
            return admitted;
        }

        private static InetAddress mapped(byte[] four) {
            byte[] bytes = new byte[16];
            bytes[10] = (byte) 0xff;
            bytes[11] = (byte) 0xff;
            System.arraycopy(four, 0, bytes, 12, 4);
            return inet6(bytes, -1);
        }

        private static boolean isMapped(byte[] six) {
            return Arrays.equals(six, 0, 12, mapped(new byte[4]).getAddress(), 0, 12);
        }

        private static InetAddress inet(byte[] four) {
            try {
                return InetAddress.getByAddress(four);
            } catch (UnknownHostException e) {
                throw new AssertionError("4 bytes are an address", e);
            }
        }

        /** Leaves a mapped address an IPv6 one. */
        private static InetAddress inet6(byte[] six, int scope) {
            try {
                return Inet6Address.getByAddress(null, six, scope);
            } catch (UnknownHostException e) {
                throw new AssertionError("16 bytes are an address", e);
            }
        }
    }
}
