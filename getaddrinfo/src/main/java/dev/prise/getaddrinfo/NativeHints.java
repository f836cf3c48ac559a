package dev.prise.getaddrinfo;

import dev.prise.address.Hints;
import org.jspecify.annotations.Nullable;

/**
 * The hints of one call in the system's own numbers, which need not make sense. The other fields of the structure are zero.
 *
 * @param flags {@code ai_flags}
 * @param family {@code ai_family}
 * @param type {@code ai_socktype}
 * @param protocol {@code ai_protocol}
 */
public record NativeHints(int flags, int family, int type, int protocol) {
    /** Hints in the numbers of a system; null when the system does not have one of the flags. */
    static @Nullable NativeHints of(Hints hints, Platform platform) {
        int flags = 0;
        if (!hints.flags().isEmpty()) {
            for (Hints.Flag flag : hints.flags()) {
                int number = platform.flag(flag);
                if (number == 0) {
                    return null;
                }
                flags |= number;
            }
        }
        int family = switch (hints.family()) {
            case UNSPEC -> Platform.AF_UNSPEC;
            case INET -> Platform.AF_INET;
            case INET6 -> platform.inet6();
            case UNIX -> Platform.AF_UNIX;
        };
        return new NativeHints(
                flags, family, hints.type().number(), hints.protocol().number());
    }
}
