package dev.prise.engine;

import dev.prise.race.GaiConf;
import dev.prise.race.PolicyTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The policy table of this machine: that of {@code /etc/gai.conf} on Linux, where the file is there and sets anything, otherwise that of RFC
 * 6724. Whether the file has changed is looked at every five seconds at most. Thread-safe.
 */
public final class SystemPolicy {
    private static final long LOOKED_AT_EVERY_NANOS = 5_000_000_000L;

    /** A file of more is no configuration. */
    private static final long MOST_BYTES = 1 << 20;

    private static final SystemPolicy INSTANCE = new SystemPolicy(
            System.getProperty("os.name", "").equals("Linux") ? Path.of("/etc/gai.conf") : null, LOOKED_AT_EVERY_NANOS);

    private final @Nullable Path file;
    private final long everyNanos;
    private volatile @Nullable State state;

    private record State(GaiConf conf, @Nullable FileTime changed, long size, long lookedAtNanos) {}

    /**
     * A policy of a file.
     *
     * @param file null for none
     * @param everyNanos how long a look at the file holds
     */
    SystemPolicy(@Nullable Path file, long everyNanos) {
        this.file = file;
        this.everyNanos = everyNanos;
    }

    /** The table of this machine now. */
    public static PolicyTable table() {
        return INSTANCE.conf().table();
    }

    /** What the file says, {@link GaiConf#EMPTY} where there is none that can be read. */
    GaiConf conf() {
        if (file == null) {
            return GaiConf.EMPTY;
        }
        State last = state;
        long now = System.nanoTime();
        if (last == null || now - last.lookedAtNanos >= everyNanos) {
            last = look(file, last, now);
            state = last;
        }
        return last.conf;
    }

    private static State look(Path file, @Nullable State last, long now) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            FileTime changed = attributes.lastModifiedTime();
            long size = attributes.size();
            if (last != null && changed.equals(last.changed) && size == last.size) {
                return new State(last.conf, changed, size, now);
            }
            if (size <= MOST_BYTES) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                return new State(GaiConf.parse(text), changed, size, now);
            }
        } catch (IOException | SecurityException e) {
            // no file, or not for us to read: then nothing is set, as for glibc
        }
        return new State(GaiConf.EMPTY, null, 0, now);
    }
}
