package dev.prise.engine;

import dev.prise.race.RaceEvent;
import dev.prise.telemetry.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Drives dials: one daemon thread and one selector for all of the process. The thread starts with the first dial that needs it and
 * ends when it has had nothing to do for a while.
 *
 * <p>Each round collects what happened, tells each task concerned and lets it act, then takes closed sockets out of the selector (a
 * cancelled key keeps its descriptor open until the next select), and only then hands winners over.
 */
final class ConnectLoop implements DialTask.Driver {
    private static final ConnectLoop SHARED = new ConnectLoop("prise-connect", 10_000_000_000L);
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** So many new dials, and so many timers, are looked after in one round, so that thousands of them do not keep the others waiting. */
    private static final int MOST_OF_A_KIND = 128;

    private final String threadName;
    private final long idleNanos;

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

    /** Guards the beginning and the end of the thread. */
    private final Object lifeLock = new Object();

    /** What the thread works with, null while there is none. */
    private volatile @Nullable Round round;

    /** Told how a dial ended, on the loop's thread; must not block. */
    interface Completion {
        void ended(DialOutcome outcome);

        /** A fault of the program ended the dial without an outcome. */
        void broke(Throwable fault);
    }

    ConnectLoop(String threadName, long idleNanos) {
        this.threadName = threadName;
        this.idleNanos = idleNanos;
    }

    static ConnectLoop shared() {
        return SHARED;
    }

    /**
     * Drives a dial from now on; to be called by its driver, after {@link DialTask#setDriver} if that was another one.
     *
     * @param begun whether another driver has begun it
     * @throws UncheckedIOException when there is no descriptor left for a selector
     */
    void submit(DialTask task, Completion completion, boolean begun) {
        if (begun && isLoopThread()) {
            throw new IllegalStateException(
                    "a blocking dial on the thread that serves all dials would wait for itself");
        }
        execute(new Admission(task, completion, begun));
    }

    /** A dial on its way to the loop's thread. */
    private final class Admission implements Runnable {
        private final DialTask task;
        private final Completion completion;
        private final boolean begun;

        Admission(DialTask task, Completion completion, boolean begun) {
            this.task = task;
            this.completion = completion;
            this.begun = begun;
        }

        @Override
        public void run() {
            current().admit(task, completion, begun);
        }

        void breakOff(Throwable fault) {
            ConnectLoop.breakOff(task, completion, fault);
        }
    }

    /** Ends a dial without an outcome; the other dials go on, whatever happens here. */
    private static void breakOff(DialTask task, Completion completion, Throwable fault) {
        task.abandon(fault);
        try {
            completion.broke(fault);
        } catch (RuntimeException | Error e) {
            Faults.tell(e);
        }
    }

    /** Runs something on the loop's thread, soon. */
    void execute(Runnable work) {
        queue.add(work);
        Round running;
        // a thread about to end looks into the queue under this lock: it sees the work, or we see that it has gone
        synchronized (lifeLock) {
            running = round;
            if (running == null) {
                start(work);
                return;
            }
        }
        running.wakeUp();
    }

    @Override
    public void wake(DialTask task) {
        // without a thread the task is not admitted yet, and will read its inbox when it is, or it has ended
        Round running = round;
        if (running == null) {
            return;
        }
        if (Thread.currentThread() == running.thread) {
            // not behind the dials that wait to be admitted
            running.touched.add(task);
            return;
        }
        try {
            execute(() -> current().touched.add(task));
        } catch (UncheckedIOException | OutOfMemoryError e) {
            // the thread has ended in between, which it does only when no task is left
            Faults.tell(e);
        }
    }

    @Override
    public void watch(Attempt attempt) {
        current().watch(attempt);
    }

    /** Has a check called again; on any thread, and perhaps long after its attempt has ended. */
    private void wake(Attempt attempt) {
        // without a thread there is no attempt either
        if (round == null) {
            return;
        }
        try {
            execute(() -> current().makeReady(attempt));
        } catch (UncheckedIOException | OutOfMemoryError e) {
            // the thread has ended in between, which it does only when no task is left
            Faults.tell(e);
        }
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    /** Whether the loop has a thread at the moment. */
    boolean isRunning() {
        return round != null;
    }

    private static void closeQuietly(Selector selector) {
        try {
            selector.close();
        } catch (IOException e) {
            // nobody uses it any more
        }
    }

    private boolean isLoopThread() {
        Round running = round;
        return running != null && running.thread == Thread.currentThread();
    }

    private Round current() {
        Round running = round;
        if (running == null) {
            throw new IllegalStateException("not on the loop's thread");
        }
        return running;
    }

    private void start(Runnable first) {
        Selector selector;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            // no descriptor is left for a selector: the dial fails, as it would for want of one for its socket
            queue.remove(first);
            throw new UncheckedIOException(e);
        }
        Round started = new Round(selector);
        try {
            round = started;
            started.thread.start();
        } catch (OutOfMemoryError e) {
            // no thread is to be had
            queue.remove(first);
            round = null;
            closeQuietly(selector);
            throw e;
        }
    }

