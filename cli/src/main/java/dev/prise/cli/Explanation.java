package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorNumbering;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Codes as lines for people and as {@code prise.codes/1} for programs. */
final class Explanation {
    private static final String INDENT = "  ";
    private static final int LABEL = "Windows".length() + 2;
    private static final String NONE = "-";

    private Explanation() {}

    /** All codes, one a line, in columns. */
    static List<String> table(List<ErrorCode> codes) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"POSIX", "Linux", "Winsock", "meaning"});
        for (ErrorCode code : codes) {
            String posix = code.posix();
            OptionalInt linux = code.number(ErrorNumbering.LINUX);
            String winsock = code.winsockName() + " " + code.winsock();
            rows.add(new String[] {
                posix == null ? NONE : posix,
                linux.isPresent() ? Integer.toString(linux.getAsInt()) : NONE,
                code.number(ErrorNumbering.WINDOWS).isPresent() ? winsock : "(" + winsock + ")",
                code.meaning()
            });
        }
        int posix = width(rows, 0);
        int linux = width(rows, 1);
        int winsock = width(rows, 2);
        return rows.stream()
                .map(row -> padded(row[0], posix)
                        + INDENT
                        + " ".repeat(linux - row[1].length())
                        + row[1]
                        + INDENT
                        + padded(row[2], winsock)
                        + INDENT
                        + row[3])
                .toList();
    }

    /** One code with all that is known of it, in lines of at most {@code width} columns where words allow it. */
    static List<String> of(CodeSearch.Found found, int width) {
        ErrorCode code = found.code();
        List<String> lines = new ArrayList<>();
        lines.add(heading(found));
        for (ErrorNumbering system : ErrorNumbering.values()) {
            row(lines, width, system.systemName(), onSystem(code, system));
        }
        row(lines, width, "traces", code.name());
        row(lines, width, "causes", code.causes());
        row(lines, width, "to try", code.advice());
        return lines;
    }

    private static String heading(CodeSearch.Found found) {
        ErrorCode code = found.code();
        if (found.withoutRow() != null) {
            return found.withoutRow() + " counts as " + code.shortName() + ": " + code.meaning();
        }
        CodeSearch.Numbered number = found.number();
        if (number == null) {
            return code.shortName() + ": " + code.meaning();
        }
        String systems =
                number.systems().stream().map(ErrorNumbering::systemName).collect(Collectors.joining(" and "));
        String name = nameOn(code, number.systems().get(0));
        return number.value() + " on " + systems + fromGetaddrinfo(code) + " is "
                + (name == null ? code.shortName() : name) + ": " + code.meaning();
    }

    /** The name and number that a system has for it, in words. */
    static String onSystem(ErrorCode code, ErrorNumbering system) {
        OptionalInt number = code.number(system);
        String name = nameOn(code, system);
        if (number.isPresent() && name != null) {
            return name + " " + number.getAsInt() + fromGetaddrinfo(code);
        }
        return system == ErrorNumbering.WINDOWS
                ? "none of its own; the nearest is " + code.winsockName() + " " + code.winsock()
                : "none";
    }

    private static @Nullable String nameOn(ErrorCode code, ErrorNumbering system) {
        return system == ErrorNumbering.WINDOWS ? code.winsockName() : code.posix();
    }

    /** The same number from another call is another code. */
    private static String fromGetaddrinfo(ErrorCode code) {
        return code.isResolution() ? " from getaddrinfo" : "";
    }

    private static void row(List<String> lines, int width, String label, String text) {
        StringBuilder line = new StringBuilder(INDENT).append(padded(label, LABEL));
        int indent = line.length();
        for (String word : text.split(" ", -1)) {
            if (line.length() > indent && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent));
            }
            line.append(line.length() > indent ? " " : "").append(word);
        }
        lines.add(line.toString());
    }

    /** {@code prise.codes/1}, in one line. The texts are the table's own and have nothing to escape. */
    static String json(List<ErrorCode> codes) {
        return codes.stream()
                .map(Explanation::json)
                .collect(Collectors.joining(", ", "{\"schema\": \"prise.codes/1\", \"codes\": [", "]}"));
    }

    private static String json(ErrorCode code) {
        String posix = code.posix();
        StringBuilder out = new StringBuilder("{\"code\": \"")
                .append(code.name())
                .append("\", \"posix\": ")
                .append(posix == null ? "null" : "\"" + posix + "\"")
                .append(", \"winsock_name\": \"")
                .append(code.winsockName())
                .append("\", \"winsock\": ")
                .append(code.winsock())
                .append(", \"resolution\": ")
                .append(code.isResolution())
                .append(", \"numbers\": {");
        String comma = "";
        for (ErrorNumbering system : ErrorNumbering.values()) {
            OptionalInt number = code.number(system);
            out.append(comma).append('"').append(system.jsonName()).append("\": ");
            out.append(number.isPresent() ? Integer.toString(number.getAsInt()) : "null");
            comma = ", ";
        }
        return out.append("}, \"meaning\": \"")
                .append(code.meaning())
                .append("\", \"causes\": \"")
                .append(code.causes())
                .append("\", \"advice\": \"")
                .append(code.advice())
                .append("\"}")
                .toString();
    }

    private static int width(List<String[]> rows, int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
