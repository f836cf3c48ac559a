package dev.prise.address;

import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AcceptPendingException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ReadPendingException;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.channels.WritePendingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one place where exceptions of the Java library, with the system's message in them, and numbers become an {@link ErrorCode}. */
public final class ErrorCodes {
    /** ENOTSUP of macOS, which it has beside EOPNOTSUPP; EOPNOTSUPP of the BSDs. */
    private static final int MACOS_ENOTSUP = 45;

    /**
     * The system's words for a failed lookup, in lower case: gai_strerror(3) of glibc, musl and macOS, Windows in English, and what the JDK
     * says on Windows. The first match decides.
     */
    private static final List<Map.Entry<String, ErrorCode>> LOOKUP_WORDS = List.of(
            Map.entry("name or service not known", ErrorCode.HOST_NOT_FOUND),
            Map.entry("nodename nor servname provided", ErrorCode.HOST_NOT_FOUND),
            Map.entry("name does not resolve", ErrorCode.HOST_NOT_FOUND),
            Map.entry("no such host is known", ErrorCode.HOST_NOT_FOUND),
            Map.entry("host not found", ErrorCode.HOST_NOT_FOUND),
            Map.entry("temporary failure in name resolution", ErrorCode.TRY_AGAIN),
            Map.entry("try again", ErrorCode.TRY_AGAIN),
            Map.entry("this is usually a temporary error during hostname resolution", ErrorCode.TRY_AGAIN),
            Map.entry("nonauthoritative host not found", ErrorCode.TRY_AGAIN),
            Map.entry("non-recoverable failure in name resolution", ErrorCode.NO_RECOVERY),
            Map.entry("non-recoverable error", ErrorCode.NO_RECOVERY),
            Map.entry("a non-recoverable error occurred during a database lookup", ErrorCode.NO_RECOVERY),
            Map.entry("this is a nonrecoverable error", ErrorCode.NO_RECOVERY),
            Map.entry("no address associated with", ErrorCode.NO_DATA),
            Map.entry("name has no usable address", ErrorCode.NO_DATA),
            Map.entry("the requested name is valid, but no data", ErrorCode.NO_DATA),
            Map.entry("valid name, no data record of requested type", ErrorCode.NO_DATA),
            Map.entry("address family for hostname not supported", ErrorCode.ADDRESS_FAMILY),
            Map.entry("servname not supported for ai_socktype", ErrorCode.SERVICE_NOT_FOUND),
            Map.entry("unrecognized service", ErrorCode.SERVICE_NOT_FOUND),
            Map.entry("the specified class was not found", ErrorCode.SERVICE_NOT_FOUND),
            Map.entry("class type not found", ErrorCode.SERVICE_NOT_FOUND),
            Map.entry("bad value for ai_flags", ErrorCode.BAD_FLAGS),
            Map.entry("invalid value for ai_flags", ErrorCode.BAD_FLAGS),
            Map.entry("invalid flags", ErrorCode.BAD_FLAGS),
            Map.entry("an invalid argument was supplied", ErrorCode.BAD_FLAGS),
            Map.entry("ai_family not supported", ErrorCode.LOOKUP_FAMILY),
            Map.entry("unrecognized address family", ErrorCode.LOOKUP_FAMILY),
            Map.entry("an address incompatible with the requested protocol", ErrorCode.LOOKUP_FAMILY),
            Map.entry("ai_socktype not supported", ErrorCode.LOOKUP_SOCKET_TYPE),
            Map.entry("unrecognized socket type", ErrorCode.LOOKUP_SOCKET_TYPE),
            Map.entry("the support for the specified socket type does not exist", ErrorCode.LOOKUP_SOCKET_TYPE),
            Map.entry("memory allocation failure", ErrorCode.LOOKUP_MEMORY),
            Map.entry("out of memory", ErrorCode.LOOKUP_MEMORY),
            Map.entry("not enough memory resources", ErrorCode.LOOKUP_MEMORY),
            Map.entry("not enough storage is available", ErrorCode.LOOKUP_MEMORY),
            Map.entry("insufficient memory available", ErrorCode.LOOKUP_MEMORY),
            Map.entry("system error", ErrorCode.LOOKUP_SYSTEM),
            Map.entry("argument buffer overflow", ErrorCode.LOOKUP_OVERFLOW),
            Map.entry("argument buffer too small", ErrorCode.LOOKUP_OVERFLOW),
            Map.entry("result too large for supplied buffer", ErrorCode.LOOKUP_OVERFLOW),
            Map.entry("overflow", ErrorCode.LOOKUP_OVERFLOW),
            Map.entry("parameter string not correctly encoded", ErrorCode.LOOKUP_IDN),
            Map.entry("bad hints", ErrorCode.LOOKUP_BAD_HINTS),
            Map.entry("invalid value for hints", ErrorCode.LOOKUP_BAD_HINTS),
            Map.entry("resolved protocol is unknown", ErrorCode.LOOKUP_PROTOCOL),
            Map.entry("interrupted by a signal", ErrorCode.LOOKUP_INTERRUPTED),
            Map.entry("request canceled", ErrorCode.LOOKUP_CANCELLED),
            Map.entry("a call to wsalookupserviceend was made", ErrorCode.LOOKUP_CANCELLED),
            Map.entry("processing request in progress", ErrorCode.LOOKUP_IN_PROGRESS),
            Map.entry("request not canceled", ErrorCode.NOT_CANCELLED),
            Map.entry("all requests done", ErrorCode.ALL_DONE));

