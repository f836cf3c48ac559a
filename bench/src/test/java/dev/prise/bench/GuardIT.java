package dev.prise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a dial costs beside {@code new Socket}, compared with what was recorded in {@code bench/guard.properties}; {@code -Dprise.regenerate=true}
 * records it anew.
 */
class GuardIT {
    private static final int FEW = 250;
    private static final int MANY = 1250;
    private static final int FEW_FOR_INSTRUCTIONS = 20_000;
    private static final int MANY_FOR_INSTRUCTIONS = 60_000;

    /** What is called does not depend on how well it is compiled. */
    private static final String START_SOON = "-XX:TieredStopAtLevel=1";

    private static final Guard GUARD =
            new Guard(Path.of("").toAbsolutePath().resolve("guard.properties"), Boolean.getBoolean("prise.regenerate"));

    @TempDir
    Path folder;

    private Acceptor acceptor;

    @BeforeEach
    void accept() throws IOException {
        acceptor = new Acceptor(Names.loopback(1), 0);
    }

    @AfterEach
    void end() throws IOException {
        acceptor.close();
    }

    private List<String> java(String flag, Class<?> main, List<String> arguments) throws IOException {
        return Workshop.java(List.of(flag, HostsFile.flag(folder)), main, arguments);
    }

    private String port() throws IOException {
        return Integer.toString(acceptor.port());
    }

    @Test
    @DisplayName("a dial allocates no more than it did, of a literal and of a name")
    void allocation() throws IOException, InterruptedException {
        allocation("literal", ConnectWay.DIAL_LITERAL, ConnectWay.SOCKET_LITERAL);
        allocation("name", ConnectWay.DIAL_NAME_TABLE, ConnectWay.SOCKET_NAME);
    }

    private void allocation(String what, ConnectWay ours, ConnectWay rival) throws IOException, InterruptedException {
        String[] bytes = Workshop.output(java(
                        Allocation.COMPILE_AT_ONCE,
                        AllocationPair.class,
                        List.of(ours.name(), rival.name(), port(), "1")))
                .split(" ", -1);
        double ratio = Double.parseDouble(bytes[0]) / Double.parseDouble(bytes[1]);
        GUARD.check("allocation." + what, ratio, "%s bytes beside %s".formatted(bytes[0], bytes[1]));
    }

    @Test
    @DisplayName("a dial makes no more system calls than it did, of a literal and of a name")
    void systemCalls() throws IOException, InterruptedException {
        Strace strace = new Strace(folder);
        if (!strace.missing().isEmpty()) {
            System.out.println("Left out: the system calls of a dial, because " + strace.missing());
            return;
        }
        Map<String, Double> rival = perConnection(strace, ConnectWay.SOCKET_LITERAL);
        assertThat(rival.get("connect")).isEqualTo(1);
        systemCalls("literal", perConnection(strace, ConnectWay.DIAL_LITERAL), rival);
        systemCalls("name", perConnection(strace, ConnectWay.DIAL_NAME_TABLE), rival);
    }

    private static void systemCalls(String what, Map<String, Double> ours, Map<String, Double> rival)
            throws IOException {
        GUARD.check("system-calls." + what, sum(ours) / sum(rival), "%s beside %s".formatted(told(ours), told(rival)));
    }

    private static double sum(Map<String, Double> calls) {
        return calls.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String told(Map<String, Double> calls) {
        return calls.entrySet().stream()
                .filter(call -> call.getValue() >= 0.05)
                .map(call -> String.format(Locale.ROOT, "%s %.1f", call.getKey(), call.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** What many connections call more than few, so that the start and the end of the JVM are not in it. */
    private Map<String, Double> perConnection(Strace strace, ConnectWay way) throws IOException, InterruptedException {
        Map<String, Long> few = strace.calls(many(START_SOON, way, FEW));
        Map<String, Long> many = strace.calls(many(START_SOON, way, MANY));
        Map<String, Double> each = new TreeMap<>();
        many.forEach((call, count) -> {
            double more = (double) (count - few.getOrDefault(call, 0L)) / (MANY - FEW);
            each.put(call, Math.max(0, more));
        });
        return each;
    }

    private List<String> many(String flag, ConnectWay way, int count) throws IOException {
        return java(flag, ConnectMany.class, List.of(way.name(), port(), Integer.toString(count)));
    }

    @Test
    @DisplayName("a dial takes no more instructions than it did, of a literal and of a name")
    void instructions() throws IOException, InterruptedException {
        PerfStat perf = new PerfStat(folder);
        if (!perf.missing().isEmpty()) {
            System.out.println("Left out: the instructions of a dial, because " + perf.missing());
            return;
        }
        if (!GUARD.knows("instructions.name")) {
            System.out.println(
                    "Left out: the instructions of a dial, because none are recorded; -Dprise.regenerate=true records them.");
            return;
        }
        instructions(perf, "literal", ConnectWay.DIAL_LITERAL, ConnectWay.SOCKET_LITERAL);
        instructions(perf, "name", ConnectWay.DIAL_NAME_TABLE, ConnectWay.SOCKET_NAME);
    }

    private void instructions(PerfStat perf, String what, ConnectWay ours, ConnectWay rival)
            throws IOException, InterruptedException {
        double dial = perConnection(perf, ours);
        double socket = perConnection(perf, rival);
        GUARD.check(
                "instructions." + what,
                dial / socket,
                String.format(Locale.ROOT, "%.0f instructions beside %.0f", dial, socket));
    }

    private double perConnection(PerfStat perf, ConnectWay way) throws IOException, InterruptedException {
        long few = perf.instructions(many(Allocation.COMPILE_AT_ONCE, way, FEW_FOR_INSTRUCTIONS));
        long many = perf.instructions(many(Allocation.COMPILE_AT_ONCE, way, MANY_FOR_INSTRUCTIONS));
        return (double) (many - few) / (MANY_FOR_INSTRUCTIONS - FEW_FOR_INSTRUCTIONS);
    }
}
