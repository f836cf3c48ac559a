package dev.prise.bench.jmh;

import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.telemetry.DialLog;
import dev.prise.telemetry.Telling;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a dial costs that a recording is told of, and one that none is: a name with one address, on loopback, in the caller's thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DialBenchmark {
    /**
     * {@code never}: no recording was made in this JVM; {@code ended}: one was made and is over; {@code running}: one has the events of our
     * dials alone.
     */
    @Param({"never", "ended", "running"})
    public String recording = "never";

    private final Dialer dialer = Dialer.builder()
            .resolver(new Table())
            // nothing waits for a peer that has closed
            .option(StandardSocketOptions.SO_LINGER, 0)
            .build();

    private @Nullable ServerSocket server;
    private @Nullable Recording running;
    private final Trace trace =
            new Trace("bench.test", "1", Trace.Outcome.FAILED, 0, null, null, List.of(), List.of(), List.of());
    private int port;

    /** Answers every name with 127.0.0.1, on the thread that asks. */
    private static final class Table implements Resolver {
        private final List<InetAddress> answer = List.of(InetAddress.getLoopbackAddress());

        @Override
        public String name() {
            return "table";
        }

        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            sink.lastAnswer(answer, null);
            return Lookup.ENDED;
        }
    }

    /** A server that closes what it accepts, and the recording. */
    @Setup(Level.Trial)
    public void begin() throws IOException {
        ServerSocket listening = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
        server = listening;
        port = listening.getLocalPort();
        Thread thread = new Thread(() -> accept(listening), "bench-server");
        thread.setDaemon(true);
        thread.start();
        if (recording.equals("never")) {
            return;
        }
        // of ours alone: what the Java library records of sockets is not what is measured
        Recording made = new Recording(Map.of(
                "dev.prise.Dial#enabled", "true",
                "dev.prise.Lookup#enabled", "true",
                "dev.prise.Attempt#enabled", "true"));
        made.setMaxSize(64L << 20);
        made.start();
        if (recording.equals("ended")) {
            dial().close();
            made.close();
        } else {
            running = made;
        }
    }

    private static void accept(ServerSocket listening) {
        try {
            while (true) {
                listening.accept().close();
            }
        } catch (IOException e) {
            // closed: the trial is over
            return;
        }
    }

    /** Ends what {@link #begin} has begun. */
    @TearDown(Level.Trial)
    public void end() throws IOException {
        if (running != null) {
            running.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** Connects and closes. */
    @Benchmark
    public SocketChannel connect() throws IOException {
        try (DialResult result = dial()) {
            return result.channel();
        }
    }

    /** What a dial asks of recordings, and for nobody else. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public @Nullable Object recordings() {
        return Telling.begin(null);
    }

    /** What a dial asks of a logger without DEBUG, which the warm-up has looked up. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public void logger() {
        DialLog.ended(() -> trace);
    }

    private DialResult dial() throws IOException {
        return dialer.dial("bench.test", port);
    }

    /** Runs all, or with arguments what has these recordings alone. */
    public static void main(String[] args) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(DialBenchmark.class.getSimpleName());
        if (args.length > 0) {
            options.param("recording", args);
        }
        new Runner(options.build()).run();
    }
}
