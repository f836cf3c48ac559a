package dev.prise.trace;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The story of one dial: what was looked up, which addresses were there in which order and why, what was attempted when, and how it
 * ended. Immutable. Every lookup and every attempt that was started has exactly one end.
 *
 * <p>All times are nanoseconds since the dial began.
 *
 * @param host the host as it was asked for, or the path of a Unix-domain socket
 * @param service the port or service name as it was asked for, empty for a Unix-domain socket
 * @param outcome how it ended
 * @param elapsedNanos the length of the dial
 * @param winner the attempt that connected, null when none did
 * @param error why it failed, null when it connected
 * @param lookups in the order of their start
 * @param candidates in the order of trial as it stood at the end
 * @param attempts in the order of their start
 */
public record Trace(
        String host,
        String service,
        Outcome outcome,
        long elapsedNanos,
        @Nullable Attempt winner,
        @Nullable Failure error,
        List<Lookup> lookups,
        List<Candidate> candidates,
        List<Attempt> attempts) {

    /** Copies the lists. */
    public Trace {
        lookups = List.copyOf(lookups);
        candidates = List.copyOf(candidates);
        attempts = List.copyOf(attempts);
    }

    /** This trace as JSON, schema {@code prise.trace/1}, on one line without a line break at the end. */
    public String toJson() {
        return TraceJson.write(this);
    }

    /** How a dial ended. */
    public enum Outcome {
        /** A socket was handed over. */
        CONNECTED,
        /** No socket. */
        FAILED;

        /** The name in JSON. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A reason.
     *
     * @param code the kind of failure
     * @param message one sentence, never empty
     */
    public record Failure(ErrorCode code, String message) {}

    /** How a lookup ended. */
    public enum LookupOutcome {
        /** With at least one address. */
        ANSWERED,
        /** The name exists, but has no such address. */
        EMPTY,
        /** With an error. */
        FAILED,
        /** It was still running when the dial ended. */
        CANCELLED;

        /** The name in JSON. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A name lookup.
     *
     * @param id its number within the dial, from 1
     * @param family the family asked for
     * @param resolver the resolver's name, for example {@code jdk}
     * @param fallbackReason why this resolver stands in for the preferred one, null when it stands in for none
     * @param startNanos when it began
     * @param endNanos when it ended
     * @param outcome how it ended
     * @param addresses the addresses in the order in which they came
     * @param error why it failed, null when it did not
     */
    public record Lookup(
            int id,
            AddressFamily family,
            String resolver,
            @Nullable String fallbackReason,
            long startNanos,
            long endNanos,
            LookupOutcome outcome,
            List<String> addresses,
            @Nullable Failure error) {

        /** Copies the list. */
        public Lookup {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * An address that could be tried.
     *
     * @param address the address
     * @param why what gave it its rank, for example {@code rule 6: precedence 40 > 35}
     */
    public record Candidate(AddressInfo address, String why) {}

    /** Why an attempt was started. */
    public enum Why {
        /** The first of the dial. */
        FIRST,
        /** The Connection Attempt Delay after the newest attempt was over. */
        DELAY,
        /** The newest attempt had failed. */
        FAILURE,
        /** The pace had allowed a start before, but the answer with this address came only now. */
        LATE_ANSWER,
        /** As many attempts as allowed were under way, and the oldest one made room. */
        EVICTION;

        /** The name in JSON. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How an attempt ended. */
    public enum AttemptOutcome {
        /** It won. */
        CONNECTED,
        /** With an error. */
        FAILED,
        /** It was given up, because another had won or the dial had ended. */
        CANCELLED;

        /** The name in JSON. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A connection attempt.
     *
     * @param id its number within the dial, from 1
     * @param address what it connected to
     * @param why why it was started
     * @param startNanos when it began
     * @param endNanos when it ended
     * @param outcome how it ended
     * @param error why it failed or was cancelled, null when it won
     * @param reachedNanos when it had reached its peer and had yet to show that it is ready, as by a TLS handshake; null when it did not
     *     come so far or had nothing to show
     */
    public record Attempt(
            int id,
            AddressInfo address,
            Why why,
            long startNanos,
            long endNanos,
            AttemptOutcome outcome,
            @Nullable Failure error,
            @Nullable Long reachedNanos) {

        /** An attempt that had nothing to show. */
        public Attempt(
                int id,
                AddressInfo address,
                Why why,
                long startNanos,
                long endNanos,
                AttemptOutcome outcome,
                @Nullable Failure error) {
            this(id, address, why, startNanos, endNanos, outcome, error, null);
        }
    }
}
