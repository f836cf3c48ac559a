package dev.prise.simulation;

import dev.prise.address.ErrorCode;
import dev.prise.race.RaceEvent;

/** What becomes of an attempt to an address. */
enum Behaviour {
    /** It connects. */
    ACCEPTS,
    /** The peer refuses. */
    REFUSES,
    /** Nothing ever comes back; of one that is reached before, nothing more. */
    HOLE,
    /** The system gives up. */
    GIVEN_UP,
    /** It is reached, and then does not become ready. */
    NOT_READY,
    /** The network answers that there is no way. */
    UNREACHABLE,
    /** It fails before anything is sent. */
    LOCAL,
    /** It fails before anything is sent, because the machine has no way for this family. */
    LOCAL_FAMILY,
    /** A fault of the program. */
    BUG;

    /** The event that ends the attempt; not for a hole. */
    RaceEvent eventOf(int attempt) {
        return switch (this) {
            case ACCEPTS -> new RaceEvent.Connected(attempt);
            case REFUSES -> failed(attempt, RaceEvent.FailureKind.NETWORK, ErrorCode.CONNECTION_REFUSED);
            case UNREACHABLE -> failed(attempt, RaceEvent.FailureKind.NETWORK, ErrorCode.HOST_UNREACHABLE);
            case GIVEN_UP -> failed(attempt, RaceEvent.FailureKind.NETWORK, ErrorCode.TIMED_OUT);
            case NOT_READY -> failed(attempt, RaceEvent.FailureKind.NOT_READY, ErrorCode.CONNECTION_RESET);
            case LOCAL -> failed(attempt, RaceEvent.FailureKind.LOCAL, ErrorCode.ADDRESS_NOT_AVAILABLE);
            case LOCAL_FAMILY -> failed(attempt, RaceEvent.FailureKind.LOCAL_FAMILY, ErrorCode.NETWORK_UNREACHABLE);
            case BUG -> failed(attempt, RaceEvent.FailureKind.BUG, ErrorCode.UNKNOWN);
            case HOLE -> throw new IllegalStateException("a hole does not answer");
        };
    }

    private static RaceEvent failed(int attempt, RaceEvent.FailureKind kind, ErrorCode code) {
        return new RaceEvent.AttemptFailed(attempt, kind, code, code.meaning());
    }
}
