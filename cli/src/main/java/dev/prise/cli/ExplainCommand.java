package dev.prise.cli;

import dev.prise.address.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the table of error codes, or what is known of some of them. */
@Command(
        name = "explain",
        description = {
            "Explains error codes of name lookup and of sockets on Linux, macOS and Windows: names, numbers, what it means, what it "
                    + "comes from, what to try. Without a code it lists all; a Winsock code in parentheses is only the nearest."
        })
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "CODE",
            arity = "0..*",
            description =
                    "A number (10061, 111, -2), a name (ECONNREFUSED, WSAECONNREFUSED, connection_refused), a word of "
                            + "the meaning (refused), or the words of the system.")
    List<String> asked = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON, schema prise.codes/1.")
    boolean json;

    private ExplainCommand(Console console) {
        this.console = console;
    }

    /** With negative numbers as codes in place of options. */
    static CommandLine commandLine(Console console) {
        return new CommandLine(new ExplainCommand(console)).setUnmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() {
        List<CodeSearch.Found> found = new ArrayList<>();
        for (String each : asked) {
            if (each.length() > 1 && each.charAt(0) == '-' && !Character.isDigit(each.charAt(1))) {
                throw CommandException.usage(
                        "there is no option '" + CodeSearch.shown(each) + "'; see prise explain --help");
            }
            found.addAll(CodeSearch.find(each));
        }
        if (json) {
            List<ErrorCode> codes =
                    found.stream().map(CodeSearch.Found::code).distinct().toList();
            console.printlnUtf8(Explanation.json(asked.isEmpty() ? List.of(ErrorCode.values()) : codes));
            return ExitStatus.DONE;
        }
        List<String> lines = asked.isEmpty()
                ? Explanation.table(List.of(ErrorCode.values()))
                : explained(found, console.outStyle(ColorChoice.never).width());
        console.print(String.join("\n", lines) + "\n");
        return ExitStatus.DONE;
    }

    private static List<String> explained(List<CodeSearch.Found> found, int width) {
        List<String> lines = new ArrayList<>();
        for (CodeSearch.Found each : found.stream().distinct().toList()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(Explanation.of(each, width));
        }
        return lines;
    }
}
