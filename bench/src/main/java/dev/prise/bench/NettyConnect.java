package dev.prise.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Netty's way to a connected socket, waited for: {@code Bootstrap.connect(host, port).sync()}, over NIO with as many event loops as it
 * takes by itself. The close is begun and not waited for.
 */
final class NettyConnect implements Repeat.Once {
    private final Bootstrap bootstrap;
    private final String host;
    private final int port;

    /** With event loops of its own, which end with the process. */
    NettyConnect(String host, int port) {
        this.host = host;
        this.port = port;
        bootstrap = new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        0, new DefaultThreadFactory("netty", true), NioIoHandler.newFactory()))
                .channel(NioSocketChannel.class)
                .option(ChannelOption.SO_LINGER, 0)
                .handler(new Nothing());
    }

    @Sharable
    private static final class Nothing extends ChannelInboundHandlerAdapter {}

    @Override
    public void once() throws InterruptedException {
        var _ = bootstrap.connect(host, port).sync().channel().close();
    }
}
