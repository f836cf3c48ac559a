package dev.prise;

import dev.prise.trace.Trace;
import java.io.InterruptedIOException;

/** The dialling thread was interrupted; its interrupt status is set. See {@link DialFailure}. */
public final class DialInterruptedException extends InterruptedIOException implements DialFailure {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a trace is for the program that dialled; it does not survive serialization
    private final transient Trace trace;

    DialInterruptedException(Trace trace, String message) {
        super(message);
        this.trace = trace;
    }

    @Override
    public Trace trace() {
        return trace;
    }
}
