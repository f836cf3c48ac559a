package dev.prise.cli;

import dev.prise.DialResult;
import dev.prise.address.PlainText;
import dev.prise.trace.JsonText;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed on with a peer that speaks TLS.
 *
 * @param applicationProtocol by ALPN, null for none
 * @param certificate the peer's own, null when it has shown none
 */
record TlsFacts(
        String protocol,
        String cipherSuite,
        @Nullable String applicationProtocol,
        @Nullable PeerCertificate certificate) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    /** What a certificate says of itself. */
    record PeerCertificate(String subject, String issuer, Instant notAfter) {}

    /** Null without TLS. */
    static @Nullable TlsFacts of(DialResult result) {
        SSLSession session = result.tlsSession();
        if (session == null) {
            return null;
        }
        String agreed = result.socket() instanceof SSLSocket socket ? socket.getApplicationProtocol() : "";
        return new TlsFacts(
                session.getProtocol(),
                session.getCipherSuite(),
                agreed.isEmpty() ? null : agreed,
                certificate(session));
    }

    private static @Nullable PeerCertificate certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own
                    ? new PeerCertificate(
                            own.getSubjectX500Principal().getName(),
                            own.getIssuerX500Principal().getName(),
                            own.getNotAfter().toInstant())
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** In lines for people. */
    List<String> lines() {
        String agreed = protocol + ", " + cipherSuite + ", ALPN "
                + (applicationProtocol == null ? "none" : PlainText.of(applicationProtocol));
        PeerCertificate own = certificate;
        String shown = own == null
                ? "no certificate"
                : "certificate of " + PlainText.of(own.subject) + ", by " + PlainText.of(own.issuer) + ", until "
                        + DAY.format(own.notAfter);
        return List.of("", agreed, shown);
    }

    /** As an object of JSON; docs/trace-json.md has it. */
    String toJson() {
        return "{\"protocol\": " + JsonText.quoted(protocol)
                + ", \"cipher_suite\": " + JsonText.quoted(cipherSuite)
                + ", \"application_protocol\": "
                + (applicationProtocol == null ? "null" : JsonText.quoted(applicationProtocol))
                + ", \"certificate\": " + certificateJson() + "}";
    }

    private String certificateJson() {
        PeerCertificate own = certificate;
        return own == null
                ? "null"
                : "{\"subject\": " + JsonText.quoted(own.subject)
                        + ", \"issuer\": " + JsonText.quoted(own.issuer)
                        + ", \"not_after\": \"" + own.notAfter.truncatedTo(ChronoUnit.SECONDS) + "\"}";
    }
}
