package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;

/**
 * Something that happened in a dial, told as it happens. The first event of a dial is {@link DialStarted}, the last one
 * {@link DialEnded}; each start between them is followed by exactly one end of the same number.
 */
public sealed interface TraceEvent {
    /** Which of the records this is. */
    Kind kind();

    /** The kinds of event. */
    enum Kind {
        /** {@link DialStarted}. */
        DIAL_STARTED,
        /** {@link LookupStarted}. */
        LOOKUP_STARTED,
        /** {@link LookupEnded}. */
        LOOKUP_ENDED,
        /** {@link AttemptStarted}. */
        ATTEMPT_STARTED,
        /** {@link AttemptReached}. */
        ATTEMPT_REACHED,
        /** {@link AttemptEnded}. */
        ATTEMPT_ENDED,
        /** {@link DialEnded}. */
        DIAL_ENDED
    }

    /**
     * The dial has begun; always the first event.
     *
     * @param host the host as it was asked for, or the path of a Unix-domain socket
     * @param service the port or service name as it was asked for, empty for a Unix-domain socket
     */
    record DialStarted(String host, String service) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.DIAL_STARTED;
        }
    }

    /**
     * A lookup has begun.
     *
     * @param id the lookup's number
     * @param family the family asked for
     * @param resolver the resolver's name
     * @param atNanos nanoseconds since the dial began
     */
    record LookupStarted(int id, AddressFamily family, String resolver, long atNanos) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.LOOKUP_STARTED;
        }
    }

    /**
     * A lookup has ended.
     *
     * @param lookup the whole of it
     */
    record LookupEnded(Trace.Lookup lookup) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.LOOKUP_ENDED;
        }
    }

    /**
     * An attempt has begun; for a driver, a socket of the address's family is opened and its connect is under way.
     *
     * @param id the attempt's number
     * @param address what it connects to
     * @param why why it was started
     * @param atNanos nanoseconds since the dial began
     */
    record AttemptStarted(int id, AddressInfo address, Trace.Why why, long atNanos) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_STARTED;
        }
    }

    /**
     * An attempt has reached its peer, and has yet to show that it is ready.
     *
     * @param id the attempt's number
     * @param atNanos nanoseconds since the dial began
     */
    record AttemptReached(int id, long atNanos) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_REACHED;
        }
    }

    /**
     * An attempt has ended.
     *
     * @param attempt the whole of it
     */
    record AttemptEnded(Trace.Attempt attempt) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_ENDED;
        }
    }

    /**
     * The dial has ended; always the last event.
     *
     * @param trace the whole story
     */
    record DialEnded(Trace trace) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.DIAL_ENDED;
        }
    }
}
