package dev.prise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page goes: a file, which is written whole or not at all, or standard output. Whatever is seen to be in the way before the dial
 * is told then.
 */
final class HtmlFile {
    private static final String OUTPUT = "-";

    /** As many as Linux follows (path_resolution(7)); what is still a link then is one of a circle. */
    private static final int MOST_LINKS = 40;

    private final String given;
    private final @Nullable Path file;

    private HtmlFile(String given, @Nullable Path file) {
        this.given = given;
        this.file = file;
    }

    /**
     * The place of a name as it was given.
     *
     * @throws CommandException when no page can be written there
     */
    static HtmlFile of(String given) {
        if (given.equals(OUTPUT)) {
            return new HtmlFile(given, null);
        }
        try {
            if (given.isEmpty()) {
                throw CommandException.usage("--html takes a file or -, not an empty word");
            }
            HtmlFile place = new HtmlFile(given, followed(Path.of(given)));
            place.requireWritable();
            return place;
        } catch (InvalidPathException e) {
            throw CommandException.usage("--html " + given + " cannot be a file: " + e.getReason());
        } catch (IOException e) {
            throw CommandException.usage(sentence(given, e));
        }
    }

    /** What a link stands for is written, and the link stays. Those to pipes, as in /proc, cannot be followed. */
    private static Path followed(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(at) && !Files.exists(at); i++) {
            // nothing is there yet that could be asked for its real path
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return Files.isSymbolicLink(at) && Files.isRegularFile(at) ? at.toRealPath() : at;
    }

    /** Whether both names are of one file, also by links and other ways to write it. */
    static boolean isSame(String one, String other) {
        try {
            Path first = followed(Path.of(one));
            Path second = followed(Path.of(other));
            if (Files.exists(first) && Files.exists(second)) {
                return Files.isRegularFile(first) && Files.isSameFile(first, second);
            }
            return first.normalize().equals(second.normalize());
        } catch (InvalidPathException | IOException e) {
            // whoever opens it will tell
            return false;
        }
    }

    private void requireWritable() throws IOException {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw CommandException.usage("--html " + given + " is a folder; give a file in it");
        }
        if (isSpecial(file)) {
            return;
        }
        if (Files.isSymbolicLink(file)) {
            throw CommandException.usage("--html " + given + " is a link that leads nowhere; give another file");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw CommandException.usage(
                    "--html " + given + " cannot be written: permission denied; give another file");
        }
        // the one way to know that does not depend on the system
        Path probe = beside(file);
        Files.createFile(probe);
        Files.delete(probe);
    }

    /** A terminal, a pipe or {@code /dev/null}: nothing can take its place. */
    private static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static Path beside(Path file) {
        return file.resolveSibling(".prise-" + UUID.randomUUID() + ".html");
    }

    boolean isOutput() {
        return file == null;
    }

    /**
     * Writes the page.
     *
     * @throws OutputException when it is for standard output, which does not take it
     * @throws CommandException when the file cannot be written; what was there before is there still
     */
    void write(String page, Console console, int statusOfFailure) {
        if (file == null) {
            console.printlnUtf8(page.stripTrailing());
            return;
        }
        try {
            if (isSpecial(file)) {
                Files.writeString(file, page, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            } else {
                replace(file, page);
            }
        } catch (IOException e) {
            throw new CommandException(statusOfFailure, sentence(given, e));
        }
    }

    private static void replace(Path file, String page) throws IOException {
        Path made = beside(file);
        try {
            Files.writeString(made, page, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            keepPermissions(file, made);
            try {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** A page that only its owner might read stays so. */
    private static void keepPermissions(Path file, Path made) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(file));
        }
    }

    private static String sentence(String given, IOException e) {
        return "--html " + given + " cannot be written: " + FileReasons.of(e) + "; give another file";
    }
}
