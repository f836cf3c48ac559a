package dev.prise.getaddrinfo;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one answer: numbers as they are, or types. Made directly from memory, since each object between costs.
 *
 * @param <R> the whole answer
 * @param <T> one result
 */
abstract class Reading<R, T> {
    /** One result; null to leave it out. The arguments are those of {@link NativeAddressInfo}. */
    abstract @Nullable T result(
            int flags,
            int family,
            int type,
            int protocol,
            long addressBytes,
            @Nullable InetSocketAddress address,
            int flowInfo,
            int scopeId,
            @Nullable String canonicalName);

    /** All results, in their order; immutable. */
    abstract R found(List<T> results, int errno);

    /** A code that is not 0. */
    abstract R failed(int code, int errno);

    /** The answer in numbers. */
    static final Reading<NativeAnswer, NativeAddressInfo> NUMBERS = new Reading<>() {
        @Override
        NativeAddressInfo result(
                int flags,
                int family,
                int type,
                int protocol,
                long addressBytes,
                @Nullable InetSocketAddress address,
                int flowInfo,
                int scopeId,
                @Nullable String canonicalName) {
            return new NativeAddressInfo(
                    flags, family, type, protocol, addressBytes, address, flowInfo, scopeId, canonicalName);
        }

        @Override
        NativeAnswer found(List<NativeAddressInfo> results, int errno) {
            return new NativeAnswer(0, errno, results);
        }

        @Override
        NativeAnswer failed(int code, int errno) {
            return new NativeAnswer(code, errno, List.of());
        }
    };
}
