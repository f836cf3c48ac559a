package dev.prise.bench;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The command's {@code check} with 1,000 targets, of which 500 are good, 300 refuse and 200 do not answer: its time from start to end of
 * the process, the most memory and threads it had, and whether it counts right. The arguments are those of the command, such as
 * {@code ./prise}.
 */
public final class CheckMany implements Closeable {
    private static final int GOOD = 500;
    private static final int REFUSING = 300;
    private static final int HOLES = 200;
    private static final int RUNS = 5;
    private static final long MOST_MILLIS = 4000;
    private static final long MOST_KIB = 150 << 10;
    private static final int FILLED_AT_ONCE = 32;

    private final List<Closeable> open = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();

    private CheckMany() {}

    /** Runs it; exit status 1 when a goal is missed. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        try (CheckMany many = new CheckMany()) {
            many.open();
            Path list = Files.createTempFile("prise-check", ".targets");
            boolean good = true;
            try {
                for (int i = 0; i < RUNS; i++) {
                    if (i > 0) {
                        // in the first round those that do not answer come last
                        Collections.shuffle(many.targets, new Random(i));
                    }
                    Files.write(list, many.targets);
                    good &= measured(List.of(args), list);
                }
            } finally {
                Files.delete(list);
            }
            System.exit(good ? 0 : 1);
        }
    }

    private void open() throws IOException, InterruptedException, ExecutionException {
        InetAddress loopback = Names.loopback(1);
        for (int i = 0; i < GOOD; i++) {
            // nobody accepts: the queue is long enough for all runs
            ServerSocket server = new ServerSocket(0, 50, loopback);
            open.add(server);
            targets.add("127.0.0.1:" + server.getLocalPort());
        }
        for (int i = 0; i < REFUSING; i++) {
            SocketChannel holder = SocketChannel.open(StandardProtocolFamily.INET);
            open.add(holder);
            holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            holder.bind(new InetSocketAddress(loopback, 0));
            targets.add("127.0.0.1:" + ((InetSocketAddress) holder.getLocalAddress()).getPort());
        }
        ExecutorService fillers = Executors.newFixedThreadPool(FILLED_AT_ONCE);
        try {
            List<Callable<Hole>> holes = Collections.nCopies(HOLES, () -> new Hole(loopback, 0));
            for (Future<Hole> made : fillers.invokeAll(holes)) {
                Hole hole = made.get();
                open.add(hole::close);
                targets.add("127.0.0.1:" + hole.port());
            }
        } finally {
            fillers.shutdown();
        }
    }

    private static boolean measured(List<String> command, Path list) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("check", "--timeout", "3s", "--file", list.toString()));
        File out = File.createTempFile("prise-check", ".out");
        try {
            long begin = System.nanoTime();
            Process process = new ProcessBuilder(whole)
                    .redirectOutput(out)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long mostKib = 0;
            long mostThreads = 0;
            while (process.isAlive()) {
                mostKib = Math.max(mostKib, status(process.pid(), "VmHWM:"));
                mostThreads = Math.max(mostThreads, status(process.pid(), "Threads:"));
                Thread.sleep(5);
            }
            long millis = (System.nanoTime() - begin) / 1_000_000;
            List<String> lines = Files.readAllLines(out.toPath());
            String summary = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
            System.out.printf(
                    "%d ms, %.1f MiB, %d threads, exit status %d: %s%n",
                    millis, mostKib / 1024.0, mostThreads, process.exitValue(), summary);
            return millis <= MOST_MILLIS
                    && mostKib <= MOST_KIB
                    && process.exitValue() == 1
                    && summary.startsWith("1000 targets: 500 connected, 500 not connected (300 refused, 200 silent)");
        } finally {
            Files.delete(out.toPath());
        }
    }

    /** A number of {@code /proc/PID/status}, 0 when the process has gone. */
    private static long status(long pid, String name) throws IOException {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.substring(name.length()).replaceAll("[^0-9]", ""));
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
    }
}
