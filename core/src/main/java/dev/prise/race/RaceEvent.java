package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.util.List;

/** What the world tells a {@link Race}. Events with unknown numbers, and events of what has already ended, are ignored. */
public sealed interface RaceEvent {
    /** Which of the records this is. */
    Kind kind();

    /** The kinds of event. */
    enum Kind {
        /** {@link Start}. */
        START,
        /** {@link Answered}. */
        ANSWERED,
        /** {@link LookupEnded}. */
        LOOKUP_ENDED,
        /** {@link LookupFailed}. */
        LOOKUP_FAILED,
        /** {@link AttemptSent}. */
        ATTEMPT_SENT,
        /** {@link TransportConnected}. */
        TRANSPORT_CONNECTED,
        /** {@link Connected}. */
        CONNECTED,
        /** {@link AttemptFailed}. */
        ATTEMPT_FAILED,
        /** {@link AddressesRemoved}. */
        ADDRESSES_REMOVED,
        /** {@link Crowded}. */
        CROWDED,
        /** {@link Cancel}. */
        CANCEL
    }

    /**
     * The dial begins; the first event, once.
     *
     * @param lookups the families to look up, in this order; empty for an address literal
     * @param reserve families that this machine cannot reach, to be looked up only when all lookups have ended without an address: a name
     *     may still stand for an address of this machine itself
     * @param known addresses that need no lookup
     */
    record Start(List<AddressFamily> lookups, List<AddressFamily> reserve, List<Candidate> known) implements RaceEvent {
        /** Copies the lists. */
        public Start {
            lookups = List.copyOf(lookups);
            reserve = List.copyOf(reserve);
            known = List.copyOf(known);
        }

        /** A dial without a reserve. */
        public Start(List<AddressFamily> lookups, List<Candidate> known) {
            this(lookups, List.of(), known);
        }

        @Override
        public Kind kind() {
            return Kind.START;
        }
    }

    /**
     * A lookup brought addresses.
     *
     * @param lookup the lookup's number
     * @param candidates in the resolver's order
     * @param last whether the lookup has ended with them
     */
    record Answered(int lookup, List<Candidate> candidates, boolean last) implements RaceEvent {
        /** Copies the list. */
        public Answered {
            candidates = List.copyOf(candidates);
        }

        /** Addresses after which more may come. */
        public Answered(int lookup, List<Candidate> candidates) {
            this(lookup, candidates, false);
        }

        @Override
        public Kind kind() {
            return Kind.ANSWERED;
        }
    }

    /**
     * A lookup has ended well; without an {@link Answered} before, that is an empty answer.
     *
     * @param lookup the lookup's number
     */
    record LookupEnded(int lookup) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.LOOKUP_ENDED;
        }
    }

    /**
     * A lookup has ended with an error.
     *
     * @param lookup the lookup's number
     * @param code what kind of error
     * @param message the resolver's words
     */
    record LookupFailed(int lookup, ErrorCode code, String message) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.LOOKUP_FAILED;
        }
    }

    /**
     * The first packet of an attempt has left. Opening a socket takes its time, milliseconds the first time, and what comes next is paced
     * by packets: without this event the moment of {@link RaceAction.StartAttempt} counts.
     *
     * @param attempt the attempt's number
     */
    record AttemptSent(int attempt) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_SENT;
        }
    }

    /**
     * An attempt has reached its peer, and is not ready yet: a TLS handshake follows, or whatever the caller demands. The next attempt is
     * put off until it should be ready (v3 section 6.1); {@link Connected} or {@link AttemptFailed} follows.
     *
     * @param attempt the attempt's number
     */
    record TransportConnected(int attempt) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.TRANSPORT_CONNECTED;
        }
    }

    /**
     * An attempt is connected, and ready when more was demanded.
     *
     * @param attempt the attempt's number
     */
    record Connected(int attempt) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.CONNECTED;
        }
    }

    /** How far an attempt came that failed. */
    enum FailureKind {
        /** Nothing was sent, and nothing will be for any address of this family: no route, family not supported. */
        LOCAL_FAMILY,
        /** Nothing was sent: no source address, not permitted, no descriptor left. */
        LOCAL,
        /** The network or the peer answered with an error, or the system gave up. */
        NETWORK,
        /** It was connected and then did not become ready: the handshake failed, or the peer hung up. */
        NOT_READY,
        /** A fault of the program; ends the dial. */
        BUG
    }

    /**
     * An attempt has failed.
     *
     * @param attempt the attempt's number
     * @param failure how far it came
     * @param code what kind of error
     * @param message the system's words
     */
    record AttemptFailed(int attempt, FailureKind failure, ErrorCode code, String message) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_FAILED;
        }
    }

    /**
     * A lookup takes addresses back. One that has been tried goes on, one that has not is dropped (RFC 8305 section 6); when a later
     * answer brings it again, it is back.
     *
     * @param addresses as they were given
     */
    record AddressesRemoved(List<AddressInfo> addresses) implements RaceEvent {
        /** Copies the list. */
        public AddressesRemoved {
            addresses = List.copyOf(addresses);
        }

        @Override
        public Kind kind() {
            return Kind.ADDRESSES_REMOVED;
        }
    }

    /**
     * Other dials wait in vain for this address already, or no longer do. While they do it is passed over as long as there is another
     * one to try.
     *
     * @param address as it was given
     * @param crowded whether they do
     */
    record Crowded(AddressInfo address, boolean crowded) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.CROWDED;
        }
    }

    /**
     * The caller gives up, or the driver cannot go on.
     *
     * @param code {@link ErrorCode#CANCELLED}, {@link ErrorCode#INTERRUPTED}, or what the driver lacks
     */
    record Cancel(ErrorCode code) implements RaceEvent {
        @Override
        public Kind kind() {
            return Kind.CANCEL;
        }
    }
}
