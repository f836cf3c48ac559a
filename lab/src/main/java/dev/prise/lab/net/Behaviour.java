package dev.prise.lab.net;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an address does to who connects to it.
 *
 * @param kind the kind of behaviour
 * @param number the milliseconds or the count of it, 0 where it has none
 */
public record Behaviour(Kind kind, int number) {
    private static final Pattern TEXT = Pattern.compile("([a-z][a-z0-9 -]*?)(?: ([0-9]+)(?: ?ms)?)?");

    /** The longest time that {@code hold} can hold a packet, in milliseconds. */
    private static final int MAX_HELD_MILLIS = 60_000;

    private static final int MAX_LOST = 10;

    /** Who brings the behaviour about. */
    public enum By {
        /** Nobody: the server that listens on all addresses accepts. */
        NOBODY,
        /** A rule of nftables. */
        RULE,
        /** The program that holds packets. */
        HOLD,
        /** A server on this address alone. */
        SERVER,
        /** The client's routing table. */
        ROUTE
    }

    /** The kinds of behaviour; in a text their names are in lower case, with blanks for underscores. */
    public enum Kind {
        /** Accepts and talks. */
        GOOD(By.NOBODY, ""),
        /** Nothing comes back. */
        HOLE(By.RULE, "drop"),
        /** A reset comes back. */
        REFUSED(By.RULE, "reject with tcp reset"),
        /** ICMP type 3 code 0. */
        ICMP_NET_UNREACHABLE(By.RULE, "reject with icmp type net-unreachable"),
        /** ICMP type 3 code 1. */
        ICMP_HOST_UNREACHABLE(By.RULE, "reject with icmp type host-unreachable"),
        /** ICMP type 3 code 2. */
        ICMP_PROT_UNREACHABLE(By.RULE, "reject with icmp type prot-unreachable"),
        /** ICMP type 3 code 3. */
        ICMP_PORT_UNREACHABLE(By.RULE, "reject with icmp type port-unreachable"),
        /** ICMP type 3 code 9. */
        ICMP_NET_PROHIBITED(By.RULE, "reject with icmp type net-prohibited"),
        /** ICMP type 3 code 10. */
        ICMP_HOST_PROHIBITED(By.RULE, "reject with icmp type host-prohibited"),
        /** ICMP type 3 code 13. */
        ICMP_ADMIN_PROHIBITED(By.RULE, "reject with icmp type admin-prohibited"),
        /** ICMPv6 type 1 code 0. */
        ICMPV6_NO_ROUTE(By.RULE, "reject with icmpv6 type no-route"),
        /** ICMPv6 type 1 code 1. */
        ICMPV6_ADMIN_PROHIBITED(By.RULE, "reject with icmpv6 type admin-prohibited"),
        /** ICMPv6 type 1 code 3. */
        ICMPV6_ADDR_UNREACHABLE(By.RULE, "reject with icmpv6 type addr-unreachable"),
        /** ICMPv6 type 1 code 4. */
        ICMPV6_PORT_UNREACHABLE(By.RULE, "reject with icmpv6 type port-unreachable"),
        /** ICMPv6 type 1 code 5. */
        ICMPV6_POLICY_FAIL(By.RULE, "reject with icmpv6 type policy-fail"),
        /** ICMPv6 type 1 code 6. */
        ICMPV6_REJECT_ROUTE(By.RULE, "reject with icmpv6 type reject-route"),
        /** Every SYN comes so many milliseconds late. */
        SYN_DELAY(By.HOLD, ""),
        /** Every packet of the client comes so many milliseconds late: the round trip is that long. */
        ROUND_TRIP(By.HOLD, ""),
        /** The first so many SYNs of a connection are lost. */
        SYN_LOSS(By.HOLD, ""),
        /** Accepts and says nothing. */
        SILENT(By.SERVER, "silent"),
        /** Accepts and resets at once. */
        RESET_AFTER_ACCEPT(By.SERVER, "reset"),
        /** Listens, with a queue of connections that is full. */
        BACKLOG(By.SERVER, "backlog"),
        /** The client has no route there. */
        UNROUTED(By.ROUTE, "");

        private final By by;
        private final String means;

        Kind(By by, String means) {
            this.by = by;
            this.means = means;
        }

        /** Who brings it about. */
        public By by() {
            return by;
        }

        /** The statement of the rule, or the kind of server, that brings it about; empty for the others. */
        public String means() {
            return means;
        }

        /** What it is called in a text. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** Whether it comes with a number. */
        boolean hasNumber() {
            return by == By.HOLD;
        }
    }

    /** Checks the number. */
    public Behaviour {
        int most = !kind.hasNumber() ? 0 : kind == Kind.SYN_LOSS ? MAX_LOST : MAX_HELD_MILLIS;
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(kind.text() + ": 0 to " + most + ", not " + number);
        }
    }

    /**
     * Reads the text of a behaviour, such as {@code hole}, {@code syn delay 100ms}, {@code icmp host-unreachable}.
     *
     * @throws IllegalArgumentException if there is no such behaviour
     */
    public static Behaviour parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            String name = matcher.group(1).replace('-', ' ');
            for (Kind kind : Kind.values()) {
                if (kind.text().equals(name) && kind.hasNumber() == (matcher.group(2) != null)) {
                    return new Behaviour(kind, kind.hasNumber() ? Integer.parseInt(matcher.group(2)) : 0);
                }
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no behaviour of an address; there are: "
                + String.join(", ", Arrays.stream(Kind.values()).map(Kind::text).toList()));
    }
}
