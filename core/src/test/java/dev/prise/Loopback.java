package dev.prise;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Servers, holes and resolvers on loopback for tests. */
final class Loopback {
    static final InetAddress FIRST = address("127.0.0.1");
    static final InetAddress SECOND = address("127.0.0.2");
    static final InetAddress SIX = address("::1");

    private Loopback() {}

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    static boolean hasSix() {
        try (ServerSocket socket = new ServerSocket(0, 1, SIX)) {
            return socket.isBound();
        } catch (IOException e) {
            System.out.println("Left out: the IPv6 half of a test, because ::1 cannot be bound: " + e.getMessage());
            return false;
        }
    }

    /** A resolver that answers every name at once with these addresses, in this order. */
    static Resolver answering(InetAddress... addresses) {
        return new Resolver() {
            @Override
            public String name() {
                return "fixed";
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                sink.lastAnswer(List.of(addresses), null);
                return Lookup.ENDED;
            }
        };
    }

    /** A resolver that knows no name. */
    static Resolver knowingNothing() {
        return new Resolver() {
            @Override
            public String name() {
                return "empty";
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                sink.fail(ErrorCode.HOST_NOT_FOUND, "no such name");
                return Lookup.ENDED;
            }
        };
    }

    /**
     * A resolver that never answers.
     *
     * @param handle what each of its lookups is given up by
     * @param families one lookup for each of these; without any, one for what is asked for
     */
    static Resolver silent(Resolver.Lookup handle, AddressFamily... families) {
        return new Resolver() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public List<AddressFamily> lookups(AddressFamily family) {
                return families.length == 0 ? Resolver.super.lookups(family) : List.of(families);
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                return handle;
            }
        };
    }

    /** A port that refuses on every loopback address, as long as this is open: bound, so that nobody else has it, and not listening. */
    static final class Refusing implements AutoCloseable {
        private final SocketChannel holder;

        Refusing() throws IOException {
            holder = SocketChannel.open().bind(new InetSocketAddress(0));
        }

        int port() throws IOException {
            return ((InetSocketAddress) holder.getLocalAddress()).getPort();
        }

        @Override
        public void close() throws IOException {
            holder.close();
        }
    }

    /** A server that keeps what it accepts, for the test to look at. */
    static final class Server implements AutoCloseable {
        final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
        private final ServerSocket listener;

        Server(InetAddress address, int port) throws IOException {
            listener = new ServerSocket(port, 500, address);
            Thread thread = new Thread(this::accept, "test-server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    accepted.add(listener.accept());
                }
            } catch (IOException e) {
                // closed: the test is over
                return;
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        }
    }

    /** A listener whose queue is full, so that the system drops what arrives: a hole for connections. */
    static final class Hole implements AutoCloseable {
        private final ServerSocket listener;
        private final List<SocketChannel> fillers = new ArrayList<>();

        Hole(InetAddress address, int port) throws IOException {
            listener = new ServerSocket(port, 1, address);
            InetSocketAddress target = new InetSocketAddress(address, listener.getLocalPort());
            for (int i = 0; i < 4; i++) {
                SocketChannel filler = SocketChannel.open();
                filler.configureBlocking(false);
                filler.connect(target);
                fillers.add(filler);
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() {
            try {
                for (SocketChannel filler : fillers) {
                    filler.close();
                }
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
