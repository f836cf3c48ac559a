package dev.prise.cli;

import dev.prise.DialHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The memory of paths that commands share: read when one begins, written when it has dialled.
 *
 * <p>Who writes holds a lock, reads again what others have written meanwhile, and puts a whole new file in the place of the old one. A file
 * that cannot be used never fails a command, and one that is not ours is left alone.
 */
final class HistoryFile implements AutoCloseable {
    static final int MOST_ENTRIES = 1000;

    /** A thousand entries take a tenth of it. */
    private static final long MOST_BYTES = 1 << 20;

    private static final long LOCK_PAUSE_MILLIS = 4;
    private static final String LOCKED = "another command holds its lock";

    /** How long a command that is done waits until it is written. */
    private static final long MOST_WAIT_MILLIS = 2000;

    /** Null when nothing is written. */
    private volatile @Nullable Path path;

    private final boolean named;
    private final DialHistory history;
    private final @Nullable Console console;
    private final boolean verbose;

    /** The file as it was last read. */
    private @Nullable Version version;

    private @Nullable Thread saving;

    /** Whether another command was writing when this one looked last. */
    private volatile boolean lockIsHeld;

    /** Whether the command has ended its wait, and said so. */
    private volatile boolean gaveUp;

    /** A file that is replaced has another key, where the system has keys, or another time. */
    private record Version(@Nullable Object key, long size, FileTime time) {}

    private HistoryFile(
            @Nullable Path path, boolean named, DialHistory history, @Nullable Console console, boolean verbose) {
        this.path = path;
        this.named = named;
        this.history = history;
        this.console = console;
        this.verbose = verbose;
    }

    /** Nothing is remembered. */
    static HistoryFile off() {
        return new HistoryFile(null, false, DialHistory.off(), null, false);
    }

    /**
     * Reads the file in the user's cache folder; a broken one is told and will be replaced.
     *
     * @param path null to remember only as long as the command runs
     * @param verbose whether to tell that it cannot be read or written
     */
    static HistoryFile automatic(@Nullable Path path, Console console, boolean verbose) {
        return new HistoryFile(path, false, DialHistory.inMemory(), console, verbose).opened();
    }

    /** Reads a file that the user has named: told and left alone when it is somebody else's, otherwise as the automatic one. */
    static HistoryFile named(Path path, Console console, boolean verbose) {
        return new HistoryFile(path, true, DialHistory.inMemory(), console, verbose).opened();
    }

    private HistoryFile opened() {
        Path file = path;
        if (file == null) {
            return this;
        }
        try {
            if (mayUse(file)) {
                read(file);
            }
        } catch (IOException e) {
            tell("cannot read", file, e);
            // whose it is cannot be told
            path = named ? null : file;
        } catch (IllegalArgumentException e) {
            say("the memory of addresses in " + file + " is broken and is made anew: " + e.getMessage()
                    + "; --history off goes without one");
        }
        return this;
    }

    /** Tells why not, and writes nothing then. */
    private boolean mayUse(Path file) throws IOException {
        String objection = HistoryPlace.objection(file, named);
        if (objection == null) {
            return true;
        }
        path = null;
        say("nothing is remembered in " + file + ", which is left alone: " + objection
                + "; --history FILE takes a new file or one of its own, --history off goes without one");
        return false;
    }

    DialHistory history() {
        return history;
    }

