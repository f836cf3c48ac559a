package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.Lesson;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one dial takes from the memory of paths and gives to it. {@link #path} may be called on any thread, all else on the driver's.
 */
final class DialMemory {
    private final @Nullable PathMemory memory;

    /** Whether this dial goes without what is remembered. */
    private final boolean cold;

    /** The network that the dial was begun in, null until somebody asked, and as long as it is not known. */
    private volatile @Nullable Long network;

    /** Addresses that failed or did not answer in time. */
    private final List<AddressInfo> lost = new ArrayList<>(0);

    /**
     * A dial that begins.
     *
     * @param memory null to remember nothing
     */
    DialMemory(@Nullable PathMemory memory) {
        this.memory = memory;
        this.cold = memory == null || memory.beginDial();
    }

    /** The race's numbers, with the other family preferred while the preferred one does not work. */
    RaceSettings adjust(RaceSettings settings) {
        if (memory == null || cold) {
            return settings;
        }
        AddressFamily demoted = memory.demotedFamily();
        AddressFamily preferred = settings.preferredFamily() == AddressFamily.UNSPEC
                ? settings.policyTable().preferredFamily()
                : settings.preferredFamily();
        if (demoted != preferred) {
            return settings;
        }
        return settings.withPreferredFamily(demoted == AddressFamily.INET6 ? AddressFamily.INET : AddressFamily.INET6);
    }

    /**
     * Notes the network, which takes the first use of the memory a moment: to be called while there is nothing else to do, and at the latest
     * before the first attempt.
     */
    void prepare() {
        if (memory != null && network == null) {
            network = memory.network();
        }
    }

    /** What is remembered of the way to an address. */
    KnownPath path(AddressInfo address) {
        if (memory == null || cold || memory.isEmpty()) {
            return KnownPath.NONE;
        }
        prepare();
        Long present = network;
        return present == null ? KnownPath.NONE : memory.path(present, address);
    }

    /** An attempt has taught something. In another network than that of the dial's beginning, or when that was not known, it is of no use. */
    void learn(RaceAction.Learn learn) {
        Long present = presentNetwork();
        if (memory == null || present == null) {
            return;
        }
        Candidate candidate = learn.candidate();
        Lesson lesson = learn.lesson();
        memory.learn(present, candidate.connectAddress(), lesson);
        if (candidate.via() == null && speaksAgainstFamily(lesson)) {
            lost.add(candidate.address());
        }
    }

    /** The only attempt of a dial has connected. */
    void learnRoundTrip(AddressInfo address, long nanos) {
        Long present = presentNetwork();
        if (memory != null && present != null) {
            memory.learn(present, address, new Lesson(Lesson.Kind.ROUND_TRIP, nanos, null));
        }
    }

    /** Who refuses has been reached, so the family works. */
    private static boolean speaksAgainstFamily(Lesson lesson) {
        return lesson.kind() == Lesson.Kind.UNANSWERED
                || (lesson.kind() == Lesson.Kind.FAILED
                        && lesson.code() != ErrorCode.CONNECTION_REFUSED
                        && lesson.code() != ErrorCode.CONNECTION_RESET);
    }

    /** The dial is won. */
    void won(AddressInfo winner) {
        Long present = lost.isEmpty() ? null : presentNetwork();
        if (memory == null || present == null) {
            return;
        }
        for (AddressInfo loser : lost) {
            if (loser.family() != winner.family()) {
                memory.lostToOtherFamily(present, loser);
            }
        }
    }

    private @Nullable Long presentNetwork() {
        if (memory == null) {
            return null;
        }
        Long begun = network;
        return begun != null && begun.equals(memory.network()) ? begun : null;
    }
}
