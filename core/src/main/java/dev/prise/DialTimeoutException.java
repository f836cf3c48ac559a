package dev.prise;

import dev.prise.trace.Trace;
import java.net.SocketTimeoutException;

/** The dial ran out of time. See {@link DialFailure}. */
public final class DialTimeoutException extends SocketTimeoutException implements DialFailure {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a trace is for the program that dialled; it does not survive serialization
    private final transient Trace trace;

    DialTimeoutException(Trace trace, String message) {
        super(message);
        this.trace = trace;
    }

    @Override
    public Trace trace() {
        return trace;
    }
}
