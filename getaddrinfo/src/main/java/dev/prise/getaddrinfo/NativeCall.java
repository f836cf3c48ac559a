package dev.prise.getaddrinfo;

import org.jspecify.annotations.Nullable;

/**
 * The call itself, as far as this Java can make it. These are the classes for Java before 25, which cannot; the jar has others of the same
 * name for Java 25.
 */
@SuppressWarnings("DoNotCallSuggester") // the class for Java 25 has methods that can be called
final class NativeCall {
    private static final int NEEDED = 25;

    private NativeCall() {}

    /** Why the call cannot be made, as a sentence without a full stop; null when it can. */
    static @Nullable String unavailableReason() {
        int feature = Runtime.version().feature();
        return feature < NEEDED
                ? "it needs Java " + NEEDED + " and this is Java " + feature
                : "its classes for Java " + NEEDED + " are only found in the jar";
    }

    /** The system; only to be asked when the call can be made. */
    static Platform platform() {
        throw new IllegalStateException(unavailableReason());
    }

    /** Links the functions, which takes a while the first time; only to be done when the call can be made. */
    static void link() {
        throw new IllegalStateException(unavailableReason());
    }

    /** The call; only to be made when it can be. */
    static <R, T> R call(
            @Nullable String node, @Nullable String service, @Nullable NativeHints hints, Reading<R, T> reading) {
        throw new IllegalStateException(unavailableReason());
    }

    /** The system's words for a code; null when it has none. */
    static @Nullable String errorText(int code) {
        throw new IllegalStateException(unavailableReason());
    }
}