    /**
     * Reads the file unless it is the one that was read before; nothing when there is none.
     *
     * @throws IllegalArgumentException when it is broken
     */
    private void read(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Version now = new Version(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
            if (now.equals(version)) {
                return;
            }
            version = now;
            if (attributes.size() > MOST_BYTES) {
                throw new IllegalArgumentException("it is too large");
            }
            if (attributes.size() == 0) {
                return;
            }
            history.addText(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            // the first command, or somebody has removed it
            return;
        }
    }

    /** Writes it while the command goes on; for commands that do something with their connection. */
    void saveMeanwhile() {
        Path place = path;
        if (place != null) {
            saving = Thread.ofPlatform().daemon().name("prise-history").start(() -> save(place));
        }
    }

    /** Writes it, or waits until it is written, two seconds at most. */
    @Override
    public void close() {
        closeWithin(MOST_WAIT_MILLIS);
    }

    /**
     * The same with another limit. By a thread of its own, since a file system may keep waiting whoever writes; it ends with the command.
     */
    void closeWithin(long mostMillis) {
        Path place = path;
        if (saving == null) {
            saveMeanwhile();
        }
        Thread thread = saving;
        if (thread == null || place == null) {
            return;
        }
        try {
            if (!thread.join(Duration.ofMillis(mostMillis))) {
                tell("cannot write", place, new IOException(lockIsHeld ? LOCKED : "it takes too long"));
                gaveUp = true;
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void save(Path place) {
        try {
            Path file = Files.exists(place) ? place.toRealPath() : place.toAbsolutePath();
            Path folder = file.getParent();
            if (folder == null) {
                throw new IOException("it is no file");
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, forOwner("rwx------"));
            }
            saveLocked(file, folder);
        } catch (IOException e) {
            if (!gaveUp) {
                tell("cannot write", place, e);
            }
        }
    }

    private void saveLocked(Path file, Path folder) throws IOException {
        try (FileChannel channel = openLock(folder.resolve(file.getFileName() + ".lock"));
                FileLock held = lock(channel)) {
            lockIsHeld = false;
            if (!held.isValid()) {
                throw new IOException("the lock is lost");
            }
            // somebody may have put something else there
            if (mayUse(file)) {
                readAgain(file);
                write(file, folder);
            }
        }
    }

    /** What others have written since; a broken file is replaced, which was told when it was opened. */
    private void readAgain(Path file) throws IOException {
        try {
            read(file);
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    /** The file is made where there is none, and never written to; what else has its name is left alone. */
    private static FileChannel openLock(Path lockFile) throws IOException {
        refuseUnlessRegular(lockFile);
        // for reading too: a FIFO that has come in between does not keep waiting who opens both of its ends
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(lockFile, options, forOwner("rw-------"));
    }

    /** Also a link is in the way, wherever it leads. */
    private static void refuseUnlessRegular(Path made) throws IOException {
        if (Files.exists(made, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(made, LinkOption.NOFOLLOW_LINKS)) {
            throw inTheWay(made);
        }
    }

    private static IOException inTheWay(Path made) {
        return new FileAlreadyExistsException(made.toString(), null, made.getFileName() + " is in the way");
    }

    /** Waits for another command that writes, until it is interrupted. */
    private FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                FileLock held = channel.tryLock();
                if (held != null) {
                    return held;
                }
            } catch (OverlappingFileLockException e) {
                // another command of the same process, in a test
            }
            lockIsHeld = true;
            try {
                Thread.sleep(LOCK_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(LOCKED);
            }
        }
    }

    /**
     * A new file, which only its owner may read, takes the place of the old one in one step. Its name is always the same, since who writes
     * it holds the lock; what a command that was stopped has left there is removed, and nothing else.
     */
    private void write(Path file, Path folder) throws IOException {
        Path made = folder.resolve(file.getFileName() + ".new");
        refuseUnlessRegular(made);
        if (Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
            if (!HistoryPlace.isOurs(made)) {
                throw inTheWay(made);
            }
            Files.delete(made);
        }
        byte[] text = history.toText(MOST_ENTRIES).getBytes(StandardCharsets.ISO_8859_1);
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (FileChannel channel = FileChannel.open(made, options, forOwner("rw-------"))) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static FileAttribute<?>[] forOwner(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void tell(String what, Path file, IOException e) {
        if (verbose) {
            say(what + " the memory of addresses in " + file + ": " + FileReasons.of(e)
                    + "; --history FILE puts it elsewhere, --history off goes without one");
        }
    }

    private void say(String sentence) {
        if (console != null) {
            console.say(sentence);
        }
    }
}
