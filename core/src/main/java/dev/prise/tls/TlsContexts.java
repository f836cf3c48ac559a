package dev.prise.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The contexts whose refusals of a certificate say which one it was. */
public final class TlsContexts {
    private TlsContexts() {}

    /**
     * The context of the Java library: its roots or those of {@code javax.net.ssl.trustStore}. With a {@code javax.net.ssl.keyStore} it is
     * the default one itself, which has that key, and says less about certificates.
     *
     * @throws IllegalStateException when the roots cannot be read
     */
    public static SSLContext system() {
        try {
            return System.getProperty("javax.net.ssl.keyStore") == null ? System_.CONTEXT : SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS context: " + e.getMessage(), e);
        } catch (ExceptionInInitializerError e) {
            throw new IllegalStateException("no TLS context: " + e.getCause(), e);
        }
    }

    /** Apart, since reading the roots takes its time. */
    private static final class System_ {
        static final SSLContext CONTEXT = make(null);
    }

    /**
     * A context that trusts these roots and no others.
     *
     * @throws IllegalStateException when the Java library does not take them
     */
    public static SSLContext trusting(Collection<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate root : roots) {
                store.setCertificateEntry("root-" + number++, root);
            }
            return make(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS context: " + e.getMessage(), e);
        }
    }

    private static SSLContext make(@Nullable KeyStore roots) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(roots);
            TrustManager[] managers = factory.getTrustManagers();
            for (int i = 0; i < managers.length; i++) {
                if (managers[i] instanceof X509ExtendedTrustManager manager) {
                    managers[i] = new TellingTrustManager(manager);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
