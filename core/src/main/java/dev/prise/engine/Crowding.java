package dev.prise.engine;

import dev.prise.address.AddressInfo;
import dev.prise.race.Candidate;
import dev.prise.race.RaceEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which addresses of one dial other dials wait for in vain, and what its race has been told of that. For the driver's thread. */
final class Crowding {
    private final Unanswered unanswered;
    private final List<Candidate> known = new ArrayList<>(2);
    private final Set<AddressInfo> crowded = new HashSet<>(2);

    Crowding(Unanswered unanswered) {
        this.unanswered = unanswered;
    }

    /** The race has been told of these. */
    void know(List<Candidate> candidates) {
        known.addAll(candidates);
    }

    /** What the race is to be told before it decides; mostly nothing. */
    List<RaceEvent> news(long nowNanoTime) {
        // with one address alone there is none to turn to
        if (known.size() < 2 || (crowded.isEmpty() && unanswered.isEmpty())) {
            return List.of();
        }
        List<RaceEvent> news = new ArrayList<>(1);
        for (Candidate candidate : known) {
            AddressInfo address = candidate.address();
            boolean isCrowded = unanswered.isCrowded(candidate.connectAddress(), nowNanoTime);
            if (isCrowded ? crowded.add(address) : crowded.remove(address)) {
                news.add(new RaceEvent.Crowded(address, isCrowded));
            }
        }
        return news;
    }
}
