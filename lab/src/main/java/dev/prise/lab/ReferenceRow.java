package dev.prise.lab;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code getaddrinfo-glibc.tsv}: what {@code getaddrinfo} was asked and what it answered. Immutable.
 *
 * @param number the number of the row
 * @param node the node, null for none
 * @param service the service, null for none
 * @param hints as they stand in the row
 * @param answer code, name and results; {@link #answerOf} says the same of a {@code prise resolve --json}
 */
record ReferenceRow(
        int number, @Nullable String node, @Nullable String service, String hints, String answer) {
    private static final int COLUMNS = 8;
    private static final Pattern LONG_NAME = Pattern.compile("<(\\d+) chars, starts (a+)>");
    private static final Pattern ESCAPED = Pattern.compile("\\\\x([0-9a-f]{2})");

    /** What follows the flags names fields that are not zero. They are always zero here, and glibc does not look at them. */
    private static final Pattern HINTS = Pattern.compile("([^/ ]+)/([^/ ]+)/([^/ ]+) flags=(\\S+)( ai_\\w+!=0)?");

    /** The length of the address follows from its family; the flags are those of the hints. */
    private static final Pattern NOT_SHOWN = Pattern.compile("/len\\d+|/flags=0x[0-9a-f]+");

    private static final Pattern CODE = Pattern.compile(
            "\"resolver\": \"getaddrinfo\", \"fallback_reason\": null, \"code\": (-?\\d+), \"posix\": (null|\"\\w+\"), ");
    private static final Pattern RESULT = Pattern.compile(
            "\\{\"family\": \"(\\w+)\", \"address\": \"([^\"]*)\", \"scope\": (\\d+), \"port\": (\\d+), "
                    + "\"type\": \"(\\w+)\", \"protocol\": \"(\\w+)\", \"canonical_name\": (null|\"[^\"]*\"), \"why\": ");

    /**
     * Reads a row.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static ReferenceRow parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("not a row of " + COLUMNS + " columns: " + line);
        }
        String results =
                columns[7].equals("-") ? "" : NOT_SHOWN.matcher(columns[7]).replaceAll("");
        return new ReferenceRow(
                Integer.parseInt(columns[0]),
                text(columns[1]),
                text(columns[2]),
                columns[3],
                answer(columns[4], columns[5], results));
    }

    private static @Nullable String text(String column) {
        if (column.equals("NULL")) {
            return null;
        }
        Matcher longName = LONG_NAME.matcher(column);
        if (longName.matches()) {
            return "a".repeat(Integer.parseInt(longName.group(1)));
        }
        if (column.length() < 2 || !column.startsWith("\"") || !column.endsWith("\"")) {
            throw new IllegalArgumentException("neither a text nor NULL: " + column);
        }
        return unescaped(column.substring(1, column.length() - 1));
    }

    /** The escapes stand for bytes, and the bytes are UTF-8. */
    private static String unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escaped = ESCAPED.matcher(text);
        int from = 0;
        while (escaped.find()) {
            bytes.writeBytes(text.substring(from, escaped.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(escaped.group(1), 16));
            from = escaped.end();
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String answer(String code, String name, String results) {
        return (code + " " + name + " " + results).strip();
    }

    /** The arguments of the command that asks the same. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("resolve", "--json"));
        if (hints.equals("hints=NULL")) {
            arguments.add("--no-hints");
        } else {
            Matcher parts = HINTS.matcher(hints);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no hints: " + hints);
            }
            arguments.addAll(List.of("--family", family(parts.group(1))));
            arguments.addAll(List.of("--type", type(parts.group(2))));
            arguments.addAll(List.of("--protocol", parts.group(3).toLowerCase(Locale.ROOT)));
            arguments.addAll(List.of("--flags", parts.group(4).replace('|', ',').toLowerCase(Locale.ROOT)));
        }
        arguments.add("--");
        arguments.add(node == null ? "-" : node);
        if (service != null) {
            arguments.add(service);
        }
        return arguments;
    }

    private static String family(String column) {
        return switch (column) {
            case "AF_UNSPEC" -> "any";
            case "AF_INET" -> "inet";
            case "AF_INET6" -> "inet6";
            default -> column;
        };
    }

    private static String type(String column) {
        return column.equals("DGRAM") ? "datagram" : column.toLowerCase(Locale.ROOT);
    }

    /** The exit status that goes with the answer. */
    int exitStatus() {
        return answer.startsWith("0 ") ? 0 : 3;
    }

    /** What {@code prise resolve --json} has printed, in the words of {@link #answer}; null when it is not the system's answer. */
    static @Nullable String answerOf(String json) {
        Matcher code = CODE.matcher(json);
        if (!code.find()) {
            return null;
        }
        List<String> results =
                RESULT.matcher(json).results().map(ReferenceRow::result).toList();
        if (json.split("\"why\": ", -1).length - 1 != results.size()) {
            return null;
        }
        String name = code.group(2).equals("null") ? "OK" : code.group(2).replace("\"", "");
        return answer(code.group(1), name, results.stream().collect(Collectors.joining(" ; ")));
    }

    private static String result(MatchResult parts) {
        String address = parts.group(1).equals("inet6")
                ? "6:[" + parts.group(2) + "%" + parts.group(3) + "]:"
                : "4:" + parts.group(2) + ":";
        String type =
                parts.group(5).equals("datagram") ? "DGRAM" : parts.group(5).toUpperCase(Locale.ROOT);
        String protocol = parts.group(6).equals("any") ? "0" : parts.group(6).toUpperCase(Locale.ROOT);
        String canonicalName = parts.group(7).equals("null") ? "" : "/canon=" + parts.group(7);
        return address + parts.group(4) + "/" + type + "/" + protocol + canonicalName;
    }
}
