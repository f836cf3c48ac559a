package dev.prise.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A terminal as far as a live view uses it: what it is written to it shows in lines, those that have scrolled out of its window first.
 * Anything that it does not know is an error.
 */
final class ScreenModel {
    private final int rows;
    private final int columns;
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;
    private boolean breaks = true;

    ScreenModel(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    static ScreenModel showing(int rows, int columns, String text) {
        ScreenModel model = new ScreenModel(rows, columns);
        model.write(text);
        return model;
    }

    void write(String text) {
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '\u001b') {
                i = sequence(text, i);
                continue;
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            character(c);
        }
    }

    private int sequence(String text, int from) {
        if (text.charAt(from + 1) != '[') {
            throw new AssertionError("unknown: ESC " + text.charAt(from + 1));
        }
        int end = from + 2;
        while (!Character.isLetter(text.charAt(end))) {
            end++;
        }
        String parameters = text.substring(from + 2, end);
        switch (parameters + text.charAt(end)) {
            case "2K" -> lines.get(row).setLength(0);
            case "?7l" -> breaks = false;
            case "?7h" -> breaks = true;
            default -> {
                switch (text.charAt(end)) {
                    case 'A' -> row = Math.max(top(), row - Integer.parseInt(parameters));
                    case 'm' -> {}
                    default -> throw new AssertionError("unknown: ESC [ " + parameters + text.charAt(end));
                }
            }
        }
        return end + 1;
    }

    /** The first line in the window. */
    private int top() {
        return Math.max(0, lines.size() - rows);
    }

    private void character(int c) {
        switch (c) {
            case '\r' -> column = 0;
            case '\n' -> down();
            default -> {
                if (c < ' ') {
                    throw new AssertionError("unknown: control character " + c);
                }
                put(c);
            }
        }
    }

    private void down() {
        row++;
        if (row == lines.size()) {
            lines.add(new StringBuilder());
        }
    }

    private void put(int c) {
        if (column == columns) {
            if (!breaks) {
                return;
            }
            down();
            column = 0;
        }
        StringBuilder line = lines.get(row);
        while (line.length() <= column) {
            line.append(' ');
        }
        // nothing that the tests show is beyond the first plane or wider than a column
        line.setCharAt(column, (char) c);
        column++;
    }

    /** All that is to be seen, also by scrolling back, without spaces at the ends of lines and empty lines at the end. */
    List<String> text() {
        List<String> text = new ArrayList<>();
        for (StringBuilder line : lines) {
            text.add(line.toString().stripTrailing());
        }
        while (!text.isEmpty() && text.getLast().isEmpty()) {
            text.removeLast();
        }
        return text;
    }

    int row() {
        return row;
    }

    int column() {
        return column;
    }
}
