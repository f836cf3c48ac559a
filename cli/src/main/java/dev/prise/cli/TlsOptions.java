package dev.prise.cli;

import dev.prise.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of TLS. */
final class TlsOptions {
    @Option(names = "--tls", description = "Speak TLS: connected is who completes the handshake.")
    boolean tls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "With --tls: the certificates of FILE (PEM) are trusted, and no others.")
    @Nullable
    String roots;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "With --tls: the name to ask for and to find in the certificate, HOST if left out.")
    @Nullable
    String serverName;

    @Option(
            names = "--alpn",
            paramLabel = "LIST",
            description = "With --tls: the protocols to offer, as in h2,http/1.1.")
    @Nullable
    String applicationProtocols;

    /**
     * The settings, null without TLS.
     *
     * @throws CommandException when an option's value is not good
     */
    @Nullable
    TlsSettings settings() {
        if (!tls) {
            requireNone("--ca", roots);
            requireNone("--server-name", serverName);
            requireNone("--alpn", applicationProtocols);
            return null;
        }
        TlsSettings settings = TlsSettings.DEFAULT;
        if (roots != null) {
            settings = settings.withRoots(read(roots));
        }
        try {
            if (serverName != null) {
                settings = settings.withServerName(serverName);
            }
            return applicationProtocols == null
                    ? settings
                    : settings.withApplicationProtocols(applicationProtocols.split(",", -1));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    "--server-name takes a host's name and --alpn a list such as h2,http/1.1: " + e.getMessage());
        }
    }

    private static void requireNone(String option, @Nullable String value) {
        if (value != null) {
            throw CommandException.usage(option + " is for TLS; give --tls too");
        }
    }

    private static List<X509Certificate> read(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw CommandException.usage("--ca " + file + " has no certificates; it should be a PEM file");
            }
            return found;
        } catch (IOException | InvalidPathException e) {
            throw CommandException.usage("--ca " + file + " cannot be read: " + Reasons.of(e));
        } catch (CertificateException e) {
            throw CommandException.usage("--ca " + file + " is no PEM file of certificates: " + e.getMessage());
        }
    }
}
