package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Elapsed;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code getaddrinfo} as a command. */
@Command(
        name = "resolve",
        description = {
            "Looks a host and a service up as getaddrinfo does, and shows each result with the reason for its rank.",
            "HOST and SERVICE go to the system as they are. After -- they may begin with a hyphen."
        })
final class ResolveCommand implements Callable<Integer> {
    /** The null node on the command line. */
    private static final String NULL_NODE = "-";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final int LONGEST_NAME = 80;

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "HOST",
            description = "A name or an address; - for none, which means this machine.")
    String host = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "A port number or the name of a service; none, and so port 0, if left out.")
    @Nullable
    String service;

    @Mixin
    final HintsOptions hints = new HintsOptions();

    @Option(names = "--json", description = "Print the results as JSON, schema prise.addrinfo/1.")
    boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to wait for the answer: 30s if left out, 0 for no limit.")
    Duration timeout = DEFAULT_TIMEOUT;

    @Mixin
    final ResolverOption resolver = new ResolverOption();

    @Option(
            names = {"-v", "--verbose"},
            description = "Show on standard error who was asked, why, and how long it took.")
    boolean verbose;

    ResolveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        HintsOptions.Asked asked = hints.asked();
        Resolver chosen = resolver.resolver();
        boolean bySystem = chosen.name().equals(ResolverOption.Choice.getaddrinfo.name());
        if (!bySystem && asked != null && asked.hasNumbers()) {
            throw CommandException.usage("numbers of the system in --family and --flags need --resolver getaddrinfo");
        }
        String node = host.equals(NULL_NODE) ? null : host;
        tellResolver(chosen);
        long beganAtNanos = System.nanoTime();
        Resolution answer = await(
                () -> bySystem ? Resolution.bySystem(node, service, asked) : Resolution.byJdk(node, service, asked));
        tellElapsed(System.nanoTime() - beganAtNanos);
        Resolution resolution = answer == null ? Resolution.outOfTime() : answer;
        if (json) {
            console.printlnUtf8(ResolveJson.of(node, service, asked, chosen, resolution));
        }
        if (answer == null) {
            throw outOfTime();
        }
        ErrorCode error = resolution.error();
        if (error != null) {
            throw new CommandException(ExitStatus.NOT_RESOLVED, sentence(error, resolution));
        }
        if (!json) {
            for (String line : ResolveTable.of(resolution.results())) {
                console.println(line);
            }
        }
        return ExitStatus.DONE;
    }

    /**
     * The call cannot be stopped, so it has a thread of its own, which the end of the command leaves behind. Null when the time is up.
     */
    private @Nullable Resolution await(Callable<Resolution> lookup) throws InterruptedException {
        FutureTask<Resolution> task = new FutureTask<>(lookup);
        Thread.ofPlatform().daemon().name("prise-resolve").start(task);
        try {
            return timeout.isZero()
                    ? task.get()
                    : task.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            return null;
        }
    }

    private CommandException outOfTime() {
        return new CommandException(
                ExitStatus.NOT_RESOLVED,
                "cannot resolve " + subject() + " within " + Elapsed.text(TimeUnit.NANOSECONDS.convert(timeout))
                        + ": no answer from the name server (" + ErrorCode.TIMED_OUT.codes() + "); "
                        + ErrorCode.TRY_AGAIN.advice());
    }

    private String subject() {
        String name = host.equals(NULL_NODE) ? "no host" : "'" + PlainText.shortened(host, LONGEST_NAME) + "'";
        return service == null ? name : name + " service '" + PlainText.shortened(service, LONGEST_NAME) + "'";
    }

    private String sentence(ErrorCode error, Resolution resolution) {
        String posix = error.posix();
        boolean own = posix != null && resolution.code() != error.winsock();
        String codes = own
                ? posix + " " + resolution.code() + ", " + error.winsockName() + " " + error.winsock()
                : error.codes();
        return "cannot resolve " + subject() + ": " + resolution.reason() + " (" + codes + "); " + advice(error);
    }

    private String advice(ErrorCode error) {
        if (error != ErrorCode.HOST_NOT_FOUND) {
            return error.advice();
        }
        if (host.equals(NULL_NODE) && service == null) {
            return "give a host or a service";
        }
        // what other subcommands understand goes to the system here as it is
        return host.indexOf(':') >= 0
                ? "write HOST and SERVICE as two words, an address without brackets"
                : error.advice();
    }

    private void tellResolver(Resolver chosen) {
        if (verbose) {
            String reason = chosen.fallbackReason();
            console.say("asking " + chosen.name() + (reason == null ? "" : ", since it stands in for " + reason));
        }
    }

    private void tellElapsed(long nanos) {
        if (verbose) {
            console.say("that took " + Elapsed.text(nanos));
        }
    }
}
