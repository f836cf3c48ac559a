package dev.prise;

import dev.prise.trace.Trace;
import java.net.ConnectException;

/** No address could be connected to. See {@link DialFailure}. */
public final class DialConnectException extends ConnectException implements DialFailure {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a trace is for the program that dialled; it does not survive serialization
    private final transient Trace trace;

    DialConnectException(Trace trace, String message) {
        super(message);
        this.trace = trace;
    }

    @Override
    public Trace trace() {
        return trace;
    }
}
