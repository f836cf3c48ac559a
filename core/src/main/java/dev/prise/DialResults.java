package dev.prise;

import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.engine.DialOutcome;
import dev.prise.engine.DialRequest;
import dev.prise.engine.Dials;
import dev.prise.race.RaceAction;
import dev.prise.telemetry.DialLog;
import dev.prise.tls.TlsHandshake;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Turns what the engine hands out into results and exceptions. */
final class DialResults {
    private static final Executor COMPLETIONS = ForkJoinPool.getCommonPoolParallelism() > 0
            ? ForkJoinPool.commonPool()
            : work -> {
                // the common pool has been switched off
                Thread thread = new Thread(null, work, "prise-completion", 0, false);
                thread.setDaemon(true);
                thread.start();
            };

    private DialResults() {}

    static DialResult of(DialOutcome outcome) throws IOException {
        SocketChannel channel = outcome.channel();
        AddressInfo address = outcome.address();
        if (channel != null && address != null) {
            SSLSocket tls = outcome.check() instanceof TlsHandshake handshake ? handshake.socket() : null;
            return new DialResult(channel, address, outcome.story(), tls);
        }
        throw failure(outcome);
    }

    static CompletableFuture<DialResult> async(DialRequest request) {
        Future future = new Future();
        Dials.Handle handle = Dials.dialAsync(request, future::ended);
        future.handle = handle;
        if (future.isDone()) {
            handle.cancel();
        }
        return future;
    }

    private static IOException failure(DialOutcome outcome) {
        Trace trace = outcome.trace();
        Trace.Failure failure = trace.error();
        String message = failure == null ? "the dial failed" : failure.message();
        ErrorCode code = failure == null ? ErrorCode.UNKNOWN : failure.code();
        IOException exception;
        if (outcome.reason() == RaceAction.FailReason.BUG) {
            throw bug(outcome);
        } else if (outcome.reason() == RaceAction.FailReason.RESOLUTION) {
            exception = new DialUnknownHostException(trace, message);
        } else if (outcome.reason() == RaceAction.FailReason.DEADLINE) {
            exception = new DialTimeoutException(trace, message);
        } else if (code == ErrorCode.INTERRUPTED) {
            exception = new DialInterruptedException(trace, message);
        } else if (code == ErrorCode.CANCELLED) {
            throw new CancellationException(message);
        } else if (code == ErrorCode.HOST_UNREACHABLE) {
            exception = new DialNoRouteException(trace, message);
        } else {
            exception = new DialConnectException(trace, message);
        }
        outcome.causes().forEach(exception::addSuppressed);
        return exception;
    }

    /** A fault of the program, such as an option that no socket has, is not an error of the network. */
    private static RuntimeException bug(DialOutcome outcome) {
        for (Throwable cause : outcome.causes()) {
            if (cause instanceof RuntimeException fault) {
                return fault;
            }
            if (cause instanceof Error fault) {
                return new IllegalStateException("a readiness check broke", fault);
            }
        }
        return new IllegalStateException("a fault without an exception");
    }

    /** Cancelling stops the dial; a connection that nobody takes is closed. */
    private static final class Future extends CompletableFuture<DialResult> {
        volatile Dials.@Nullable Handle handle;

        private final AtomicBoolean settled = new AtomicBoolean();

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return stopIf(super.cancel(mayInterruptIfRunning));
        }

        /** Also what {@link #orTimeout} does. */
        @Override
        public boolean completeExceptionally(Throwable failure) {
            return stopIf(super.completeExceptionally(failure));
        }

        @Override
        public boolean complete(DialResult result) {
            return stopIf(super.complete(result));
        }

        /** Whoever completes the future ends the dial, if it has not ended by itself. */
        private boolean stopIf(boolean completed) {
            Dials.Handle dial = handle;
            if (completed && dial != null) {
                dial.cancel();
            }
            return completed;
        }

        /** Dependent stages are plain futures: cancelling one of them does not stop the dial. */
        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }

        /** On the loop's thread, which is not to run what depends on this future, unless there is no other. */
        void ended(@Nullable DialOutcome outcome, @Nullable Throwable fault) {
            try {
                COMPLETIONS.execute(() -> settle(outcome, fault));
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                settle(outcome, fault);
            }
        }

        /** The dial has ended by itself: there is nothing to be stopped any more. The first call counts. */
        private void settle(@Nullable DialOutcome outcome, @Nullable Throwable fault) {
            if (settled.getAndSet(true)) {
                return;
            }
            if (outcome == null) {
                super.completeExceptionally(new IllegalStateException("the dial broke off", fault));
                return;
            }
            DialLog.ended(outcome.story());
            try {
                DialResult result = of(outcome);
                if (!super.complete(result)) {
                    result.close();
                }
            } catch (IOException | RuntimeException e) {
                super.completeExceptionally(e);
            }
        }
    }
}
