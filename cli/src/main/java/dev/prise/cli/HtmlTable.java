package dev.prise.cli;

import java.util.List;

/** A table whose first column names its rows. On a phone each row becomes a block in which each value has its column's name before it. */
final class HtmlTable {
    private final Html html;
    private final String[] columns;
    private int next;

    /** Begins one. */
    HtmlTable(Html html, String caption, String... columns) {
        this.html = html;
        this.columns = columns.clone();
        html.open("table").element("caption", caption);
        html.open("thead").open("tr");
        for (String column : columns) {
            html.element("th", column, "scope", "col");
        }
        html.close().close();
        html.open("tbody");
    }

    /** Begins a row. */
    HtmlTable row(Runnable name) {
        html.open("tr").open("th", "scope", "row");
        name.run();
        html.close();
        next = 1;
        return this;
    }

    /** The next cell of the row. */
    HtmlTable cell(Runnable content) {
        html.open("td", "data-label", columns[next++]);
        content.run();
        html.close();
        return this;
    }

    /** The next cell, a text that came from outside or is ours. */
    HtmlTable cell(String text) {
        return cell(() -> html.foreign(text));
    }

    /** The next cell, with several texts or with none. */
    HtmlTable cells(List<String> texts) {
        if (texts.isEmpty()) {
            html.element("td", "-", "class", "none", "data-label", columns[next++]);
            return this;
        }
        return cell(() -> {
            for (int i = 0; i < texts.size(); i++) {
                html.text(i == 0 ? "" : ", ").foreign(texts.get(i));
            }
        });
    }

    void endRow() {
        html.close();
    }

    void end() {
        html.close().close();
    }
}
