package dev.prise.race;

import java.net.InetAddress;

/** Scopes of addresses, as the numbers that IPv6 multicast addresses carry; the larger, the wider (RFC 4291 section 2.7). */
final class Scopes {
    static final int INTERFACE_LOCAL = 1;
    static final int LINK_LOCAL = 2;
    static final int ADMIN_LOCAL = 4;
    static final int SITE_LOCAL = 5;
    static final int ORGANIZATION_LOCAL = 8;
    static final int GLOBAL = 14;

    private Scopes() {}

    /** RFC 6724 section 3.1; the scopes of IPv4 addresses are a matter of the policy table. */
    static int ofInet6(InetAddress address) {
        if (address.isMulticastAddress()) {
            return address.getAddress()[1] & 0xf;
        }
        // RFC 6724 section 3.1: the loopback address has link-local scope
        if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        return address.isSiteLocalAddress() ? SITE_LOCAL : GLOBAL;
    }

    static String text(int scope) {
        return switch (scope) {
            case INTERFACE_LOCAL -> "interface-local";
            case LINK_LOCAL -> "link-local";
            case ADMIN_LOCAL -> "admin-local";
            case SITE_LOCAL -> "site-local";
            case ORGANIZATION_LOCAL -> "organization-local";
            case GLOBAL -> "global";
            default -> Integer.toString(scope);
        };
    }
}