    /** The life of one thread. All fields but the first two and {@code parked} belong to that thread. */
    private final class Round implements Runnable {
        final Selector selector;
        final Thread thread;
        final Set<DialTask> touched = new LinkedHashSet<>();
        private final Map<DialTask, Completion> tasks = new HashMap<>();
        private final Map<DialTask, Timer> timers = new HashMap<>();
        private final TreeSet<Timer> timersByTime = new TreeSet<>();
        private long timersMade;

        /** Set before the thread looks into the queue for the last time before it parks. */
        private volatile boolean parked;

        private long lastBusyNanoTime = System.nanoTime();

        Round(Selector selector) {
            this.selector = selector;
            thread = new Thread(null, this, threadName, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }

        /** On any thread. */
        void wakeUp() {
            if (parked) {
                LockSupport.unpark(thread);
            } else if (Thread.currentThread() != thread) {
                selector.wakeup();
            }
        }

        @Override
        public void run() {
            try {
                while (!endIfIdle()) {
                    step();
                }
            } catch (IOException | RuntimeException | Error e) {
                breakDown(e);
            }
        }

        private void step() throws IOException {
            // nobody interrupts this thread but by mistake, and it would neither wait nor block again
            Thread.interrupted();
            if (tasks.isEmpty()) {
                park();
            }
            select();
            for (SelectionKey key : selector.selectedKeys()) {
                finish((Attempt) key.attachment());
            }
            selector.selectedKeys().clear();
            for (int i = 0; i < MOST_OF_A_KIND; i++) {
                Runnable work = queue.poll();
                if (work == null) {
                    break;
                }
                work.run();
            }
            fireTimers();
            driveTouched();
        }

        /**
         * Waits for work outside the selector: a thread in a system call holds the end of the JVM up, by 300 ms on HotSpot, and a program
         * that has dialled and ends shall not pay for that.
         */
        private void park() {
            parked = true;
            if (queue.isEmpty()) {
                LockSupport.parkNanos(this, idleNanos);
            }
            parked = false;
        }

        private void select() throws IOException {
            if (tasks.isEmpty()) {
                // nothing is registered but what has just been closed
                selector.selectNow();
                return;
            }
            long nanos = timersByTime.isEmpty() ? idleNanos : timersByTime.first().atNanoTime - System.nanoTime();
            if (nanos <= 0
                    || !queue.isEmpty()
                    || !touched.isEmpty()
                    || !selector.selectedKeys().isEmpty()) {
                selector.selectNow();
            } else {
                selector.select((nanos - 1) / NANOS_PER_MILLI + 1);
            }
        }

        /** Ends the thread when nothing is left; whoever comes later starts another one. */
        private boolean endIfIdle() throws IOException {
            if (!tasks.isEmpty() || System.nanoTime() - lastBusyNanoTime < idleNanos) {
                return false;
            }
            synchronized (lifeLock) {
                if (!queue.isEmpty()) {
                    return false;
                }
                round = null;
            }
            selector.close();
            return true;
        }

        /** The selector or this class is broken: no dial may wait for ever. */
        private void breakDown(Throwable fault) {
            synchronized (lifeLock) {
                round = null;
            }
            for (Map.Entry<DialTask, Completion> task : Map.copyOf(tasks).entrySet()) {
                breakOff(task.getKey(), task.getValue(), fault);
            }
            closeQuietly(selector);
            restart();
        }

        /** What came while this thread broke down gets a new one, or is told; whoever sent it has gone to wait. */
        private void restart() {
            synchronized (lifeLock) {
                Runnable next = queue.peek();
                if (next == null || round != null) {
                    return;
                }
                try {
                    start(next);
                    return;
                } catch (UncheckedIOException | OutOfMemoryError e) {
                    Faults.tell(e);
                    if (next instanceof ConnectLoop.Admission admission) {
                        admission.breakOff(e);
                    }
                }
            }
            for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
                if (work instanceof ConnectLoop.Admission admission) {
                    admission.breakOff(new IllegalStateException("no thread for the connect loop"));
                }
            }
        }

