package dev.prise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.prise.getaddrinfo.NativeHints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question for {@code getaddrinfo} in the numbers of Linux: as arguments of {@code prise resolve}, and as a line for the C program.
 *
 * @param hints null for none
 */
record SystemQuestion(
        @Nullable String node,
        @Nullable String service,
        @Nullable NativeHints hints) {
    private static final int NUMERICHOST = 0x4;

    private static final Map<String, Integer> FAMILIES = Map.of("AF_UNSPEC", 0, "AF_INET", 2, "AF_INET6", 10);
    private static final Map<String, Integer> TYPES = Map.of("STREAM", 1, "DGRAM", 2, "RAW", 3, "SEQPACKET", 5);
    private static final Map<String, Integer> PROTOCOLS = Map.of("TCP", 6, "UDP", 17);
    private static final Map<String, Integer> FLAGS = Map.of(
            "PASSIVE", 0x1,
            "CANONNAME", 0x2,
            "NUMERICHOST", 0x4,
            "V4MAPPED", 0x8,
            "ALL", 0x10,
            "ADDRCONFIG", 0x20,
            "NUMERICSERV", 0x400);
    private static final Pattern LONG_NAME = Pattern.compile("<([0-9]+) chars, starts a+>");

    /** The line for the C program. */
    String line() {
        String words = hints == null
                ? "- - - -"
                : hints.flags() + " " + hints.family() + " " + hints.type() + " " + hints.protocol();
        return hex(node) + " " + hex(service) + " " + words;
    }

    private static String hex(@Nullable String text) {
        return text == null ? "-" : "x" + HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    /** The command line. */
    String[] arguments() {
        List<String> arguments = new ArrayList<>(List.of("resolve", "--json", "--resolver", "getaddrinfo"));
        if (hints == null) {
            arguments.add("--no-hints");
        } else {
            arguments.addAll(List.of(
                    "--family=" + hints.family(),
                    "--type=" + hints.type(),
                    "--protocol=" + hints.protocol(),
                    "--flags=0x" + Integer.toHexString(hints.flags())));
        }
        arguments.add("--");
        arguments.add(node == null ? "-" : node);
        if (service != null) {
            arguments.add(service);
        }
        return arguments.toArray(String[]::new);
    }

    /** The same without asking anybody. */
    SystemQuestion numericHost() {
        if (hints == null) {
            return this;
        }
        return new SystemQuestion(
                node,
                service,
                new NativeHints(hints.flags() | NUMERICHOST, hints.family(), hints.type(), hints.protocol()));
    }

    // ---- the measured rows

    /** A row of the table of measured inputs: number, node, service, hints and what was returned. */
    static SystemQuestion ofRow(String row) {
        String[] cells = row.split("\t", -1);
        return new SystemQuestion(text(cells[1]), text(cells[2]), hints(cells[3]));
    }

    private static @Nullable String text(String cell) {
        if (cell.equals("NULL")) {
            return null;
        }
        Matcher longName = LONG_NAME.matcher(cell);
        if (longName.matches()) {
            return "a".repeat(Integer.parseInt(longName.group(1)));
        }
        if (!cell.startsWith("\"") || !cell.endsWith("\"")) {
            throw new AssertionError("no text: " + cell);
        }
        return unescaped(cell.substring(1, cell.length() - 1));
    }

    /** Bytes that are not printable stand there as {@code \xNN}. */
    private static String unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toString(UTF_8);
    }

    /**
     * For example {@code AF_UNSPEC/STREAM/TCP flags=CANONNAME|NUMERICHOST}. What follows, fields that must be zero and were not, is left
     * out: the call that is tested never sets them, and the answer was the same.
     */
    private static @Nullable NativeHints hints(String cell) {
        if (cell.equals("hints=NULL")) {
            return null;
        }
        String[] words = cell.split(" ", -1);
        String[] numbers = words[0].split("/", -1);
        int flags = 0;
        for (String flag : words[1].substring("flags=".length()).split("\\|", -1)) {
            Integer known = FLAGS.get(flag);
            flags |= known != null ? known : Integer.decode(flag);
        }
        return new NativeHints(
                flags, number(FAMILIES, numbers[0]), number(TYPES, numbers[1]), number(PROTOCOLS, numbers[2]));
    }

    private static int number(Map<String, Integer> names, String word) {
        Integer known = names.get(word);
        return known != null ? known : Integer.parseInt(word);
    }

    static List<String> measuredRows() {
        try (var in = SystemQuestion.class.getResourceAsStream("getaddrinfo-glibc.tsv")) {
            if (in == null) {
                throw new AssertionError("the table is not there");
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- invented ones

    /** A question that is odd in one way or another. */
    static SystemQuestion random(Random random) {
        return new SystemQuestion(
                random.nextInt(20) == 0 ? null : node(random),
                random.nextInt(6) == 0 ? null : service(random),
                random.nextInt(25) == 0 ? null : hints(random));
    }

    private static String node(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> inet(random);
            case 3, 4, 5, 6 -> inet6(random) + zone(random);
            case 7, 8 -> name(random);
            default -> damaged(random, random.nextBoolean() ? inet(random) : inet6(random));
        };
    }

    private static String inet(Random random) {
        int parts = 1 + random.nextInt(random.nextInt(8) == 0 ? 6 : 4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            long most = i == parts - 1 ? 1L << (8 * Math.max(1, 5 - parts)) : 256;
            long value = random.nextInt(10) == 0 ? most + random.nextInt(3) : random.nextLong(most);
            text.append(i == 0 ? "" : ".").append(number(random, value));
        }
        return text.append(random.nextInt(15) == 0 ? "." : "").toString();
    }

    private static String number(Random random, long value) {
        return switch (random.nextInt(8)) {
            case 0 -> "0" + Long.toOctalString(value);
            case 1 -> "0x" + Long.toHexString(value);
            case 2 -> "0X" + Long.toHexString(value).toUpperCase(Locale.ROOT);
            case 3 -> "0" + value;
            default -> Long.toString(value);
        };
    }

    private static String inet6(Random random) {
        String[] beginnings = {"::ffff:" + inet(random), "fe80::" + inet(random), "fe80::1", "ff02::1"};
        return random.nextInt(5) == 0 ? beginnings[random.nextInt(beginnings.length)] : anyInet6(random);
    }

    private static String anyInet6(Random random) {
        int groups = random.nextInt(6) == 0 ? random.nextInt(11) : random.nextInt(9);
        int gap = random.nextInt(4) == 0 ? -1 : random.nextInt(groups + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups; i++) {
            text.append(i == gap ? "::" : i == 0 ? "" : ":");
            if (i == groups - 1 && random.nextInt(4) == 0) {
                text.append(inet(random));
            } else {
                text.append(Integer.toHexString(random.nextInt(random.nextInt(12) == 0 ? 0x20000 : 0x10000)));
            }
        }
        return text.append(gap == groups ? "::" : "").toString();
    }

    private static String zone(Random random) {
        String[] zones = {
            "%lo",
            "%1",
            "%0",
            "%",
            "%nosuchif",
            "%4294967295",
            "%4294967296",
            "%01",
            "%-1",
            "% 1",
            "%2147483648",
            "%lo%lo"
        };
        return random.nextInt(3) == 0 ? zones[random.nextInt(zones.length)] : "";
    }

    private static String name(Random random) {
        String[] names = {
            "localhost",
            "LOCALHOST",
            "LocalHost",
            "localhost.",
            "ip6-localhost",
            "foo.localhost",
            "",
            ".",
            "..",
            "a..invalid",
            "-dash.invalid",
            "under_score.invalid",
            "b\u00fccher.invalid",
            "\u4f8b\u3048.invalid",
            "xn--bcher-kva.invalid",
            "\ud83d\ude00.invalid",
            "tab\there",
            "line\nbreak",
            "two words",
            "http://localhost/",
            "[::1]",
            "[::1]:80",
            "127.0.0.1:80",
            "\u0661\u0662\u0663.invalid",
            "%lo",
            "*",
            "a@b.invalid",
            "\u0001",
            "\u007f.invalid",
            "a".repeat(63) + ".invalid",
            "a".repeat(64) + ".invalid",
            "ab.".repeat(84) + "a",
            "ab.".repeat(90),
            "a".repeat(255),
            "a".repeat(256),
            "a".repeat(1025),
            "a".repeat(5000)
        };
        return names[random.nextInt(names.length)];
    }

    private static String damaged(Random random, String text) {
        String[] damages = {" ", "\t", "\n", "x", ".", ":", "%", "/", "0", "-", "+", "\u00e9", "::"};
        String damage = damages[random.nextInt(damages.length)];
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + damage + text.substring(at);
    }

    private static String service(Random random) {
        String[] services = {
            "0",
            "80",
            "27015",
            "65535",
            "65536",
            "99999999999",
            "007",
            "0x50",
            "-1",
            "+80",
            " 80",
            "\t +80",
            "-0",
            "- 80",
            "-4294967216",
            "*",
            "80 ",
            "80http",
            "",
            "http",
            "HTTP",
            "domain",
            "ssh",
            "ntp",
            "tftp",
            "nosuchservice",
            "\u0668\u0660",
            "h\u00e9",
            "a".repeat(2000),
            "4294967376"
        };
        return services[random.nextInt(services.length)];
    }

    private static NativeHints hints(Random random) {
        int[] flags = {
            0, 0, 0, 1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x400, 0x6, 0x18, 0x406, 0x42, 0xc2, 0x200000, 0x20000, -1
        };
        int[] families = {0, 0, 0, 0, 2, 2, 10, 10, 1, 99, -1, 23, 30};
        int[] types = {1, 1, 1, 0, 0, 2, 3, 4, 5, 6, 10, 99, -1};
        int[] protocols = {6, 0, 0, 17, 1, 58, 132, 136, 33, 99, 255, 262, -1};
        int flag = flags[random.nextInt(flags.length)];
        int other = flags[random.nextInt(flags.length)];
        int type = types[random.nextInt(types.length)];
        int protocol = type == 1 && random.nextBoolean() ? 6 : protocols[random.nextInt(protocols.length)];
        return new NativeHints(flag | other, families[random.nextInt(families.length)], type, protocol);
    }
}
