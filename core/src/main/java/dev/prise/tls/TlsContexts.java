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

    /** The default context of the Java library is of this protocol; one that a program has put in its place is not. */
    private static final String DEFAULT = "Default";

    private static final String PROVIDER = "SunJSSE";

    private static @Nullable SSLContext system;

    /**
     * A context like the default one of the Java library: its roots or those of {@code javax.net.ssl.trustStore}. It is the default one itself,
     * and says less about certificates, with a {@code javax.net.ssl.keyStore}, whose key it has, and when the program has set another one, which
     * may be stricter.
     *
     * @throws IllegalStateException when the roots cannot be read
     */
    public static SSLContext system() {
        try {
            SSLContext standard = SSLContext.getDefault();
            boolean replaced = !standard.getProtocol().equals(DEFAULT)
                    || !standard.getProvider().getName().equals(PROVIDER);
            return replaced || System.getProperty("javax.net.ssl.keyStore") != null ? standard : likeTheDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS context: " + e.getMessage(), e);
        }
    }

    /** Kept, since reading the roots takes its time. */
    private static synchronized SSLContext likeTheDefault() {
        SSLContext made = system;
        if (made == null) {
            made = make(null);
            system = made;
        }
        return made;
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
