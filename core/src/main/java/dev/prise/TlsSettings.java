package dev.prise;

import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.engine.ReadyCheck;
import dev.prise.tls.TlsContexts;
import dev.prise.tls.TlsHandshake;
import dev.prise.tls.TlsPeer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Dialer} speaks TLS: whom it trusts, which name the certificate must have, which protocols it offers. Immutable; each
 * {@code with} method returns a changed copy. The peer's certificate is always checked, and always against a name.
 */
public final class TlsSettings {
    /** The roots of the Java library, the target's host as the name, and no ALPN. */
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, List.of());

    private static final int LONGEST_PROTOCOL = 255;

    /** With a byte of length for each. All extensions have 65,535 together (RFC 8446 section 4.2), and the others need some of them. */
    private static final int MOST_OF_PROTOCOLS = 60_000;

    private final @Nullable SSLContext context;
    private final @Nullable String serverName;
    private final List<String> applicationProtocols;

    private TlsSettings(@Nullable SSLContext context, @Nullable String serverName, List<String> applicationProtocols) {
        this.context = context;
        this.serverName = serverName;
        this.applicationProtocols = applicationProtocols;
    }

    /**
     * Keys, roots and sessions from a context of the caller. Sentences about certificates say less than with the default or with
     * {@link #withRoots}, since a context does not tell which certificate it has refused.
     */
    public TlsSettings withContext(SSLContext value) {
        return new TlsSettings(Objects.requireNonNull(value, "context"), serverName, applicationProtocols);
    }

    /**
     * These roots are trusted and no others.
     *
     * @throws IllegalArgumentException when there are none
     * @throws IllegalStateException when the Java library does not take them
     */
    public TlsSettings withRoots(Collection<X509Certificate> roots) {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("without a root no certificate is trusted");
        }
        return withContext(TlsContexts.trusting(roots));
    }

    /**
     * The name to ask the peer for and to find in its certificate, or an address to find there; null (the default) for the target's host.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public TlsSettings withServerName(@Nullable String value) {
        if (value != null && AddressLiteral.parse(value) == null) {
            sniOf(value);
        }
        return new TlsSettings(context, value, applicationProtocols);
    }

    /**
     * The protocols to offer (ALPN, RFC 7301), the preferred one first, such as {@code h2} and {@code http/1.1}; none (the default) for no
     * offer. A peer may leave the choice out; one that refuses them all fails the handshake.
     *
     * @throws IllegalArgumentException when one is empty or longer than 255 bytes, or all together are more than a handshake has room for: 60,000
     *     bytes, one more for each name counted
     */
    public TlsSettings withApplicationProtocols(String... values) {
        long sum = 0;
        for (String value : values) {
            int length = value.getBytes(StandardCharsets.UTF_8).length;
            if (length == 0 || length > LONGEST_PROTOCOL) {
                throw new IllegalArgumentException("not the name of a protocol: \"" + value + "\"");
            }
            sum += length + 1;
        }
        if (sum > MOST_OF_PROTOCOLS) {
            throw new IllegalArgumentException(
                    "names of protocols of " + sum + " bytes are more than " + MOST_OF_PROTOCOLS);
        }
        return new TlsSettings(context, serverName, List.of(values));
    }

    /** The name to ask for, null for the target's host. */
    public @Nullable String serverName() {
        return serverName;
    }

    /** The protocols to offer. */
    public List<String> applicationProtocols() {
        return applicationProtocols;
    }

    /**
     * The same with the context settled, since reading the roots takes its time.
     *
     * @throws IllegalStateException when the roots cannot be read
     */
    TlsSettings settled() {
        return context == null ? withContext(TlsContexts.system()) : this;
    }

    /**
     * The handshakes of a dial.
     *
     * @throws InvalidTargetException when there is no name that a certificate could be for, as for a path
     */
    ReadyCheck.Factory handshakes(Target target) {
        TlsPeer peer = peer(target);
        return (channel, address, wake) -> new TlsHandshake(channel, peer, wake);
    }

    private TlsPeer peer(Target target) {
        SSLContext settled = Objects.requireNonNull(settled().context);
        String name = serverName == null ? target.asciiHost() : serverName;
        AddressLiteral literal = serverName == null ? target.literal() : AddressLiteral.parse(serverName);
        if (target.unixPath() != null) {
            throw new InvalidTargetException(
                    target.host(), ErrorCode.OPERATION_NOT_SUPPORTED, "TLS is for hosts, not for paths");
        }
        if (literal != null) {
            return new TlsPeer(settled, textOf(literal, name), null, target.port(), applicationProtocols);
        }
        return new TlsPeer(settled, withoutDot(name), sniIfPossible(name), target.port(), applicationProtocols);
    }

    /** As certificates have it, whatever way it was written, and without its zone. */
    private static String textOf(AddressLiteral literal, String written) {
        try {
            return InetAddress.getByAddress(literal.bytes()).getHostAddress();
        } catch (UnknownHostException e) {
            return written;
        }
    }

    /** A name that is none by the rules for hosts, such as one with an underscore, is not told to the peer, but may be in its certificate. */
    private static @Nullable SNIHostName sniIfPossible(String name) {
        try {
            return sniOf(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static SNIHostName sniOf(String name) {
        return new SNIHostName(withoutDot(name));
    }

    /** A dot at the end is no part of the name here (RFC 6066 section 3). */
    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
