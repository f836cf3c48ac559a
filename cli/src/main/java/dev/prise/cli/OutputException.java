package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import java.io.IOException;

/** Standard output does not take what we write. */
final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    OutputException(IOException cause) {
        super(reasonOf(cause), cause, false, false);
        this.readerGone = ErrorCodes.of(cause) == ErrorCode.BROKEN_PIPE;
    }

    /** In the system's own words: the codes are those of sockets, and this is a file or a pipe. */
    private static String reasonOf(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    /** Whether whoever read our output has had enough, as {@code head} does; nothing to complain about. */
    boolean readerGone() {
        return readerGone;
    }

    CommandException toCommandException(int status) {
        return new CommandException(
                status, "cannot write to standard output: " + getMessage() + "; make room or write elsewhere");
    }
}
