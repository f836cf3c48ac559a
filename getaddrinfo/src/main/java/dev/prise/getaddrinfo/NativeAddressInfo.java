package dev.prise.getaddrinfo;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One {@code struct addrinfo} with its socket address, in the system's own numbers.
 *
 * @param flags {@code ai_flags}
 * @param family {@code ai_family}
 * @param type {@code ai_socktype}
 * @param protocol {@code ai_protocol}
 * @param addressBytes {@code ai_addrlen}
 * @param address the socket address; null when its family is neither IPv4 nor IPv6
 * @param flowInfo {@code sin6_flowinfo}, in the byte order of the network as it stands there; 0 for other families
 * @param scopeId {@code sin6_scope_id}, unsigned; 0 for other families
 * @param canonicalName {@code ai_canonname}, null when there is none
 */
public record NativeAddressInfo(
        int flags,
        int family,
        int type,
        int protocol,
        long addressBytes,
        @Nullable InetSocketAddress address,
        int flowInfo,
        int scopeId,
        @Nullable String canonicalName) {}
