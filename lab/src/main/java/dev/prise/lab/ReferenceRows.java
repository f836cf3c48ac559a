package dev.prise.lab;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Asks the command {@code prise resolve} everything that {@code getaddrinfo} was asked for the reference, and compares the answers.
 *
 * <p>As a command: {@code ReferenceRows TSVFILE PRISE}, in a place where names are what {@code lab/dns/tutorial.zone} says, with a
 * UTF-8 locale. It prints a line for each row that differs, and at the end {@code N rows repeated}. Exit status: 0 when all are the
 * same, 1 when some differ or the file cannot be read, 2 when the arguments are not as they should be.
 */
public final class ReferenceRows {
    private final String command;

    private ReferenceRows(String command) {
        this.command = command;
    }

    /**
     * Repeats the rows.
     *
     * @param arguments as the class comment says
     * @throws InterruptedException never in a process of its own
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            System.err.println("ReferenceRows: there should be two arguments; use it as ReferenceRows TSVFILE PRISE");
            System.exit(2);
        }
        try {
            System.exit(new ReferenceRows(arguments[1]).repeat(rows(Path.of(arguments[0]))));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("ReferenceRows: cannot read " + arguments[0] + ": " + e);
            System.exit(1);
        }
    }

    private static List<ReferenceRow> rows(Path file) throws IOException {
        List<ReferenceRow> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                rows.add(ReferenceRow.parse(line));
            }
        }
        return rows;
    }

    /** Runs as many commands at once as there are processors; the status to end with. */
    private int repeat(List<ReferenceRow> rows) throws InterruptedException {
        List<Callable<@Nullable String>> runs = new ArrayList<>();
        for (ReferenceRow row : rows) {
            runs.add(() -> difference(row));
        }
        int different = 0;
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Future<@Nullable String> run : threads.invokeAll(runs)) {
                String difference = run.get();
                if (difference != null) {
                    different++;
                    System.out.println(difference);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        System.out.println(rows.size() + " rows repeated");
        return different == 0 && !rows.isEmpty() ? 0 : 1;
    }

    /** What is not as it should be, as a sentence; null when all is. */
    private @Nullable String difference(ReferenceRow row) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(row.arguments());
        Process process =
                new ProcessBuilder(line).redirectInput(new File("/dev/null")).start();
        // A sentence at most comes as an error, which the pipe holds until it is read.
        String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        String answer = ReferenceRow.answerOf(json);
        if (row.answer().equals(answer) && status == row.exitStatus() && errors.isEmpty() == (status == 0)) {
            return null;
        }
        return "row " + row.number() + " (" + row.arguments() + "): should be '" + row.answer() + "' and is '" + answer
                + "' with status " + status + (errors.isEmpty() ? "" : " and " + errors.strip());
    }
}
