package dev.prise.cli;

import dev.prise.DialFailure;
import dev.prise.DialHistory;
import dev.prise.DialListener;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.trace.TraceEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The tutorial's client and server in one process, each step told as it happens. */
@Command(
        name = "demo",
        description = "Starts an echo server, talks to it as a client would, and tells each step with its values.")
final class DemoCommand implements Callable<Integer> {
    private static final String HOST = "localhost";

    private final Console console;

    @Mixin
    final DialOptions options = new DialOptions();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        // it shows a race from the beginning, each time the same one
        Dialer.Builder dialer = options.dialer().history(DialHistory.off());
        DemoStory story = new DemoStory(console, options.color);
        boolean connected = false;
        try (Server server = startServer(story)) {
            server.accept(DemoCommand::echo);
            story.step("Server", "listens on " + server.where() + " and sends back what comes");
            story.hints(options.family.family());
            try (DialResult result = dial(dialer, Target.of(HOST, server.port()), story)) {
                connected = true;
                DemoConversation.run(result, story);
                story.waterfall("To scale", result.trace());
            }
            DemoFailover.run(dialer, story, options.family.family());
            return ExitStatus.DONE;
        } catch (OutputException e) {
            throw connected ? e.afterConnecting() : e;
        }
    }

    /** On the tutorial's port, or on a free one where that is taken. */
    private static Server startServer(DemoStory story) throws IOException {
        List<InetAddress> loopback = List.of(Loopback.six(), Loopback.four(1));
        try {
            return Server.on(loopback, Target.DEFAULT_PORT);
        } catch (IOException e) {
            if (ErrorCodes.of(e) != ErrorCode.ADDRESS_IN_USE) {
                throw new CommandException(
                        ExitStatus.NOT_CONNECTED,
                        "cannot start the server of the demo on port " + Target.DEFAULT_PORT + ": "
                                + Reasons.of(e) + "; "
                                + ErrorCodes.of(e).advice());
            }
            story.line("Port " + Target.DEFAULT_PORT + " is taken (" + ErrorCode.ADDRESS_IN_USE.codes()
                    + "), a free one is used instead.");
            story.line("");
            return Server.on(loopback, 0);
        }
    }

    private static void echo(SocketChannel connection) {
        Thread.startVirtualThread(() -> {
            try {
                Service.ECHO.serve(connection);
            } catch (IOException e) {
                // the client sees it too, and is the one who tells
            }
        });
    }

    /** Dials, telling each event when it comes. The dial's own thread only queues them. */
    static DialResult dial(Dialer.Builder dialer, Target target, DemoStory story)
            throws IOException, InterruptedException {
        return follow(listener -> dialer.listener(listener).build().dialAsync(target), target, story);
    }

    /** Tells the events of a dial that begins when it is given a listener; its failure if it fails. */
    static DialResult follow(
            Function<DialListener, CompletableFuture<DialResult>> begin, Target target, DemoStory story)
            throws IOException, InterruptedException {
        LinkedBlockingQueue<Optional<TraceEvent>> events = new LinkedBlockingQueue<>();
        CompletableFuture<DialResult> dial;
        try (LiveWaterfall live = story.follow(target)) {
            // the end of the future is the end of the story: a dial that could not even begin has no events
            dial = begin.apply(event -> {
                        if (live != null) {
                            live.onEvent(event);
                        }
                        events.add(Optional.of(event));
                    })
                    .whenComplete((result, failure) -> events.add(Optional.empty()));
            for (Optional<TraceEvent> event = events.take(); event.isPresent(); event = events.take()) {
                story.tell(target, event.get());
            }
        }
        try {
            return dial.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                if (failure instanceof DialFailure dialFailure) {
                    story.waterfall("To scale", dialFailure.trace());
                    throw failure;
                }
                throw Failures.cannotDial(target, failure);
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
