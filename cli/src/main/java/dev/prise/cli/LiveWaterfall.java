package dev.prise.cli;

import dev.prise.DialListener;
import dev.prise.Target;
import dev.prise.cli.Style.Tone;
import dev.prise.trace.Elapsed;
import dev.prise.trace.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A dial's waterfall while it runs, drawn over itself ten times a second at most, and wiped away when it is closed: what is written then
 * stands in its place.
 *
 * <p>The dial's thread only queues its events; a thread of our own draws. The cursor waits at the beginning of the line below the
 * picture, and nothing of the terminal's state is changed for longer than a picture takes, so that the terminal is in order however the
 * process ends. One that is interrupted leaves its last picture, and the cursor below.
 */
final class LiveWaterfall implements DialListener, AutoCloseable {
    private static final long FRAME_NANOS = 100_000_000;
    private static final int LEAST_ROWS = 6;

    private static final String CLEAR_LINE = "\u001b[2K";

    /** The whole bar stands for the first of these that is not over yet, so that bars grow and do not only shrink. */
    private static final long[] SCALES_MILLIS = {
        500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000
    };

    /** How long the end of the process is held up by a terminal that has been stopped. */
    private static final long PATIENCE_SECONDS = 1;

    private final Screen screen;
    private final Target target;
    private final ConcurrentLinkedQueue<TraceEvent> events = new ConcurrentLinkedQueue<>();
    private final DialProgress progress = new DialProgress();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Thread painter = new Thread(this::paint, "prise-live");
    private final Thread hook = new Thread(this::interrupted, "prise-live-end");

    /** When the dial began, on the clock of {@link System#nanoTime}. */
    private volatile long beganAtNanos = System.nanoTime();

    private volatile boolean began;
    private boolean closed;
    private Terminal.@Nullable Size size;

    /** The widths of the lines that stand above the cursor. */
    private List<Integer> drawn = List.of();

    private LiveWaterfall(Screen screen, Target target) {
        this.screen = screen;
        this.target = target;
    }

    /** Begins; null where nothing can be drawn. */
    static @Nullable LiveWaterfall begin(@Nullable Screen screen, Target target) {
        if (screen == null) {
            return null;
        }
        LiveWaterfall live = new LiveWaterfall(screen, target);
        try {
            Runtime.getRuntime().addShutdownHook(live.hook);
        } catch (IllegalStateException e) {
            return null; // the process is ending
        }
        live.painter.setDaemon(true);
        live.painter.start();
        return live;
    }

    @Override
    public void onEvent(TraceEvent event) {
        if (!began) {
            began = true;
            beganAtNanos = System.nanoTime() - at(event);
        }
        events.add(event);
    }

    /** The time of the first event of a dial. */
    private static long at(TraceEvent event) {
        return switch (event) {
            case TraceEvent.LookupStarted start -> start.atNanos();
            case TraceEvent.AttemptStarted start -> start.atNanos();
            default -> 0;
        };
    }

    /** Writes a line above the picture. */
    void above(String line) {
        lock.lock();
        try {
            boolean picture = !drawn.isEmpty();
            String text = wiped() + line + "\n";
            screen.writer().accept(picture && size != null ? text + picture(size) : text);
        } finally {
            lock.unlock();
        }
    }

