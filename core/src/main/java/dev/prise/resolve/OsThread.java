package dev.prise.resolve;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A thread as the operating system sees it, where it lets a process see its own: on Linux (proc(5)). */
final class OsThread {
    private static final File SELF = new File("/proc/thread-self");
    private static final String WAITS = "\nvoluntary_ctxt_switches:\t";
    private static final int ENOUGH_BYTES = 8192;
    private static final long UNKNOWN = -1;

    private final File status;
    private final long waitsBefore;

    private OsThread(File status, long waitsBefore) {
        this.status = status;
        this.waitsBefore = waitsBefore;
    }

    /** The thread that calls, as it is now; null where the system does not tell. */
    static @Nullable OsThread current() {
        try {
            // a link, to PROCESS/task/THREAD
            File thread = SELF.getCanonicalFile();
            File status = new File(thread, "status");
            long waits = thread.equals(SELF) ? UNKNOWN : waits(status);
            return waits == UNKNOWN ? null : new OsThread(status, waits);
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether it has waited in the kernel for something to happen, or has ended, since {@link #current} was called. */
    boolean hasWaited() {
        try {
            return waits(status) != waitsBefore;
        } catch (IOException e) {
            return true;
        }
    }

    private static long waits(File status) throws IOException {
        try (FileInputStream in = new FileInputStream(status)) {
            String text = new String(in.readNBytes(ENOUGH_BYTES), StandardCharsets.ISO_8859_1);
            int at = text.indexOf(WAITS);
            int end = at < 0 ? -1 : text.indexOf('\n', at + WAITS.length());
            return end < 0 ? UNKNOWN : Long.parseLong(text.substring(at + WAITS.length(), end));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
