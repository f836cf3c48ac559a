package dev.prise.lab;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** A log in memory, which can be waited for. */
final class LogLines extends OutputStream {
    private static final long PATIENCE_MILLIS = 20_000;

    private final StringBuilder text = new StringBuilder();

    /** The columns of a line. */
    record Line(
            long timeNanos, String transport, String name, String type, String event, String detail, String client) {
        private static Line parse(String line) {
            String[] columns = line.split("\t", -1);
            if (columns.length != 7) {
                throw new AssertionError("not seven columns: " + line);
            }
            return new Line(
                    Long.parseLong(columns[0]), columns[1], columns[2], columns[3], columns[4], columns[5], columns[6]);
        }
    }

    @Override
    public void write(int b) {
        throw new AssertionError("a line is written as a whole");
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
        notifyAll();
    }

    synchronized List<Line> lines() {
        return text.toString().lines().map(Line::parse).toList();
    }

    /** The first line that is so, as soon as there is one. */
    synchronized Line await(Predicate<Line> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (true) {
            for (Line line : lines()) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no such line within the time; the log is\n" + text);
            }
            wait(left);
        }
    }
}
