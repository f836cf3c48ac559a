package dev.prise.cli;

import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCodes;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** The demo's second part: a name with two addresses, the first of which refuses. */
final class DemoFailover {
    private static final String NAME = "two.example";

    private DemoFailover() {}

    /** Left out, saying so, where this machine has no second loopback address or only one family is wanted. */
    static void run(Dialer.Builder dialer, DemoStory story, AddressFamily family)
            throws IOException, InterruptedException {
        story.line("");
        if (family != AddressFamily.UNSPEC) {
            story.line("Left out: a name with addresses of both families, since only one is wanted.");
            return;
        }
        try (ServerSocketChannel good = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            good.bind(new InetSocketAddress(Loopback.four(1), 0));
            int port = ((InetSocketAddress) good.getLocalAddress()).getPort();
            try (SocketChannel refusing = refusing(port)) {
                InetAddress first = ((InetSocketAddress) refusing.getLocalAddress()).getAddress();
                story.line("And a name with two addresses, on the first of which nobody listens:");
                story.line("");
                Dialer.Builder scripted = dialer.resolver(new Scripted(List.of(first, Loopback.four(1))));
                try (DialResult result = DemoCommand.dial(scripted, Target.of(NAME, port), story)) {
                    story.waterfall("To scale", result.trace());
                }
            }
        }
    }

    /** A socket that has the port and does not listen: whoever connects to it is refused, and nobody else can take it. */
    private static SocketChannel refusing(int port) throws IOException {
        try {
            return bound(StandardProtocolFamily.INET6, Loopback.six(), port);
        } catch (IOException | UnsupportedOperationException e) {
            try {
                return bound(StandardProtocolFamily.INET, Loopback.four(2), port);
            } catch (IOException f) {
                throw new CommandException(
                        ExitStatus.NOT_CONNECTED,
                        "cannot show the second part of the demo, for want of a second loopback address: "
                                + Reasons.of(f) + "; "
                                + ErrorCodes.of(f).advice());
            }
        }
    }

    private static SocketChannel bound(StandardProtocolFamily family, InetAddress address, int port)
            throws IOException {
        SocketChannel channel = SocketChannel.open(family);
        try {
            return channel.bind(new InetSocketAddress(address, port));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Answers every question with the same addresses. */
    private record Scripted(List<InetAddress> addresses) implements Resolver {
        @Override
        public String name() {
            return "demo";
        }

        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            sink.answer(addresses, null);
            sink.end();
            return Lookup.ENDED;
        }
    }
}
