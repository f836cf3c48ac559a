package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.trace.Trace;

/** What a {@link Race} wants done. */
public sealed interface RaceAction {
    /** Which of the records this is. */
    Kind kind();

    /** The kinds of action. */
    enum Kind {
        /** {@link StartLookup}. */
        START_LOOKUP,
        /** {@link CancelLookup}. */
        CANCEL_LOOKUP,
        /** {@link StartAttempt}. */
        START_ATTEMPT,
        /** {@link CancelAttempt}. */
        CANCEL_ATTEMPT,
        /** {@link CloseLate}. */
        CLOSE_LATE,
        /** {@link Learn}. */
        LEARN,
        /** {@link Won}. */
        WON,
        /** {@link Failed}. */
        FAILED
    }

    /**
     * Ask the resolver.
     *
     * @param lookup the lookup's number, from 1
     * @param family the family to ask for
     */
    record StartLookup(int lookup, AddressFamily family) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.START_LOOKUP;
        }
    }

    /**
     * Give a lookup up.
     *
     * @param lookup the lookup's number
     */
    record CancelLookup(int lookup) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.CANCEL_LOOKUP;
        }
    }

    /**
     * Open a socket and connect it.
     *
     * @param attempt the attempt's number, from 1
     * @param candidate where to
     * @param why why now
     */
    record StartAttempt(int attempt, Candidate candidate, Trace.Why why) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.START_ATTEMPT;
        }
    }

    /** Why an attempt is given up. */
    enum CancelReason {
        /** Another attempt has won. */
        LOST,
        /** It was the oldest of as many as allowed. */
        EVICTED,
        /** It had its time. */
        TIMEOUT,
        /** The dial ran out of time. */
        DEADLINE,
        /** The caller gave up, or the dial broke off. */
        CANCELLED
    }

    /**
     * Close the socket of an attempt that is under way.
     *
     * @param attempt the attempt's number
     * @param reason why
     */
    record CancelAttempt(int attempt, CancelReason reason) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.CANCEL_ATTEMPT;
        }
    }

    /**
     * Close the socket of an attempt that connected at the same time as the winner.
     *
     * @param attempt the attempt's number
     */
    record CloseLate(int attempt) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.CLOSE_LATE;
        }
    }

    /**
     * Remember this of the attempt's path.
     *
     * @param attempt the attempt's number
     * @param candidate what was tried
     * @param lesson what it has taught
     */
    record Learn(int attempt, Candidate candidate, Lesson lesson) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.LEARN;
        }
    }

    /**
     * Hand over the socket of this attempt. Terminal: the last action.
     *
     * @param attempt the attempt's number
     */
    record Won(int attempt) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.WON;
        }
    }

    /** Why a dial failed. */
    enum FailReason {
        /** No address. */
        RESOLUTION,
        /** Every address failed. */
        CONNECT,
        /** Out of time. */
        DEADLINE,
        /** The caller gave up. */
        CANCELLED,
        /** A fault of the program. */
        BUG
    }

    /**
     * Tell the caller that the dial failed; the trace says why. Terminal: the last action.
     *
     * @param reason why
     */
    record Failed(FailReason reason) implements RaceAction {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }
}
