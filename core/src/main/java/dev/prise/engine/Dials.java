package dev.prise.engine;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.race.RaceEvent;
import dev.prise.telemetry.DialLog;
import dev.prise.telemetry.Telling;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The two ways to dial: blocking and not. */
public final class Dials {
    private Dials() {}

    /** A dial under way. */
    @FunctionalInterface
    public interface Handle {
        /** Stops the dial and closes its sockets, soon. May be called on any thread and more than once. */
        void cancel();
    }

    /**
     * Dials in the calling thread, as far as that goes without a selector: lookups are waited for, and the last attempt that is left
     * is made in a blocking call. With several attempts in flight the shared loop takes over.
     *
     * <p>On interruption the dial is cancelled with {@link ErrorCode#INTERRUPTED}, and the interrupt status is set on return.
     *
     * @param begun given a handle by which another thread can stop the dial
     */
    public static DialOutcome dial(DialRequest request, Consumer<? super Handle> begun) {
        Consumer<TraceEvent> listener = Telling.begin(request.listener());
        if (listener == null && !Thread.currentThread().isInterrupted() && LoneDial.fits(request)) {
            LoneDial lone = new LoneDial(request);
            begun.accept(lone);
            DialOutcome outcome = lone.dial();
            DialLog.ended(lone);
            return outcome;
        }
        Caller caller = new Caller();
        DialTask task = new DialTask(request, caller, listener);
        Handle handle = task::cancel;
        try {
            begun.accept(handle);
            caller.passOnInterrupt(task);
            task.begin();
            while (!task.isDone()) {
                if (!task.hasInFlight()) {
                    caller.await(task);
                } else if (caller.handOver(task)) {
                    return caller.awaitOutcome(task);
                }
                task.drive();
            }
            return task.outcome();
        } catch (RuntimeException | Error e) {
            task.abandon(e);
            throw e;
        } finally {
            log(task);
            caller.restoreInterrupt();
        }
    }

    /**
     * Dials without blocking. Unlike the blocking way it leaves it to the completion to log an outcome, on a thread that may wait for that.
     *
     * @param completion told either the outcome or a fault of the program, on the loop's thread; must not block
     */
    public static Handle dialAsync(
            DialRequest request, BiConsumer<? super @Nullable DialOutcome, ? super @Nullable Throwable> completion) {
        ConnectLoop loop = ConnectLoop.shared();
        DialTask task = new DialTask(request, loop, Telling.begin(request.listener()));
        ConnectLoop.Completion adapter = new ConnectLoop.Completion() {
            @Override
            public void ended(DialOutcome outcome) {
                completion.accept(outcome, null);
            }

            @Override
            public void broke(Throwable fault) {
                completion.accept(null, fault);
                log(task);
            }
        };
        try {
            loop.submit(task, adapter, false);
        } catch (UncheckedIOException e) {
            // no descriptor is left to wait with: the dial ends before it has begun, saying so
            task.post(new RaceEvent.Cancel(ErrorCodes.of(Objects.requireNonNull(e.getCause()))));
            task.begin();
            completion.accept(task.outcome(), null);
        } catch (RuntimeException | Error e) {
            // no thread is to be had
            task.abandon(e);
            log(task);
            throw e;
        }
        return task::cancel;
    }

    private static void log(DialTask task) {
        Trace trace = task.trace();
        if (trace != null) {
            DialLog.ended(() -> trace);
        }
    }

    /** The thread of a blocking dial. */
    private static final class Caller implements DialTask.Driver, ConnectLoop.Completion {
        private final Thread thread = Thread.currentThread();
        private boolean interrupted;
        private volatile @Nullable DialOutcome outcome;
        private volatile @Nullable Throwable fault;

        @Override
        public void wake(DialTask task) {
            LockSupport.unpark(thread);
        }

        @Override
        public void watch(Attempt attempt) {
            // the loop will, when it takes over
        }

        @Override
        public boolean mayBlock() {
            return true;
        }

        void passOnInterrupt(DialTask task) {
            if (Thread.interrupted()) {
                interrupted = true;
                task.post(new RaceEvent.Cancel(ErrorCode.INTERRUPTED));
            }
        }

        void restoreInterrupt() {
            if (interrupted) {
                thread.interrupt();
            }
        }

        /** Waits until an event is in, a timer is due, or the thread is interrupted. */
        void await(DialTask task) {
            Long wakeAt = task.wakeAtNanoTime();
            if (task.hasMail()) {
                return;
            }
            if (wakeAt == null) {
                LockSupport.park(task);
            } else {
                LockSupport.parkNanos(task, wakeAt - System.nanoTime());
            }
            passOnInterrupt(task);
        }

        /** Has the loop drive from now on; where it cannot, the attempts under way have failed. */
        boolean handOver(DialTask task) {
            ConnectLoop loop = ConnectLoop.shared();
            task.setDriver(loop);
            try {
                loop.submit(task, this, true);
                return true;
            } catch (UncheckedIOException e) {
                task.setDriver(this);
                task.failAll(Objects.requireNonNull(e.getCause()));
                return false;
            }
        }

        DialOutcome awaitOutcome(DialTask task) {
            while (outcome == null && fault == null) {
                LockSupport.park(task);
                passOnInterrupt(task);
            }
            DialOutcome ended = outcome;
            if (ended != null) {
                return ended;
            }
            throw new IllegalStateException("the dial broke off", fault);
        }

        @Override
        public void ended(DialOutcome ended) {
            outcome = ended;
            LockSupport.unpark(thread);
        }

        @Override
        public void broke(Throwable cause) {
            fault = cause;
            LockSupport.unpark(thread);
        }
    }
}
