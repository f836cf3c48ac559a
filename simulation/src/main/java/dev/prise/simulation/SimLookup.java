package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import java.util.List;

/**
 * A scripted lookup.
 *
 * @param family what is asked for
 * @param answers what comes, in the order of time
 * @param end how it ends
 * @param endAtNanos when; nothing for {@link End#NEVER}
 */
record SimLookup(AddressFamily family, List<Answer> answers, End end, long endAtNanos) {
    SimLookup {
        answers = List.copyOf(answers);
    }

    /**
     * A part of an answer.
     *
     * @param atNanos when it comes
     * @param addresses in the resolver's order
     */
    record Answer(long atNanos, List<SimAddress> addresses) {
        Answer {
            addresses = List.copyOf(addresses);
        }
    }

    /** How a lookup ends. */
    enum End {
        /** Well; without an answer, that is empty. */
        ENDED,
        /** With an error. */
        FAILED,
        /** Not by itself. */
        NEVER
    }
}
