package dev.prise.bench;

import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the system calls of a command that have to do with sockets and descriptors, by strace(1). */
final class Strace {
    /** Others, such as for memory or between threads, vary from run to run. */
    private static final String COUNTED = "trace=%network,%desc";

    private final Path table;

    /** Has strace write its table into a folder. */
    Strace(Path folder) {
        table = folder.resolve("system-calls");
    }

    /** Why there is nothing to count with; empty where there is. */
    String missing() throws InterruptedException {
        try {
            calls(List.of("true"));
            return "";
        } catch (IOException e) {
            return "strace is missing or not permitted here: " + e.getMessage();
        }
    }

    /** How often each was called by a command and its threads. */
    Map<String, Long> calls(List<String> command) throws IOException, InterruptedException {
        List<String> traced =
                new ArrayList<>(List.of("strace", "--seccomp-bpf", "-f", "-c", "-e", COUNTED, "-o", table.toString()));
        traced.addAll(command);
        Workshop.output(traced);
        return parse(Files.readAllLines(table));
    }

    /** The table of {@code strace -c}: three columns of time, the number of calls, perhaps that of errors, the name. */
    static Map<String, Long> parse(List<String> lines) {
        Map<String, Long> calls = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 5 && words[3].matches("[0-9]+")) {
                calls.put(words[words.length - 1], Long.valueOf(words[3]));
            }
        }
        calls.remove("total");
        return calls;
    }
}
