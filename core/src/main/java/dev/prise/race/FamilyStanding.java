package dev.prise.race;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one address family does in one network: to how many destinations it was lost while the other family was there, and until when it
 * therefore comes second.
 */
final class FamilyStanding {
    static final int DESTINATIONS = 3;
    static final long WITHIN_NANOS = 60_000_000_000L;
    static final long FIRST_DEMOTION_NANOS = 60_000_000_000L;
    static final long LONGEST_DEMOTION_NANOS = 600_000_000_000L;

    /** When what stands here last changed. */
    long changedAtNanos;

    /** Until when the family comes second; of no meaning when it never has. */
    long demotedUntilNanos;

    /** How often in a row it was made to come second. */
    int demotions;

    /** The newest destinations that were lost, and when. */
    final Map<PathKey, Long> lost = new LinkedHashMap<>();

    boolean isDemoted(long now) {
        return demotions > 0 && demotedUntilNanos - now > 0;
    }

    boolean isForgotten(long now) {
        long since = demotions > 0 ? Math.max(demotedUntilNanos, changedAtNanos) : changedAtNanos;
        return now - since > LONGEST_DEMOTION_NANOS;
    }

    void lost(PathKey destination, long now) {
        changedAtNanos = now;
        lost.values().removeIf(at -> now - at > WITHIN_NANOS);
        lost.remove(destination);
        lost.put(destination, now);
        if (lost.size() > DESTINATIONS) {
            lost.remove(lost.keySet().iterator().next());
        }
        if (lost.size() == DESTINATIONS && !isDemoted(now)) {
            demotedUntilNanos = now + lengthOfNext();
            demotions++;
        }
    }

    private long lengthOfNext() {
        // the tenth time is more than long enough, and a shift by 64 would begin anew
        return Math.min(LONGEST_DEMOTION_NANOS, FIRST_DEMOTION_NANOS << Math.min(demotions, 10));
    }

    void succeeded(long now) {
        changedAtNanos = now;
        demotions = 0;
        lost.clear();
    }
}
