package dev.prise;

import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.address.Services;
import java.net.IDN;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect to: a host (name or address literal) and a service (port number or name), or the path of a Unix-domain socket.
 *
 * <p>Parsing never touches the network. Names in other scripts are turned into their ASCII form (RFC 5890, by {@link IDN}).
 */
public final class Target {
    /** The port of the tutorial that Prise starts from, used where none is given on the command line. */
    public static final int DEFAULT_PORT = 27015;

    private static final String UNIX_PREFIX = "unix:";
    private static final int MAX_NAME_LENGTH = 253;
    private static final int MAX_LABEL_LENGTH = 63;

    private final String host;
    private final String asciiHost;
    private final String service;
    private final int port;
    private final @Nullable AddressLiteral literal;
    private final @Nullable Path unixPath;

    private Target(
            String host,
            String asciiHost,
            String service,
            int port,
            @Nullable AddressLiteral literal,
            @Nullable Path unixPath) {
        this.host = host;
        this.asciiHost = asciiHost;
        this.service = service;
        this.port = port;
        this.literal = literal;
        this.unixPath = unixPath;
    }

    /**
     * A host and a port.
     *
     * @param host a name, an IPv4 literal in any form of {@code inet_aton}, or an IPv6 literal with or without brackets
     * @param port 1 to 65535
     * @throws InvalidTargetException when the host cannot be a name, or the port is out of range
     */
    public static Target of(String host, int port) {
        Objects.requireNonNull(host, "host");
        String service = Integer.toString(port);
        if (port < 1 || port > 65535) {
            throw invalid(host, ErrorCode.SERVICE_NOT_FOUND, "the port " + service + " is not between 1 and 65535");
        }
        return of(host, service, port);
    }

    /**
     * A host and a service.
     *
     * @param service a port number from 1 to 65535 or a service name of the system's services file
     * @throws InvalidTargetException when the host cannot be a name, or the service is not known
     */
    public static Target of(String host, String service) {
        Objects.requireNonNull(host, "host");
        return of(host, service, portOf(host, service));
    }

    private static Target of(String host, String service, int port) {
        String bare = withoutBrackets(host);
        AddressLiteral literal = AddressLiteral.parse(bare);
        if (literal != null) {
            return new Target(bare, bare, service, port, literal, null);
        }
        return new Target(bare, asciiName(bare), service, port, null, null);
    }

    /**
     * The path of a Unix-domain socket.
     *
     * @throws InvalidTargetException when the path is empty or not a path
     */
    public static Target unix(String path) {
        if (path.isEmpty()) {
            throw invalid(path, ErrorCode.NO_SUCH_FILE, "the path of the Unix-domain socket is empty");
        }
        try {
            return new Target(path, path, "", 0, null, Path.of(path));
        } catch (InvalidPathException e) {
            throw invalid(path, ErrorCode.NO_SUCH_FILE, "not a path");
        }
    }

    /**
     * Reads {@code HOST}, {@code HOST:PORT}, {@code [IPV6]}, {@code [IPV6]:PORT}, a bare IPv6 literal or {@code unix:PATH}.
     *
     * @param defaultService the service where the text has none
     * @throws InvalidTargetException when it is none of these
     */
    public static Target parse(String text, String defaultService) {
        if (text.startsWith(UNIX_PREFIX)) {
            return unix(text.substring(UNIX_PREFIX.length()));
        }
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        if (bracket >= 0 && text.startsWith(":", bracket + 1)) {
            return of(text.substring(0, bracket + 1), text.substring(bracket + 2));
        }
        int colon = text.indexOf(':');
        if (bracket < 0 && colon >= 0 && colon == text.lastIndexOf(':') && !text.startsWith("[")) {
            return of(text.substring(0, colon), text.substring(colon + 1));
        }
        return of(text, defaultService);
    }

    /** The host as it was given, without brackets, or the path. */
    public String host() {
        return host;
    }

    /** The host as it is looked up: an IDN in its ASCII form, everything else as given. */
    public String asciiHost() {
        return asciiHost;
    }

