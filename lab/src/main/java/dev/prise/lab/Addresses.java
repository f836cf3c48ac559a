package dev.prise.lab;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Socket addresses as text. */
final class Addresses {
    private Addresses() {}

    /** {@code 192.0.2.1:53} or {@code [2001:db8::1]:53}, without a look at the name. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
