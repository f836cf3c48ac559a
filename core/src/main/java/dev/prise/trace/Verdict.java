package dev.prise.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trace means, in plain words: what happened, what to do about it, and what the delays cost and why.
 *
 * <p>All texts are one line without control characters, whatever a name server or a peer has sent.
 *
 * @param kind what it comes down to
 * @param sentence what happened, with a full stop
 * @param advice what to look at or to do, with a full stop; null when nothing is to be done
 * @param costs what a dial that connected has lost, in the order in which it was lost; empty for one that failed
 */
public record Verdict(Kind kind, String sentence, @Nullable String advice, List<Cost> costs) {

    /** Copies the list. */
    public Verdict {
        costs = List.copyOf(costs);
    }

    /** What it comes down to. */
    public enum Kind {
        /** Connected with the first address, without a delay worth a word. */
        HEALTHY,
        /** Connected, and the name server took long. */
        SLOW_LOOKUP,
        /** Connected, and the name server answers for one family only. */
        HALF_A_LOOKUP,
        /** Connected over IPv4, after IPv6 addresses that this machine has no route to. */
        NO_IPV6_ROUTE,
        /** Connected over IPv4, after IPv6 addresses that did not work. */
        IPV6_BROKEN,
        /** Connected over IPv6, after IPv4 addresses that did not work. */
        IPV4_BROKEN,
        /** Connected, after addresses of the same family that did not work. */
        SOME_ADDRESSES_BROKEN,
        /** There is no such name. */
        NAME_UNKNOWN,
        /** The name exists, and has no address that could be used. */
        NAME_WITHOUT_ADDRESS,
        /** The name server did not answer. */
        LOOKUP_TIMEOUT,
        /** The name server answered with a failure. */
        LOOKUP_FAILED,
        /** The peer refuses: nobody listens, or a firewall rejects. */
        REFUSED,
        /** Nothing answers: a firewall drops, or there is no such machine. */
        SILENT,
        /** No route leads there. */
        UNREACHABLE,
        /** The connection was reset or hung up before it was of use. */
        RESET,
        /** The peer's certificate is not accepted. */
        CERTIFICATE_REFUSED,
        /** The TLS handshake failed. */
        TLS_FAILED,
        /** The peer accepts and then does not get ready, as in TLS. */
        NOT_READY,
        /** This machine did not let the attempt begin: no descriptor, no permission, no source address. */
        LOCAL,
        /** Addresses failed for different reasons. */
        MIXED,
        /** The dial was cancelled or interrupted. */
        GIVEN_UP,
        /** Something else. */
        OTHER
    }

    /**
     * Time that was lost.
     *
     * @param nanos how much
     * @param reason to what, without a full stop: {@code IPv6 2001:db8::1 did not answer}
     */
    public record Cost(long nanos, String reason) {
        /** {@code 250 ms lost: IPv6 2001:db8::1 did not answer}. */
        @Override
        public String toString() {
            return Elapsed.text(nanos) + " lost: " + reason;
        }
    }

    /** The verdict on a dial. Pure; never throws. */
    public static Verdict of(Trace trace) {
        return new Judge(trace).verdict();
    }
}
