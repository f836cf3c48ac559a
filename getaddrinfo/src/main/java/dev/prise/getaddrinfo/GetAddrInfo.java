package dev.prise.getaddrinfo;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.address.ErrorNumbering;
import dev.prise.address.Hints;
import org.jspecify.annotations.Nullable;

/**
 * The system's {@code getaddrinfo} as it is: with any numbers in the hints, and everything of the answer (getaddrinfo(3);
 * {@code GetAddrInfoW} on Windows). {@link dev.prise.address.AddressInfos} is the same in types.
 */
public final class GetAddrInfo {
    /** The longest node or service that is handed to the system, in characters; names have 255 at most. */
    private static final int MAX_TEXT_LENGTH = 65_535;

    private GetAddrInfo() {}

    /** Why it cannot be called here, as a sentence without a full stop; null when it can. Does not block and prints nothing. */
    public static @Nullable String unavailableReason() {
        return NativeCall.unavailableReason();
    }

    /**
     * Calls it. Blocks as long as the system takes and does not react to interruption; a virtual thread keeps its carrier. Thread-safe.
     *
     * <p>A node or a service that is no C string, because it has a NUL character, or that has more than 65535 characters is not handed to
     * the system, and the answer is that of a service or a name that is not known.
     *
     * @param node a host name or an address, null for none
     * @param service a port number or the name of a service, null for none
     * @param hints the hints, null for none
     * @return also for a failure; then the code is not 0
     * @throws IllegalStateException when it cannot be called here
     */
    public static NativeAnswer call(@Nullable String node, @Nullable String service, @Nullable NativeHints hints) {
        return call(node, service, hints, Reading.NUMBERS);
    }

    /** The same with what is to become of the answer. */
    static <R, T> R call(
            @Nullable String node, @Nullable String service, @Nullable NativeHints hints, Reading<R, T> reading) {
        requireAvailable();
        if (!isText(service)) {
            return reading.failed(systemCode(ErrorCode.SERVICE_NOT_FOUND), 0);
        }
        if (!isText(node)) {
            return reading.failed(systemCode(ErrorCode.HOST_NOT_FOUND), 0);
        }
        return NativeCall.call(node, service, hints, reading);
    }

    /**
     * Hints in the system's own numbers; null when the system does not have one of the flags.
     *
     * @throws IllegalStateException when it cannot be called here
     */
    public static @Nullable NativeHints hints(Hints hints) {
        requireAvailable();
        return NativeHints.of(hints, NativeCall.platform());
    }

    /** The kind of failure of a code that {@link #call} has returned. */
    public static ErrorCode errorCode(int code) {
        return ErrorCodes.ofGetaddrinfo(ErrorNumbering.current(), code);
    }

    /**
     * The system's words for a code (gai_strerror(3)), or ours where the system has none.
     *
     * @throws IllegalStateException when it cannot be called here
     */
    public static String errorText(int code) {
        requireAvailable();
        String text = NativeCall.errorText(code);
        return text == null ? errorCode(code).meaning() : text;
    }

    /** The code of a list that is too long to be read. */
    static int overflow() {
        return systemCode(ErrorCode.LOOKUP_OVERFLOW);
    }

    /** The system's number of a kind of failure, that of Winsock where the system has none. */
    public static int systemCode(ErrorCode code) {
        return code.number(ErrorNumbering.current()).orElse(code.winsock());
    }

    /** Also where the JVM would only warn: nothing here makes it print. */
    private static void requireAvailable() {
        String obstacle = NativeCall.unavailableReason();
        if (obstacle != null) {
            throw new IllegalStateException(obstacle);
        }
    }

    private static boolean isText(@Nullable String text) {
        return text == null || (text.length() <= MAX_TEXT_LENGTH && text.indexOf('\0') < 0);
    }
}
