package dev.prise.contract;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Real sockets on 127.0.0.1, 127.0.0.2 and so on. */
public final class LoopbackWorld implements ContractWorld {
    private static final int ATTEMPTS_FOR_A_PORT = 20;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final List<Closeable> held = new ArrayList<>();
    private final Map<Integer, ServerSocket> holes = new HashMap<>();
    private final Map<Integer, Socket> letThrough = new HashMap<>();
    private final List<Socket> fillerPeers = new ArrayList<>();
    private final Set<Integer> fillerPorts = new HashSet<>();
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
    private int port;

    private LoopbackWorld() {}

    /**
     * A world with these addresses.
     *
     * @throws IOException when no port is free on all of them
     */
    public static LoopbackWorld of(Kind... kinds) throws IOException {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS_FOR_A_PORT; i++) {
            LoopbackWorld world = new LoopbackWorld();
            try {
                for (int index = 0; index < kinds.length; index++) {
                    world.add(index, kinds[index]);
                }
                return world;
            } catch (IOException e) {
                // the port is taken on another address
                last = e;
                world.close();
            }
        }
        throw Objects.requireNonNull(last);
    }

    private void add(int index, Kind kind) throws IOException {
        InetSocketAddress wanted = new InetSocketAddress(address(index), port);
        switch (kind) {
            case REFUSES -> {
                // bound, so that nobody else has it, and not listening
                SocketChannel holder = SocketChannel.open();
                held.add(holder);
                holder.bind(wanted);
                port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            }
            case ACCEPTS -> {
                ServerSocket server = listen(wanted, 500);
                Thread thread = new Thread(() -> accept(server), "contract-server");
                thread.setDaemon(true);
                thread.start();
            }
            case HOLE -> {
                ServerSocket server = listen(wanted, 1);
                holes.put(index, server);
                fill(server);
            }
        }
    }

    private ServerSocket listen(InetSocketAddress wanted, int backlog) throws IOException {
        ServerSocket server = new ServerSocket();
        held.add(server);
        server.bind(wanted, backlog);
        port = server.getLocalPort();
        return server;
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                accepted.add(server.accept());
            }
        } catch (IOException e) {
            // closed: the test is over
            return;
        }
    }

    /** A full queue: the system drops what arrives. */
    private void fill(ServerSocket server) throws IOException {
        for (int i = 0; i < 4; i++) {
            SocketChannel filler = SocketChannel.open();
            held.add(filler);
            filler.bind(new InetSocketAddress(address(0), 0));
            fillerPorts.add(((InetSocketAddress) filler.getLocalAddress()).getPort());
            filler.configureBlocking(false);
            filler.connect(server.getLocalSocketAddress());
        }
    }

    @Override
    public InetAddress address(int index) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (index + 1)});
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void letThrough(int... indexes) throws IOException {
        for (int index : indexes) {
            ServerSocket hole = Objects.requireNonNull(holes.get(index));
            hole.setSoTimeout((int) (PATIENCE_NANOS / 1_000_000));
            while (!letThrough.containsKey(index)) {
                Socket peer = hole.accept();
                if (fillerPorts.contains(peer.getPort())) {
                    fillerPeers.add(peer);
                } else {
                    letThrough.put(index, peer);
                }
            }
        }
    }

    @Override
    public void awaitClosedByClient(int index) throws IOException {
        Socket peer = Objects.requireNonNull(letThrough.get(index));
        peer.setSoTimeout((int) (PATIENCE_NANOS / 1_000_000));
        if (peer.getInputStream().read() != -1) {
            throw new AssertionError("a loser has sent something");
        }
    }

    @Override
    public long countOpen() {
        closeAccepted();
        String[] names = new File("/proc/self/fd").list();
        if (names == null) {
            System.out.println("Left out: counting descriptors, because this system does not tell them");
            return -1;
        }
        // what the other end of a connection has open here is not the driver's
        return (long) names.length - letThrough.size() - fillerPeers.size();
    }

    /** Closing on other threads may take a moment, and so may accepting. */
    @Override
    public void awaitOpen(long before) {
        long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
        long now = countOpen();
        while (before >= 0 && now > before) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new AssertionError(now + " descriptors are open, " + before + " were");
            }
            LockSupport.parkNanos(1_000_000);
            now = countOpen();
        }
    }

    private void closeAccepted() {
        for (Socket socket = accepted.poll(); socket != null; socket = accepted.poll()) {
            try {
                socket.close();
            } catch (IOException e) {
                // closed by its client already
            }
        }
    }

    @Override
    public void later(Runnable work) {
        new Thread(work, "contract-later").start();
    }

    @Override
    public void close() throws IOException {
        closeAccepted();
        for (Socket peer : letThrough.values()) {
            peer.close();
        }
        for (Socket peer : fillerPeers) {
            peer.close();
        }
        for (Closeable each : held) {
            each.close();
        }
    }
}
