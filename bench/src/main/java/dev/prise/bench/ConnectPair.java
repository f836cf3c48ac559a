package dev.prise.bench;

import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The process that {@link ConnectRate} has measure two ways of connecting: a line for each round with the rates of both.
 *
 * <p>Arguments: who connects, our way, the other way or the path of the C program, the port.
 */
final class ConnectPair {
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 15;
    private static final int CONNECTS_ALONE = 2000;
    private static final int CONNECTS_TOGETHER = 500;

    private ConnectPair() {}

    /** One side. */
    @FunctionalInterface
    private interface Side {
        double rate() throws Exception;
    }

    /** Measures. */
    public static void main(String[] args) throws Exception {
        ConnectThreads threads = ConnectThreads.valueOf(args[0]);
        int port = Integer.parseInt(args[3]);
        Side ours = side(threads, args[1], port);
        Side rival = side(threads, args[2], port);
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            boolean oursFirst = Math.floorMod(round, 2) == 0;
            double first = (oursFirst ? ours : rival).rate();
            double second = (oursFirst ? rival : ours).rate();
            if (round >= 0) {
                System.out.printf(Locale.ROOT, "%.1f %.1f%n", oursFirst ? first : second, oursFirst ? second : first);
            }
        }
        // event loops and pools of the ways do not keep the process
        System.exit(0);
    }

    private static Side side(ConnectThreads threads, String way, int port) {
        int each = threads == ConnectThreads.SEQUENTIAL ? CONNECTS_ALONE : CONNECTS_TOGETHER;
        if (way.startsWith("/")) {
            return () -> program(way, threads.count(), port, each);
        }
        ConnectWay.Connect connect = ConnectWay.valueOf(way).to(port);
        return () -> threads.rate(connect, each);
    }

    private static double program(String program, int threads, int port, int each)
            throws IOException, InterruptedException {
        return Double.parseDouble(Workshop.output(List.of(
                program, "127.0.0.1", Integer.toString(port), Integer.toString(threads), Integer.toString(each))));
    }
}
