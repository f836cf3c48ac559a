package dev.prise.tls;

import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import dev.prise.engine.CodedFailure;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;

/** A handshake that failed, with a message that says why in a few words. */
final class TlsFailure extends SSLHandshakeException implements CodedFailure {
    private static final long serialVersionUID = 1L;

    private static final String ALERT = "Received fatal alert: ";
    private static final int LONGEST = 300;
    private static final int LONGEST_GREETING = 40;

    /** Content types of a TLS record (RFC 8446 section 5.1). */
    private static final int FIRST_CONTENT_TYPE = 20;

    private static final int LAST_CONTENT_TYPE = 24;

    private final ErrorCode code;

    private TlsFailure(ErrorCode code, String message, Throwable cause) {
        super(PlainText.shortened(PlainText.of(message), LONGEST));
        this.code = code;
        initCause(cause);
    }

    private TlsFailure(String message) {
        super(message);
        this.code = ErrorCode.TLS_HANDSHAKE;
    }

    static TlsFailure hungUp() {
        return new TlsFailure("the peer hung up during the TLS handshake");
    }

    /** The peer has sent more than a handshake can need. */
    static TlsFailure endless(long bytes) {
        return new TlsFailure("the peer sends without end: " + bytes + " bytes and the TLS handshake is not done");
    }

    /** The peer has broken the connection, as it also does when it dislikes what it reads. */
    static TlsFailure broken(Exception cause) {
        return new TlsFailure(
                ErrorCode.TLS_HANDSHAKE, "the connection broke during the TLS handshake, " + wordsOf(cause), cause);
    }

    /**
     * What the engine has thrown.
     *
     * @param host whom the certificate should be for
     * @param greeting the first bytes that the peer has sent
     */
    static TlsFailure of(Exception failure, String host, byte[] greeting) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof TellingTrustManager.Refusal refusal) {
                return new TlsFailure(
                        ErrorCode.TLS_CERTIFICATE, CertificateSentence.of(refusal.chain(), refusal, host), failure);
            }
            if (each instanceof CertificateException refusal) {
                return new TlsFailure(
                        ErrorCode.TLS_CERTIFICATE, "the certificate is not accepted: " + wordsOf(refusal), failure);
            }
        }
        return new TlsFailure(ErrorCode.TLS_HANDSHAKE, handshakeSentence(failure, greeting), failure);
    }

    private static String handshakeSentence(Exception failure, byte[] greeting) {
        if (greeting.length > 0 && (greeting[0] < FIRST_CONTENT_TYPE || greeting[0] > LAST_CONTENT_TYPE)) {
            String line = new String(greeting, StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
            return "the peer does not speak TLS, it began with \""
                    + PlainText.shortened(PlainText.of(line), LONGEST_GREETING) + "\"";
        }
        String message = wordsOf(failure);
        int alert = message.indexOf(ALERT);
        return alert < 0
                ? "the TLS handshake failed: " + message
                : "the peer refused the TLS handshake with the alert " + message.substring(alert + ALERT.length());
    }

    private static String wordsOf(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public ErrorCode code() {
        return code;
    }
}
