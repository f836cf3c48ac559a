package dev.prise.bench;

import dev.prise.address.AddressInfos;
import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.util.List;

/**
 * The process that {@link LookupRate} has measure two ways of looking a name up, as {@link Rounds} do.
 *
 * <p>Arguments: the name, how many callers, our way, the other way or the path of the C program, how many lookups a round has.
 */
final class LookupPair {
    private LookupPair() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        if (AddressInfos.fallbackReason() != null) {
            throw new IllegalStateException("not the system's getaddrinfo: " + AddressInfos.fallbackReason());
        }
        int callers = Integer.parseInt(args[1]);
        int each = Integer.parseInt(args[4]) / callers;
        Rounds.print(side(args[2], args[0], callers, each), side(args[3], args[0], callers, each));
        // event loops and pools of the ways do not keep the process
        System.exit(0);
    }

    private static Rounds.Side side(String way, String name, int callers, int each) throws IOException {
        if (way.startsWith("/")) {
            return () -> Double.parseDouble(
                    Workshop.output(List.of(way, name, Integer.toString(callers), Integer.toString(each))));
        }
        Repeat.Once lookup = LookupWay.valueOf(way).of(name);
        return () -> Repeat.rate(Thread.ofPlatform(), callers, lookup, each);
    }
}
