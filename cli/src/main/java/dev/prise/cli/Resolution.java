package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfoException;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorNumbering;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import dev.prise.getaddrinfo.GetAddrInfo;
import dev.prise.getaddrinfo.NativeAddressInfo;
import dev.prise.getaddrinfo.NativeAnswer;
import dev.prise.getaddrinfo.NativeHints;
import dev.prise.resolve.JdkAddressInfos;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup gave, the same from the system's function and from the Java library.
 *
 * @param code what the system's function returned, or would have returned; 0 for success
 * @param error the kind of failure, null for success
 * @param reason the system's words, empty for success
 * @param results in the system's order
 */
record Resolution(int code, @Nullable ErrorCode error, String reason, List<Result> results) {

    /**
     * One result.
     *
     * @param scope the zone as an unsigned number
     * @param info the same as a type of ours, null when the family is neither IPv4 nor IPv6
     */
    record Result(
            String family,
            String address,
            long scope,
            int port,
            SocketType type,
            Protocol protocol,
            @Nullable String canonicalName,
            @Nullable AddressInfo info) {

        static Result of(AddressInfo info) {
            long scope = info.inetAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
            return new Result(
                    info.family().jsonName(),
                    withoutZone(info.addressText()),
                    scope,
                    info.port(),
                    info.type(),
                    info.protocol(),
                    info.canonicalName(),
                    info);
        }

        static Result of(NativeAddressInfo result) {
            SocketType type = SocketType.of(result.type());
            Protocol protocol = Protocol.of(result.protocol());
            if (result.address() == null) {
                return new Result(
                        Integer.toString(result.family()), "", 0, 0, type, protocol, result.canonicalName(), null);
            }
            AddressInfo info = new AddressInfo(
                    AddressFamily.of(result.address()), type, protocol, result.address(), result.canonicalName());
            return new Result(
                    info.family().jsonName(),
                    withoutZone(info.addressText()),
                    Integer.toUnsignedLong(result.scopeId()),
                    info.port(),
                    type,
                    protocol,
                    result.canonicalName(),
                    info);
        }

        private static String withoutZone(String address) {
            int percent = address.indexOf('%');
            return percent < 0 ? address : address.substring(0, percent);
        }

        /** The address with its zone. */
        String addressAndZone() {
            return scope == 0 ? address : address + "%" + scope;
        }
    }

    /** No answer came within the time that was allowed; not a code of the system's function, which has not ended. */
    static Resolution outOfTime() {
        ErrorCode error = ErrorCode.TIMED_OUT;
        int code = error.number(ErrorNumbering.current()).orElse(error.winsock());
        return new Resolution(code, error, error.meaning(), List.of());
    }

    /** Asks the system's function; blocks. */
    static Resolution bySystem(@Nullable String node, @Nullable String service, HintsOptions.@Nullable Asked asked) {
        NativeHints hints = null;
        if (asked != null) {
            hints = GetAddrInfo.hints(asked.hints());
            if (hints == null) {
                int code = GetAddrInfo.systemCode(ErrorCode.BAD_FLAGS);
                return new Resolution(code, ErrorCode.BAD_FLAGS, GetAddrInfo.errorText(code), List.of());
            }
            Integer family = asked.familyNumber();
            hints = new NativeHints(
                    hints.flags() | asked.flagNumbers(),
                    family == null ? hints.family() : family,
                    hints.type(),
                    hints.protocol());
        }
        NativeAnswer answer = GetAddrInfo.call(node, service, hints);
        if (answer.code() != 0) {
            return new Resolution(
                    answer.code(),
                    GetAddrInfo.errorCode(answer.code()),
                    GetAddrInfo.errorText(answer.code()),
                    List.of());
        }
        List<Result> results = new ArrayList<>(answer.results().size());
        for (NativeAddressInfo result : answer.results()) {
            results.add(Result.of(result));
        }
        return new Resolution(0, null, "", results);
    }

    /** Asks the Java library; blocks. */
    static Resolution byJdk(@Nullable String node, @Nullable String service, HintsOptions.@Nullable Asked asked) {
        try {
            List<Result> results = new ArrayList<>();
            for (AddressInfo info : new JdkAddressInfos().lookup(node, service, asked == null ? null : asked.hints())) {
                results.add(Result.of(info));
            }
            return new Resolution(0, null, "", results);
        } catch (AddressInfoException e) {
            return new Resolution(e.systemCode(), e.code(), e.reason(), List.of());
        }
    }
}
