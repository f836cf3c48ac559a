package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import java.util.List;

/**
 * A scripted lookup.
 *
 * @param family what is asked for
 * @param answers what comes, in the order of time; what follows the last answer is not to be heeded
 * @param end how it ends, unless it has ended with an answer before
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
     * @param last whether the lookup ends with it
     */
    record Answer(long atNanos, List<SimAddress> addresses, boolean last) {
        Answer {
            addresses = List.copyOf(addresses);
        }

        Answer(long atNanos, List<SimAddress> addresses) {
            this(atNanos, addresses, false);
        }

        Answer asLast() {
            return new Answer(atNanos, addresses, true);
        }
    }

    /** How a lookup ends. */
    enum End {
        /** Well; without an answer, that is empty. */
        ENDED,
        /** No name server answers. */
        FAILED,
        /** There is no such name. */
        NO_SUCH_NAME,
        /** Not by itself. */
        NEVER
    }
}
