package dev.prise.cli;

import dev.prise.DialResult;
import dev.prise.address.PlainText;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** What was agreed on with a peer that speaks TLS, in lines for people. */
final class TlsStory {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private TlsStory() {}

    /** The lines; none without TLS. */
    static List<String> of(DialResult result) {
        SSLSession session = result.tlsSession();
        if (session == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String agreed = result.socket() instanceof SSLSocket socket ? socket.getApplicationProtocol() : "";
        lines.add("");
        lines.add(session.getProtocol() + ", " + session.getCipherSuite() + ", ALPN "
                + (agreed.isEmpty() ? "none" : PlainText.of(agreed)));
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate own) {
                lines.add("certificate of "
                        + PlainText.of(own.getSubjectX500Principal().getName()) + ", by "
                        + PlainText.of(own.getIssuerX500Principal().getName()) + ", until "
                        + DAY.format(own.getNotAfter().toInstant()));
            }
        } catch (SSLPeerUnverifiedException e) {
            lines.add("no certificate");
        }
        return lines;
    }
}
