package dev.prise.cli;

import dev.prise.trace.Trace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dials as one page of HTML that needs nothing beside it: it loads nothing and runs no script. It is well-formed XML too. Whatever came
 * from outside is escaped. docs/report.md says what is in it.
 */
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
     * The page, made now and on this machine; with more than one entry a table of all comes first.
     *
     * @param entries one at least
     * @param settings name and value of what was set, for people
     */
    static String of(List<Entry> entries, List<List<String>> settings) {
        return of(entries, settings, Environment.current(), Instant.now());
    }

    /**
     * The page. Pure.
     *
     * @param environment name and value of what is to be told of the machine
     */
    static String of(List<Entry> entries, List<List<String>> settings, List<List<String>> environment, Instant madeAt) {
        return new HtmlPage(entries, settings, environment, madeAt).write();
    }
}
