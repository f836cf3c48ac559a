package dev.prise.cli;

/** Ends a command with one sentence and an exit status. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    CommandException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    static CommandException usage(String sentence) {
        return new CommandException(ExitStatus.USAGE, sentence);
    }

    static CommandException interrupted() {
        return new CommandException(ExitStatus.INTERRUPTED, "interrupted");
    }

    /** One of {@link ExitStatus}. */
    int status() {
        return status;
    }

    /** The sentence, without the {@code prise: } before it. */
    String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
