package dev.prise.address;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one place where exceptions of the Java library, with the system's message in them, become an {@link ErrorCode}. */
public final class ErrorCodes {
    /** Fragments of system messages in lower case (glibc, musl, macOS, Windows in English), the first match decides. */
    private static final List<Map.Entry<String, ErrorCode>> FRAGMENTS = List.of(
            Map.entry("name or service not known", ErrorCode.HOST_NOT_FOUND),
            Map.entry("nodename nor servname provided", ErrorCode.HOST_NOT_FOUND),
            Map.entry("no such host is known", ErrorCode.HOST_NOT_FOUND),
            Map.entry("name does not resolve", ErrorCode.HOST_NOT_FOUND),
            Map.entry("temporary failure in name resolution", ErrorCode.TRY_AGAIN),
            Map.entry("try again", ErrorCode.TRY_AGAIN),
            Map.entry("non-recoverable failure in name resolution", ErrorCode.NO_RECOVERY),
            Map.entry("no address associated with", ErrorCode.NO_DATA),
            Map.entry("address family for hostname not supported", ErrorCode.ADDRESS_FAMILY),
            Map.entry("connection refused", ErrorCode.CONNECTION_REFUSED),
            Map.entry("actively refused", ErrorCode.CONNECTION_REFUSED),
            Map.entry("timed out", ErrorCode.TIMED_OUT),
            Map.entry("network is unreachable", ErrorCode.NETWORK_UNREACHABLE),
            Map.entry("unreachable network", ErrorCode.NETWORK_UNREACHABLE),
            Map.entry("no route to host", ErrorCode.HOST_UNREACHABLE),
            Map.entry("host is unreachable", ErrorCode.HOST_UNREACHABLE),
            Map.entry("unreachable host", ErrorCode.HOST_UNREACHABLE),
            Map.entry("host is down", ErrorCode.HOST_UNREACHABLE),
            Map.entry("network is down", ErrorCode.NETWORK_DOWN),
            Map.entry("cannot assign requested address", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("can't assign requested address", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("address not available", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("not valid in its context", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("already in use", ErrorCode.ADDRESS_IN_USE),
            Map.entry("only one usage of each socket address", ErrorCode.ADDRESS_IN_USE),
            Map.entry("permission denied", ErrorCode.PERMISSION_DENIED),
            Map.entry("operation not permitted", ErrorCode.PERMISSION_DENIED),
            Map.entry("forbidden by its access permissions", ErrorCode.PERMISSION_DENIED),
            Map.entry("address family not supported", ErrorCode.FAMILY_NOT_SUPPORTED),
            Map.entry("protocol family unavailable", ErrorCode.FAMILY_NOT_SUPPORTED),
            Map.entry("protocol family not supported", ErrorCode.FAMILY_NOT_SUPPORTED),
            Map.entry("connection reset", ErrorCode.CONNECTION_RESET),
            Map.entry("forcibly closed", ErrorCode.CONNECTION_RESET),
            Map.entry("connection abort", ErrorCode.CONNECTION_ABORTED),
            Map.entry("broken pipe", ErrorCode.BROKEN_PIPE),
            Map.entry("not connected", ErrorCode.NOT_CONNECTED),
            Map.entry("too many open files", ErrorCode.TOO_MANY_OPEN_FILES),
            Map.entry("no file descriptors available", ErrorCode.TOO_MANY_OPEN_FILES),
            Map.entry("no buffer space", ErrorCode.NO_BUFFER_SPACE),
            Map.entry("invalid argument", ErrorCode.INVALID_ARGUMENT),
            Map.entry("no such file", ErrorCode.NO_SUCH_FILE),
            Map.entry("resource temporarily unavailable", ErrorCode.WOULD_BLOCK));

    private ErrorCodes() {}

    /** The code of an exception: by the system's message first, since it says more, then by the exception's class. */
    public static ErrorCode of(Throwable failure) {
        ErrorCode byMessage = ofMessage(failure.getMessage(), failure instanceof UnknownHostException);
        return byMessage != null ? byMessage : ofClass(failure);
    }

    private static @Nullable ErrorCode ofMessage(@Nullable String message, boolean resolution) {
        if (message == null) {
            return null;
        }
        String text = message.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, ErrorCode> fragment : FRAGMENTS) {
            // the message of an UnknownHostException starts with the host's name, which may contain anything
            if (fragment.getValue().isResolution() == resolution
                    && (resolution
                            ? text.endsWith(fragment.getKey()) || text.contains(": " + fragment.getKey())
                            : text.contains(fragment.getKey()))) {
                return fragment.getValue();
            }
        }
        return null;
    }

    private static ErrorCode ofClass(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return ErrorCode.HOST_NOT_FOUND;
        }
        if (failure instanceof NoRouteToHostException) {
            return ErrorCode.HOST_UNREACHABLE;
        }
        if (failure instanceof ConnectException) {
            return ErrorCode.CONNECTION_REFUSED;
        }
        if (failure instanceof SocketTimeoutException) {
            return ErrorCode.TIMED_OUT;
        }
        if (failure instanceof BindException) {
            return ErrorCode.ADDRESS_NOT_AVAILABLE;
        }
        if (failure instanceof NoSuchFileException) {
            return ErrorCode.NO_SUCH_FILE;
        }
        if (failure instanceof InterruptedException || failure instanceof ClosedByInterruptException) {
            return ErrorCode.INTERRUPTED;
        }
        if (failure instanceof UnsupportedOperationException) {
            return ErrorCode.FAMILY_NOT_SUPPORTED;
        }
        return ErrorCode.UNKNOWN;
    }
}
