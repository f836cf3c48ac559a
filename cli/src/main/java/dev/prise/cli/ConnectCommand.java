package dev.prise.cli;

import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects, and carries standard input there and the answer back. */
@Command(
        name = "connect",
        description = {
            "Connects; sends standard input, then half-closes; prints what comes until the peer closes.",
            "With --tls the half-close is close_notify.",
            "When the peer has closed, what a pipe has ready is still sent, until it is silent for 200 ms."
        })
final class ConnectCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    final TargetParameters target = new TargetParameters();

    @Option(names = "--send", paramLabel = "TEXT", description = "Send this, in UTF-8, in place of standard input.")
    @Nullable
    String text;

    @Option(
            names = {"-z", "--zero"},
            description = "Connect and close; send and receive nothing.")
    boolean connectOnly;

    @Mixin
    final DialOptions options = new DialOptions();

    @Mixin
    final TlsOptions tls = new TlsOptions();

    @Mixin
    final HistoryOption history = new HistoryOption();

    ConnectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (connectOnly && text != null) {
            throw CommandException.usage("-z sends nothing, so --send makes no sense with it; leave one of them out");
        }
        Target to = target.target();
        Dialer.Builder dialer = options.dialer().tls(tls.settings(to));
        try (HistoryFile remembered = history.open(console, options);
                DialResult result = Dialing.dial(
                        console, options, dialer.history(remembered.history()).build(), to)) {
            remembered.saveMeanwhile();
            if (!connectOnly) {
                exchange(result).run(result.address().toString());
            }
            return ExitStatus.DONE;
        } catch (OutputException e) {
            throw e.afterConnecting();
        }
    }

    private Exchange exchange(DialResult result) throws IOException {
        if (text == null) {
            return new Exchange(Line.of(result), console.in(), console.inIsTerminal(), console.out());
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new Exchange(Line.of(result), Channels.newChannel(bytes), false, console.out());
    }
}