        void admit(DialTask task, Completion completion, boolean begun) {
            tasks.put(task, completion);
            touched.add(task);
            try {
                if (begun) {
                    task.adopt();
                } else {
                    task.begin();
                }
            } catch (RuntimeException | Error e) {
                dismiss(task);
                breakOff(task, completion, e);
            }
        }

        void watch(Attempt attempt) {
            try {
                int interest = attempt.reached ? 0 : SelectionKey.OP_CONNECT;
                attempt.key = attempt.channel.register(selector, interest, attempt);
            } catch (IOException e) {
                attempt.task.postFailure(attempt.id, e, true);
                return;
            }
            if (attempt.reached) {
                makeReady(attempt);
            }
        }

        private void finish(Attempt attempt) {
            if (attempt.reached) {
                makeReady(attempt);
                return;
            }
            try {
                if (!attempt.channel.finishConnect()) {
                    return;
                }
                if (attempt.key != null) {
                    attempt.key.interestOps(0);
                }
            } catch (IOException | RuntimeException e) {
                attempt.task.postFailure(attempt.id, e, false);
                return;
            }
            attempt.task.post(attempt.task.reached(attempt));
            if (attempt.reached) {
                makeReady(attempt);
            }
        }

        /** Goes on with what the attempt has to do before it is ready, and waits for what that needs next. */
        void makeReady(Attempt attempt) {
            SelectionKey key = attempt.key;
            if (key == null || attempt.isSettled()) {
                return;
            }
            try {
                ReadyCheck.Need need = attempt.step(() -> wake(attempt));
                if (!attempt.channel.isOpen()) {
                    throw new ClosedChannelException();
                }
                key.interestOps(
                        switch (need) {
                            case READ -> SelectionKey.OP_READ;
                            case WRITE -> SelectionKey.OP_WRITE;
                            case WAKE, NOTHING -> 0;
                        });
                if (need == ReadyCheck.Need.NOTHING) {
                    attempt.settle();
                    attempt.task.post(new RaceEvent.Connected(attempt.id));
                }
            } catch (IOException | RuntimeException | Error e) {
                attempt.settle();
                attempt.task.postNotReady(attempt.id, e);
            }
        }

        private void fireTimers() {
            long now = System.nanoTime();
            for (int i = 0;
                    i < MOST_OF_A_KIND && !timersByTime.isEmpty() && timersByTime.first().atNanoTime - now <= 0;
                    i++) {
                DialTask task = timersByTime.first().task;
                unschedule(task);
                touched.add(task);
            }
        }

        private void driveTouched() throws IOException {
            if (touched.isEmpty()) {
                return;
            }
            lastBusyNanoTime = System.nanoTime();
            List<DialTask> done = new ArrayList<>();
            // what is touched meanwhile has its turn in the next round
            List<DialTask> turn = List.copyOf(touched);
            touched.clear();
            for (DialTask task : turn) {
                if (tasks.containsKey(task)) {
                    drive(task, done);
                }
            }
            // takes cancelled keys out, which closes the losers' descriptors and sets the winners free
            selector.selectNow();
            for (DialTask task : done) {
                Completion completion = dismiss(task);
                if (completion != null) {
                    complete(task, completion);
                }
            }
        }

        private void complete(DialTask task, Completion completion) {
            try {
                completion.ended(task.outcome());
            } catch (RuntimeException | Error e) {
                breakOff(task, completion, e);
            }
        }

        private void drive(DialTask task, List<DialTask> done) {
            try {
                task.drive();
                // a listener or a resolver that interrupts its own thread means another than this one
                Thread.interrupted();
                if (task.isDone()) {
                    done.add(task);
                } else {
                    schedule(task);
                }
            } catch (RuntimeException | Error e) {
                Completion completion = dismiss(task);
                if (completion != null) {
                    breakOff(task, completion, e);
                }
            }
        }

        private @Nullable Completion dismiss(DialTask task) {
            unschedule(task);
            return tasks.remove(task);
        }

        private void schedule(DialTask task) {
            unschedule(task);
            Long wakeAt = task.wakeAtNanoTime();
            if (wakeAt != null) {
                Timer timer = new Timer(task, wakeAt, timersMade++);
                timers.put(task, timer);
                timersByTime.add(timer);
            }
        }

        private void unschedule(DialTask task) {
            Timer timer = timers.remove(task);
            if (timer != null) {
                timersByTime.remove(timer);
            }
        }
    }

    private record Timer(DialTask task, long atNanoTime, long number) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            long difference = atNanoTime - other.atNanoTime;
            return difference == 0 ? Long.compare(number, other.number) : Long.signum(difference);
        }
    }
}
