package dev.prise.contract;

import java.net.InetAddress;

/** Some addresses with one port, for {@link RaceDriverContract}: on loopback, or simulated. */
public interface ContractWorld extends AutoCloseable {
    /** What an address does. */
    enum Kind {
        /** It accepts at once. */
        ACCEPTS,
        /** It refuses. */
        REFUSES,
        /** It does not answer until it is let through. */
        HOLE
    }

    /** An address, by its place among the kinds that the world was made with. */
    InetAddress address(int index);

    /** The port of all addresses. */
    int port();

    /**
     * Has holes accept what tries to connect, and returns when both ends are connected. Called by a listener, that is, while the driver
     * cannot look.
     */
    void letThrough(int... indexes) throws Exception;

    /** Waits until the client's end of what was let through is closed. */
    void awaitClosedByClient(int index) throws Exception;

    /** How many sockets or descriptors are open; -1 when that cannot be told, which is said. */
    long countOpen();

    /** Waits until no more are open than before. */
    void awaitOpen(long before) throws Exception;

    /** Runs something a little later, as on another thread. */
    void later(Runnable work);

    @Override
    void close() throws Exception;
}
