package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The policy table of destination address selection (RFC 6724 section 2.1): for a prefix, a precedence and a label. The longest
 * matching prefix decides. IPv4 addresses are looked up in their IPv4-mapped form.
 */
public final class PolicyTable {
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

    /** 2000::/3 is the global unicast space (RFC 4291 section 2.4). */
    private static final byte[] GLOBAL_6 = {0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final byte[] GLOBAL_4 = mapped(new byte[] {(byte) 192, 0, 2, 1});

    private final List<Row> rows;

    /** A table of these rows; one of them must be {@code ::/0}. */
    public PolicyTable(List<Row> rows) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort((a, b) -> Integer.compare(b.length, a.length));
        if (sorted.isEmpty() || sorted.get(sorted.size() - 1).length != 0) {
            throw new IllegalArgumentException("a policy table needs a row for ::/0");
        }
        this.rows = List.copyOf(sorted);
    }

    /**
     * A row of the table.
     *
     * @param prefix an IPv6 address literal
     * @param length the prefix length in bits, 0 to 128
     * @param precedence the larger one is preferred
     * @param label a source and a destination of the same label fit together
     */
    public static Row row(String prefix, int length, int precedence, int label) {
        AddressLiteral literal = AddressLiteral.parse(prefix);
        if (literal == null || literal.bytes().length != 16 || length < 0 || length > 128) {
            throw new IllegalArgumentException("not an IPv6 prefix: " + prefix + "/" + length);
        }
        return new Row(literal.bytes(), length, precedence, label);
    }

    /** The family of which this table prefers global addresses (RFC 6724 section 6, rule 6). */
    public AddressFamily preferredFamily() {
        return rowOf(GLOBAL_6).precedence() >= rowOf(GLOBAL_4).precedence() ? AddressFamily.INET6 : AddressFamily.INET;
    }

    /** The row that decides for an address. */
    public Row rowOf(InetAddress address) {
        return rowOf(mapped(address.getAddress()));
    }

    private Row rowOf(byte[] bytes) {
        for (Row row : rows) {
            if (Bits.commonPrefixLength(row.prefix, bytes) >= row.length) {
                return row;
            }
        }
        throw new AssertionError("::/0 matches everything");
    }

    private static byte[] mapped(byte[] bytes) {
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    /** A row: a prefix with its precedence and its label. */
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

        /** The precedence; the larger one is preferred (rule 6). */
        public int precedence() {
            return precedence;
        }

        /** The label; equal labels of source and destination are preferred (rule 5). */
        public int label() {
            return label;
        }
    }
}
