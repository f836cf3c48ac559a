package dev.prise.lab.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class Table {
    /** What stands where there is nothing to say. */
    static final String NOTHING = "–";

    private final int columns;
    private final List<String> lines = new ArrayList<>();

    Table(List<String> header) {
        columns = header.size();
        add(header);
        lines.add("|" + "---|".repeat(columns));
    }

    /** Adds a row of texts, which may hold any character. */
    void add(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " cells in a table of " + columns + " columns: " + cells);
        }
        lines.add("| " + String.join(" | ", cells.stream().map(Table::escape).toList()) + " |");
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
