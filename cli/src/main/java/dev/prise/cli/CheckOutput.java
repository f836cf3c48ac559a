package dev.prise.cli;

import dev.prise.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a check puts out: table or JSON, the bar while it runs, the reports, the summary. Not thread-safe. */
final class CheckOutput implements AutoCloseable {
    static final int MOST_IN_PAGE = 2000;

    /** Each result, attempt and candidate takes as much room in a page as any other, roughly. */
    private static final int MOST_PARTS_OF_PAGE = 4 * MOST_IN_PAGE;

    private final Console console;
    private final CheckCommand command;
    private final long startNanoTime = System.nanoTime();
    private final CheckSummary summary;
    private final Style style;

    /** Whether there is a window that lines have to fit in. */
    private final boolean window;

    private final ProgressBar bar;
    private final @Nullable HtmlFile html;
    private final @Nullable JunitReport junit;
    private final List<HtmlReport.Entry> entries = new ArrayList<>();
    private int roomInPage = MOST_PARTS_OF_PAGE;
    private final @Nullable CheckTable table;
    private final @Nullable CheckJson json;

    /** Set when standard output takes no more and the reports are still to be written. */
    private @Nullable OutputException broken;

    /**
     * Opens the reports.
     *
     * @throws CommandException when one of them cannot be written
     */
    CheckOutput(Console console, CheckCommand command, int targets) {
        this.console = console;
        this.command = command;
        summary = new CheckSummary(targets);
        bar = new ProgressBar(
                console.errorStyle(command.options.color), canDrawOnErrors(console), targets, console::errorPart);
        html = command.html == null ? null : HtmlFile.of(command.html);
        boolean pageOnly = html != null && html.isOutput();
        if (pageOnly && command.json) {
            throw CommandException.usage("--json and --html - are both for standard output; give --html a file");
        }
        junit = command.junit == null ? null : JunitReport.open(command.junit);
        json = command.json ? new CheckJson(this::printUtf8) : null;
        window = console.outIsTerminal() || !console.environment("COLUMNS").isEmpty();
        style = console.outStyle(command.options.color);
        table = command.json || pageOnly
                ? null
                : new CheckTable(style, command.each ? "address" : "connected to", window, this::print);
    }

    private static boolean canDrawOnErrors(Console console) {
        String terminal = console.environment("TERM");
        return console.errorIsTerminal() && !terminal.isEmpty() && !terminal.equals("dumb");
    }

    void progress(int done, int failed) {
        bar.show(done, failed);
    }

    /** The next result. */
    void add(CheckResult result) {
        summary.add(result);
        if (command.options.verbose) {
            bar.erase();
            Waterfall.of(result.trace(), console.errorStyle(command.options.color))
                    .forEach(console::errorLine);
        }
        if (html != null) {
            keepForPage(result);
        }
        if (junit != null) {
            junit.add(result);
        }
        if (table != null) {
            table.add(result);
        }
        if (json != null) {
            json.add(result);
        }
    }

    private void keepForPage(CheckResult result) {
        Trace trace = result.trace();
        roomInPage -= 1 + trace.attempts().size() + trace.candidates().size();
        if (roomInPage >= 0) {
            entries.add(new HtmlReport.Entry(result.name(), trace, result.tls()));
        }
    }

    /**
     * Writes what is left to be written.
     *
     * @param missing how many targets were not come to the end of, because the check was interrupted
     * @return the exit status
     */
    int end(int missing) {
        long elapsedNanos = System.nanoTime() - startNanoTime;
        boolean interrupted = missing > 0;
        bar.erase();
        if (table != null) {
            table.end();
            print("");
            String sentence = summary.sentence(command.each, interrupted, elapsedNanos);
            (window ? Columns.wrapped(sentence, style.width()) : List.of(sentence)).forEach(this::print);
        }
        if (json != null) {
            json.end(summary, interrupted, elapsedNanos);
        }
        try {
            if (junit != null) {
                junit.end(missing, elapsedNanos, statusOfBrokenReport());
            }
        } finally {
            if (html != null) {
                page(html);
            }
        }
        if (broken != null) {
            throw brokenAfterwards(broken);
        }
        return interrupted ? ExitStatus.INTERRUPTED : status();
    }

    /** The exit status by the results that there are. */
    int status() {
        return summary.failed() > 0 ? ExitStatus.NOT_CONNECTED : ExitStatus.DONE;
    }

    private void page(HtmlFile file) {
        if (entries.isEmpty()) {
            console.say("--html has nothing to show yet");
            return;
        }
        String page = HtmlReport.of(entries, command.settings());
        if (file.isOutput()) {
            write(() -> file.write(page, console, ExitStatus.BROKEN));
        } else {
            file.write(page, console, statusOfBrokenReport());
        }
        if (entries.size() < summary.results()) {
            console.say("--html has the first " + entries.size() + " of " + summary.results() + " results");
        }
    }

    private int statusOfBrokenReport() {
        return summary.connected() > 0 ? ExitStatus.BROKEN : ExitStatus.NOT_CONNECTED;
    }

    private void print(String line) {
        write(() -> console.println(line));
    }

    private void printUtf8(String line) {
        write(() -> console.printlnUtf8(line));
    }

    /** When the output breaks, what goes on is for the reports; without any there is nothing to go on for. */
    private void write(Runnable line) {
        if (broken != null) {
            return;
        }
        bar.erase();
        try {
            line.run();
        } catch (OutputException e) {
            broken = e;
            if (html == null && junit == null) {
                throw brokenAfterwards(e);
            }
        }
    }

    private RuntimeException brokenAfterwards(OutputException e) {
        return summary.connected() > 0 ? e.afterConnecting() : e;
    }

    @Override
    public void close() {
        bar.erase();
        if (junit != null) {
            junit.close();
        }
    }
}
