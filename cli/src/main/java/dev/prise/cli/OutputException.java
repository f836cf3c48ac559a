package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.io.IOException;

/** Standard output does not take what we write. */
final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    OutputException(IOException cause) {
        super(reasonOf(cause), cause, false, false);
        this.code = ErrorCodes.of(cause);
    }

    /** In the system's own words: the codes are those of sockets, and this is a file or a pipe. */
    private static String reasonOf(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    /** Whether whoever read our output has had enough, as {@code head} does; nothing to complain about. */
    boolean readerGone() {
        return code == ErrorCode.BROKEN_PIPE;
    }

    /** What to throw when a connection had been made before: not connected would be wrong. */
    RuntimeException afterConnecting() {
        return readerGone() ? this : toCommandException(ExitStatus.BROKEN);
    }

    CommandException toCommandException(int status) {
        if (code == ErrorCode.INTERRUPTED) {
            return CommandException.interrupted();
        }
        return new CommandException(
                status, "cannot write to standard output: " + getMessage() + "; make room or write elsewhere");
    }
}
