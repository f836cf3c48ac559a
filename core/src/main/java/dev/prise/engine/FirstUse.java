package dev.prise.engine;

import dev.prise.address.AddressInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * What the first attempt of a JVM needs, made ready while the answer of a lookup is waited for: source addresses and channels load code and
 * open a socket or two. It takes some milliseconds, which would otherwise come between the first answer and the first SYN.
 */
final class FirstUse {
    private static final int DISCARD_PORT = 9;

    static {
        makeReady();
    }

    private FirstUse() {}

    /** The first call does it; any other returns at once. */
    static void prepare() {
        // the work is the class's initialiser
    }

    private static void makeReady() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try (SourceProbe probe = new SourceProbe()) {
            SocketChannel.open().close();
            InetAddress six = InetAddress.getByAddress(loopback);
            SourceAddresses.of(
                    AddressInfo.stream(new InetSocketAddress(six, DISCARD_PORT)), probe, SystemPolicy.table());
        } catch (IOException | RuntimeException e) {
            // for want of descriptors or of a family: the attempt itself will tell
            return;
        }
    }
}
