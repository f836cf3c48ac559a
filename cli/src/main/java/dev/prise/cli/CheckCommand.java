package dev.prise.cli;

import dev.prise.Dialer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects to many targets, closes at once, and shows how each went. */
@Command(
        name = "check",
        description = {
            "Connects to many targets, many at once, and shows a table: where each is connected to, the time, what falling back cost,"
                    + " and what that means.",
            "Ends with 1 when any has failed. Without --history and PRISE_HISTORY nothing is remembered, so that no check"
                    + " hides a fault from the next."
        })
final class CheckCommand implements Callable<Integer> {
    private static final int MOST_AT_ONCE = 10_000;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** How long a signal waits for what is known to be written. */
    private static final long LAST_WORDS_SECONDS = 2;

    private final Console console;

    @Parameters(
            arity = "0..*",
            paramLabel = "TARGET",
            description = "HOST, HOST:PORT, [V6]:PORT or unix:PATH; PORT is 27015 if left out.")
    List<String> arguments = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "More targets, one on each line; # begins a comment, - is standard input. Can be given more than once.")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--each",
            description =
                    "Try every address of every target by itself, so that one that does not work is not made up for by others.")
    boolean each;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "So many are under way at once: 1 to 10000, 256 if left out.")
    int atOnce = 256;

    @Option(names = "--json", description = "Print the results as JSON, schema prise.check/1, in place of the table.")
    boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write the results to FILE too, as a page of HTML; - for standard output, in place of the table.")
    @Nullable
    String html;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit's XML, too, as for CI.")
    @Nullable
    String junit;

    @Mixin
    final DialOptions options = new DialOptions();

    @Mixin
    final TlsOptions tls = new TlsOptions();

    @Mixin
    final HistoryOption history = new HistoryOption();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Dialer.Builder dialer = options.dialer().tls(tls.settings());
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw CommandException.usage("--at-once is from 1 to " + MOST_AT_ONCE + ", not " + atOnce);
        }
        if (html != null && junit != null && HtmlFile.isSame(html, junit)) {
            throw CommandException.usage("--html and --junit cannot both write to " + html);
        }
        List<String> targets = CheckTargets.read(console, arguments, files, tls.tls);
        if (html != null && targets.size() > CheckOutput.MOST_IN_PAGE) {
            throw CommandException.usage("--html takes " + CheckOutput.MOST_IN_PAGE + " targets at most, not "
                    + targets.size() + "; split the list, or use --json or --junit");
        }
        history.offUnlessAsked(console);
        try (HistoryFile remembered = history.open(console, options);
                CheckOutput output = new CheckOutput(console, this, targets.size())) {
            CheckRun run = new CheckRun(
                    targets,
                    dialer.history(remembered.history()).build(),
                    options.resolver.resolver(),
                    each ? apart() : null,
                    atOnce,
                    output::add,
                    output::progress);
            return run(run, output, targets.size());
        }
    }

    private CheckRun.Apart apart() {
        Duration limit = options.timeout == null ? DEFAULT_TIMEOUT : options.timeout;
        return new CheckRun.Apart(options.family.family(), limit);
    }

    private static int run(CheckRun run, CheckOutput output, int targets) {
        CountDownLatch written = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    run.stop();
                    awaitQuietly(written);
                },
                "prise-check-stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            int complete = run.run();
            return output.end(targets - complete);
        } catch (OutputException e) {
            if (!e.readerGone()) {
                throw e;
            }
            return output.status();
        } finally {
            written.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(onSignal);
            } catch (IllegalStateException e) {
                // the signal has come; the JVM ends with its number
            }
        }
    }

    private static void awaitQuietly(CountDownLatch written) {
        try {
            if (!written.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                // whoever reads our output does not; the signal counts for more
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Names and values of what was set, for people. */
    List<List<String>> settings() {
        List<List<String>> settings = new ArrayList<>(ReportSettings.of(options, tls, history.where));
        settings.add(List.of("Addresses of a target", each ? "each by itself" : "together"));
        settings.add(List.of("Targets at once", Integer.toString(atOnce)));
        return settings;
    }
}
