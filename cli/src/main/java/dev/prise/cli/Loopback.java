package dev.prise.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses that stay on this machine. */
final class Loopback {
    private Loopback() {}

    /** ::1. */
    static InetAddress six() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return address(bytes);
    }

    /** 127.0.0.1 and its neighbours. */
    static InetAddress four(int last) {
        return address(new byte[] {127, 0, 0, (byte) last});
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes make an address", e);
        }
    }
}
