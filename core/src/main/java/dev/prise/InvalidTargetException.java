package dev.prise;

import dev.prise.address.ErrorCode;

/** The host or the service cannot be what it should be; nothing was looked up. */
public final class InvalidTargetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    InvalidTargetException(String host, ErrorCode code, String reason) {
        super("cannot connect to \"" + printable(host) + "\": " + printable(reason) + " (" + code.codes() + ")");
        this.code = code;
    }

    /** The code that {@code getaddrinfo} would have returned. */
    public ErrorCode code() {
        return code;
    }

    /** On one line and not longer than one can read. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(80).forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return text.codePointCount(0, text.length()) > 80 ? safe.append("...").toString() : safe.toString();
    }
}
