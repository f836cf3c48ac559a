package dev.prise.cli;

import org.jspecify.annotations.Nullable;

/**
 * An argument taken apart into host and service: {@code HOST}, {@code HOST:PORT}, {@code [V6]:PORT}, a bare IPv6 literal or
 * {@code unix:PATH}. Whether the parts are any good is not decided here.
 *
 * <p>{@link dev.prise.Target#parse} reads the same forms, but does not tell whether the text had a service of its own, which must not
 * be given twice here, and takes neither the port 0 nor the empty host that {@code listen} knows.
 *
 * @param host the host, or {@code unix:PATH} as a whole
 * @param service null when the argument has none
 */
record HostAndPort(String host, @Nullable String service) {
    private static final String UNIX_PREFIX = "unix:";

    static HostAndPort parse(String argument) {
        if (argument.startsWith(UNIX_PREFIX)) {
            return new HostAndPort(argument, null);
        }
        int colon = argument.startsWith("[") ? argument.indexOf("]:") + 1 : argument.indexOf(':');
        boolean bracketed = argument.startsWith("[") && colon > 0;
        if (bracketed || (colon >= 0 && !argument.startsWith("[") && colon == argument.lastIndexOf(':'))) {
            return new HostAndPort(argument.substring(0, colon), argument.substring(colon + 1));
        }
        return new HostAndPort(argument, null);
    }

    /** The path of a Unix-domain socket, null when this is a host. */
    @Nullable
    String unixPath() {
        return host.startsWith(UNIX_PREFIX) ? host.substring(UNIX_PREFIX.length()) : null;
    }

    /** Adds the port that was given apart; null for none. */
    HostAndPort withPort(@Nullable String port) {
        if (port == null) {
            return this;
        }
        if (unixPath() != null) {
            throw CommandException.usage("a Unix-domain socket has no port, but " + port + " was given with " + host);
        }
        if (service != null) {
            throw CommandException.usage(
                    "the port is given twice, as '" + service + "' and as '" + port + "'; leave one of them out");
        }
        return new HostAndPort(host, port);
    }
}
