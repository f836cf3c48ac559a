package dev.prise.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports, each given once. They lie below those that systems give to clients, so that no connection takes one before the server under
 * test has it.
 */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int AFTER_LAST = 32_000;
    private static final int TRIES = 100;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    static synchronized String free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
            if (GIVEN.add(port) && isFree(port)) {
                return Integer.toString(port);
            }
        }
        throw new AssertionError("no free port in " + TRIES + " tries");
    }

    /** Whether loopback has ::1; says what is left out when it has not. */
    static boolean hasSix(String leftOut) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            System.out.println("Left out: " + leftOut + ", because loopback has no ::1");
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // also refuses one that an earlier connection has not left yet
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress((InetAddress) null, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
