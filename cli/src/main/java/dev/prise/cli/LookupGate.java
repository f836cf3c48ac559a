package dev.prise.cli;

import dev.prise.DialListener;
import dev.prise.resolve.BlockingResolver;
import dev.prise.resolve.Resolver;
import dev.prise.resolve.Resolvers;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * Lets no more names be looked up at once than the system's resolver has threads for: one that waited for a thread would look like one
 * whose name server is slow, and one without any thread like one whose name server has failed. For one thread, but for what it hands out.
 */
final class LookupGate {
    /** {@link BlockingResolver} has as many threads for each family. */
    private static final int MOST = 32;

    /** A thread that does not come back for so long is not waited for any more. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final @Nullable BlockingResolver threads;
    private int underWay;
    private long closedSinceNanoTime;
    private boolean closed;

    /** A name that is being looked up. */
    static final class Pass {
        private boolean held = true;
    }

    LookupGate(Resolver resolver) {
        Resolver named = Resolvers.named(resolver.name());
        threads = named instanceof BlockingResolver blocking ? blocking : null;
    }

    /** Whether one more may be looked up now. */
    boolean isOpen() {
        int stuck = threads == null ? 0 : threads.abandonedLookups();
        long now = System.nanoTime();
        if (underWay + stuck < MOST || (closed && now - closedSinceNanoTime > PATIENCE_NANOS)) {
            closed = false;
            return true;
        }
        if (!closed) {
            closed = true;
            closedSinceNanoTime = now;
        }
        return false;
    }

    Pass enter() {
        underWay++;
        return new Pass();
    }

    /** It has been looked up; more than once does no harm. */
    void leave(Pass pass) {
        underWay -= pass.held ? 1 : 0;
        pass.held = false;
    }

    /**
     * A listener for one dial, which tells when its lookups have ended, on the thread that drives the dial. It does not tell when one was
     * given up, which leaves its thread stuck: whether it is can be known only when the dial has ended.
     */
    static DialListener whenLookedUp(Runnable told) {
        return new DialListener() {
            private int open;
            private boolean givenUp;

            @Override
            public void onEvent(TraceEvent event) {
                if (event instanceof TraceEvent.LookupStarted) {
                    open++;
                } else if (event instanceof TraceEvent.LookupEnded ended) {
                    open--;
                    givenUp |= ended.lookup().outcome() == Trace.LookupOutcome.CANCELLED;
                    if (open == 0 && !givenUp) {
                        told.run();
                    }
                }
            }
        };
    }
}
