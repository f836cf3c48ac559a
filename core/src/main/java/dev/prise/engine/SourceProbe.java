package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * Asks the system which address it would connect from, for one destination after the other: a datagram socket is connected, which sends
 * nothing. The next destination of the family gets the same socket on Linux, where it chooses its source anew; that takes half the time of
 * a socket for each. Not thread-safe.
 */
public final class SourceProbe implements AutoCloseable {
    /** The discard service (RFC 863); nothing is sent there, but a datagram socket does not connect to port 0. */
    private static final int ANY_PORT = 9;

    private static final boolean REUSABLE = System.getProperty("os.name", "").equals("Linux");

    private @Nullable DatagramChannel six;
    private @Nullable DatagramChannel four;

    /** One that has no socket yet. */
    public SourceProbe() {}

    /**
     * The source address.
     *
     * @throws IOException if there is no way there, or no socket to be had
     * @throws UnsupportedOperationException if the system does not have the family
     */
    InetAddress ask(InetAddress destination, AddressFamily family) throws IOException {
        boolean isSix = family == AddressFamily.INET6;
        DatagramChannel channel = isSix ? six : four;
        if (channel == null) {
            channel = DatagramChannel.open(isSix ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            keep(isSix, channel);
        }
        if (channel.isConnected() && !isDisconnected(channel)) {
            forget(isSix);
            return ask(destination, family);
        }
        try {
            channel.connect(new InetSocketAddress(destination, ANY_PORT));
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (IOException | RuntimeException e) {
            forget(isSix);
            throw e;
        } finally {
            if (!REUSABLE) {
                forget(isSix);
            }
        }
    }

    /**
     * Whether no way leads to an address from here: a blocking connect fails alike when this machine has no route and when a router says that
     * it has none, and a datagram socket that is connected meets the former only.
     *
     * @param code what connecting ended with
     */
    static boolean meets(ErrorCode code, AddressInfo address) {
        InetAddress destination = address.inetAddress();
        if (destination == null) {
            return false;
        }
        try (SourceProbe probe = new SourceProbe()) {
            probe.ask(destination, address.family());
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            return ErrorCodes.of(e) == code;
        }
    }

    /** Java binds the socket to its port once more, which somebody else may have by then. */
    private static boolean isDisconnected(DatagramChannel channel) {
        try {
            channel.disconnect();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void keep(boolean isSix, @Nullable DatagramChannel channel) {
        if (isSix) {
            six = channel;
        } else {
            four = channel;
        }
    }

    private void forget(boolean isSix) {
        closeQuietly(isSix ? six : four);
        keep(isSix, null);
    }

    private static void closeQuietly(@Nullable DatagramChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // nothing was sent, so nothing is lost
        }
    }

    /** Gives the sockets back. */
    @Override
    public void close() {
        forget(true);
        forget(false);
    }
}
