package dev.prise.bench;

import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.util.List;

/**
 * The process that {@link ConnectRate} has measure two ways of connecting, as {@link Rounds} do.
 *
 * <p>Arguments: who connects, our way, the other way or the path of the C program, the port.
 */
final class ConnectPair {
    private static final int CONNECTS_ALONE = 2000;
    private static final int CONNECTS_TOGETHER = 500;

    private ConnectPair() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        ConnectThreads threads = ConnectThreads.valueOf(args[0]);
        int port = Integer.parseInt(args[3]);
        Rounds.print(side(threads, args[1], port), side(threads, args[2], port));
        // event loops and pools of the ways do not keep the process
        System.exit(0);
    }

    private static Rounds.Side side(ConnectThreads threads, String way, int port) {
        int each = threads == ConnectThreads.SEQUENTIAL ? CONNECTS_ALONE : CONNECTS_TOGETHER;
        if (way.startsWith("/")) {
            return () -> program(way, threads.count(), port, each);
        }
        Repeat.Once connect = ConnectWay.valueOf(way).to(port);
        return () -> threads.rate(connect, each);
    }

    private static double program(String program, int threads, int port, int each)
            throws IOException, InterruptedException {
        return Double.parseDouble(Workshop.output(List.of(
                program, "127.0.0.1", Integer.toString(port), Integer.toString(threads), Integer.toString(each))));
    }
}
