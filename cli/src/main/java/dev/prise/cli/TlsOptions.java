package dev.prise.cli;

import dev.prise.Target;
import dev.prise.TlsSettings;
import dev.prise.address.AddressLiteral;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of TLS. */
final class TlsOptions {
    /** Of a name of a protocol (RFC 7301 section 3.1), and more than any host's. */
    private static final int LONGEST_NAME = 255;

    @Option(names = "--tls", description = "Speak TLS: connected is who completes the handshake.")
    boolean tls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "With --tls: the certificates of FILE (PEM, or one in DER) are trusted, and no others.")
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
            description = "With --tls: offer protocols, as in h2,http/1.1, the preferred one first.")
    @Nullable
    String applicationProtocols;

    /**
     * The settings for a target, null without TLS.
     *
     * @throws CommandException when an option's value is not good
     */
    @Nullable
    TlsSettings settings(Target target) {
        if (tls && target.unixPath() != null) {
            throw CommandException.usage("--tls is for hosts, and " + target
                    + " is a socket of this machine, which no certificate is for; leave --tls out");
        }
        return settings();
    }

    /** The same for targets of which none is a path. */
    @Nullable
    TlsSettings settings() {
        if (!tls) {
            requireNone("--ca", roots);
            requireNone("--server-name", serverName);
            requireNone("--alpn", applicationProtocols);
            return null;
        }
        TlsSettings settings = TlsSettings.DEFAULT;
        if (serverName != null) {
            settings = withServerName(settings, serverName);
        }
        if (applicationProtocols != null) {
            settings = withProtocols(settings, applicationProtocols);
        }
        return roots == null ? settings : settings.withRoots(CertificateFile.read(roots));
    }

    private static void requireNone(String option, @Nullable String value) {
        if (value != null) {
            throw CommandException.usage(option + " is for TLS; give --tls too");
        }
    }

    private static TlsSettings withServerName(TlsSettings settings, String given) {
        String name = given.strip();
        boolean bracketed = name.startsWith("[") && name.endsWith("]") && name.length() > 2;
        String inside = bracketed ? name.substring(1, name.length() - 1) : name;
        name = AddressLiteral.parse(inside) == null ? name : inside;
        String wrong = "--server-name takes the name of a host or an address, not '" + given + "'";
        if (!isPlain(name)) {
            throw CommandException.usage(wrong + ": it has " + whatIsPlain());
        }
        try {
            return settings.withServerName(name);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(wrong);
        }
    }

    private static TlsSettings withProtocols(TlsSettings settings, String given) {
        String[] names = protocols(given);
        try {
            return settings.withApplicationProtocols(names);
        } catch (IllegalArgumentException e) {
            // each by itself is good
            throw CommandException.usage("--alpn takes names of 60,000 letters together, and these are more");
        }
    }

    private static String[] protocols(String given) {
        String[] names = given.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            names[i] = names[i].strip();
            if (!isPlain(names[i])) {
                throw CommandException.usage(
                        "--alpn takes a list such as h2,http/1.1, not '" + given + "': each name has " + whatIsPlain());
            }
        }
        return names;
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static String whatIsPlain() {
        return "1 to " + LONGEST_NAME + " letters, digits and signs of ASCII";
    }
}
