package dev.prise.getaddrinfo;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfoException;
import dev.prise.address.AddressInfoProvider;
import dev.prise.address.ErrorCode;
import dev.prise.address.Hints;
import dev.prise.resolve.BlockingResolver;
import dev.prise.resolve.Resolver;
import dev.prise.resolve.ResolverProvider;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the system's {@code getaddrinfo} to {@link dev.prise.address.AddressInfos} and to every dialer.
 *
 * <p>As a resolver it asks for IPv6 and for IPv4 in two calls at once, so that a missing answer for the one does not hold back the other.
 * The system does what it always does: nsswitch, hosts files, search domains.
 */
public final class GetAddrInfoProvider implements AddressInfoProvider, ResolverProvider {
    private static final String NAME = "getaddrinfo";
    private static final int RANK = 100;

    /** For {@link java.util.ServiceLoader}. */
    public GetAddrInfoProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public @Nullable String unavailableReason() {
        return GetAddrInfo.unavailableReason();
    }

    @Override
    public Resolver resolver() {
        return Shared.RESOLVER;
    }

    @Override
    public List<AddressInfo> lookup(@Nullable String node, @Nullable String service, @Nullable Hints hints)
            throws AddressInfoException {
        NativeHints numbers = hints == null ? null : GetAddrInfo.hints(hints);
        if (hints != null && numbers == null) {
            throw failure(node, service, GetAddrInfo.systemCode(ErrorCode.BAD_FLAGS), 0);
        }
        try {
            return GetAddrInfo.call(node, service, numbers, TypedReading.INSTANCE);
        } catch (TypedReading.Failed e) {
            throw failure(node, service, e.code, e.errno);
        }
    }

    private static AddressInfoException failure(
            @Nullable String node, @Nullable String service, int systemCode, int errno) {
        ErrorCode code = GetAddrInfo.errorCode(systemCode);
        return new AddressInfoException(
                node,
                service,
                GetAddrInfo.errorText(systemCode),
                code,
                systemCode,
                code == ErrorCode.LOOKUP_SYSTEM ? errno : 0);
    }

    /** The blocking call of the resolver. */
    private static final class PerFamily implements BlockingResolver.BlockingLookup {
        @Override
        public boolean asksNameServers() {
            return true;
        }

        @Override
        public void prepare() {
            FirstCall.make();
        }

        /** Each address once, in the system's order: a hosts file may give one several times. */
        @Override
        public List<InetAddress> lookup(String host, AddressFamily family) throws AddressInfoException {
            // by text, since Inet6Address.equals passes over the zone
            Map<String, InetAddress> addresses = new LinkedHashMap<>();
            for (AddressInfo info : infos(host, family)) {
                InetAddress address = info.inetAddress();
                if (address != null) {
                    addresses.putIfAbsent(address.getHostAddress(), address);
                }
            }
            return List.copyOf(addresses.values());
        }

        /** That there is no address of the family is an answer, and the other family waits for it: no exception is made of it. */
        private static List<AddressInfo> infos(String host, AddressFamily family) throws AddressInfoException {
            NativeHints hints = GetAddrInfo.hints(Hints.DEFAULT.withFamily(family));
            try {
                return GetAddrInfo.call(host, null, hints, TypedReading.INSTANCE);
            } catch (TypedReading.Failed e) {
                if (GetAddrInfo.errorCode(e.code) == ErrorCode.NO_DATA) {
                    return List.of();
                }
                throw failure(host, null, e.code, e.errno);
            }
        }
    }

    /**
     * A call that asks nobody. The first one through a new method handle takes milliseconds, which would come between the questions for the
     * two families, and again between an answer and the first attempt.
     */
    private static final class FirstCall {
        static {
            try {
                new PerFamily().lookup("127.0.0.1", AddressFamily.INET);
            } catch (AddressInfoException | RuntimeException e) {
                // then the call that is wanted will tell
            }
        }

        private FirstCall() {}

        /** The first time it is made; any other returns at once. */
        static void make() {
            // the work is the class's initialiser
        }
    }

    /** Made on first use. */
    private static final class Shared {
        static final BlockingResolver RESOLVER = BlockingResolver.of(NAME, true, new PerFamily());
    }
}
