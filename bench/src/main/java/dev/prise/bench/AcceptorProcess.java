package dev.prise.bench;

import dev.prise.bench.report.Workshop;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The C program that accepts and closes, as a process of its own; it ends with this. */
final class AcceptorProcess implements AutoCloseable {
    private final long begin = System.nanoTime();
    private final Process process;
    private final int port;

    /** Starts it. */
    AcceptorProcess(Workshop workshop) throws IOException, InterruptedException {
        process = new ProcessBuilder(workshop.compiled("acceptor").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the acceptor has not begun");
        }
        port = Integer.parseInt(line);
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    /** Which part of one processor it has had since it was started. */
    double share() {
        Duration had = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return had.toNanos() / (double) (System.nanoTime() - begin);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
