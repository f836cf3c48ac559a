package dev.prise.bench;

import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.resolve.JdkResolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;

/**
 * A way from a host and a port to a connected socket.
 *
 * <p>The host is either a literal or a name with two addresses, of which the first is good. Without a table of its own a way asks
 * {@code InetAddress} for that name, which has it from {@link HostsFile}.
 */
enum ConnectWay {
    /** What most programs do. */
    SOCKET_LITERAL("`new Socket(\"127.0.0.1\", port)`"),
    /** The same with a name: only its first address is tried. */
    SOCKET_NAME("`new Socket(name, port)`"),
    /** What Java needs at least. */
    CHANNEL_LITERAL("`SocketChannel.open(address)`"),
    /** Ours. */
    DIAL_LITERAL("`dial(\"127.0.0.1\", port)`"),
    /** Ours, of a name that a table in the caller's thread has. */
    DIAL_NAME_TABLE("`dial(name, port)`, names from a table"),
    /** Ours, of a name that {@code InetAddress} has, on a thread of its own. */
    DIAL_NAME_JDK("`dial(name, port)`, names from `InetAddress`"),
    /** OkHttp's, with an address. */
    OKHTTP_LITERAL("OkHttp, `127.0.0.1`"),
    /** OkHttp's, of a name that a table has. */
    OKHTTP_NAME("OkHttp, name from a table"),
    /** Netty's, with an address. */
    NETTY_LITERAL("Netty, `127.0.0.1`"),
    /** Netty's, of a name that {@code InetAddress} has. */
    NETTY_NAME("Netty, name from `InetAddress`");

    private static final String LITERAL = "127.0.0.1";

    private final String title;

    ConnectWay(String title) {
        this.title = title;
    }

    /** In Markdown. */
    String title() {
        return title;
    }

    /** Connects to a port and closes with a reset, which leaves nothing behind in the system's tables. */
    Repeat.Once to(int port) {
        return switch (this) {
            case SOCKET_LITERAL -> () -> socket(LITERAL, port);
            case SOCKET_NAME -> () -> socket(HostsFile.NAME, port);
            case CHANNEL_LITERAL -> () -> channel(port);
            case DIAL_LITERAL -> dial(Dialer.create(), LITERAL, port);
            case DIAL_NAME_TABLE ->
                dial(
                        Dialer.builder()
                                .resolver(new Names(Map.of(HostsFile.NAME, HostsFile.ADDRESSES)))
                                .build(),
                        HostsFile.NAME,
                        port);
            case DIAL_NAME_JDK ->
                dial(Dialer.builder().resolver(JdkResolver.shared()).build(), HostsFile.NAME, port);
            case OKHTTP_LITERAL -> new OkHttpConnect(LITERAL, port, List.of());
            case OKHTTP_NAME -> new OkHttpConnect(HostsFile.NAME, port, HostsFile.ADDRESSES);
            case NETTY_LITERAL -> new NettyConnect(LITERAL, port);
            case NETTY_NAME -> new NettyConnect(HostsFile.NAME, port);
        };
    }

    @SuppressWarnings("AddressSelection") // this is what ours is compared with
    private static void socket(String host, int port) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoLinger(true, 0);
        }
    }

    private static void channel(int port) throws IOException {
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(Names.loopback(1), port))) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    private static Repeat.Once dial(Dialer dialer, String host, int port) {
        return () -> {
            try (DialResult result = dialer.dial(host, port)) {
                result.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        };
    }
}
