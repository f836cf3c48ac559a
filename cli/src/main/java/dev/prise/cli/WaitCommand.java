package dev.prise.cli;

import dev.prise.DialFailure;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Dials again and again until somebody accepts. */
@Command(name = "wait", description = "Waits until the target accepts connections; for scripts and containers.")
final class WaitCommand implements Callable<Integer> {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long LEAST_REST_MILLIS = 20;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final Console console;

    @Mixin
    final TargetParameters target = new TargetParameters();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to wait: 60s if left out.")
    Duration patience = Duration.ofSeconds(60);

    @Mixin
    final DialOptions options = new DialOptions();

    @Mixin
    final TlsOptions tls = new TlsOptions();

    @Mixin
    final HistoryOption history = new HistoryOption();

    private int dials;
    private boolean everResolved;
    private boolean toldOfCertificate;

    WaitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Target to = target.target();
        Dialer.Builder dialer = options.dialer().tls(tls.settings(to));
        if (patience.isZero()) {
            throw CommandException.usage("--for 0 leaves no time; use connect -z to look once");
        }
        try (HistoryFile remembered = history.open(console, options)) {
            return waitFor(to, dialer.history(remembered.history()).build());
        }
    }

    private int waitFor(Target to, Dialer dialer) throws IOException {
        long startNanos = System.nanoTime();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        IOException last = null;
        while (true) {
            IOException failure = tryOnce(dialer, to, rest(startNanos));
            long elapsedNanos = System.nanoTime() - startNanos;
            if (failure == null) {
                console.say(to + " accepted after " + Elapsed.text(elapsedNanos) + " (" + dials() + ")");
                return ExitStatus.DONE;
            }
            last = moreTelling(last, failure);
            long restMillis = rest(startNanos).toMillis();
            if (restMillis < LEAST_REST_MILLIS) {
                throw over(to, last);
            }
            // towards the end the dials come closer together, so that the last one comes shortly before it
            pause(Math.min(pauseMillis, restMillis / 2));
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        }
    }

    /** The reason to be told: a dial that had only the rest of the time says less than the one before it. */
    private static IOException moreTelling(@Nullable IOException before, IOException now) {
        boolean cutShort = now instanceof DialFailure failure && failure.code() == ErrorCode.TIMED_OUT;
        return before != null && cutShort ? before : now;
    }

    /** Null when it accepted. */
    private @Nullable IOException tryOnce(Dialer dialer, Target to, Duration rest) throws IOException {
        Duration limit = options.timeout == null ? DEFAULT_TIMEOUT : options.timeout;
        boolean restIsLess = limit.isZero() || rest.compareTo(limit) < 0;
        dials++;
        // made from the same one, so that all of them know what any has learnt, such as the NAT64 of the network
        Dialer limited = dialer.toBuilder().deadline(restIsLess ? rest : limit).build();
        try {
            Dialing.dial(console, options, limited, to).close();
            return null;
        } catch (IOException e) {
            if (!(e instanceof DialFailure failure) || Failures.statusOf(failure) == ExitStatus.INTERRUPTED) {
                throw e;
            }
            everResolved |= Failures.statusOf(failure) == ExitStatus.NOT_CONNECTED;
            tellOfCertificate(failure.trace(), e);
            return e;
        }
    }

    /**
     * Time alone does not make a certificate good, but whoever has the server may put another one in its place. Where other addresses failed
     * otherwise, those may still come to accept.
     */
    private void tellOfCertificate(Trace trace, IOException failure) {
        List<String> refused = trace.attempts().stream()
                .filter(WaitCommand::isOfCertificate)
                .map(attempt -> attempt.address().addressText())
                .distinct()
                .toList();
        if (refused.isEmpty() || toldOfCertificate) {
            return;
        }
        toldOfCertificate = true;
        boolean all = trace.attempts().stream().allMatch(WaitCommand::isOfCertificate);
        console.say("waiting on, though " + (all ? "" : "at " + String.join(", ", refused) + " ")
                + "only another certificate will do: " + failure.getMessage());
    }

    private static boolean isOfCertificate(Trace.Attempt attempt) {
        Trace.Failure error = attempt.error();
        return error != null && error.code() == ErrorCode.TLS_CERTIFICATE;
    }

    /** At least a millisecond: zero would mean no limit. */
    private Duration rest(long startNanos) {
        Duration rest = patience.minusNanos(System.nanoTime() - startNanos);
        return rest.toMillis() < 1 ? Duration.ofMillis(1) : rest;
    }

    private CommandException over(Target to, IOException last) {
        return new CommandException(
                everResolved ? ExitStatus.NOT_CONNECTED : ExitStatus.NOT_RESOLVED,
                to + " did not accept within " + Elapsed.text(patience.toNanos()) + " (" + dials() + "): "
                        + last.getMessage());
    }

    private String dials() {
        return dials == 1 ? "1 dial" : dials + " dials";
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.interrupted();
        }
    }
}
