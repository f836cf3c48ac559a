package dev.prise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether the memory of paths may be kept in a file: what is somebody else's is not written over. */
final class HistoryPlace {
    private static final byte[] BEGINNING = "prise-paths".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_LINKS = 40;

    private HistoryPlace() {}

    /**
     * Why it may not be there, null when it may. Nothing but a regular file is opened; in the moment between looking and opening, which the
     * Java library has no call for without, only who may write to its folder can put a FIFO in its place.
     *
     * @param named whether somebody has named the file; what is in the automatic one is ours, however broken it is
     */
    static @Nullable String objection(Path file, boolean named) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(file) ? "it is a symbolic link to nothing" : null;
        }
        if (!attributes.isRegularFile()) {
            return "it is no regular file";
        }
        if (isDescriptor(file)) {
            return "it is an open file of this process";
        }
        return named && !isOurs(file) ? "it is neither empty nor begins with prise-paths" : null;
    }

    /** Whether a regular file is empty or has been written by a command. */
    static boolean isOurs(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(BEGINNING.length);
            return begin.length == 0 || Arrays.equals(begin, BEGINNING);
        }
    }

    /** A name such as /dev/stdout, which leads to whatever the process has open under that number. */
    private static boolean isDescriptor(Path file) throws IOException {
        Path at = file.toAbsolutePath();
        for (int i = 0; i < MOST_LINKS; i++) {
            Path folder = at.getParent();
            Path real = folder == null ? at : folder.toRealPath();
            if (real.startsWith("/proc") || real.startsWith("/dev/fd")) {
                return true;
            }
            if (!Files.isSymbolicLink(at)) {
                return false;
            }
            at = real.resolve(Files.readSymbolicLink(at));
        }
        return false;
    }
}
