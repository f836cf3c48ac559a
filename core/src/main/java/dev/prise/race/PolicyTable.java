package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a site may set of destination address selection (RFC 6724 section 2.1): for a prefix a precedence and a label, for an IPv4 prefix a
 * scope, and what rule 9 compares. The longest matching prefix decides. IPv4 addresses are looked up in their IPv4-mapped form.
 *
 * <p>Immutable. {@link GaiConf} makes one from the file of glibc.
 */
public final class PolicyTable {
    /** RFC 6724 section 3.2: loopback and autoconfigured IPv4 addresses are link-local, all others global. */
    private static final List<Entry> SCOPES_4 = List.of(
            entry("::ffff:169.254.0.0", 112, Scopes.LINK_LOCAL),
            entry("::ffff:127.0.0.0", 104, Scopes.LINK_LOCAL),
            entry("::", 0, Scopes.GLOBAL));

    /** The default table of RFC 6724 section 2.1. */
    public static final PolicyTable RFC_6724 = new PolicyTable(List.of(
            row("::1", 128, 50, 0),
            row("::", 0, 40, 1),
            row("::ffff:0:0", 96, 35, 4),
            row("2002::", 16, 30, 2),
            row("2001::", 32, 5, 5),
            row("fc00::", 7, 3, 13),
            row("::", 96, 1, 3),
            row("fec0::", 10, 1, 11),
            row("3ffe::", 16, 1, 12)));

    /**
     * The table of the update of RFC 6724 (draft-ietf-6man-rfc6724-update): unique local addresses before IPv4, 6to4 behind it. The
     * unique local prefixes of this site stand before IPv6 in general; {@link #withKnownLocal} adds them.
     */
    public static final PolicyTable RFC_6724_UPDATE = new PolicyTable(List.of(
            row("::1", 128, 50, 0),
            row("::", 0, 40, 1),
            row("::ffff:0:0", 96, 20, 4),
            row("2002::", 16, 5, 2),
            row("2001::", 32, 5, 5),
            row("fc00::", 7, 30, 13),
            row("::", 96, 1, 3),
            row("fec0::", 10, 1, 11),
            row("3ffe::", 16, 1, 12)));

    /**
     * What glibc does without a gai.conf(5): the precedences of RFC 3484, labels of its own for site-local, unique local and Teredo
     * addresses, and a rule 9 that looks at whole IPv6 addresses and at IPv4 destinations in the source's own subnet.
     */
    public static final PolicyTable GLIBC = new PolicyTable(
            List.of(
                    entry("::1", 128, 0),
                    entry("::", 0, 1),
                    entry("2002::", 16, 2),
                    entry("::", 96, 3),
                    entry("::ffff:0:0", 96, 4),
                    entry("fec0::", 10, 5),
                    entry("fc00::", 7, 6),
                    entry("2001::", 32, 7)),
            List.of(
                    entry("::1", 128, 50),
                    entry("::", 0, 40),
                    entry("2002::", 16, 30),
                    entry("::", 96, 20),
                    entry("::ffff:0:0", 96, 10)),
            SCOPES_4,
            LongestPrefix.WHOLE_ADDRESS_AND_IPV4_SUBNET);

    private static final int KNOWN_LOCAL_PRECEDENCE = 45;
    private static final int KNOWN_LOCAL_LABEL = 14;
    private static final int KNOWN_LOCAL_LENGTH = 48;

