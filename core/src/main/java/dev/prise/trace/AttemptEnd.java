package dev.prise.trace;

import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import org.jspecify.annotations.Nullable;

/** How an attempt that did not win came out, as far as a person cares. */
enum AttemptEnd {
    /** Somebody said no. */
    REFUSED("refused", "refused means that nothing listens there, or that a firewall rejects"),
    /** Nobody said anything in the time there was. */
    SILENT("did not answer", "no answer means that a firewall drops, or that the machine is off or not there"),
    /** It was given up so soon that it may only have been slower than the winner. */
    SLOWER("had not answered yet", "not yet means that another was faster"),
    /** This machine or a router has no route. */
    NO_ROUTE("cannot be reached", "no route is for this machine or a router to mend"),
    /** Somebody on the way says that it cannot be reached. */
    UNREACHABLE("cannot be reached", "unreachable means that the machine is off, or that a router or firewall says so"),
    /** A firewall, here or on the way, or the rights of a file forbid it. */
    NOT_ALLOWED(
            "may not be reached", "what may not be reached is forbidden by a firewall or the rights of this process"),
    /** There is no such file, of a Unix-domain socket. */
    NO_FILE("is not there", "what is not there is made by the server when it starts"),
    /** It accepted and ended the connection before it was ready. */
    RESET("hung up", "hung up means that the server or a proxy ended the connection"),
    /** Its certificate is not accepted. */
    CERTIFICATE(
            "showed a certificate that is not accepted",
            "its certificate has to be mended, or be trusted by this program"),
    /** No TLS came about. */
    TLS("failed at TLS", "a failure at TLS is told in the server's log"),
    /** It accepted and did not get ready. */
    NOT_READY(
            "accepted, but did not finish the TLS handshake or greeting",
            "accepted and not finished means that the service hangs"),
    /** Nothing was sent for a reason of this machine. */
    LOCAL("could not be tried", "what could not be tried is for this machine to mend"),
    /** Something else. */
    OTHER("failed", "what failed otherwise has its reason beside it");

    private static final int LONGEST_MESSAGE = 160;

    private final String words;
    private final String hint;

    AttemptEnd(String words, String hint) {
        this.words = words;
        this.hint = hint;
    }

    /** What is told of several with different reasons: what it means, without a full stop. */
    String hint() {
        return hint;
    }

    /** The predicate of a sentence about the address, without a reason. */
    String words() {
        return words;
    }

    /**
     * How an attempt came out.
     *
     * @param winner the one that connected, null when none did
     */
    static AttemptEnd of(Trace.Attempt attempt, Trace.@Nullable Attempt winner) {
        Trace.Failure failure = attempt.error();
        if (failure == null) {
            return winner != null && isOnlySlower(attempt, winner) ? SLOWER : unanswered(attempt);
        }
        return switch (failure.code()) {
            case CONNECTION_REFUSED -> REFUSED;
            case TIMED_OUT -> unanswered(attempt);
            case NETWORK_UNREACHABLE -> NO_ROUTE;
            case HOST_UNREACHABLE, HOST_DOWN, NETWORK_DOWN -> UNREACHABLE;
            case PERMISSION_DENIED, NOT_PERMITTED -> NOT_ALLOWED;
            case NO_SUCH_FILE -> NO_FILE;
            case CONNECTION_RESET, BROKEN_PIPE -> RESET;
            case TLS_CERTIFICATE -> CERTIFICATE;
            case TLS_HANDSHAKE -> TLS;
            case ADDRESS_NOT_AVAILABLE,
                    ADDRESS_IN_USE,
                    TOO_MANY_OPEN_FILES,
                    TOO_MANY_OPEN_FILES_IN_SYSTEM,
                    NO_BUFFER_SPACE,
                    OUT_OF_MEMORY,
                    FAMILY_NOT_SUPPORTED -> LOCAL;
            default -> OTHER;
        };
    }

    private static AttemptEnd unanswered(Trace.Attempt attempt) {
        return attempt.reachedNanos() == null ? SILENT : NOT_READY;
    }

    /** Only who had twice the winner's time has had its chance; the race learns by the same rule. */
    private static boolean isOnlySlower(Trace.Attempt attempt, Trace.Attempt winner) {
        Long reached = attempt.reachedNanos() == null ? winner.reachedNanos() : null;
        long winnerTook = (reached == null ? winner.endNanos() : reached) - winner.startNanos();
        return attempt.endNanos() - attempt.startNanos() < 2 * winnerTook;
    }

    /** Whether this machine itself has no way to the address, so that it says nothing of the peer. */
    static boolean isWithoutWay(Trace.Attempt attempt, Trace.@Nullable Attempt winner) {
        Trace.Failure failure = attempt.error();
        return of(attempt, winner) == NO_ROUTE
                || (failure != null
                        && (failure.code() == ErrorCode.FAMILY_NOT_SUPPORTED
                                || failure.code() == ErrorCode.ADDRESS_NOT_AVAILABLE));
    }

    /** The predicate with what is known of the reason: {@code cannot be reached (host unreachable)}. */
    String words(Trace.Attempt attempt) {
        Trace.Failure failure = attempt.error();
        if (failure == null) {
            return words;
        }
        return switch (this) {
            case REFUSED, SILENT, SLOWER, NO_FILE, NOT_READY -> words;
            case NO_ROUTE -> words + " (no route)";
            case UNREACHABLE, NOT_ALLOWED, RESET, LOCAL ->
                words + " (" + failure.code().meaning() + ")";
            case CERTIFICATE, TLS -> words + " (" + message(failure) + ")";
            case OTHER -> words + " (" + reason(failure) + ")";
        };
    }

    /** The words of a code, or those of the system for what has none. */
    static String reason(Trace.Failure failure) {
        return failure.code() == ErrorCode.UNKNOWN
                ? message(failure)
                : failure.code().meaning();
    }

    private static String message(Trace.Failure failure) {
        return PlainText.of(PlainText.shortened(failure.message(), LONGEST_MESSAGE));
    }
}
