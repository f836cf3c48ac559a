package dev.prise.tls;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Whom a handshake is with, and what it offers.
 *
 * @param context where keys, roots and sessions are
 * @param host the name or address that the certificate must be for
 * @param serverName what is told to the peer as the name wanted (RFC 6066 section 3), null for an address, which has none
 * @param port the port, by which sessions are found again
 * @param applicationProtocols the ALPN names offered (RFC 7301), in order of preference
 */
public record TlsPeer(
        SSLContext context,
        String host,
        @Nullable SNIHostName serverName,
        int port,
        List<String> applicationProtocols) {

    /** Copies the list. */
    public TlsPeer {
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (serverName != null) {
            parameters.setServerNames(List.of(serverName));
        }
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }
}