    /** 2000::/3 is the global unicast space (RFC 4291 section 2.4). */
    private static final byte[] GLOBAL_6 = {0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final byte[] GLOBAL_4 = Bits.mapped(new byte[] {(byte) 192, 0, 2, 1});

    private final List<Entry> labels;
    private final List<Entry> precedences;
    private final List<Entry> scopes4;
    private final LongestPrefix longestPrefix;

    /** What rule 9 compares (RFC 6724 section 6). */
    public enum LongestPrefix {
        /** The network part of IPv6 addresses; IPv4 addresses are all equal, since nearness does not follow from their bits. */
        NETWORK_PART,
        /** Whole IPv6 addresses, and IPv4 destinations as far as they are in their source's own subnet; what glibc does. */
        WHOLE_ADDRESS_AND_IPV4_SUBNET
    }

    /** A prefix and what stands for it in one column of the table. */
    static final class Entry {
        final byte[] prefix;
        final int length;
        final int value;

        Entry(byte[] prefix, int length, int value) {
            this.prefix = prefix;
            this.length = length;
            this.value = value;
        }
    }

    /** A table of these rows, with the rest as in RFC 6724; one of the rows must be {@code ::/0}. */
    public PolicyTable(List<Row> rows) {
        this(labels(rows), precedences(rows), SCOPES_4, LongestPrefix.NETWORK_PART);
    }

    private static List<Entry> labels(List<Row> rows) {
        List<Entry> labels = new ArrayList<>(rows.size());
        for (Row row : rows) {
            labels.add(new Entry(row.prefix, row.length, row.label));
        }
        return labels;
    }

    private static List<Entry> precedences(List<Row> rows) {
        List<Entry> precedences = new ArrayList<>(rows.size());
        for (Row row : rows) {
            precedences.add(new Entry(row.prefix, row.length, row.precedence));
        }
        return precedences;
    }

    /** A table of these columns; each needs an entry for {@code ::/0}. Of two equal prefixes the first one counts. */
    PolicyTable(List<Entry> labels, List<Entry> precedences, List<Entry> scopes4, LongestPrefix longestPrefix) {
        this.labels = sorted(labels);
        this.precedences = sorted(precedences);
        this.scopes4 = sorted(scopes4);
        this.longestPrefix = longestPrefix;
    }

    private static List<Entry> sorted(List<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort((a, b) -> Integer.compare(b.length, a.length));
        if (sorted.isEmpty() || sorted.get(sorted.size() - 1).length != 0) {
            throw new IllegalArgumentException("a policy table needs a row for ::/0");
        }
        return List.copyOf(sorted);
    }

    /**
     * A row of the table.
     *
     * @param prefix an IPv6 address literal
     * @param length the prefix length in bits, 0 to 128
     * @param precedence the larger one is preferred
     * @param label a source and a destination of the same label fit together
     * @throws IllegalArgumentException when that is no IPv6 prefix
     */
    public static Row row(String prefix, int length, int precedence, int label) {
        return new Row(entry(prefix, length, 0).prefix, length, precedence, label);
    }

    static Entry entry(String prefix, int length, int value) {
        AddressLiteral literal = AddressLiteral.parse(prefix);
        if (literal == null || literal.bytes().length != 16 || length < 0 || length > 128) {
            throw new IllegalArgumentException("not an IPv6 prefix: " + prefix + "/" + length);
        }
        return new Entry(literal.bytes(), length, value);
    }

    /** This table with other columns where they are not empty; for {@link GaiConf}. */
    PolicyTable withColumns(List<Entry> newLabels, List<Entry> newPrecedences, List<Entry> newScopes4) {
        return new PolicyTable(
                newLabels.isEmpty() ? labels : newLabels,
                newPrecedences.isEmpty() ? precedences : newPrecedences,
                newScopes4.isEmpty() ? scopes4 : newScopes4,
                longestPrefix);
    }

    /**
     * This table with the unique local prefixes of this site at precedence 45 and label 14, each of 48 bits (draft-ietf-6man-rfc6724-update,
     * RFC 4193 section 3.1).
     *
     * @param own addresses of this machine; those outside fd00::/8 are passed over
     * @return this table when there is nothing to add
     */
    public PolicyTable withKnownLocal(Collection<InetAddress> own) {
        Set<InetAddress> prefixes = new HashSet<>();
        List<Entry> newLabels = new ArrayList<>();
        List<Entry> newPrecedences = new ArrayList<>();
        for (InetAddress address : own) {
            byte[] bytes = address.getAddress();
            if (bytes.length == 16
                    && bytes[0] == (byte) 0xfd
                    && prefixes.add(Bits.network(bytes, KNOWN_LOCAL_LENGTH))) {
                newLabels.add(new Entry(bytes, KNOWN_LOCAL_LENGTH, KNOWN_LOCAL_LABEL));
                newPrecedences.add(new Entry(bytes, KNOWN_LOCAL_LENGTH, KNOWN_LOCAL_PRECEDENCE));
            }
        }
        if (prefixes.isEmpty()) {
            return this;
        }
        return new PolicyTable(
                Stream.concat(newLabels.stream(), labels.stream()).toList(),
                Stream.concat(newPrecedences.stream(), precedences.stream()).toList(),
                scopes4,
                longestPrefix);
    }

    /** This table with another rule 9. */
    public PolicyTable withLongestPrefix(LongestPrefix value) {
        return new PolicyTable(labels, precedences, scopes4, value);
    }

    /** The family of which this table prefers global addresses (RFC 6724 section 6, rule 6). */
    public AddressFamily preferredFamily() {
        return valueOf(precedences, GLOBAL_6) >= valueOf(precedences, GLOBAL_4)
                ? AddressFamily.INET6
                : AddressFamily.INET;
    }

    /** The precedence of an address; the larger one is preferred (rule 6). */
    public int precedence(InetAddress address) {
        return valueOf(precedences, Bits.mapped(address.getAddress()));
    }

    /** The label of an address; equal labels of source and destination are preferred (rule 5). */
    public int label(InetAddress address) {
        return valueOf(labels, Bits.mapped(address.getAddress()));
    }

    /** The scope of an address as the number of RFC 4291 section 2.7, from 1 (interface-local) to 14 (global). */
    public int scope(InetAddress address) {
        return address instanceof Inet4Address
                ? valueOf(scopes4, Bits.mapped(address.getAddress()))
                : Scopes.ofInet6(address);
    }

    /** What rule 9 compares. */
    public LongestPrefix longestPrefix() {
        return longestPrefix;
    }

    private static int valueOf(List<Entry> entries, byte[] bytes) {
        for (Entry entry : entries) {
            if (Bits.commonPrefixLength(entry.prefix, bytes) >= entry.length) {
                return entry.value;
            }
        }
        throw new AssertionError("::/0 matches everything");
    }

    /** A row: a prefix with its precedence and its label; made by {@link PolicyTable#row}. */
    public static final class Row {
        private final byte[] prefix;
        private final int length;
        private final int precedence;
        private final int label;

        private Row(byte[] prefix, int length, int precedence, int label) {
            this.prefix = prefix;
            this.length = length;
            this.precedence = precedence;
            this.label = label;
        }
    }
}
