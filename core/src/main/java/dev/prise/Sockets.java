package dev.prise;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.address.ErrorNumbering;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The step between an address and a connection: {@code socket(family, type, protocol)} (socket(2)).
 *
 * <p>The Java library has stream sockets with TCP, datagram sockets with UDP and Unix-domain stream sockets. Everything else fails with the
 * code that {@code socket()} gives; what the system could open and the Java library cannot, such as raw sockets, counts as a socket type
 * or a protocol that is not supported.
 */
public final class Sockets {
    /** {@code SOCK_MAX} and {@code IPPROTO_MAX} of Linux: numbers from here on are invalid and not just unknown. */
    private static final int FIRST_INVALID_TYPE = 11;

    private static final int FIRST_INVALID_PROTOCOL = 263;

    /** {@code PF_UNIX}, which may stand for the protocol of Unix-domain sockets. */
    private static final int UNIX_PROTOCOL = 1;

    private Sockets() {}

    /**
     * Opens a socket for an address: in blocking mode, neither bound nor connected. To be closed by the caller.
     *
     * @return a {@link SocketChannel} for a stream, a {@link DatagramChannel} for datagrams
     * @throws SocketOpenException when there is no such socket
     * @throws IOException when the system does not open it, such as for want of descriptors
     */
    public static NetworkChannel open(AddressInfo address) throws IOException {
        return open(address.family(), address.type(), address.protocol());
    }

    /**
     * Opens a socket by its family, type and protocol; as {@link #open(AddressInfo)}.
     *
     * @param protocol {@link Protocol#ANY} for the one that goes with the type
     */
    public static NetworkChannel open(AddressFamily family, SocketType type, Protocol protocol) throws IOException {
        check(family, type, protocol);
        ProtocolFamily java = javaFamily(family);
        try {
            return type.equals(SocketType.DATAGRAM) ? DatagramChannel.open(java) : SocketChannel.open(java);
        } catch (UnsupportedOperationException | IOException e) {
            throw failure(e, family, type, protocol);
        }
    }

    /**
     * Opens a socket that is to listen on an address: in blocking mode, not bound. To be closed by the caller.
     *
     * @throws SocketOpenException when there is no such socket; {@link ErrorCode#OPERATION_NOT_SUPPORTED} for datagrams, which nobody
     *     listens for
     * @throws IOException when the system does not open it, such as for want of descriptors
     */
    public static ServerSocketChannel openServer(AddressInfo address) throws IOException {
        check(address.family(), address.type(), address.protocol());
        if (address.type().equals(SocketType.DATAGRAM)) {
            throw new SocketOpenException("a datagram socket does not listen", ErrorCode.OPERATION_NOT_SUPPORTED);
        }
        try {
            return ServerSocketChannel.open(javaFamily(address.family()));
        } catch (UnsupportedOperationException | IOException e) {
            throw failure(e, address.family(), address.type(), address.protocol());
        }
    }

    private static void check(AddressFamily family, SocketType type, Protocol protocol) throws SocketOpenException {
        ErrorCode code = codeOf(family, type, protocol);
        if (code != null) {
            throw new SocketOpenException(described(family, type, protocol), code);
        }
    }

    /** What {@code socket()} says, in the order in which Linux looks at its arguments; null when the Java library can open it. */
    private static @Nullable ErrorCode codeOf(AddressFamily family, SocketType type, Protocol protocol) {
        if (type.number() < 0 || type.number() >= FIRST_INVALID_TYPE) {
            return ErrorNumbering.current() == ErrorNumbering.WINDOWS
                    ? ErrorCode.SOCKET_TYPE_NOT_SUPPORTED
                    : ErrorCode.INVALID_ARGUMENT;
        }
        if (family == AddressFamily.UNSPEC) {
            return ErrorCode.FAMILY_NOT_SUPPORTED;
        }
        if (family == AddressFamily.UNIX) {
            boolean known = protocol.equals(Protocol.ANY) || protocol.number() == UNIX_PROTOCOL;
            return !known
                    ? ErrorCode.PROTOCOL_NOT_SUPPORTED
                    : type.equals(SocketType.STREAM) ? null : ErrorCode.SOCKET_TYPE_NOT_SUPPORTED;
        }
        if (protocol.number() < 0 || protocol.number() >= FIRST_INVALID_PROTOCOL) {
            return ErrorCode.INVALID_ARGUMENT;
        }
        return switch (type.number()) {
            case 1 -> protocolCode(protocol, Protocol.TCP);
            case 2 -> protocolCode(protocol, Protocol.UDP);
            case 3 ->
                protocol.equals(Protocol.ANY) ? ErrorCode.PROTOCOL_NOT_SUPPORTED : ErrorCode.SOCKET_TYPE_NOT_SUPPORTED;
            default -> ErrorCode.SOCKET_TYPE_NOT_SUPPORTED;
        };
    }

    private static @Nullable ErrorCode protocolCode(Protocol asked, Protocol only) {
        return asked.equals(only) || asked.equals(Protocol.ANY) ? null : ErrorCode.PROTOCOL_NOT_SUPPORTED;
    }

    private static ProtocolFamily javaFamily(AddressFamily family) {
        return switch (family) {
            case INET6 -> StandardProtocolFamily.INET6;
            case UNIX -> StandardProtocolFamily.UNIX;
            case INET, UNSPEC -> StandardProtocolFamily.INET;
        };
    }

    /** A family that this machine or this JVM does not have is no socket; all else is the system's. */
    private static IOException failure(Exception cause, AddressFamily family, SocketType type, Protocol protocol) {
        if (cause instanceof IOException io && ErrorCodes.of(io) != ErrorCode.FAMILY_NOT_SUPPORTED) {
            return io;
        }
        SocketOpenException failure =
                new SocketOpenException(described(family, type, protocol), ErrorCode.FAMILY_NOT_SUPPORTED);
        failure.initCause(cause);
        return failure;
    }

    private static String described(AddressFamily family, SocketType type, Protocol protocol) {
        return "no socket of family " + family.jsonName() + ", type " + type + ", protocol " + protocol;
    }
}
