package dev.prise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The machine that measures. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
    private static final Path STAT = Path.of("/proc/stat");
    private static final long LOOK_FOR_MILLIS = 3000;

    private Machine() {}

    /** Processors, memory, system and Java, in words. */
    public static String describe() throws IOException {
        return "%d x %s%s, %s, %s %s, Java %s (%s)"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        field(CPU_INFO, "model name", System.getProperty("os.arch")),
                        field(CPU_INFO, "flags", "").contains(" hypervisor") ? " (virtual)" : "",
                        memory(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"));
    }

    private static String memory() throws IOException {
        String kibibytes = field(MEMORY_INFO, "MemTotal", "0").replaceAll("[^0-9]", "");
        return String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kibibytes) / (double) (1 << 20));
    }

    private static String field(Path file, String name, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(otherwise);
    }

    /**
     * Which part of the processors is at work while this process does nothing, looked at for three seconds.
     *
     * @return from 0 to 1; 0 where the system does not tell
     */
    public static double otherWork() throws IOException, InterruptedException {
        if (!Files.isReadable(STAT)) {
            return 0;
        }
        long[] before = ticks();
        TimeUnit.MILLISECONDS.sleep(LOOK_FOR_MILLIS);
        long[] after = ticks();
        long all = after[0] - before[0];
        return all == 0 ? 0 : 1 - (after[1] - before[1]) / (double) all;
    }

    /** All ticks of the processors, and those without work: proc(5), {@code cpu} of {@code /proc/stat}. */
    private static long[] ticks() throws IOException {
        String line = Files.readAllLines(STAT).getFirst();
        long[] each = Arrays.stream(line.trim().split(" +"))
                .skip(1)
                .limit(8)
                .mapToLong(Long::parseLong)
                .toArray();
        return new long[] {Arrays.stream(each).sum(), each[3] + each[4]};
    }
}
