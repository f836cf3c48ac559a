package dev.prise.cli;

import dev.prise.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dials as one page of HTML that needs nothing beside it. Pure. */
final class HtmlReport {
    private HtmlReport() {}

    /**
     * A dial to be shown.
     *
     * @param target as it was asked for
     * @param trace what happened
     * @param tls what was agreed on, null without TLS or when it did not come so far
     */
    record Entry(String target, Trace trace, @Nullable TlsFacts tls) {}

    /**
     * The page; with more than one entry a table of all comes first.
     *
     * @param settings name and value of what was set, for people
     */
    static String of(List<Entry> entries, List<List<String>> settings) {
        throw new UnsupportedOperationException("not written yet");
    }
}
