package dev.prise.tls;

import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which certificate was refused and why, in a few words without a full stop. */
final class CertificateSentence {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    /** Kinds of a subject alternative name (RFC 5280 section 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private static final int MOST_NAMES = 5;

    private CertificateSentence() {}

    /**
     * The sentence.
     *
     * @param chain what the peer has shown, its own certificate first
     * @param host whom it should be for
     */
    static String of(X509Certificate[] chain, CertificateException refusal, String host) {
        X509Certificate own = chain[0];
        if (isCausedBy(refusal, CertificateExpiredException.class)) {
            X509Certificate expired = firstOf(chain, true);
            return whose(expired, chain) + " expired on "
                    + DAY.format(expired.getNotAfter().toInstant());
        }
        if (isCausedBy(refusal, CertificateNotYetValidException.class)) {
            X509Certificate early = firstOf(chain, false);
            return whose(early, chain) + " is not valid before "
                    + DAY.format(early.getNotBefore().toInstant());
        }
        if (isAboutTheName(refusal)) {
            return "the certificate is for " + namesOf(own) + ", not for " + shortened(host);
        }
        if (isBadlyPut(refusal)) {
            return "the certificate of " + subject(own) + " is not accepted: " + refusal.getMessage();
        }
        X509Certificate last = chain[chain.length - 1];
        if (isSelfSigned(own)) {
            return "the certificate is self-signed, by " + subject(own) + ", and not one of those trusted";
        }
        return "the certificate's issuer is not trusted: " + issuer(last);
    }

    private static boolean isCausedBy(Throwable refusal, Class<? extends Throwable> cause) {
        for (Throwable each = refusal; each != null; each = each.getCause()) {
            if (cause.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    /** The words of the JDK's check, which has no exception of its own for that. */
    private static boolean isAboutTheName(CertificateException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return message.startsWith("No subject alternative")
                || message.startsWith("No name matching")
                || message.startsWith("Illegal given domain name");
    }

    /** Whether a way to a trusted root was found, and something on it is wrong: revoked, or signed by a method that is too weak. */
    private static boolean isBadlyPut(CertificateException refusal) {
        for (Throwable each = refusal; each != null; each = each.getCause()) {
            if (each instanceof CertPathValidatorException path
                    && path.getReason() != CertPathValidatorException.BasicReason.UNSPECIFIED) {
                return true;
            }
        }
        return false;
    }

    /** The first that is out of its time; the peer's own when the clock has moved on in between. */
    private static X509Certificate firstOf(X509Certificate[] chain, boolean expired) {
        Instant now = Instant.now();
        for (X509Certificate each : chain) {
            if (expired
                    ? now.isAfter(each.getNotAfter().toInstant())
                    : now.isBefore(each.getNotBefore().toInstant())) {
                return each;
            }
        }
        return chain[0];
    }

    private static String whose(X509Certificate certificate, X509Certificate[] chain) {
        return certificate.equals(chain[0])
                ? "the certificate"
                : "the certificate of the issuer " + subject(certificate);
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName();
    }

    /** Its names and addresses, or its subject where it has neither. */
    private static String namesOf(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        for (List<?> name : alternativeNames(certificate)) {
            if (name.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS)) {
                names.add(shortened(String.valueOf(name.get(1))));
            }
        }
        if (names.isEmpty()) {
            return subject(certificate) + " without alternative names";
        }
        int more = names.size() - MOST_NAMES;
        return more <= 0
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + more + " more";
    }

    /** An address of IPv6 as everywhere else (RFC 5952); the Java library writes all its zeros. Anything else as it is. */
    private static String shortened(String name) {
        AddressLiteral literal = AddressLiteral.parse(name);
        InetAddress address = literal == null ? null : literal.address();
        return address instanceof Inet6Address
                ? AddressInfo.stream(new InetSocketAddress(address, 0)).addressText()
                : name;
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
