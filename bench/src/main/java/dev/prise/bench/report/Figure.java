package dev.prise.bench.report;

import java.io.IOException;
import java.util.List;

/** Something to measure: one name for the command line, one section of the page. */
public interface Figure {
    /** The word for {@code --only}, and of the file of the results. */
    String name();

    /** The heading of its section. */
    String title();

    /** What is compared and how, in Markdown: a reader must be able to judge whether it is fair. */
    String text();

    /**
     * Measures.
     *
     * @return in the order of the page, those of one part together
     * @throws IOException when something cannot be measured; the message says what and why
     */
    List<Comparison> measure(Workshop workshop) throws IOException, InterruptedException;
}
