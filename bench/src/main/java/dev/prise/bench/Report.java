package dev.prise.bench;

import dev.prise.bench.report.Comparison;
import dev.prise.bench.report.Figure;
import dev.prise.bench.report.Machine;
import dev.prise.bench.report.Page;
import dev.prise.bench.report.Results;
import dev.prise.bench.report.Run;
import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The main class of {@code bench/report}: measures, keeps the results, writes the page. */
public final class Report {
    private static final List<Figure> FIGURES = List.of(new ConnectRate(), new Allocation(), new LookupRate());
    private static final String PROCESSES = "3";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private final Path root;
    private final Path folder;
    private @Nullable String only;
    private boolean onlyReport;
    private String processes = PROCESSES;

    private Report(Path root) {
        this.root = root;
        folder = root.resolve("bench/target/results");
    }

    /** Runs it; the first argument is the checkout, the others are those of the script. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Report report = new Report(Path.of(args[0]));
        String wrong = report.parse(List.of(args).subList(1, args.length));
        if (wrong != null) {
            System.err.println("bench/report: " + wrong + "; its first lines tell how it is used.");
            System.exit(2);
        }
        report.run();
    }

    /** Answers what is wrong with the arguments, or null. */
    private @Nullable String parse(List<String> words) {
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--only-report")) {
                onlyReport = true;
            } else if (word.equals("--only") && rest.hasNext()) {
                only = rest.next();
            } else if (word.equals("--processes") && rest.hasNext()) {
                processes = rest.next();
            } else {
                return "\"" + word + "\" is not understood, or lacks its value";
            }
        }
        if (only != null && FIGURES.stream().noneMatch(figure -> figure.name().equals(only))) {
            String names = FIGURES.stream().map(Figure::name).collect(Collectors.joining(", "));
            return "there is no figure \"%s\", but %s".formatted(only, names);
        }
        if (!processes.matches("[1-9][0-9]?")) {
            return "--processes is a number from 1 to 99";
        }
        return onlyReport && only != null ? "--only-report measures nothing, --only does" : null;
    }

    private void run() throws IOException, InterruptedException {
        for (Figure figure : FIGURES) {
            if (!onlyReport && (only == null || only.equals(figure.name()))) {
                measure(figure);
            }
        }
        write();
    }

    private Path file(Figure figure) {
        return folder.resolve(figure.name() + ".jsonl");
    }

    private void measure(Figure figure) throws IOException, InterruptedException {
        String at = ZonedDateTime.now(ZoneOffset.UTC).format(MINUTE);
        Workshop workshop = new Workshop(root, Integer.parseInt(processes));
        double before = Machine.otherWork();
        List<Comparison> comparisons = figure.measure(workshop);
        double after = Machine.otherWork();
        Run run = new Run(figure.name(), at, Machine.describe(), before, after, workshop.notes());
        new Results(run, comparisons).write(file(figure));
    }

    /** A page without all figures does not replace the one in docs. */
    private void write() throws IOException {
        Page page = new Page();
        boolean whole = true;
        for (Figure figure : FIGURES) {
            if (Files.exists(file(figure))) {
                page.add(figure, Results.read(file(figure)));
            } else {
                whole = false;
                System.out.println("Left out: " + figure.name() + ", because it has not been measured here");
            }
        }
        Path written = whole ? root.resolve("docs/benchmarks.md") : root.resolve("bench/target/benchmarks.md");
        Files.writeString(written, page.markdown(Files.readString(root.resolve("bench/remarks.md"))));
        System.out.println("written: " + root.relativize(written));
    }
}
