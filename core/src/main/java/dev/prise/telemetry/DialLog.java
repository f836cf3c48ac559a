package dev.prise.telemetry;

import dev.prise.trace.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The system's logger {@code dev.prise}: one line for each dial at {@code DEBUG}, written when the dial is over.
 *
 * <p>To look a logger up takes tens of milliseconds of the processor in a JVM that has not logged before, and hardly any wants these
 * lines. So the first dial does not wait for it: a thread of its own looks it up a second later, and writes what has been told until then.
 * Where the command line asks for logging, it is looked up at once, so that a program that ends early loses no line.
 */
public final class DialLog {
    static final String LOGGER = "dev.prise";

    /** System properties by which a command line asks for logging; the last one, ours, has to be {@code true}. */
    static final List<String> ASKING_PROPERTIES =
            List.of("java.util.logging.config.file", "java.util.logging.config.class", "dev.prise.log");

    /** So many dials are kept until the logger is there; a server makes more in a second, but nobody reads them. */
    static final int MOST_KEPT = 1000;

    private static final long DELAY_NANOS = 1_000_000_000L;
    private static final DialLog SHARED = new DialLog(new SystemLookup(), isAskedFor() ? 0 : DELAY_NANOS);

    private final Supplier<Logger> lookup;
    private final long delayNanos;
    private final List<Supplier<Trace>> kept = new ArrayList<>(1);
    private long notKept;
    private boolean waiting;

    /** Null until it has been looked up and has what was kept for it. */
    private volatile @Nullable Logger logger;

    /**
     * A log that writes nothing before its first dial.
     *
     * @param lookup finds the logger, once
     * @param delayNanos how long to put that off after the first dial, zero for not at all
     */
    DialLog(Supplier<Logger> lookup, long delayNanos) {
        this.lookup = lookup;
        this.delayNanos = delayNanos;
    }

    /** Says that a dial is over; never on the thread that serves all dials, which a log must not hold up. */
    public static void ended(Supplier<Trace> story) {
        SHARED.tell(story);
    }

    /** Whether logging is set up on the command line. */
    private static boolean isAskedFor() {
        return System.getProperty(ASKING_PROPERTIES.get(0)) != null
                || System.getProperty(ASKING_PROPERTIES.get(1)) != null
                || "true".equals(System.getProperty(ASKING_PROPERTIES.get(2), System.getenv("PRISE_LOG")));
    }

    void tell(Supplier<Trace> story) {
        Logger known = logger;
        if (known == null) {
            known = delayNanos == 0 ? findNow() : findLater(story);
        }
        if (known != null && isWanted(known)) {
            write(known, story);
        }
    }

    private Logger findNow() {
        Logger found = lookedUp();
        logger = found;
        return found;
    }

    /** The logger, when it is there after all; otherwise the dial is kept for it. */
    private synchronized @Nullable Logger findLater(Supplier<Trace> story) {
        Logger known = logger;
        if (known != null) {
            return known;
        }
        if (kept.size() < MOST_KEPT) {
            kept.add(story);
        } else {
            notKept++;
        }
        if (!waiting) {
            waiting = startThread();
        }
        return null;
    }

    /** False when no thread is to be had now; the next dial tries again. */
    private boolean startThread() {
        Thread thread = new Thread(null, new Waiting(), "prise-log", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** A class, as {@link SystemLookup} is one: the first lambdas of a JVM take it milliseconds. */
    private final class Waiting implements Runnable {
        @Override
        public void run() {
            waitAndFind();
        }
    }

    private static final class SystemLookup implements Supplier<Logger> {
        @Override
        public Logger get() {
            return System.getLogger(LOGGER);
        }
    }

    private void waitAndFind() {
        long endNanoTime = System.nanoTime() + delayNanos;
        for (long left = delayNanos; left > 0; left = endNanoTime - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        Logger found = lookedUp();
        boolean wanted = isWanted(found);
        // in the order of their ends, and without holding up those that end meanwhile
        for (List<Supplier<Trace>> batch = takeKept(found); !batch.isEmpty(); batch = takeKept(found)) {
            for (Supplier<Trace> story : wanted ? batch : List.<Supplier<Trace>>of()) {
                write(found, story);
            }
        }
        if (wanted && notKept > 0) {
            writeLine(found, notKept + " more dials had ended before this logger was looked up");
        }
    }

    /** What has been kept until now; when that is nothing, the logger is told from now on. */
    private synchronized List<Supplier<Trace>> takeKept(Logger found) {
        List<Supplier<Trace>> taken = List.copyOf(kept);
        kept.clear();
        if (taken.isEmpty()) {
            logger = found;
        }
        return taken;
    }

    private Logger lookedUp() {
        try {
            return lookup.get();
        } catch (Throwable e) {
            // logging that is set up wrongly is none of a dial's business
            Faults.tell(e);
            return new NoLogger();
        }
    }

    private static boolean isWanted(Logger logger) {
        try {
            return logger.isLoggable(Level.DEBUG);
        } catch (Throwable e) {
            Faults.tell(e);
            return false;
        }
    }

    /** Also the story may fail, for want of memory. */
    private static void write(Logger logger, Supplier<Trace> story) {
        try {
            writeLine(logger, DialLine.of(story.get()));
        } catch (RuntimeException | Error e) {
            Faults.tell(e);
        }
    }

    private static void writeLine(Logger logger, String line) {
        try {
            logger.log(Level.DEBUG, line);
        } catch (Throwable e) {
            Faults.tell(e);
        }
    }
}
