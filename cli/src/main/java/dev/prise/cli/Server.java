package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listening sockets, one for each address, that count as one. */
final class Server implements AutoCloseable {
    private static final int TRIES_FOR_A_COMMON_PORT = 20;
    private static final int BACKLOG = 512;

    private final List<ServerSocketChannel> channels;
    private final AddressFamily family;

    private Server(List<ServerSocketChannel> channels, AddressFamily family) {
        this.channels = channels;
        this.family = family;
    }

    /** On all addresses of the machine: one socket for both families, where there are both. */
    static Server onAllAddresses(int port, AddressFamily family) throws IOException {
        InetSocketAddress any = new InetSocketAddress(port);
        ServerSocketChannel channel = switch (family) {
            case INET -> bound(StandardProtocolFamily.INET, new InetSocketAddress(anyFour(), port));
            case INET6 -> bound(StandardProtocolFamily.INET6, any);
            case UNSPEC, UNIX -> bound(null, any);
        };
        return new Server(List.of(channel), family);
    }

    /**
     * On each of the addresses and one port. An address of a family that this machine does not have is left out when another is there.
     *
     * @param port 0 for any that is free on all of them
     */
    static Server on(List<InetAddress> addresses, int port) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return new Server(boundToAll(addresses, port), AddressFamily.UNSPEC);
            } catch (IOException e) {
                // a port that was free on the first address may be taken on the next
                if (port != 0 || i == TRIES_FOR_A_COMMON_PORT || ErrorCodes.of(e) != ErrorCode.ADDRESS_IN_USE) {
                    throw e;
                }
            }
        }
    }

    /** On a path. */
    static Server onPath(UnixDomainSocketAddress address) throws IOException {
        return new Server(List.of(bound(StandardProtocolFamily.UNIX, address)), AddressFamily.UNIX);
    }

    private static List<ServerSocketChannel> boundToAll(List<InetAddress> addresses, int port) throws IOException {
        List<ServerSocketChannel> channels = new ArrayList<>();
        IOException missing = null;
        int common = port;
        try {
            for (InetAddress address : addresses) {
                try {
                    StandardProtocolFamily family = address instanceof Inet4Address
                            ? StandardProtocolFamily.INET
                            : StandardProtocolFamily.INET6;
                    ServerSocketChannel channel = bound(family, new InetSocketAddress(address, common));
                    channels.add(channel);
                    common = portOf(channel);
                } catch (IOException e) {
                    ErrorCode code = ErrorCodes.of(e);
                    if (code != ErrorCode.FAMILY_NOT_SUPPORTED && code != ErrorCode.ADDRESS_NOT_AVAILABLE) {
                        throw e;
                    }
                    missing = e;
                }
            }
        } catch (IOException e) {
            closeAll(channels);
            throw e;
        }
        if (channels.isEmpty() && missing != null) {
            throw missing;
        }
        return channels;
    }

    private static ServerSocketChannel bound(@Nullable StandardProtocolFamily family, SocketAddress address)
            throws IOException {
        ServerSocketChannel channel;
        try {
            channel = family == null ? ServerSocketChannel.open() : ServerSocketChannel.open(family);
        } catch (UnsupportedOperationException e) {
            throw new IOException("Address family not supported: " + e.getMessage(), e);
        }
        try {
            return channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InetAddress anyFour() throws IOException {
        return InetAddress.getByAddress(new byte[4]);
    }

    private static int portOf(ServerSocketChannel channel) throws IOException {
        return channel.getLocalAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /** The port; 0 for a path. */
    int port() throws IOException {
        return portOf(channels.get(0));
    }

    /** Where it listens, for people: {@code [::1]:27015 and 127.0.0.1:27015}. */
    String where() throws IOException {
        StringBuilder where = new StringBuilder();
        for (ServerSocketChannel channel : channels) {
            AddressInfo address = AddressInfo.stream(channel.getLocalAddress());
            where.append(where.isEmpty() ? "" : " and ").append(address);
            InetAddress inet = address.inetAddress();
            if (address.family() == AddressFamily.INET6
                    && family == AddressFamily.UNSPEC
                    && inet != null
                    && inet.isAnyLocalAddress()) {
                where.append(" and 0.0.0.0:").append(address.port());
            }
        }
        return where.toString();
    }

    /** Begins to accept, a thread for each socket, until it is closed. Each connection is the handler's; while it blocks, others wait. */
    List<Thread> accept(Consumer<SocketChannel> handler) {
        List<Thread> threads = new ArrayList<>();
        for (ServerSocketChannel channel : channels) {
            threads.add(Thread.ofPlatform().daemon().name("prise-accept").start(() -> acceptAll(channel, handler)));
        }
        return threads;
    }

    private void acceptAll(ServerSocketChannel channel, Consumer<SocketChannel> handler) {
        while (channel.isOpen()) {
            try {
                SocketChannel accepted = channel.accept();
                if (isWanted(accepted)) {
                    handler.accept(accepted);
                } else {
                    accepted.close();
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // a connection that broke before it was accepted, or no descriptor is left for the moment
                pause();
            }
        }
    }

    /** The Java library opens every IPv6 socket for IPv4 as well; for IPv6 alone, the others are turned away. */
    private boolean isWanted(SocketChannel accepted) throws IOException {
        return family != AddressFamily.INET6 || AddressFamily.of(accepted.getRemoteAddress()) == AddressFamily.INET6;
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closeAll(channels);
    }

    private static void closeAll(List<ServerSocketChannel> channels) {
        for (ServerSocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                // it is not used any more, and there is nothing one could do
            }
        }
    }
}
