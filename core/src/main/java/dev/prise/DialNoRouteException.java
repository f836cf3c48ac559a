package dev.prise;

import dev.prise.trace.Trace;
import java.net.NoRouteToHostException;

/** No address could be connected to, for want of a way there. See {@link DialFailure}. */
public final class DialNoRouteException extends NoRouteToHostException implements DialFailure {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a trace is for the program that dialled; it does not survive serialization
    private final transient Trace trace;

    DialNoRouteException(Trace trace, String message) {
        super(message);
        this.trace = trace;
    }

    @Override
    public Trace trace() {
        return trace;
    }
}
