package dev.prise.bench;

import dev.prise.bench.report.Comparison;
import dev.prise.bench.report.Figure;
import dev.prise.bench.report.Question;
import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many connections a second the dialer makes on loopback, beside other ways. */
final class ConnectRate implements Figure {
    /** In place of a way: the C program. */
    private static final String IN_C = "C";

    private record Pair(
            ConnectWay ours, String rival, @Nullable Double goal) {
        Pair(ConnectWay ours, ConnectWay rival, @Nullable Double goal) {
            this(ours, rival.name(), goal);
        }

        Question question(ConnectThreads threads) {
            String title = rival.equals(IN_C) ? "C" : ConnectWay.valueOf(rival).title();
            return new Question(
                    threads.title(), ours.title(), title, "connections a second", Question.Better.MORE, goal);
        }
    }

    private static final List<Pair> PAIRS = List.of(
            new Pair(ConnectWay.DIAL_LITERAL, ConnectWay.SOCKET_LITERAL, 1.1),
            new Pair(ConnectWay.DIAL_LITERAL, ConnectWay.CHANNEL_LITERAL, null),
            new Pair(ConnectWay.DIAL_LITERAL, ConnectWay.OKHTTP_LITERAL, 1.5),
            new Pair(ConnectWay.DIAL_LITERAL, ConnectWay.NETTY_LITERAL, 1.5),
            new Pair(ConnectWay.DIAL_LITERAL, IN_C, 0.7),
            new Pair(ConnectWay.DIAL_NAME_TABLE, ConnectWay.SOCKET_NAME, 0.95),
            new Pair(ConnectWay.DIAL_NAME_JDK, ConnectWay.SOCKET_NAME, 0.95),
            new Pair(ConnectWay.DIAL_NAME_TABLE, ConnectWay.OKHTTP_NAME, 1.5),
            new Pair(ConnectWay.DIAL_NAME_JDK, ConnectWay.NETTY_NAME, 1.5));

    @Override
    public String name() {
        return "connects";
    }

    @Override
    public String title() {
        return "Connections a second, on loopback";
    }

    @Override
    public String text() {
        return """
                Each way connects to a healthy server and closes with a reset (`SO_LINGER` 0), so that no port stays taken. The server is a C program with two
                threads that closes what it accepts. A comparison has JVMs of its own, one after the other, in which only these two ways are compiled; in each the
                two take turns, 10 rounds to warm up and 15 that count, of 2,000 connections of one thread or 4,000 of eight.

                - The name has two addresses, of which the first is good. `InetAddress` has it from a file (`-Djdk.net.hosts.file`) and keeps it for its usual 30 s; `new
                  Socket` and Netty ask it in the thread that connects. Ours is measured with a table in the caller's thread, and with `InetAddress`, which it asks on a
                  thread of its own, so that a lookup can be given up.
                - OkHttp, with `fastFallback` and no kept connections: `execute` of a call which a network interceptor ends as soon as it has the connected socket. That
                  includes making the call; OkHttp has no smaller way to a socket. Its name comes from a table too.
                - Netty: `Bootstrap.connect(host, port).sync()` over NIO, and `close()`, which is not waited for.
                - C: `getaddrinfo` of the literal, `socket`, `connect`, `setsockopt`, `close`; built by `gcc -O2`. Its threads are the system's, also beside virtual ones.

                A goal is for the median of the ratios.
                """;
    }

    @Override
    public List<Comparison> measure(Workshop workshop) throws IOException, InterruptedException {
        Path program = workshop.compiled("connects");
        String hosts = HostsFile.flag(workshop.target());
        workshop.note(Versions.okHttp() + ", " + Versions.netty() + ", " + Versions.gcc() + ".");
        List<Comparison> comparisons = new ArrayList<>();
        try (AcceptorProcess acceptor = new AcceptorProcess(workshop)) {
            for (ConnectThreads threads : ConnectThreads.values()) {
                for (Pair pair : PAIRS) {
                    String rival = pair.rival.equals(IN_C) ? program.toString() : pair.rival;
                    List<String> command = Workshop.java(
                            List.of(hosts),
                            ConnectPair.class,
                            List.of(threads.name(), pair.ours.name(), rival, Integer.toString(acceptor.port())));
                    comparisons.add(workshop.compare(pair.question(threads), command));
                }
            }
            workshop.note(String.format(
                    Locale.ROOT,
                    "The server took %.0f %% of one of the %d processors while all this ran.",
                    acceptor.share() * 100,
                    Runtime.getRuntime().availableProcessors()));
        }
        return comparisons;
    }
}
