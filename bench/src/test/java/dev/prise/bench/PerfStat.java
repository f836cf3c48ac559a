package dev.prise.bench;

import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Counts the instructions of a command outside the kernel, by perf(1) where the machine lets it. */
final class PerfStat {
    private static final String EVENT = "instructions:u";

    private final Path table;

    /** Has perf write its table into a folder. */
    PerfStat(Path folder) {
        table = folder.resolve("instructions");
    }

    /** Why there is nothing to count with; empty where there is. */
    String missing() throws InterruptedException {
        try {
            instructions(List.of("true"));
            return "";
        } catch (IOException e) {
            return "perf does not count them here: " + e.getMessage();
        }
    }

    /** How many instructions a command and its threads took. */
    long instructions(List<String> command) throws IOException, InterruptedException {
        List<String> counted = new ArrayList<>(List.of("perf", "stat", "-x", ",", "-e", EVENT, "-o", table.toString()));
        counted.addAll(command);
        Workshop.output(counted);
        return parse(Files.readAllLines(table));
    }

    /** The table of {@code perf stat -x ,}: the first field of the event's line. */
    static long parse(List<String> lines) throws IOException {
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            if (fields.length > 2 && fields[2].equals(EVENT) && fields[0].matches("[0-9]+")) {
                return Long.parseLong(fields[0]);
            }
        }
        throw new IOException(lines.stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.joining(" ")));
    }
}
