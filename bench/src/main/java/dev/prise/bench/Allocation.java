package dev.prise.bench;

import dev.prise.bench.report.Comparison;
import dev.prise.bench.report.Figure;
import dev.prise.bench.report.Question;
import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dial allocates beside other ways. */
final class Allocation implements Figure {
    /** With it, how much is compiled does not depend on what else the machine does. */
    static final String COMPILE_AT_ONCE = "-XX:-BackgroundCompilation";

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String title() {
        return "Bytes allocated for a connection";
    }

    @Override
    public String text() {
        return """
                What the thread that connects allocates on the heap until the socket is closed, by `ThreadMXBean.getCurrentThreadAllocatedBytes`: rounds of 10,000
                connections, 2 to warm up and 5 that count. The JVM compiles in the foreground (`-XX:-BackgroundCompilation`), so that it does not depend on
                what else the machine does. The name has two addresses; ours has it from a table, `new Socket` from what `InetAddress` keeps.
                """;
    }

    @Override
    public List<Comparison> measure(Workshop workshop) throws IOException, InterruptedException {
        try (AcceptorProcess acceptor = new AcceptorProcess(workshop)) {
            int port = acceptor.port();
            return List.of(
                    compare(workshop, port, ConnectWay.DIAL_LITERAL, ConnectWay.SOCKET_LITERAL, 2.0),
                    compare(workshop, port, ConnectWay.DIAL_LITERAL, ConnectWay.CHANNEL_LITERAL, null),
                    compare(workshop, port, ConnectWay.DIAL_NAME_TABLE, ConnectWay.SOCKET_NAME, null));
        }
    }

    private static Comparison compare(
            Workshop workshop, int port, ConnectWay ours, ConnectWay rival, @Nullable Double goal)
            throws IOException, InterruptedException {
        List<String> command = Workshop.java(
                List.of(COMPILE_AT_ONCE, HostsFile.flag(workshop.target())),
                AllocationPair.class,
                List.of(ours.name(), rival.name(), Integer.toString(port), Integer.toString(AllocationPair.ROUNDS)));
        Question question =
                new Question("in the calling thread", ours.title(), rival.title(), "bytes", Question.Better.LESS, goal);
        return workshop.compare(question, command);
    }
}