    /** The service as it was given; empty for a Unix path. */
    public String service() {
        return service;
    }

    /** The port; 0 for a Unix path. */
    public int port() {
        return port;
    }

    /** The address literal, null when the host is a name or a path. */
    public @Nullable AddressLiteral literal() {
        return literal;
    }

    /** The path, null when the target is a host. */
    public @Nullable Path unixPath() {
        return unixPath;
    }

    private static int portOf(String host, String service) {
        OptionalInt port = Services.tcpPort(Objects.requireNonNull(service, "service"));
        if (port.isEmpty() || port.getAsInt() == 0) {
            boolean number = !service.isEmpty() && service.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
            throw invalid(
                    host,
                    ErrorCode.SERVICE_NOT_FOUND,
                    number
                            ? "the port " + service + " is not between 1 and 65535"
                            : "the service \"" + service + "\" is not known");
        }
        return port.getAsInt();
    }

    private static String withoutBrackets(String host) {
        boolean opens = host.startsWith("[");
        boolean closes = host.endsWith("]");
        if (!opens && !closes) {
            return host;
        }
        String bare = opens && closes ? host.substring(1, host.length() - 1) : "";
        if (bare.indexOf(':') < 0 || AddressLiteral.parse(bare) == null) {
            throw invalid(host, ErrorCode.HOST_NOT_FOUND, "not an IPv6 address in brackets");
        }
        return bare;
    }

    private static String asciiName(String name) {
        if (name.isEmpty()) {
            throw invalid(name, ErrorCode.HOST_NOT_FOUND, "the host is empty");
        }
        if (name.indexOf(':') >= 0) {
            throw invalid(name, ErrorCode.HOST_NOT_FOUND, "not an IPv6 address");
        }
        requireNameCharacters(name, name);
        String ascii = toAscii(name);
        if (!ascii.equals(name)) {
            // wide forms of ASCII characters become those characters
            requireNameCharacters(name, ascii);
            if (AddressLiteral.parse(ascii) != null) {
                throw invalid(name, ErrorCode.HOST_NOT_FOUND, "an address in other than ASCII characters");
            }
        }
        String withoutDot = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (withoutDot.length() > MAX_NAME_LENGTH) {
            throw invalid(name, ErrorCode.HOST_NOT_FOUND, "the name has more than 253 characters");
        }
        requireLabels(name, withoutDot);
        return ascii;
    }

    private static void requireLabels(String given, String name) {
        int from = 0;
        while (from <= name.length()) {
            int dot = name.indexOf('.', from);
            int to = dot < 0 ? name.length() : dot;
            if (to == from) {
                throw invalid(given, ErrorCode.HOST_NOT_FOUND, "the name has an empty label");
            }
            if (to - from > MAX_LABEL_LENGTH) {
                throw invalid(given, ErrorCode.HOST_NOT_FOUND, "a label of the name has more than 63 characters");
            }
            from = to + 1;
        }
    }

    private static void requireNameCharacters(String given, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == 0x7f || "/\\[]%@?#\"<>:".indexOf(c) >= 0) {
                throw invalid(given, ErrorCode.HOST_NOT_FOUND, "a host name has no " + named(c));
            }
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static String toAscii(String name) {
        if (isAscii(name)) {
            return name;
        }
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw invalid(name, ErrorCode.HOST_NOT_FOUND, "not an internationalized domain name");
        }
    }

    private static String named(char c) {
        return switch (c) {
            case ' ' -> "spaces";
            case 0 -> "NUL characters";
            default -> c < ' ' || c == 0x7f ? "control characters" : "'" + c + "'";
        };
    }

    private static InvalidTargetException invalid(String host, ErrorCode code, String reason) {
        return new InvalidTargetException(host, code, reason);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Target that
                && host.equals(that.host)
                && service.equals(that.service)
                && Objects.equals(unixPath, that.unixPath);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, service, unixPath);
    }

    /** {@code host:service}, {@code [v6]:service} or {@code unix:path}. */
    @Override
    public String toString() {
        if (unixPath != null) {
            return UNIX_PREFIX + host;
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + service;
    }
}
