package dev.prise.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command itself: puts the subcommands together and turns whatever they end with into an exit status. */
@Command(
        name = "prise",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = false,
        synopsisSubcommandLabel = "SUBCOMMAND",
        description = "From a host name to a connected socket, with Happy Eyeballs, telling what happened.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:not connected",
            "2:wrong usage",
            "3:name not resolved",
            "4:broke after it was connected",
            "130:interrupted"
        })
final class Prise implements Callable<Integer> {
    private static final String[] SUBCOMMANDS = {
        "demo", "connect", "listen", "trace", "check", "resolve", "wait", "explain"
    };

    /** Runs a command line and tells failures on the console; the exit status. */
    static int run(Console console, String... arguments) {
        OutWriter out = new OutWriter(console);
        int status = commandLine(console, out, arguments).execute(arguments);
        OutputException failure = out.failure;
        return failure == null ? status : Failures.report(console, failure);
    }

    @Override
    public Integer call() {
        throw CommandException.usage(
                "a subcommand is missing: demo, connect, listen, trace, check, resolve, wait or explain; see prise --help");
    }

    private static CommandLine commandLine(Console console, OutWriter out, String... arguments) {
        CommandLine line = new CommandLine(new Prise());
        // the one that is asked for is enough; looking at all of them takes time at each start
        Object asked = arguments.length == 0 ? null : subcommand(arguments[0], console);
        if (asked != null) {
            line.addSubcommand(arguments[0], asked);
        } else {
            for (String name : SUBCOMMANDS) {
                line.addSubcommand(name, subcommand(name, console));
            }
            line.addSubcommand(new AutoComplete.GenerateCompletion());
        }
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(out, true));
        line.setParameterExceptionHandler((e, given) -> Failures.wrongUsage(console, e));
        line.setExecutionExceptionHandler((e, failed, parsed) -> Failures.report(console, e));
        return line;
    }

    private static @Nullable Object subcommand(String name, Console console) {
        return switch (name) {
            case "demo" -> new DemoCommand(console);
            case "connect" -> new ConnectCommand(console);
            case "listen" -> new ListenCommand(console);
            case "trace" -> new TraceCommand(console);
            case "check" -> new CheckCommand(console);
            case "resolve" -> new ResolveCommand(console);
            case "wait" -> new WaitCommand(console);
            case "explain" -> ExplainCommand.commandLine(console);
            default -> null;
        };
    }

    /** What picocli prints by itself, help and version, goes the way of all our output. */
    private static final class OutWriter extends Writer {
        private final Console console;
        private final StringBuilder text = new StringBuilder();
        /** Kept for the end: picocli would answer an exception with its stack trace. */
        private @Nullable OutputException failure;

        OutWriter(Console console) {
            this.console = console;
        }

        @Override
        public void write(char[] characters, int from, int length) {
            text.append(characters, from, length);
        }

        @Override
        public void flush() {
            if (!text.isEmpty()) {
                String written = text.toString();
                text.setLength(0);
                try {
                    console.print(written);
                } catch (OutputException e) {
                    failure = e;
                }
            }
        }

        @Override
        public void close() {
            flush();
        }
    }
}
