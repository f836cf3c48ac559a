package dev.prise.cli;

import dev.prise.DialFailure;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dials many targets, so many at once, and hands the results over in the order of the targets.
 *
 * <p>One thread decides everything: it starts dials, and what ends comes back to it as a message. A result that an earlier one holds up is
 * kept; with too many of those nothing more is started, so that a list of any length takes the same memory.
 */
final class CheckRun {
    private static final int MOST_HELD_UP = 4096;
    private static final long TICK_MILLIS = 50;

    private final List<String> targets;
    private final Dialer dialer;
    private final Resolver resolver;
    private final LookupGate gate;
    private final @Nullable Apart apart;
    private final int atOnce;
    private final Consumer<? super CheckResult> results;
    private final Progress progress;

    private final BlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
    private final Map<Integer, Pending> pending = new HashMap<>();
    private final Deque<Runnable> readyToDial = new ArrayDeque<>();
    private final Set<Dial> dials = new HashSet<>();
    private final Set<CheckLookup> lookups = new HashSet<>();
    private int started;
    private int handedOver;
    private int complete;
    private int failed;
    private int underWay;
    private volatile boolean stopped;

    /** Told now and then how far it is. */
    @FunctionalInterface
    interface Progress {
        /** So many targets are done, and there are so many results that have not connected. */
        void show(int done, int failed);
    }

    /** What it takes to try each address by itself. */
    record Apart(AddressFamily family, Duration timeout) {}

    /** A dial under way. */
    private static final class Dial {
        private final CompletableFuture<DialResult> end;

        Dial(CompletableFuture<DialResult> end) {
            this.end = end;
        }
    }

    /** A target that has been started: its results as they come, each in its place. */
    private static final class Pending {
        private @Nullable CheckResult[] results = new CheckResult[1];
        private int missing = 1;
    }

    /**
     * A run.
     *
     * @param resolver that of the dialer
     * @param apart null when the addresses of a target are raced
     */
    CheckRun(
            List<String> targets,
            Dialer dialer,
            Resolver resolver,
            @Nullable Apart apart,
            int atOnce,
            Consumer<? super CheckResult> results,
            Progress progress) {
        this.targets = targets;
        this.dialer = dialer;
        this.resolver = resolver;
        this.gate = new LookupGate(resolver);
        this.apart = apart;
        this.atOnce = atOnce;
        this.results = results;
        this.progress = progress;
    }

    /** Ends it soon with what is known by then; on any thread. */
    void stop() {
        stopped = true;
        messages.add(() -> {});
    }

    /**
     * Runs to the end, or until it is stopped or the thread is interrupted, whose interrupt status is cleared; then what is known is
     * handed over.
     *
     * @return how many of the targets have all their results
     */
    int run() {
        try {
            while (handedOver < targets.size() && !stopped) {
                startMore();
                handle(messages.poll(TICK_MILLIS, TimeUnit.MILLISECONDS));
                if (apart != null) {
                    Set.copyOf(lookups).forEach(lookup -> lookup.endIfOver(apart.timeout));
                }
                handOver();
                progress.show(complete, failed);
            }
        } catch (InterruptedException e) {
            // the status is not set again here: a channel that is written to would close
            stopped = true;
        } finally {
            // what has ended by now counts; what is cancelled here does not
            handle(messages.poll());
            dials.forEach(dial -> dial.end.cancel(true));
            lookups.forEach(CheckLookup::cancel);
        }
        handOverWhatIsKnown();
        return complete;
    }

    private void handle(@Nullable Runnable first) {
        for (Runnable message = first; message != null; message = messages.poll()) {
            message.run();
        }
    }

    private void startMore() {
        while (underWay < atOnce) {
            Runnable next = readyToDial.poll();
            if (next != null) {
                next.run();
            } else if (started == targets.size() || started - handedOver == MOST_HELD_UP || !startNext()) {
                return;
            }
        }
    }

    /** Whether the next target could be started. */
    private boolean startNext() {
        String text = targets.get(started);
        Target target = CheckTargets.parse(text);
        boolean named = target.unixPath() == null && target.literal() == null;
        if (named && !gate.isOpen()) {
            return false;
        }
        Pending begun = new Pending();
        pending.put(started++, begun);
        if (!named) {
            dial(dialer, begun, 0, text, target, apart == null ? null : literal(target), () -> {});
        } else if (apart == null) {
            LookupGate.Pass pass = gate.enter();
            Runnable leave = () -> gate.leave(pass);
            Dialer watched = dialer.toBuilder()
                    .listener(LookupGate.whenLookedUp(() -> messages.add(leave)))
                    .build();
            dial(watched, begun, 0, text, target, null, leave);
        } else {
            lookUp(apart, begun, text, target);
        }
        return true;
    }

