package dev.prise.cli;

import dev.prise.DialFailure;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects, shows how it went, closes. */
@Command(name = "trace", description = "Connects, shows what happened when, and closes.")
final class TraceCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    final TargetParameters target = new TargetParameters();

    @Option(
            names = "--json",
            description = "Print the trace as JSON, schema prise.trace/1, with --tls also what was agreed on.")
    boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write what happened to FILE too, as a page that needs nothing beside it; - for standard output.")
    @Nullable
    String html;

    @Mixin
    final DialOptions options = new DialOptions();

    @Mixin
    final TlsOptions tls = new TlsOptions();

    @Mixin
    final HistoryOption history = new HistoryOption();

    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Target to = target.target();
        Dialer.Builder dialer = options.dialer().tls(tls.settings(to));
        HtmlFile page = page();
        try (HistoryFile remembered = history.open(console, options);
                DialResult result = Dialing.dial(
                        console, options, dialer.history(remembered.history()).build(), to, screen(page))) {
            show(result.trace(), TlsFacts.of(result), page, ExitStatus.BROKEN);
            return ExitStatus.DONE;
        } catch (OutputException e) {
            throw e.afterConnecting();
        } catch (IOException e) {
            if (e instanceof DialFailure failure) {
                showFailed(failure.trace(), page);
            }
            throw e;
        }
    }

    private @Nullable HtmlFile page() {
        HtmlFile page = html == null ? null : HtmlFile.of(html);
        if (json && page != null && page.isOutput()) {
            throw CommandException.usage("--json and --html - are both for standard output; give --html a file");
        }
        return page;
    }

    /** Where the dial is shown while it runs: where its trace will be, or what -v shows. */
    private @Nullable Screen screen(@Nullable HtmlFile page) {
        if (json || (page != null && page.isOutput())) {
            return null;
        }
        Screen out = console.outScreen(options.color);
        return out == null && options.verbose ? console.errorScreen(options.color) : out;
    }

    /** The exit status is that of the dial, whether or not the output takes its trace. */
    private void showFailed(Trace trace, @Nullable HtmlFile page) {
        try {
            show(trace, null, page, ExitStatus.NOT_CONNECTED);
        } catch (OutputException e) {
            if (!e.readerGone()) {
                console.say(e.toCommandException(ExitStatus.NOT_CONNECTED).sentence());
            }
        } catch (CommandException e) {
            console.say(e.sentence());
        }
    }

    /** The page is written whether or not the output takes the rest. */
    private void show(Trace trace, @Nullable TlsFacts agreed, @Nullable HtmlFile page, int statusOfFailure) {
        try {
            if (page == null || !page.isOutput()) {
                print(trace, agreed);
            }
        } finally {
            if (page != null) {
                HtmlReport.Entry entry = new HtmlReport.Entry(ReportWords.target(trace), trace, agreed);
                page.write(
                        HtmlReport.of(List.of(entry), ReportSettings.of(options, tls, history.where)),
                        console,
                        statusOfFailure);
            }
        }
    }

    private void print(Trace trace, @Nullable TlsFacts agreed) {
        if (json) {
            console.printlnUtf8(agreed == null ? trace.toJson() : withMember(trace.toJson(), agreed.toJson()));
            return;
        }
        Style style = console.outStyle(options.color);
        Waterfall.of(trace, style).forEach(console::println);
        if (agreed != null) {
            style.fitted(agreed.lines()).forEach(console::println);
        }
    }

    /** A trace does not know what was agreed on; so that becomes the last member of its object. */
    private static String withMember(String trace, String tls) {
        return trace.substring(0, trace.length() - 1) + ", \"tls\": " + tls + "}";
    }
}
