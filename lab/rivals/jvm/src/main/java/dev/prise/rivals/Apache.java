package dev.prise.rivals;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.util.Timeout;

/** What Apache's two clients share. */
final class Apache {
    private Apache() {}

    static ConnectionConfig connectionConfig(Duration timeout) {
        return ConnectionConfig.custom().setConnectTimeout(Timeout.of(timeout)).build();
    }

    static String peer(HttpClientContext context) {
        EndpointDetails details = context.getEndpointDetails();
        SocketAddress remote = details == null ? null : details.getRemoteAddress();
        return remote instanceof InetSocketAddress socket ? socket.getAddress().getHostAddress() : "unknown";
    }
}
