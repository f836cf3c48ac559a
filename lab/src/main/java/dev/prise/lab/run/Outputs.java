package dev.prise.lab.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads what a process says, the first part of it, so that it never waits for a reader. */
final class Outputs {
    private static final int MOST_BYTES = 4000;

    private final Reader out;
    private final Reader err;

    Outputs(Process process) {
        this.out = new Reader(process.getInputStream());
        this.err = new Reader(process.getErrorStream());
    }

    /** Standard error, or standard output when that is empty, once the process has ended. */
    String text() {
        String errors = err.text();
        return errors.isEmpty() ? out.text() : errors;
    }

    private static final class Reader {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;

        Reader(InputStream from) {
            thread = Thread.ofVirtual().start(() -> read(from));
        }

        private void read(InputStream from) {
            byte[] bytes = new byte[1024];
            try {
                for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
                    kept.write(bytes, 0, Math.min(count, MOST_BYTES - kept.size()));
                }
            } catch (IOException e) {
                // the process has been ended
            }
        }

        String text() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return kept.toString(StandardCharsets.UTF_8).strip();
        }
    }
}
