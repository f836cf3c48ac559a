package dev.prise.cli;

import dev.prise.DialFailure;
import dev.prise.InvalidTargetException;
import dev.prise.Target;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.trace.Trace;
import java.io.IOException;
import picocli.CommandLine;

/** Every failure ends here: as one sentence and an exit status. */
final class Failures {
    private Failures() {}

    /** A command line that picocli does not take. */
    static int wrongUsage(Console console, CommandLine.ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        console.say(usageSentence(e) + "; see " + command + " --help");
        return ExitStatus.USAGE;
    }

    private static String usageSentence(CommandLine.ParameterException e) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String argument = unmatched.getUnmatched().get(0);
            if (isNegativeNumber(argument)) {
                return "the port " + argument + " is not between 1 and 65535 (" + ErrorCode.SERVICE_NOT_FOUND.codes()
                        + ")";
            }
            if (unmatched.isUnknownOption()) {
                return "there is no option '" + argument + "'";
            }
            boolean root = e.getCommandLine().getParent() == null;
            return root ? "there is no subcommand '" + argument + "'" : "'" + argument + "' is one argument too many";
        }
        String message = e.getMessage();
        if (message == null || message.isEmpty()) {
            return "wrong usage";
        }
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static boolean isNegativeNumber(String argument) {
        return argument.length() > 1
                && argument.charAt(0) == '-'
                && Character.isDigit(argument.charAt(1))
                && argument.chars().skip(1).allMatch(Character::isDigit);
    }

    /** Whatever a command has thrown. */
    static int report(Console console, Exception e) {
        if (e instanceof OutputException output && output.readerGone()) {
            return ExitStatus.DONE;
        }
        CommandException sentence = sentenceOf(e);
        console.say(sentence.sentence());
        return sentence.status();
    }

    private static CommandException sentenceOf(Exception e) {
        if (e instanceof CommandException command) {
            return command;
        }
        if (e instanceof DialFailure failure) {
            return new CommandException(statusOf(failure), messageOf(e));
        }
        if (e instanceof InvalidTargetException invalid) {
            return CommandException.usage(
                    messageOf(invalid) + "; " + invalid.code().advice());
        }
        if (e instanceof OutputException output) {
            return output.toCommandException(ExitStatus.NOT_CONNECTED);
        }
        if (e instanceof InterruptedException) {
            return CommandException.interrupted();
        }
        if (e instanceof IOException) {
            return new CommandException(ExitStatus.NOT_CONNECTED, Reasons.of(e));
        }
        return new CommandException(
                ExitStatus.NOT_CONNECTED, "this is an error of prise itself, please report it: " + e);
    }

    /** A dial that could not even begin, such as for want of a descriptor. */
    static CommandException cannotDial(Target target, IOException e) {
        String to = target.unixPath() == null ? target.host() + " port " + target.service() : target.toString();
        return new CommandException(
                ExitStatus.NOT_CONNECTED,
                "cannot connect to " + to + ": " + Reasons.of(e) + "; "
                        + ErrorCodes.of(e).advice());
    }

    /** The exit status of a dial that failed: 3 as long as no address had been found, 1 after that. */
    static int statusOf(DialFailure failure) {
        ErrorCode code = failure.code();
        if (code == ErrorCode.INTERRUPTED) {
            return ExitStatus.INTERRUPTED;
        }
        Trace trace = failure.trace();
        boolean stillResolving = trace.attempts().isEmpty()
                && trace.candidates().isEmpty()
                && !trace.lookups().isEmpty();
        return code.isResolution() || stillResolving ? ExitStatus.NOT_RESOLVED : ExitStatus.NOT_CONNECTED;
    }

    private static String messageOf(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
