package dev.prise.rivals;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Netty's {@code Bootstrap}.
 *
 * @param resolver what it resolves with; null for its default
 */
record Netty(@Nullable AddressResolverGroup<InetSocketAddress> resolver) implements Client {

    /** Netty's own DNS client, asking the servers of the system's resolv.conf. */
    static AddressResolverGroup<InetSocketAddress> dns() {
        return new DnsAddressResolverGroup(NioDatagramChannel.class, DnsServerAddressStreamProviders.platformDefault());
    }

    @Override
    public String connect(String host, int port, @Nullable Duration timeout) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter());
        if (resolver != null) {
            bootstrap.resolver(resolver);
        }
        if (timeout != null) {
            bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()));
        }
        Channel channel = bootstrap.connect(host, port).sync().channel();
        String address =
                ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
        channel.close().sync();
        return address;
    }
}