    /**
     * Fragments of the system's words for all other failures, in lower case: strerror(3) of glibc, musl and macOS, Windows in English, what
     * the JDK says on Windows and in its own checks. The first match decides, so the longer stands before the one it contains.
     */
    private static final List<Map.Entry<String, ErrorCode>> FRAGMENTS = List.of(
            Map.entry("connection refused", ErrorCode.CONNECTION_REFUSED),
            Map.entry("actively refused", ErrorCode.CONNECTION_REFUSED),
            Map.entry("timed out", ErrorCode.TIMED_OUT),
            Map.entry("did not properly respond", ErrorCode.TIMED_OUT),
            Map.entry("network is unreachable", ErrorCode.NETWORK_UNREACHABLE),
            Map.entry("network unreachable", ErrorCode.NETWORK_UNREACHABLE),
            Map.entry("unreachable network", ErrorCode.NETWORK_UNREACHABLE),
            Map.entry("no route to host", ErrorCode.HOST_UNREACHABLE),
            Map.entry("host is unreachable", ErrorCode.HOST_UNREACHABLE),
            Map.entry("unreachable host", ErrorCode.HOST_UNREACHABLE),
            Map.entry("host is down", ErrorCode.HOST_DOWN),
            Map.entry("destination host was down", ErrorCode.HOST_DOWN),
            Map.entry("network is down", ErrorCode.NETWORK_DOWN),
            Map.entry("encountered a dead network", ErrorCode.NETWORK_DOWN),
            Map.entry("network dropped connection", ErrorCode.NETWORK_RESET),
            Map.entry("connection reset by network", ErrorCode.NETWORK_RESET),
            Map.entry("keep-alive activity detecting a failure", ErrorCode.NETWORK_RESET),
            Map.entry("machine is not on the network", ErrorCode.NOT_ON_NETWORK),
            Map.entry("cannot assign requested address", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("can't assign requested address", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("address not available", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("not valid in its context", ErrorCode.ADDRESS_NOT_AVAILABLE),
            Map.entry("already in use", ErrorCode.ADDRESS_IN_USE),
            Map.entry("address in use", ErrorCode.ADDRESS_IN_USE),
            Map.entry("only one usage of each socket address", ErrorCode.ADDRESS_IN_USE),
            Map.entry("permission denied", ErrorCode.PERMISSION_DENIED),
            Map.entry("forbidden by its access permissions", ErrorCode.PERMISSION_DENIED),
            Map.entry("operation not permitted", ErrorCode.NOT_PERMITTED),
            Map.entry("address family not supported", ErrorCode.FAMILY_NOT_SUPPORTED),
            Map.entry("address incompatible with the requested protocol", ErrorCode.FAMILY_NOT_SUPPORTED),
            Map.entry("protocol family unavailable", ErrorCode.FAMILY_NOT_SUPPORTED),
            Map.entry("unsupported address type", ErrorCode.FAMILY_NOT_SUPPORTED),
            Map.entry("protocol family not supported", ErrorCode.PROTOCOL_FAMILY_NOT_SUPPORTED),
            Map.entry("protocol family has not been configured", ErrorCode.PROTOCOL_FAMILY_NOT_SUPPORTED),
            Map.entry("protocol not supported", ErrorCode.PROTOCOL_NOT_SUPPORTED),
            Map.entry("protocol has not been configured", ErrorCode.PROTOCOL_NOT_SUPPORTED),
            Map.entry("socket type not supported", ErrorCode.SOCKET_TYPE_NOT_SUPPORTED),
            Map.entry("support for the specified socket type", ErrorCode.SOCKET_TYPE_NOT_SUPPORTED),
            Map.entry("protocol wrong type for socket", ErrorCode.PROTOCOL_WRONG_TYPE),
            Map.entry("semantics of the socket type requested", ErrorCode.PROTOCOL_WRONG_TYPE),
            Map.entry("protocol not available", ErrorCode.OPTION_NOT_KNOWN),
            Map.entry("bad protocol option", ErrorCode.OPTION_NOT_KNOWN),
            Map.entry("unsupported option or level", ErrorCode.OPTION_NOT_KNOWN),
            Map.entry("operation not supported", ErrorCode.OPERATION_NOT_SUPPORTED),
            Map.entry("attempted operation is not supported", ErrorCode.OPERATION_NOT_SUPPORTED),
            Map.entry("non-socket", ErrorCode.NOT_A_SOCKET),
            Map.entry("nonsocket", ErrorCode.NOT_A_SOCKET),
            Map.entry("not a socket", ErrorCode.NOT_A_SOCKET),
            Map.entry("bad file descriptor", ErrorCode.BAD_DESCRIPTOR),
            Map.entry("file handle supplied is not valid", ErrorCode.BAD_DESCRIPTOR),
            Map.entry("socket closed", ErrorCode.BAD_DESCRIPTOR),
            Map.entry("socket is closed", ErrorCode.BAD_DESCRIPTOR),
            Map.entry("bad address", ErrorCode.BAD_ADDRESS),
            Map.entry("invalid pointer address", ErrorCode.BAD_ADDRESS),
            Map.entry("already connected", ErrorCode.ALREADY_CONNECTED),
            Map.entry("socket is connected", ErrorCode.ALREADY_CONNECTED),
            Map.entry("not connected", ErrorCode.NOT_CONNECTED),
            Map.entry("endpoint shutdown", ErrorCode.SHUT_DOWN),
            Map.entry("socket shutdown", ErrorCode.SHUT_DOWN),
            Map.entry("already been shut down", ErrorCode.SHUT_DOWN),
            Map.entry("put is shutdown", ErrorCode.SHUT_DOWN),
            Map.entry("put is already shutdown", ErrorCode.SHUT_DOWN),
            Map.entry("operation already in progress", ErrorCode.ALREADY),
            Map.entry("already had an operation in progress", ErrorCode.ALREADY),
            Map.entry("overlapped i/o operation is in progress", ErrorCode.OVERLAPPED_PENDING),
            Map.entry("now in progress", ErrorCode.IN_PROGRESS),
            Map.entry("operation in progress", ErrorCode.IN_PROGRESS),
            Map.entry("blocking operation is currently executing", ErrorCode.IN_PROGRESS),
            Map.entry("connection reset", ErrorCode.CONNECTION_RESET),
            Map.entry("forcibly closed", ErrorCode.CONNECTION_RESET),
            Map.entry("connection abort", ErrorCode.CONNECTION_ABORTED),
            Map.entry("connection was aborted", ErrorCode.CONNECTION_ABORTED),
            Map.entry("broken pipe", ErrorCode.BROKEN_PIPE),
            Map.entry("protocol error", ErrorCode.PROTOCOL_ERROR),
            Map.entry("message too l", ErrorCode.MESSAGE_TOO_LONG),
            Map.entry("larger than the internal message buffer", ErrorCode.MESSAGE_TOO_LONG),
            Map.entry("larger than the maximum supported", ErrorCode.MESSAGE_TOO_LONG),
            Map.entry("destination address required", ErrorCode.DESTINATION_REQUIRED),
            Map.entry("required address was omitted", ErrorCode.DESTINATION_REQUIRED),
            Map.entry("too many open files in system", ErrorCode.TOO_MANY_OPEN_FILES_IN_SYSTEM),
            Map.entry("too many open files", ErrorCode.TOO_MANY_OPEN_FILES),
            Map.entry("too many open sockets", ErrorCode.TOO_MANY_OPEN_FILES),
            Map.entry("no file descriptors available", ErrorCode.TOO_MANY_OPEN_FILES),
            Map.entry("no buffer space", ErrorCode.NO_BUFFER_SPACE),
            Map.entry("lacked sufficient buffer space", ErrorCode.NO_BUFFER_SPACE),
            Map.entry("cannot allocate memory", ErrorCode.OUT_OF_MEMORY),
            Map.entry("out of memory", ErrorCode.OUT_OF_MEMORY),
            Map.entry("not enough memory resources", ErrorCode.OUT_OF_MEMORY),
            Map.entry("not enough storage is available", ErrorCode.OUT_OF_MEMORY),
            Map.entry("insufficient memory available", ErrorCode.OUT_OF_MEMORY),
            Map.entry("out of streams resources", ErrorCode.NO_STREAM_RESOURCES),
            Map.entry("too many references", ErrorCode.TOO_MANY_REFERENCES),
            Map.entry("too many processes", ErrorCode.TOO_MANY_PROCESSES),
            Map.entry("limit on the number of applications", ErrorCode.TOO_MANY_PROCESSES),
            Map.entry("invalid argument", ErrorCode.INVALID_ARGUMENT),
            Map.entry("no such file", ErrorCode.NO_SUCH_FILE),
            Map.entry("not a directory", ErrorCode.NOT_A_DIRECTORY),
            Map.entry("file name too long", ErrorCode.NAME_TOO_LONG),
            Map.entry("filename too long", ErrorCode.NAME_TOO_LONG),
            Map.entry("path too long", ErrorCode.NAME_TOO_LONG),
            Map.entry("name was too long", ErrorCode.NAME_TOO_LONG),
            Map.entry("levels of symbolic links", ErrorCode.LOOP),
            Map.entry("symbolic link loop", ErrorCode.LOOP),
            Map.entry("cannot translate name", ErrorCode.LOOP),
            Map.entry("read-only file system", ErrorCode.READ_ONLY_FILE_SYSTEM),
            Map.entry("no such device", ErrorCode.NO_SUCH_DEVICE),
            Map.entry("resource temporarily unavailable", ErrorCode.WOULD_BLOCK),
            Map.entry("could not be completed immediately", ErrorCode.WOULD_BLOCK),
            Map.entry("interrupted system call", ErrorCode.INTERRUPTED),
            Map.entry("interrupted function call", ErrorCode.INTERRUPTED),
            Map.entry("blocking operation was interrupted", ErrorCode.INTERRUPTED),
            Map.entry("closed by interrupt", ErrorCode.INTERRUPTED),
            Map.entry("operation canceled", ErrorCode.CANCELLED),
            Map.entry("i/o operation has been aborted", ErrorCode.CANCELLED),
            Map.entry("overlapped operation aborted", ErrorCode.CANCELLED),
            Map.entry("has not called wsastartup", ErrorCode.NOT_INITIALISED),
            Map.entry("wsastartup not yet performed", ErrorCode.NOT_INITIALISED),
            Map.entry("wsastartup cannot function", ErrorCode.SYSTEM_NOT_READY),
            Map.entry("network subsystem is unavailable", ErrorCode.SYSTEM_NOT_READY),
            Map.entry("windows sockets version requested is not supported", ErrorCode.VERSION_NOT_SUPPORTED),
            Map.entry("winsock.dll version out of range", ErrorCode.VERSION_NOT_SUPPORTED),
            Map.entry("procedure call table is invalid", ErrorCode.INVALID_PROCEDURE_TABLE),
            Map.entry("procedure table from service provider", ErrorCode.INVALID_PROCEDURE_TABLE),
            Map.entry("service provider is invalid", ErrorCode.INVALID_PROVIDER),
            Map.entry("invalid service provider version", ErrorCode.INVALID_PROVIDER),
            Map.entry("service provider could not be loaded", ErrorCode.PROVIDER_FAILED),
            Map.entry("unable to initialize a service provider", ErrorCode.PROVIDER_FAILED),
            Map.entry("graceful shutdown", ErrorCode.GRACEFUL_CLOSE),
            Map.entry("handle is invalid", ErrorCode.INVALID_HANDLE),
            Map.entry("parameter is incorrect", ErrorCode.INVALID_PARAMETER),
            Map.entry("not in a signaled state", ErrorCode.OVERLAPPED_INCOMPLETE));

    private ErrorCodes() {}

    /** The code of an exception: by the system's message first, since it says more, then by the exception's class. */
    public static ErrorCode of(Throwable failure) {
        if (failure instanceof AddressInfoException lookup) {
            return lookup.code();
        }
        String message = wordsOf(failure);
        if (message != null) {
            String text = message.toLowerCase(Locale.ROOT);
            ErrorCode byMessage = failure instanceof UnknownHostException ? ofLookup(text) : ofWords(text);
            if (byMessage != null) {
                return byMessage;
            }
        }
        return ByClass.of(failure);
    }

    /**
     * The code that a message alone stands for, such as {@code Connection refused}; null when it has none of the words of the systems or
     * of the JDK. A message of a lookup may have the host's name before or behind it; without one, words that a lookup and a socket call
     * have in common are those of a socket call. A full stop at the end, as Windows puts it, changes nothing.
     */
    public static @Nullable ErrorCode ofMessage(String message) {
        String words = message.strip().toLowerCase(Locale.ROOT);
        String text = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
        ErrorCode lookup = ofLookup(text);
        boolean named = text.contains(": ") || text.endsWith(")");
        ErrorCode other = lookup != null && named ? null : ofWords(text);
        return other != null ? other : lookup;
    }

    /**
     * The code of an {@code errno} or, on Windows, of what {@code WSAGetLastError} gives; {@link ErrorCode#UNKNOWN} for a number that the
     * table does not have. {@code EAI_} numbers of Linux and macOS are not {@code errno}: see {@link #ofGetaddrinfo}.
     */
    public static ErrorCode ofErrno(ErrorNumbering numbering, int errno) {
        if (numbering == ErrorNumbering.MACOS && errno == MACOS_ENOTSUP) {
            return ErrorCode.OPERATION_NOT_SUPPORTED;
        }
        ErrorCode code = withNumber(numbering, errno, false);
        // after a failed lookup WSAGetLastError has what getaddrinfo returned
        if (code == null && numbering == ErrorNumbering.WINDOWS) {
            code = withNumber(numbering, errno, true);
        }
        return code == null ? ErrorCode.UNKNOWN : code;
    }

    /**
     * The code of what getaddrinfo or getnameinfo returns; {@link ErrorCode#UNKNOWN} for a number that the table does not have, zero
     * included. With {@link ErrorCode#LOOKUP_SYSTEM} {@code errno} says more: see {@link #ofErrno}.
     */
    public static ErrorCode ofGetaddrinfo(ErrorNumbering numbering, int returned) {
        ErrorCode code = withNumber(numbering, returned, true);
        // Winsock has one row of numbers, and a lookup too can end with 10093 or 10050
        if (code == null && numbering == ErrorNumbering.WINDOWS) {
            code = withNumber(numbering, returned, false);
        }
        return code == null ? ErrorCode.UNKNOWN : code;
    }

    private static @Nullable ErrorCode withNumber(ErrorNumbering numbering, int number, boolean resolution) {
        for (ErrorCode code : ErrorCode.values()) {
            // zero stands for no number and so never matches
            if (code.isResolution() == resolution
                    && number != 0
                    && code.number(numbering).orElse(0) == number) {
                return code;
            }
        }
        return null;
    }

    /** The system's words in an exception: a file's name, which may contain anything, is left out. */
    private static @Nullable String wordsOf(Throwable failure) {
        return failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    }

    /** The message of an UnknownHostException has the host's name, which may contain anything, before or, on Windows, after the words. */
    private static @Nullable ErrorCode ofLookup(String text) {
        if (text.indexOf(' ') < 0) {
            return null; // the name alone, even where it is one of the words
        }
        for (Map.Entry<String, ErrorCode> words : LOOKUP_WORDS) {
            String key = words.getKey();
            if (text.contains(": " + key) || (text.startsWith(key) && (text.endsWith(")") || text.equals(key)))) {
                return words.getValue();
            }
        }
        return null;
    }

    private static @Nullable ErrorCode ofWords(String text) {
        for (Map.Entry<String, ErrorCode> fragment : FRAGMENTS) {
            if (text.contains(fragment.getKey())) {
                return fragment.getValue();
            }
        }
        return null;
    }

    /** Apart, so that its many classes are loaded only when a message does not say enough. */
    private static final class ByClass {
        /** Exceptions whose class says it; an exception's own class stands before the one it extends. */
        private static final List<Map.Entry<Class<? extends Throwable>, ErrorCode>> CLASSES = List.of(
                Map.entry(UnknownHostException.class, ErrorCode.HOST_NOT_FOUND),
                Map.entry(UnresolvedAddressException.class, ErrorCode.HOST_NOT_FOUND),
                Map.entry(NoRouteToHostException.class, ErrorCode.HOST_UNREACHABLE),
                Map.entry(ConnectException.class, ErrorCode.CONNECTION_REFUSED),
                Map.entry(PortUnreachableException.class, ErrorCode.CONNECTION_REFUSED),
                Map.entry(SocketTimeoutException.class, ErrorCode.TIMED_OUT),
                Map.entry(InterruptedByTimeoutException.class, ErrorCode.TIMED_OUT),
                Map.entry(BindException.class, ErrorCode.ADDRESS_NOT_AVAILABLE),
                Map.entry(ProtocolException.class, ErrorCode.PROTOCOL_ERROR),
                Map.entry(NoSuchFileException.class, ErrorCode.NO_SUCH_FILE),
                Map.entry(AccessDeniedException.class, ErrorCode.PERMISSION_DENIED),
                Map.entry(NotDirectoryException.class, ErrorCode.NOT_A_DIRECTORY),
                Map.entry(FileSystemLoopException.class, ErrorCode.LOOP),
                Map.entry(InterruptedException.class, ErrorCode.INTERRUPTED),
                Map.entry(InterruptedIOException.class, ErrorCode.INTERRUPTED),
                Map.entry(ClosedByInterruptException.class, ErrorCode.INTERRUPTED),
                Map.entry(AsynchronousCloseException.class, ErrorCode.CANCELLED),
                Map.entry(ShutdownChannelGroupException.class, ErrorCode.CANCELLED),
                Map.entry(ClosedChannelException.class, ErrorCode.BAD_DESCRIPTOR),
                Map.entry(ClosedSelectorException.class, ErrorCode.BAD_DESCRIPTOR),
                Map.entry(NotYetConnectedException.class, ErrorCode.NOT_CONNECTED),
                Map.entry(NoConnectionPendingException.class, ErrorCode.NOT_CONNECTED),
                Map.entry(AlreadyConnectedException.class, ErrorCode.ALREADY_CONNECTED),
                Map.entry(ConnectionPendingException.class, ErrorCode.ALREADY),
                Map.entry(AcceptPendingException.class, ErrorCode.ALREADY),
                Map.entry(ReadPendingException.class, ErrorCode.ALREADY),
                Map.entry(WritePendingException.class, ErrorCode.ALREADY),
                Map.entry(AlreadyBoundException.class, ErrorCode.INVALID_ARGUMENT),
                Map.entry(NotYetBoundException.class, ErrorCode.INVALID_ARGUMENT),
                Map.entry(IllegalBlockingModeException.class, ErrorCode.INVALID_ARGUMENT),
                Map.entry(UnsupportedAddressTypeException.class, ErrorCode.FAMILY_NOT_SUPPORTED),
                Map.entry(UnsupportedOperationException.class, ErrorCode.FAMILY_NOT_SUPPORTED),
                Map.entry(SecurityException.class, ErrorCode.NOT_PERMITTED),
                Map.entry(OutOfMemoryError.class, ErrorCode.OUT_OF_MEMORY));

        static ErrorCode of(Throwable failure) {
            for (Map.Entry<Class<? extends Throwable>, ErrorCode> each : CLASSES) {
                if (each.getKey().isInstance(failure)) {
                    return each.getValue();
                }
            }
            return ErrorCode.UNKNOWN;
        }
    }
}