    private static @Nullable AddressInfo literal(Target target) {
        AddressLiteral literal = target.literal();
        InetAddress address = literal == null ? null : literal.address();
        return address == null ? null : AddressInfo.stream(new InetSocketAddress(address, target.port()));
    }

    private void lookUp(Apart how, Pending place, String text, Target target) {
        underWay++;
        LookupGate.Pass pass = gate.enter();
        CompletableFuture<CheckLookup> begun = new CompletableFuture<>();
        Runnable ended = () -> messages.add(() -> {
            gate.leave(pass);
            lookedUp(place, text, target, begun.join());
        });
        CheckLookup lookup = CheckLookup.begin(target, resolver, how.family, ended);
        lookups.add(lookup);
        begun.complete(lookup);
    }

    private void lookedUp(Pending place, String text, Target target, CheckLookup lookup) {
        underWay--;
        lookups.remove(lookup);
        List<AddressInfo> addresses = lookup.addresses();
        List<Trace> failures = lookup.failures();
        place.results = new CheckResult[addresses.size() + failures.size()];
        place.missing = place.results.length;
        for (int i = 0; i < addresses.size(); i++) {
            int at = i;
            AddressInfo address = addresses.get(i);
            Dialer alone = dialer.toBuilder()
                    .resolver(new OneAddress(target.asciiHost(), address, resolver))
                    .build();
            readyToDial.add(() -> dial(alone, place, at, text, target, address, () -> {}));
        }
        for (int i = 0; i < failures.size(); i++) {
            put(place, addresses.size() + i, CheckResult.of(text, null, failures.get(i), null));
        }
    }

    private void dial(
            Dialer with,
            Pending place,
            int at,
            String text,
            Target target,
            @Nullable AddressInfo alone,
            Runnable afterwards) {
        underWay++;
        long startNanoTime = System.nanoTime();
        CompletableFuture<DialResult> end;
        try {
            end = with.dialAsync(target);
        } catch (RuntimeException | OutOfMemoryError e) {
            end = CompletableFuture.failedFuture(e);
        }
        Dial begun = new Dial(end);
        dials.add(begun);
        var _ = end.whenComplete((connected, failure) -> {
            CheckResult result = connected == null
                    ? CheckResult.of(text, alone, traceOf(target, Objects.requireNonNull(failure), startNanoTime), null)
                    : closed(text, alone, connected);
            messages.add(() -> {
                underWay--;
                dials.remove(begun);
                put(place, at, result);
                afterwards.run();
            });
        });
    }

    /** The descriptor is free again as soon as it is known that it connects. */
    private static CheckResult closed(String text, @Nullable AddressInfo alone, DialResult connected) {
        CheckResult result = CheckResult.of(text, alone, connected.trace(), TlsFacts.of(connected));
        try {
            connected.close();
        } catch (IOException e) {
            // it was connected, which is all that was asked
        }
        return result;
    }

    private static Trace traceOf(Target target, Throwable failure, long startNanoTime) {
        if (failure instanceof DialFailure dial) {
            return dial.trace();
        }
        // a dial that could not even begin
        ErrorCode code = failure instanceof OutOfMemoryError ? ErrorCode.OUT_OF_MEMORY : ErrorCodes.of(failure);
        return new TraceRecorder(target.host(), target.service(), "", null, null)
                .end(List.of(), code, System.nanoTime() - startNanoTime);
    }

    private void put(Pending place, int at, CheckResult result) {
        place.results[at] = result;
        place.missing--;
        complete += place.missing == 0 ? 1 : 0;
        failed += result.connected() ? 0 : 1;
    }

    private void handOver() {
        Pending next = pending.get(handedOver);
        while (next != null && next.missing == 0) {
            pending.remove(handedOver);
            handedOver++;
            for (CheckResult result : next.results) {
                results.accept(Objects.requireNonNull(result));
            }
            next = pending.get(handedOver);
        }
    }

    /** After a stop: in order, with gaps. */
    private void handOverWhatIsKnown() {
        for (int i = handedOver; i < started; i++) {
            for (CheckResult result : Objects.requireNonNull(pending.get(i)).results) {
                if (result != null) {
                    results.accept(result);
                }
            }
        }
    }
}
