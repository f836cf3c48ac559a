package dev.prise.rivals;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client that connects once, in its own way and with its own defaults. */
interface Client {

    /**
     * Connects, blocking until it is done, and need not clean up: the process ends right after.
     *
     * @param host a name or an address; an IPv6 one without brackets
     * @param timeout for the client's own setting of how long connecting may take; null leaves it as it is
     * @return the peer's address, or "unknown" where the client does not tell it
     * @throws Exception whatever the client throws when it cannot connect
     */
    String connect(String host, int port, @Nullable Duration timeout) throws Exception;

    /** The URL of the server's root. */
    static String url(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }
}
