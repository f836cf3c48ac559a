package dev.prise.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file for a report that an option names. It is opened, and emptied, before the work for the report begins: who cannot write there is
 * told at once, and what an earlier run has left is not taken for this one's.
 */
final class ReportFile implements AutoCloseable {
    private final String option;
    private final String name;
    private final OutputStream out;

    private ReportFile(String option, String name, OutputStream out) {
        this.option = option;
        this.name = name;
        this.out = out;
    }

    /**
     * Opens it.
     *
     * @throws CommandException when it cannot be written to
     */
    static ReportFile open(String option, String name) {
        if (name.isBlank() || name.equals("-")) {
            throw CommandException.usage(option + " takes the name of a file, not '" + name + "'");
        }
        try {
            return new ReportFile(option, name, Files.newOutputStream(Path.of(name)));
        } catch (InvalidPathException e) {
            throw CommandException.usage(option + " '" + name + "' cannot be a file: " + e.getReason());
        } catch (IOException e) {
            throw CommandException.usage(option + " " + name + " cannot be written: " + FileReasons.of(e));
        }
    }

    /** What a report consists of. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes all of it, and closes it.
     *
     * @throws CommandException with this status when the disk is full, say
     */
    void write(int statusOfFailure, Content content) {
        try {
            content.writeTo(out);
            // some file systems tell of a full disk only now
            out.close();
        } catch (IOException e) {
            throw new CommandException(
                    statusOfFailure,
                    option + " " + name + " cannot be written: " + FileReasons.of(e)
                            + "; make room or write elsewhere");
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            // nothing was written
        }
    }
}
