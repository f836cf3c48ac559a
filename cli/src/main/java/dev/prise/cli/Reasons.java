package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;

/** Reasons of failures that are not dials. */
final class Reasons {
    private Reasons() {}

    /** Why it failed, with the codes: {@code reset by peer (ECONNRESET, WSAECONNRESET 10054)}. */
    static String of(Throwable failure) {
        ErrorCode code = ErrorCodes.of(failure);
        String message = failure.getMessage();
        String words = code == ErrorCode.UNKNOWN && message != null ? message : code.meaning();
        return words + " (" + code.codes() + ")";
    }
}
