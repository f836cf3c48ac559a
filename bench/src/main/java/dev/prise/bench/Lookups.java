package dev.prise.bench;

import dev.prise.address.AddressInfos;
import dev.prise.address.Hints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The system's {@code getaddrinfo} from Java: whether a million lookups leave memory or descriptors behind, and how many a second, side by
 * side with a C loop on the same call.
 *
 * <p>To be run with native access, the artifact's jar and a heap of a fixed size, so that resident memory tells of native memory:
 * {@code java --enable-native-access=ALL-UNNAMED -Xms64m -Xmx64m -XX:+AlwaysPreTouch}. The argument is the source of the C program.
 */
public final class Lookups {
    private static final String LITERAL = "127.0.0.1";
    private static final String LITERAL_SIX = "2001:db8::1";
    private static final String SERVICE = "27015";
    private static final int LITERALS = 1_000_000;
    private static final int LOCALHOSTS = 100_000;
    private static final int ROUNDS = 41;
    private static final int LOOKUPS_PER_ROUND = 200_000;
    private static final double RATE_GOAL = 0.5;
    private static final long GROWTH_GOAL_KIB = 2048;

    private Lookups() {}

    /** Runs it; exit status 1 when a goal is missed. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.out.println("usage: Lookups getaddrinfo/src/test/c/getaddrinfo.c");
            System.exit(2);
        }
        System.out.println("answered by " + AddressInfos.provider());
        if (AddressInfos.fallbackReason() != null) {
            System.out.println("cannot be measured: " + AddressInfos.fallbackReason());
            System.exit(1);
        }
        boolean flat = leavesNothing();
        boolean quick = rate(Path.of(args[0]));
        System.exit(flat && quick ? 0 : 1);
    }

    private static long lookUp(String node, int count) throws UnknownHostException {
        long results = 0;
        for (int i = 0; i < count; i++) {
            results += AddressInfos.lookup(node, SERVICE, Hints.DEFAULT).size();
        }
        return results;
    }

    private static boolean leavesNothing() throws UnknownHostException {
        // the compilers' own memory comes with the first lookups
        lookUp(LITERAL, LITERALS / 2);
        lookUp("localhost", LOCALHOSTS / 5);
        System.gc();
        long descriptors = Resources.descriptors();
        long before = residentKib();
        System.out.printf("warmed up: %d descriptors, %d KiB resident%n", descriptors, before);
        lookUp(LITERAL, LITERALS);
        System.gc();
        System.out.printf("after %,d lookups of %s: %d KiB resident%n", LITERALS, LITERAL, residentKib());
        lookUp("localhost", LOCALHOSTS);
        System.gc();
        long after = residentKib();
        long descriptorsAfter = Resources.descriptors();
        System.out.printf(
                "after %,d lookups of localhost: %d descriptors, %d KiB resident (%+d; goal %d at most)%n",
                LOCALHOSTS, descriptorsAfter, after, after - before, GROWTH_GOAL_KIB);
        return descriptorsAfter == descriptors && after - before <= GROWTH_GOAL_KIB;
    }

    private static boolean rate(Path source) throws IOException, InterruptedException {
        Path binary = Files.createTempFile("prise-getaddrinfo", "");
        try {
            run("gcc", "-O2", "-D_GNU_SOURCE", "-o", binary.toString(), source.toString());
            boolean four = rate(LITERAL, binary);
            boolean six = rate(LITERAL_SIX, binary);
            return four && six;
        } finally {
            Files.delete(binary);
        }
    }

    private static boolean rate(String literal, Path binary) throws IOException, InterruptedException {
        double[] ratios = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        // what was compiled for the other family is compiled anew
        lookUp(literal, 2 * LITERALS);
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            lookUp(literal, LOOKUPS_PER_ROUND);
            ours[round] = (double) (System.nanoTime() - begin) / LOOKUPS_PER_ROUND;
            theirs[round] = Double.parseDouble(
                    run(binary.toString(), "--bench", literal, SERVICE, Integer.toString(LOOKUPS_PER_ROUND)));
            ratios[round] = theirs[round] / ours[round];
        }
        Arrays.sort(ratios);
        Arrays.sort(ours);
        Arrays.sort(theirs);
        double ratio = ratios[ROUNDS / 2];
        System.out.printf(
                Locale.ROOT,
                "lookups of %s, medians of %d rounds of %,d: %.0f ns here, %.0f ns in C, ratio of the rates %.2f"
                        + " (rounds from %.2f to %.2f; goal %.1f)%n",
                literal,
                ROUNDS,
                LOOKUPS_PER_ROUND,
                ours[ROUNDS / 2],
                theirs[ROUNDS / 2],
                ratio,
                ratios[0],
                ratios[ROUNDS - 1],
                RATE_GOAL);
        return ratio >= RATE_GOAL;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed");
        }
        return said.trim();
    }

    private static long residentKib() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("needs Linux's /proc", e);
        }
        throw new IllegalStateException("no VmRSS");
    }
}
