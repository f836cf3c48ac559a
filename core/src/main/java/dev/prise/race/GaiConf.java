package dev.prise.race;

import dev.prise.address.AddressLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file by which a site sets how glibc's {@code getaddrinfo} sorts, {@code /etc/gai.conf} (gai.conf(5)), read as glibc reads it.
 *
 * <p>Any line {@code label} replaces all of glibc's labels, and the same holds for {@code precedence} and for {@code scopev4}; where none of
 * them has the length zero, glibc adds one. {@code reload} is passed over. Lines that glibc does not take are ignored.
 *
 * @param table the table that the file sets, with glibc's own values for what it leaves out; {@link PolicyTable#RFC_6724} when it sets nothing,
 *     as the file of most distributions, which is all comments
 * @param setsAnything whether there is a line that counts
 * @param ignored the lines that are neither empty nor understood, each with its number
 */
public record GaiConf(PolicyTable table, boolean setsAnything, List<String> ignored) {
    private static final int DEFAULT_LABEL = 1;
    private static final int DEFAULT_PRECEDENCE = 40;

    /** A file that sets nothing. */
    public static final GaiConf EMPTY = new GaiConf(PolicyTable.RFC_6724, false, List.of());

    /** Copies the lines. */
    public GaiConf {
        ignored = List.copyOf(ignored);
    }

    /** Reads the text of a file. Never fails. */
    public static GaiConf parse(String text) {
        List<PolicyTable.Entry> labels = new ArrayList<>();
        List<PolicyTable.Entry> precedences = new ArrayList<>();
        List<PolicyTable.Entry> scopes4 = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = withoutComment(line);
            if (content.isEmpty()) {
                continue;
            }
            String[] words = content.split("[ \t\r\f\u000b]+", -1);
            boolean understood = switch (words[0]) {
                case "label" -> add(labels, prefixLine(words));
                case "precedence" -> add(precedences, prefixLine(words));
                case "scopev4" -> add(scopes4, scopeLine(words));
                case "reload" -> true;
                default -> false;
            };
            if (!understood) {
                ignored.add(String.format(Locale.ROOT, "line %d: %s", number, line.strip()));
            }
        }
        if (labels.isEmpty() && precedences.isEmpty() && scopes4.isEmpty()) {
            return new GaiConf(PolicyTable.RFC_6724, false, ignored);
        }
        complete(labels, DEFAULT_LABEL);
        complete(precedences, DEFAULT_PRECEDENCE);
        complete(scopes4, Scopes.GLOBAL);
        return new GaiConf(PolicyTable.GLIBC.withColumns(labels, precedences, scopes4), true, ignored);
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        return (hash < 0 ? line : line.substring(0, hash)).strip();
    }

    private static boolean add(List<PolicyTable.Entry> column, PolicyTable.@Nullable Entry entry) {
        return entry != null && column.add(entry);
    }

    /** A column that is there at all ends with an entry for everything else. */
    private static void complete(List<PolicyTable.Entry> column, int value) {
        if (!column.isEmpty() && column.stream().noneMatch(entry -> entry.length == 0)) {
            column.add(PolicyTable.entry("::", 0, value));
        }
    }

    private static PolicyTable.@Nullable Entry prefixLine(String[] words) {
        if (words.length < 2) {
            return null;
        }
        AddressLiteral prefix = prefix(words[1]);
        int length = length(words[1], 128);
        int value = value(words);
        return prefix == null || prefix.bytes().length != 16 || length < 0 || value < 0
                ? null
                : new PolicyTable.Entry(prefix.bytes(), length, value);
    }

    /** An IPv4 prefix, in its own or in its IPv4-mapped form; a length of zero of the former is one of 96 of the latter. */
    private static PolicyTable.@Nullable Entry scopeLine(String[] words) {
        if (words.length < 2) {
            return null;
        }
        AddressLiteral prefix = prefix(words[1]);
        int value = value(words);
        if (prefix == null || value < 0) {
            return null;
        }
        byte[] bytes = prefix.bytes();
        boolean four = bytes.length == 4;
        int length = length(words[1], four ? 32 : 128);
        byte[] mapped = Bits.mapped(bytes);
        int mappedLength = four ? length + 96 : length;
        boolean isMapped = Bits.commonPrefixLength(mapped, Bits.mapped(new byte[4])) >= 96;
        if (length < 0 || mappedLength < 96 || !isMapped) {
            return null;
        }
        return new PolicyTable.Entry(mapped, mappedLength == 96 ? 0 : mappedLength, value);
    }

    /** inet_pton(3), which knows no zones and of IPv4 four decimal numbers only. */
    private static @Nullable AddressLiteral prefix(String word) {
        int slash = word.indexOf('/');
        String text = slash < 0 ? word : word.substring(0, slash);
        boolean isFour = text.matches("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
        if (text.indexOf('%') >= 0 || (text.indexOf(':') < 0 && !isFour)) {
            return null;
        }
        return AddressLiteral.parse(text);
    }

    /** Negative when it is none. */
    private static int length(String word, int most) {
        int slash = word.indexOf('/');
        int length = slash < 0 ? most : number(word.substring(slash + 1));
        return length > most ? -1 : length;
    }

    /** The value of a line; zero where there is none, as in glibc. Negative when it is no number. */
    private static int value(String[] words) {
        return words.length < 3 ? 0 : number(words[2]);
    }

    /** strtoul(3) of the whole text, which is zero for an empty one; negative for what is no number or too large. */
    private static int number(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\+?\\d{1,18}")) {
            return -1;
        }
        long value = Long.parseLong(text);
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }
}
