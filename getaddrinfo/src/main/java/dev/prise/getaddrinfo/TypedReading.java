package dev.prise.getaddrinfo;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer in types; what is neither IPv4 nor IPv6 is left out. */
final class TypedReading extends Reading<List<AddressInfo>, AddressInfo> {
    static final TypedReading INSTANCE = new TypedReading();

    /** A failure on its way to where node and service are known, which makes an exception for users of it. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final int code;
        final int errno;

        private Failed(int code, int errno) {
            super(null, null, false, false);
            this.code = code;
            this.errno = errno;
        }
    }

    private TypedReading() {}

    @Override
    @Nullable
    AddressInfo result(
            int flags,
            int family,
            int type,
            int protocol,
            long addressBytes,
            @Nullable InetSocketAddress address,
            int flowInfo,
            int scopeId,
            @Nullable String canonicalName) {
        if (address == null) {
            return null;
        }
        return new AddressInfo(
                AddressFamily.of(address), SocketType.of(type), Protocol.of(protocol), address, canonicalName);
    }

    @Override
    List<AddressInfo> found(List<AddressInfo> results, int errno) {
        if (results.isEmpty()) {
            throw new Failed(GetAddrInfo.systemCode(ErrorCode.NO_DATA), errno);
        }
        return results;
    }

    @Override
    List<AddressInfo> failed(int code, int errno) {
        throw new Failed(code, errno);
    }
}