    /** Wipes the picture away and ends the thread; the cursor is where the picture began. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook has the word
        }
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                closing.signalAll();
                // interrupted while it holds the lock, the thread would close the output
                painter.interrupt();
                write(wiped());
            }
        } finally {
            lock.unlock();
        }
        join();
    }

    private void join() {
        try {
            painter.join(Duration.ofSeconds(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            screen.writer().accept(text);
        }
    }

    // ---- the thread that draws

    private void paint() {
        try {
            while (awaitFrame() && askSize()) {
                lock.lock();
                try {
                    if (!closed && size != null) {
                        write(picture(size));
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            return; // closed
        } catch (OutputException e) {
            return; // whoever writes the rest will see it too, and tell
        }
    }

    /** False when it is closed. */
    private boolean awaitFrame() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long rest = FRAME_NANOS;
            while (!closed && rest > 0) {
                rest = closing.awaitNanos(rest);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Before each picture, as the window may change. False where its size cannot be told. The lock is free for these milliseconds. */
    private boolean askSize() {
        Terminal.Size now = screen.sizeNow().get();
        lock.lock();
        try {
            Terminal.Size before = size;
            size = now;
            if (now != null && before != null && now.columns() < before.columns()) {
                drawn = broken(drawn, now.columns());
            }
            return now != null;
        } finally {
            lock.unlock();
        }
    }

    /** What becomes of lines when a window gets narrower: nearly all terminals break them anew. */
    private static List<Integer> broken(List<Integer> widths, int columns) {
        List<Integer> broken = new ArrayList<>();
        for (int width : widths) {
            for (int rest = width; rest > columns; rest -= columns) {
                broken.add(columns);
            }
            broken.add(Math.max(0, width % columns));
        }
        return broken;
    }

    /** Nothing while the window has no room; it may get larger again. */
    private String picture(Terminal.Size window) {
        if (window.rows() < LEAST_ROWS || window.columns() < Terminal.LEAST_WIDTH) {
            return wiped();
        }
        long now = now();
        // the headline, an empty line, the heading, what is left out, and the cursor's line
        int most = window.rows() - 5;
        return over(lines("connecting", " for ", now, scale(now), most, window), window);
    }

    private long now() {
        for (TraceEvent event = events.poll(); event != null; event = events.poll()) {
            progress.take(event);
        }
        return Math.max(0, System.nanoTime() - beganAtNanos);
    }

    private static long scale(long now) {
        for (long millis : SCALES_MILLIS) {
            if (now <= millis * 1_000_000) {
                return millis * 1_000_000;
            }
        }
        return now;
    }

    private List<String> lines(String how, String since, long now, long scale, int most, Terminal.Size window) {
        Style style = screen.style().withWidth(Math.min(window.columns(), Terminal.MOST_WIDTH));
        String end = since + Elapsed.text(now);
        String to = " to " + Waterfall.target(target.host(), target.service(), style);
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(Tone.STRONG, how)
                + Columns.shortened(to, style.width() - how.length() - end.length())
                + end);
        List<WaterfallRow> rows = progress.rows(now, most);
        if (!rows.isEmpty()) {
            lines.add("");
            lines.addAll(new WaterfallTable(rows, scale, style).lines());
            int leftOut = progress.count() - rows.size();
            if (leftOut > 0) {
                lines.add(style.paint(Tone.FAINT, "  and " + leftOut + " more, as the window has no room"));
            }
        }
        return lines;
    }

    /**
     * Over the picture before; what does not fit any more is clipped while it is drawn, not broken. Lines are cleared one by one and
     * before they are written: a terminal may keep a screen that is cleared at once, and clears the last column of a full line after it.
     */
    private String over(List<String> lines, Terminal.Size window) {
        StringBuilder text = new StringBuilder();
        List<Integer> widths = new ArrayList<>();
        for (String line : lines) {
            text.append(CLEAR_LINE).append(line).append('\n');
            widths.add(Math.min(window.columns(), Columns.width(line.replaceAll("\u001b\\[[0-9]*m", ""))));
        }
        text.append(cleared(drawn.size() - lines.size()));
        String drawing = start() + Screen.clipped(text.toString());
        drawn = widths;
        return drawing;
    }

    /** To where the picture begins. */
    private String start() {
        return drawn.isEmpty() ? "" : "\r" + up(drawn.size());
    }

    private static String up(int lines) {
        return "\u001b[" + lines + "A";
    }

    /** Clears so many lines and the one below them, and stays on the first. */
    private static String cleared(int lines) {
        return lines <= 0 ? CLEAR_LINE : (CLEAR_LINE + "\n").repeat(lines) + CLEAR_LINE + up(lines);
    }

    /** Wipes the picture away; nothing when there is none. */
    private String wiped() {
        String wiped = drawn.isEmpty() ? "" : start() + cleared(drawn.size());
        drawn = List.of();
        return wiped;
    }

    /** As the process is ending: the last picture stays, without what the terminal has echoed. */
    private void interrupted() {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            return;
        }
        try {
            if (!closed && size != null && !drawn.isEmpty()) {
                long now = now();
                screen.writer()
                        .accept(over(
                                lines("interrupted while connecting", ", after ", now, now, Integer.MAX_VALUE, size),
                                size));
            }
            closed = true;
        } catch (OutputException e) {
            return; // nobody is left to be told
        } finally {
            lock.unlock();
        }
    }
}
