package dev.prise.bench;

import dev.prise.address.AddressInfos;
import dev.prise.address.Hints;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;

/** A way from a name to its addresses, each time anew. */
enum LookupWay {
    /** Ours, by the system's {@code getaddrinfo}. */
    OURS("`AddressInfos.lookup`"),
    /** The Java library's, where the process keeps nothing. */
    INET_ADDRESS("`InetAddress.getAllByName`, uncached"),
    /** dnsjava, which asks the name server itself. */
    DNSJAVA("dnsjava"),
    /** Netty, which asks the name server itself. */
    NETTY("Netty's `DnsNameResolver`");

    /** The name server of those that ask it themselves. */
    private static final InetSocketAddress SERVER = new InetSocketAddress(Names.loopback(1), 53);

    private final String title;

    LookupWay(String title) {
        this.title = title;
    }

    /** In Markdown. */
    String title() {
        return title;
    }

    /** Looks the name up, both families. */
    Repeat.Once of(String name) throws IOException {
        return switch (this) {
            case OURS ->
                () -> found(AddressInfos.lookup(name, null, Hints.DEFAULT).size());
            case INET_ADDRESS -> () -> found(InetAddress.getAllByName(name).length);
            case DNSJAVA -> dnsjava(name);
            case NETTY -> netty(name);
        };
    }

    private static void found(int addresses) throws IOException {
        if (addresses == 0) {
            throw new IOException("no address");
        }
    }

    private static Repeat.Once dnsjava(String text) throws IOException {
        LookupSession session =
                LookupSession.builder().resolver(new SimpleResolver(SERVER)).build();
        Name name = Name.fromString(text + ".");
        return () -> {
            CompletionStage<LookupResult> six = session.lookupAsync(name, Type.AAAA);
            CompletionStage<LookupResult> four = session.lookupAsync(name, Type.A);
            found(six.toCompletableFuture().join().getRecords().size()
                    + four.toCompletableFuture().join().getRecords().size());
        };
    }

    private static Repeat.Once netty(String name) {
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(0, new DefaultThreadFactory("netty", true), NioIoHandler.newFactory());
        DnsNameResolver resolver = new DnsNameResolverBuilder(loops.next())
                .datagramChannelType(NioDatagramChannel.class)
                .nameServerProvider(new SingletonDnsServerAddressStreamProvider(SERVER))
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV6_PREFERRED)
                .build();
        return () -> {
            List<InetAddress> addresses = resolver.resolveAll(name).sync().getNow();
            found(addresses.size());
        };
    }
}
