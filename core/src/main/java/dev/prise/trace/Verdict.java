package dev.prise.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trace means, in plain words: what happened, what to do about it, and what the delays cost and why.
 *
 * <p>All texts are one line without control characters, whatever a name server or a peer has sent. They say no more than the trace shows:
 * silence is told as silence, and what it may come from is advice. The words may change between versions, the kinds only grow;
 * docs/verdicts.md has an example of each.
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
        /** Connected, and no address failed; the sentence tells what was lost, if anything was. */
        HEALTHY,
        /** Connected, and the name server took long. */
        SLOW_LOOKUP,
        /** Connected, and the lookup of one family failed or was given up after the dial had waited for it. */
        HALF_A_LOOKUP,
        /** Connected with the first address that was asked, and that took long: a second, as after a lost packet. */
        SLOW_CONNECT,
        /** Connected over IPv4, after IPv6 addresses that there is no route to. */
        NO_IPV6_ROUTE,
        /** Connected over IPv4, after IPv6 addresses that failed or did not answer in time. */
        IPV6_BROKEN,
        /** Connected over IPv6, after IPv4 addresses that failed or did not answer in time. */
        IPV4_BROKEN,
        /** Connected, after addresses of the same family or of both that failed or did not answer in time. */
        SOME_ADDRESSES_BROKEN,
        /** There is no such name. */
        NAME_UNKNOWN,
        /** The name exists, and has no address of the families asked for. */
        NAME_WITHOUT_ADDRESS,
        /** No name server gave an answer in the time there was. */
        LOOKUP_TIMEOUT,
        /** A name server told a failure, or cannot be reached. */
        LOOKUP_FAILED,
        /** The peer refuses: nobody listens, or a firewall rejects. */
        REFUSED,
        /** Nothing answers: a firewall drops, or there is no such machine. */
        SILENT,
        /** No route leads there, or a router or firewall says so. */
        UNREACHABLE,
        /** There is no file of that name, where a Unix-domain socket was looked for. */
        NO_SOCKET_FILE,
        /** The connection was reset or hung up before it was of use. */
        RESET,
        /** The peer's certificate is not accepted. */
        CERTIFICATE_REFUSED,
        /** The TLS handshake failed. */
        TLS_FAILED,
        /** The peer accepts and then does not get ready in time, as in TLS. */
        NOT_READY,
        /** Not allowed, or nothing could be sent for a reason of this machine: no descriptor, no source address. */
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
        return Judge.of(trace);
    }
}
