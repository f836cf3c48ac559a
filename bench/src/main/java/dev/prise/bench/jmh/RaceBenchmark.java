package dev.prise.bench.jmh;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.race.SourceAddress;
import dev.prise.trace.TraceRecorder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What the race alone costs, without sockets: from its start to the trace of its end. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class RaceBenchmark {
    private static final long MILLI = 1_000_000;
    private static final List<AddressFamily> BOTH = List.of(AddressFamily.INET6, AddressFamily.INET);

    private final List<Candidate> six;
    private final List<Candidate> four;
    private final List<Candidate> warmSix;

    /** Addresses of the documentation's networks, with sources. */
    public RaceBenchmark() {
        Candidate first = candidate("2001:db8::1", "2001:db8::99");
        six = List.of(first);
        four = List.of(candidate("192.0.2.1", "192.0.2.99"));
        warmSix = List.of(first.withPath(new KnownPath(20 * MILLI, 2 * MILLI, true, null)));
    }

    private static Candidate candidate(String address, String source) {
        return new Candidate(
                AddressInfo.stream(new InetSocketAddress(literal(address), 443)),
                SourceAddress.of(literal(source)),
                KnownPath.NONE,
                null);
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("a literal is not looked up", e);
        }
    }

    /** A name with an IPv6 and an IPv4 address, both answered for at once; the first address connects. */
    @Benchmark
    public void healthy(Blackhole sink) {
        firstConnects(six, sink);
    }

    /** The same with a path whose round-trip time is known. */
    @Benchmark
    public void warm(Blackhole sink) {
        firstConnects(warmSix, sink);
    }

    private void firstConnects(List<Candidate> first, Blackhole sink) {
        Race race = begin(sink);
        race.handle(new RaceEvent.Answered(1, first, true), MILLI);
        race.handle(new RaceEvent.Answered(2, four, true), MILLI);
        drain(race, MILLI, sink);
        race.handle(new RaceEvent.AttemptSent(1), MILLI);
        sink.consume(race.nextDeadlineNanos());
        race.handle(new RaceEvent.Connected(1), 20 * MILLI);
        drain(race, 20 * MILLI, sink);
        sink.consume(race.trace());
    }

    /** The first address is silent, the second one wins. */
    @Benchmark
    public void failover(Blackhole sink) {
        Race race = begin(sink);
        race.handle(new RaceEvent.Answered(1, six, true), MILLI);
        race.handle(new RaceEvent.Answered(2, four, true), MILLI);
        drain(race, MILLI, sink);
        race.handle(new RaceEvent.AttemptSent(1), MILLI);
        long wakeAt = race.nextDeadlineNanos();
        drain(race, wakeAt, sink);
        race.handle(new RaceEvent.AttemptSent(2), wakeAt);
        race.handle(new RaceEvent.Connected(2), wakeAt + 20 * MILLI);
        drain(race, wakeAt + 20 * MILLI, sink);
        sink.consume(race.trace());
    }

    private static Race begin(Blackhole sink) {
        Race race = new Race(RaceSettings.DEFAULT, new TraceRecorder("dual.example", "443", "benchmark", null, null));
        race.handle(new RaceEvent.Start(BOTH, List.of()), 0);
        drain(race, 0, sink);
        return race;
    }

    private static void drain(Race race, long now, Blackhole sink) {
        for (RaceAction action = race.poll(now); action != null; action = race.poll(now)) {
            sink.consume(action);
        }
    }

    /** Runs all, with the allocation of each. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(RaceBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
