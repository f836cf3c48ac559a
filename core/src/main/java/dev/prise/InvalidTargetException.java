package dev.prise;

import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;

/**
 * The host or the service of a {@link Target} cannot be what it should be; nothing was looked up. {@link Dialer#dial(String, int)} and
 * sockets turn it into an {@link java.net.UnknownHostException} where it is the host, as {@link java.net.Socket} has it.
 */
public final class InvalidTargetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_SHOWN = 100;

    private final ErrorCode code;

    InvalidTargetException(String host, ErrorCode code, String reason) {
        super("cannot connect to \"" + shown(host) + "\": " + shown(reason) + " (" + code.codes() + ")");
        this.code = code;
    }

    /** The code that {@code getaddrinfo} would have returned. */
    public ErrorCode code() {
        return code;
    }

    private static String shown(String text) {
        return PlainText.shortened(PlainText.of(text), MAX_SHOWN);
    }
}
