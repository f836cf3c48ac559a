package dev.prise;

import dev.prise.address.ErrorCode;
import java.net.SocketException;

/** A socket could not be opened; carries the code that {@code socket()} gives for it. */
public final class SocketOpenException extends SocketException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    SocketOpenException(String message, ErrorCode code) {
        // the meaning is in the system's words, by which ErrorCodes finds the code of this exception as of any other
        super(message + ": " + code.meaning() + " (" + code.codes() + ")");
        this.code = code;
    }

    /** The kind of failure. */
    public ErrorCode code() {
        return code;
    }
}
