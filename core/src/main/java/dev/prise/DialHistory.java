package dev.prise;

import dev.prise.engine.PathMemory;
import dev.prise.race.PathHistory;
import org.jspecify.annotations.Nullable;

/**
 * What dials remember of addresses: how long a round trip takes, and who has not answered or has refused lately. It changes in which order
 * and at which pace addresses are tried, and never leaves one out; {@link PathHistory} has the rules.
 *
 * <p>Each {@link Dialer} has one of its own unless it is given another, and dialers made with {@link Dialer#toBuilder} share it. What must
 * not know of each other, such as the users of a server, gets dialers with histories of their own: a shared one shows in the order of
 * attempts where others have been.
 *
 * <p>Thread-safe. It holds at most {@link PathHistory#MAX_ENTRIES} entries, for ten minutes each, and nothing that needs to be closed.
 */
public final class DialHistory {
    private static final DialHistory OFF = new DialHistory(null);

    private final @Nullable PathMemory memory;

    DialHistory(@Nullable PathMemory memory) {
        this.memory = memory;
    }

    /** No memory: every dial is as the first. */
    public static DialHistory off() {
        return OFF;
    }

    /** An empty one, which lasts as long as the object. */
    public static DialHistory inMemory() {
        return new DialHistory(new PathMemory());
    }

    /** Null when it is off. */
    @Nullable
    PathMemory memory() {
        return memory;
    }

    /**
     * What is remembered now, for another process or another day; empty when it is off. It names the addresses that were dialled.
     *
     * @param mostEntries how many entries it may have, those used last; at least 1
     * @throws IllegalArgumentException when {@code mostEntries} is less than 1
     */
    public String toText(int mostEntries) {
        if (mostEntries < 1) {
            throw new IllegalArgumentException("entries: at least 1, not " + mostEntries);
        }
        return memory == null ? "" : memory.toText(mostEntries);
    }

    /**
     * Adds what {@link #toText} has written. Of two entries of the same thing the newer one is kept; what has expired is passed over, and
     * so is everything when it is off.
     *
     * @throws IllegalArgumentException if it is not such a text; nothing is added then
     */
    public void addText(String text) {
        if (memory != null) {
            memory.addText(text);
        }
    }
}
