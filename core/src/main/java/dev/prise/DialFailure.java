package dev.prise;

import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;

/**
 * What every exception of a failed dial carries. The exceptions themselves are subclasses of those that the Java library throws for
 * the same reasons, so that catch clauses written for {@link java.net.Socket} go on working:
 *
 * <ul>
 *   <li>{@link DialUnknownHostException}, a {@link java.net.UnknownHostException}: the name could not be resolved;
 *   <li>{@link DialConnectException}, a {@link java.net.ConnectException}: no address could be connected to;
 *   <li>{@link DialNoRouteException}, a {@link java.net.NoRouteToHostException}: the same, for want of a way there;
 *   <li>{@link DialTimeoutException}, a {@link java.net.SocketTimeoutException}: out of time;
 *   <li>{@link DialInterruptedException}, a {@link java.io.InterruptedIOException}: the calling thread was interrupted.
 * </ul>
 *
 * <p>The message is one sentence with every address that was tried and its reason; the attempts' own exceptions are suppressed ones.
 */
public interface DialFailure {
    /** The story of the dial. */
    Trace trace();

    /** The reason of the attempt that came furthest, and of several the one of the most preferred address. */
    default ErrorCode code() {
        Trace.Failure failure = trace().error();
        return failure == null ? ErrorCode.UNKNOWN : failure.code();
    }
}
