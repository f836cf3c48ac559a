package dev.prise.bench;

import dev.prise.bench.report.Comparison;
import dev.prise.bench.report.Figure;
import dev.prise.bench.report.Question;
import dev.prise.bench.report.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many names a second the system's resolver gives us, beside other ways. */
final class LookupRate implements Figure {
    private static final int[] CALLERS = {1, 8, 64};
    private static final String IN_HOSTS = "localhost";
    private static final String IN_DNS = "two.test";

    /** A round takes a tenth of a second or so. */
    private static final int LOOKUPS_IN_HOSTS = 25_600;

    private static final int LOOKUPS_IN_DNS = 3200;

    /** The Java library keeps nothing; otherwise it keeps a name for 30 s. */
    private static final String UNCACHED = "-Dsun.net.inetaddr.ttl=0";

    @Override
    public String name() {
        return "lookups";
    }

    @Override
    public String title() {
        return "Names a second";
    }

    @Override
    public String text() {
        return """
                Each caller, a thread of the system, looks the same name up again and again, both families; nobody keeps an answer
                (`-Dsun.net.inetaddr.ttl=0`). All but dnsjava and Netty come to the same `getaddrinfo`. Callers of `InetAddress` that want one name at one time share a lookup.

                - Hosts file: `localhost`, from `/etc/hosts`.
                - Name server: a name with an A and an AAAA record, from dnsmasq on loopback in a network namespace of its own, which keeps nothing and has one thread;
                  needs root. dnsjava (`LookupSession` without a cache, A and AAAA at once) and Netty (`DnsNameResolver` without caches, one event loop)
                  ask it themselves and read no hosts file.
                - C: `getaddrinfo`, as many threads as callers; `gcc -O2`.

                A comparison has JVMs of its own; in each the two take turns, 10 rounds to warm up and 15 that count, of 25,600 lookups in the
                hosts file or 3,200 at the name server.
                """;
    }

    @Override
    public List<Comparison> measure(Workshop workshop) throws IOException, InterruptedException {
        String inC = workshop.compiled("lookups").toString();
        List<Comparison> comparisons = new ArrayList<>();
        workshop.note(Versions.netty() + ", " + Versions.dnsjava() + ", " + Versions.gcc() + ".");
        for (int callers : CALLERS) {
            String part = "hosts file, callers: " + callers;
            comparisons.add(compare(workshop, List.of(), part, IN_HOSTS, callers, LookupWay.INET_ADDRESS, 1.0));
            comparisons.add(compareWithC(workshop, List.of(), part, IN_HOSTS, callers, inC));
        }
        String missing = missing();
        if (missing != null) {
            workshop.note("Left out: names from a name server, because " + missing + ".");
            return comparisons;
        }
        Path folder = Files.createDirectories(workshop.target().resolve("dns"));
        List<String> withDns = List.of(
                "unshare",
                "--mount",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                workshop.source("sh/with-dns").toString(),
                folder.toString(),
                IN_DNS);
        for (int callers : CALLERS) {
            String part = "name server, callers: " + callers;
            comparisons.add(compare(workshop, withDns, part, IN_DNS, callers, LookupWay.INET_ADDRESS, 1.0));
            comparisons.add(compare(workshop, withDns, part, IN_DNS, callers, LookupWay.DNSJAVA, null));
            comparisons.add(compare(workshop, withDns, part, IN_DNS, callers, LookupWay.NETTY, null));
            comparisons.add(compareWithC(workshop, withDns, part, IN_DNS, callers, inC));
        }
        return comparisons;
    }

    private static @Nullable String missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "network namespaces need root";
        }
        for (String tool : List.of("dnsmasq", "unshare", "ip")) {
            boolean there = List.of("/bin", "/sbin", "/usr/bin", "/usr/sbin").stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            if (!there) {
                return tool + " is not here";
            }
        }
        return null;
    }

    private static Comparison compare(
            Workshop workshop,
            List<String> prefix,
            String part,
            String name,
            int callers,
            LookupWay rival,
            @Nullable Double goal)
            throws IOException, InterruptedException {
        return workshop.compare(question(part, rival.title(), goal), command(prefix, name, callers, rival.name()));
    }

    private static Comparison compareWithC(
            Workshop workshop, List<String> prefix, String part, String name, int callers, String program)
            throws IOException, InterruptedException {
        return workshop.compare(question(part, "C", null), command(prefix, name, callers, program));
    }

    private static Question question(String part, String rival, @Nullable Double goal) {
        return new Question(part, LookupWay.OURS.title(), rival, "names a second", Question.Better.MORE, goal);
    }

    private static List<String> command(List<String> prefix, String name, int callers, String rival) {
        int lookups = name.equals(IN_HOSTS) ? LOOKUPS_IN_HOSTS : LOOKUPS_IN_DNS;
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Workshop.java(
                List.of(UNCACHED),
                LookupPair.class,
                List.of(name, Integer.toString(callers), LookupWay.OURS.name(), rival, Integer.toString(lookups))));
        return command;
    }
}
