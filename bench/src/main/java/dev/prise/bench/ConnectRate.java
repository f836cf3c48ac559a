package dev.prise.bench;

import dev.prise.DialResult;
import dev.prise.Dialer;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How many times a second one thread connects on loopback and closes: a plain {@link Socket} against the dialer, in one run.
 *
 * <p>The three take turns in short slices, and each round gives its own ratios, so that what else the machine does falls on all alike.
 * Connections are closed with a reset, which leaves nothing behind in the system's tables.
 */
public final class ConnectRate {
    private static final int WARM_UP_ROUNDS = 5;
    private static final int ROUNDS = 25;
    private static final int CONNECTS_PER_SLICE = 2000;

    private static final double LITERAL_GOAL = 0.9;
    private static final double NAME_GOAL = 0.7;

    private ConnectRate() {}

    @FunctionalInterface
    private interface Connect {
        void once(int port) throws IOException;
    }

    /** Runs it; exit status 1 when a goal is missed. */
    public static void main(String[] args) throws IOException {
        Names names = new Names(Map.of("two.example", List.of(Names.loopback(1), Names.loopback(2))));
        Dialer dialer = Dialer.builder().resolver(names).build();
        List<Connect> ways = List.of(
                ConnectRate::plain, port -> dial(dialer, "127.0.0.1", port), port -> dial(dialer, "two.example", port));
        double[][] rates = new double[ways.size()][ROUNDS];
        try (Acceptor acceptor = new Acceptor(Names.loopback(1), 0)) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                for (int turn = 0; turn < ways.size(); turn++) {
                    int way = Math.floorMod(turn + round, ways.size());
                    double rate = rate(ways.get(way), acceptor.port());
                    if (round >= 0) {
                        rates[way][round] = rate;
                    }
                }
            }
        }
        boolean reached = tell(rates);
        System.exit(reached ? 0 : 1);
    }

    @SuppressWarnings("AddressSelection") // this is what the dialer is compared with
    private static void plain(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoLinger(true, 0);
        }
    }

    private static void dial(Dialer dialer, String host, int port) throws IOException {
        try (DialResult result = dialer.dial(host, port)) {
            result.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    private static double rate(Connect way, int port) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTS_PER_SLICE; i++) {
            way.once(port);
        }
        return CONNECTS_PER_SLICE * 1e9 / (System.nanoTime() - begin);
    }

    private static boolean tell(double[][] rates) {
        System.out.printf(
                "sequential connect and close on loopback, medians of %d rounds of %d each%n",
                ROUNDS, CONNECTS_PER_SLICE);
        System.out.printf("new Socket(\"127.0.0.1\", port)  %7.0f per second%n", median(rates[0]));
        boolean literal = tell("dial(\"127.0.0.1\", port)      ", rates[1], rates[0], LITERAL_GOAL);
        boolean name = tell("dial of a two-address name   ", rates[2], rates[0], NAME_GOAL);
        return literal && name;
    }

    private static boolean tell(String way, double[] rates, double[] plain, double goal) {
        double[] ratios = new double[rates.length];
        Arrays.setAll(ratios, round -> rates[round] / plain[round]);
        double ratio = median(ratios);
        System.out.printf(
                "%s %7.0f per second, ratio %.3f (rounds from %.3f to %.3f; goal %.1f)%n",
                way,
                median(rates),
                ratio,
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow(),
                goal);
        return ratio >= goal;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
