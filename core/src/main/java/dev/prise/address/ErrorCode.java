package dev.prise.address;

/**
 * The closed set of reasons for which a dial can fail. Each has its POSIX name ({@code errno} or {@code EAI_*}), the number that
 * Winsock has for it, its meaning and what to try next.
 *
 * <p>Names and numbers: POSIX.1 {@code errno.h} and {@code netdb.h}; the Winsock error code list of the Windows documentation.
 */
public enum ErrorCode {
    /** The name is not known, or is not a name. */
    HOST_NOT_FOUND("EAI_NONAME", "WSAHOST_NOT_FOUND", 11001, "name not known", "check the spelling of the name"),
    /** The name server did not answer, or answered that it cannot at the moment. */
    TRY_AGAIN("EAI_AGAIN", "WSATRY_AGAIN", 11002, "no answer from the name server", "try again, check the name server"),
    /** The lookup failed for good. */
    NO_RECOVERY("EAI_FAIL", "WSANO_RECOVERY", 11003, "name lookup failed", "check the name server"),
    /** The name exists, but has no address of the family asked for. */
    NO_DATA(
            "EAI_NODATA",
            "WSANO_DATA",
            11004,
            "the name has no address of this family",
            "try without a family, check the name's A and AAAA records"),
    /** The address literal is of another family than the one asked for. */
    ADDRESS_FAMILY(
            "EAI_ADDRFAMILY",
            "WSAHOST_NOT_FOUND",
            11001,
            "the address is of another family",
            "ask for the address's own family"),
    /** The service name is not known for this socket type, or the port is outside 1 to 65535. */
    SERVICE_NOT_FOUND(
            "EAI_SERVICE",
            "WSATYPE_NOT_FOUND",
            10109,
            "service not known",
            "give the port as a number from 1 to 65535"),
    /** Nobody listens on that port there, or its queue is full. */
    CONNECTION_REFUSED(
            "ECONNREFUSED", "WSAECONNREFUSED", 10061, "refused", "check that the server runs and listens there"),
    /** No answer in time. */
    TIMED_OUT("ETIMEDOUT", "WSAETIMEDOUT", 10060, "no answer in time", "check firewalls on the way, allow more time"),
    /** No route to that network. */
    NETWORK_UNREACHABLE(
            "ENETUNREACH", "WSAENETUNREACH", 10051, "network unreachable", "check the routes of this machine"),
    /** No way to that host; also what some firewalls answer. */
    HOST_UNREACHABLE(
            "EHOSTUNREACH",
            "WSAEHOSTUNREACH",
            10065,
            "host unreachable",
            "check that the host is up and no firewall rejects"),
    /** The network layer of this machine is down. */
    NETWORK_DOWN("ENETDOWN", "WSAENETDOWN", 10050, "network down", "check this machine's network interfaces"),
    /** The source address is not one of this machine's, or does not fit the destination. */
    ADDRESS_NOT_AVAILABLE(
            "EADDRNOTAVAIL",
            "WSAEADDRNOTAVAIL",
            10049,
            "address not available on this machine",
            "choose a source address of this machine and of the destination's family"),
    /** Address and port are taken. */
    ADDRESS_IN_USE(
            "EADDRINUSE", "WSAEADDRINUSE", 10048, "address already in use", "choose another port or stop who has it"),
    /** Not allowed, by file permissions or by a local firewall. */
    PERMISSION_DENIED("EACCES", "WSAEACCES", 10013, "permission denied", "check permissions and the local firewall"),
    /** This machine does not have this address family. */
    FAMILY_NOT_SUPPORTED(
            "EAFNOSUPPORT",
            "WSAEAFNOSUPPORT",
            10047,
            "address family not supported",
            "use an address of another family"),
    /** The peer broke the connection. */
    CONNECTION_RESET("ECONNRESET", "WSAECONNRESET", 10054, "reset by peer", "look at the server's log"),
    /** This machine gave the connection up. */
    CONNECTION_ABORTED("ECONNABORTED", "WSAECONNABORTED", 10053, "connection aborted", "check this machine's network"),
    /** Written to a connection that the peer has closed; Winsock says connection reset. */
    BROKEN_PIPE("EPIPE", "WSAECONNRESET", 10054, "closed by peer", "look at the server's log"),
    /** The socket is not connected. */
    NOT_CONNECTED("ENOTCONN", "WSAENOTCONN", 10057, "not connected", "connect first"),
    /** No file descriptor is left. */
    TOO_MANY_OPEN_FILES("EMFILE", "WSAEMFILE", 10024, "too many open files", "raise the limit, look for leaks"),
    /** No memory for buffers, or no free local port. */
    NO_BUFFER_SPACE("ENOBUFS", "WSAENOBUFS", 10055, "no buffer space", "free memory, reduce connections"),
    /** An argument or an option is not valid for this socket. */
    INVALID_ARGUMENT("EINVAL", "WSAEINVAL", 10022, "invalid argument", "check the socket options and addresses"),
    /** The path of a Unix-domain socket does not exist. */
    NO_SUCH_FILE("ENOENT", "WSAECONNREFUSED", 10061, "no such file", "check the path, check that the server runs"),
    /** The queue of a Unix-domain server is full. */
    WOULD_BLOCK("EAGAIN", "WSAEWOULDBLOCK", 10035, "the server's queue is full", "try again"),
    /** The caller was interrupted. */
    INTERRUPTED("EINTR", "WSAEINTR", 10004, "interrupted", "dial again if it is still wanted"),
    /** The caller gave up. */
    CANCELLED("ECANCELED", "WSA_OPERATION_ABORTED", 995, "cancelled", "dial again if it is still wanted"),
    /** A reason that this table does not know; the message has the system's words. */
    UNKNOWN("EIO", "WSASYSCALLFAILURE", 10107, "failed", "see the message");

    private final String posix;
    private final String winsockName;
    private final int winsock;
    private final String meaning;
    private final String advice;

    ErrorCode(String posix, String winsockName, int winsock, String meaning, String advice) {
        this.posix = posix;
        this.winsockName = winsockName;
        this.winsock = winsock;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** The name on POSIX systems, for example {@code ECONNREFUSED} or {@code EAI_NONAME}. */
    public String posix() {
        return posix;
    }

    /** The name in Winsock, for example {@code WSAECONNREFUSED}. */
    public String winsockName() {
        return winsockName;
    }

    /** The number in Winsock, for example 10061. */
    public int winsock() {
        return winsock;
    }

    /** What it means, in a few words without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** What to try next, in a few words without a full stop. */
    public String advice() {
        return advice;
    }

    /** Whether this is a failure to resolve a name or a service rather than to connect. */
    public boolean isResolution() {
        return posix.startsWith("EAI_");
    }

    /** Both names and the number: {@code ECONNREFUSED, WSAECONNREFUSED 10061}. */
    public String codes() {
        return posix + ", " + winsockName + " " + winsock;
    }
}
