package dev.prise;

import dev.prise.trace.Trace;
import java.net.UnknownHostException;

/** The name could not be resolved. See {@link DialFailure}. */
public final class DialUnknownHostException extends UnknownHostException implements DialFailure {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a trace is for the program that dialled; it does not survive serialization
    private final transient Trace trace;

    DialUnknownHostException(Trace trace, String message) {
        super(message);
        this.trace = trace;
    }

    @Override
    public Trace trace() {
        return trace;
    }
}
