package dev.prise.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides as another one does, and puts the certificates that were refused into the exception. */
final class TellingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager decides;

    /** A refusal with the certificates, the peer's own first. */
    static final class Refusal extends CertificateException {
        private static final long serialVersionUID = 1L;

        private final transient X509Certificate[] chain;

        /** With the same cause: the alert that is sent to the peer is chosen by it. */
        Refusal(X509Certificate[] chain, CertificateException refusal) {
            super(refusal.getMessage(), refusal.getCause());
            this.chain = chain.clone();
            addSuppressed(refusal);
        }

        X509Certificate[] chain() {
            return chain;
        }
    }

    TellingTrustManager(X509ExtendedTrustManager decides) {
        this.decides = decides;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
            throws CertificateException {
        try {
            decides.checkServerTrusted(chain, keyExchange, engine);
        } catch (CertificateException e) {
            throw new Refusal(chain, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        decides.checkServerTrusted(chain, keyExchange, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        decides.checkServerTrusted(chain, keyExchange);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
            throws CertificateException {
        decides.checkClientTrusted(chain, keyExchange, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        decides.checkClientTrusted(chain, keyExchange, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        decides.checkClientTrusted(chain, keyExchange);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return decides.getAcceptedIssuers();
    }
}
