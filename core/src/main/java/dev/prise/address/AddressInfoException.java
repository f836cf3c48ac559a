package dev.prise.address;

import java.net.UnknownHostException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A lookup of addresses has failed. The message names the node and the service, the reason, and the codes.
 */
public final class AddressInfoException extends UnknownHostException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SUBJECT = 300;

    private final String reason;
    private final ErrorCode code;
    private final int systemCode;
    private final int errno;

    /**
     * A failure.
     *
     * @param node the node that was asked for, null for none
     * @param service the service that was asked for, null for none
     * @param reason why it failed, in the system's words
     * @param code the kind of failure
     * @param systemCode what the system's {@code getaddrinfo} returned, or what it would have returned; never 0
     * @param errno the {@code errno} behind {@link ErrorCode#LOOKUP_SYSTEM}, 0 with all else
     */
    public AddressInfoException(
            @Nullable String node, @Nullable String service, String reason, ErrorCode code, int systemCode, int errno) {
        super(subject(node, service, code) + ": " + PlainText.of(reason) + " (" + code.codes() + ")");
        this.reason = reason;
        this.code = code;
        this.systemCode = systemCode;
        this.errno = errno;
    }

    private static String subject(@Nullable String node, @Nullable String service, ErrorCode code) {
        boolean aboutService = node == null || code == ErrorCode.SERVICE_NOT_FOUND;
        String what = aboutService && service != null ? "service " + service : node == null ? "no node" : node;
        return PlainText.shortened(PlainText.of(what), LONGEST_SUBJECT);
    }

    /** Why it failed, in the system's words, without codes. */
    public String reason() {
        return reason;
    }

    /** The kind of failure. */
    public ErrorCode code() {
        return code;
    }

    /** What the system's {@code getaddrinfo} returned, for example -2 on Linux and 11001 on Windows for a name that is not known. */
    public int systemCode() {
        return systemCode;
    }

    /** The {@code errno} behind {@link ErrorCode#LOOKUP_SYSTEM}; empty for all else, where it means nothing. */
    public OptionalInt errno() {
        return errno == 0 ? OptionalInt.empty() : OptionalInt.of(errno);
    }
}
