package dev.prise.address;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of errors that name lookup and the socket calls can end with, on Linux, macOS and Windows. Each has its POSIX name
 * ({@code errno} or {@code EAI_*}), the name and number that Winsock has for it, its numbers on the other systems, its meaning, its
 * usual causes and what to try next.
 *
 * <p>Names and numbers: POSIX.1 {@code errno.h} and {@code netdb.h}; the headers of Linux, glibc and macOS; the Winsock error code list
 * of the Windows documentation; the error sections of getaddrinfo(3), connect(2), socket(2), bind(2), listen(2), accept(2), send(2),
 * recv(2) and shutdown(2).
 */
public enum ErrorCode {
    /** The name is not known, or is not a name. */
    HOST_NOT_FOUND(
            posix("EAI_NONAME", -2, 8),
            winsock("WSAHOST_NOT_FOUND", 11001),
            "name not known",
            "a misspelled name, one that only another network or name server knows, or neither a name nor a service given",
            "check the spelling of the name"),
    /** The name server did not answer, or answered that it cannot at the moment. */
    TRY_AGAIN(
            posix("EAI_AGAIN", -3, 2),
            winsock("WSATRY_AGAIN", 11002),
            "no answer from the name server",
            "no network, a name server that is down or overloaded, or a firewall that drops the questions",
            "try again, check the name server"),
    /** The lookup failed for good. */
    NO_RECOVERY(
            posix("EAI_FAIL", -4, 4),
            winsock("WSANO_RECOVERY", 11003),
            "name lookup failed",
            "a name server that answers with nonsense; on Windows also hints that are not allowed",
            "check the name server"),
    /** The name exists, but has no address of the family asked for. */
    NO_DATA(
            posix("EAI_NODATA", -5, 7),
            winsock("WSANO_DATA", 11004),
            "the name has no address of this family",
            "a name with IPv4 addresses only was asked for IPv6, or the other way round; a name that has only mail records",
            "try without a family, check the name's A and AAAA records"),
    /** The address literal is of another family than the one asked for. */
    ADDRESS_FAMILY(
            posix("EAI_ADDRFAMILY", -9, 1),
            nearest("WSAHOST_NOT_FOUND", 11001),
            "the address is of another family",
            "an IPv6 address given together with IPv4, or the other way round",
            "ask for the address's own family"),
    /** The service name is not known for this socket type, or the port is outside 1 to 65535. */
    SERVICE_NOT_FOUND(
            posix("EAI_SERVICE", -8, 9),
            winsock("WSATYPE_NOT_FOUND", 10109),
            "service not known",
            "a service name that is not in the services file, is there for another protocol, or is in capital letters",
            "give the port as a number from 1 to 65535"),
    /** The hints have flags that the system does not know or that do not go together. */
    BAD_FLAGS(
            posix("EAI_BADFLAGS", -1, 3),
            winsock("WSAEINVAL", 10022),
            "flags of the lookup not valid",
            "a flag of another system, whose number means something else here, or the canonical name asked for without a name",
            "check the flags against the system's getaddrinfo documentation"),
    /** The lookup does not know the address family asked for. */
    LOOKUP_FAMILY(
            posix("EAI_FAMILY", -6, 5),
            winsock("WSAEAFNOSUPPORT", 10047),
            "address family not supported by the lookup",
            "a family other than IPv4, IPv6 and unspecified in the hints, such as the number of another system",
            "ask for IPv4, IPv6 or no family"),
    /** The lookup does not know the socket type, or the type does not go with the protocol. */
    LOOKUP_SOCKET_TYPE(
            posix("EAI_SOCKTYPE", -7, 10),
            winsock("WSAESOCKTNOSUPPORT", 10044),
            "socket type not supported by the lookup",
            "a type that does not exist, or a pair that does not fit, such as stream and UDP",
            "ask for stream with TCP or datagram with UDP, or leave both out"),
    /** No memory for the lookup. */
    LOOKUP_MEMORY(
            posix("EAI_MEMORY", -10, 6),
            winsock("WSA_NOT_ENOUGH_MEMORY", 8),
            "no memory for the lookup",
            "a limit of the process or of its container has been reached",
            "free memory or raise the limit"),
    /** The lookup failed in the system; {@code errno} says how. */
    LOOKUP_SYSTEM(
            posix("EAI_SYSTEM", -11, 11),
            nearest("WSANO_RECOVERY", 11003),
            "the system failed during the lookup",
            "too many open files, or a resolver configuration that cannot be read; errno says which",
            "look at errno, check the limits of the process"),
    /** The result did not fit into the caller's buffer. */
    LOOKUP_OVERFLOW(
            posix("EAI_OVERFLOW", -12, 14),
            nearest("WSANO_RECOVERY", 11003),
            "the result does not fit into the buffer",
            "a buffer given to getnameinfo that is shorter than the name",
            "give a larger buffer, 1025 bytes for a name and 32 for a service"),
    /** The name's characters cannot be put into the form that the name service takes. */
    LOOKUP_IDN(
            posix("EAI_IDN_ENCODE", -105, 0),
            nearest("WSANO_RECOVERY", 11003),
            "the name's characters cannot be encoded",
            "bytes that are not valid in the locale of the process, or a locale that has no such characters",
            "set a UTF-8 locale, or give the name in its xn-- form"),
    /** The hints are not valid (BSD). */
    LOOKUP_BAD_HINTS(
            posix("EAI_BADHINTS", 0, 12),
            nearest("WSANO_RECOVERY", 11003),
            "hints of the lookup not valid",
            "fields of the hints that must be zero and are not",
            "set all fields of the hints to zero before filling in the ones wanted"),
    /** The protocol of the lookup is not known (BSD). */
    LOOKUP_PROTOCOL(
            posix("EAI_PROTOCOL", 0, 13),
            nearest("WSANO_RECOVERY", 11003),
            "protocol not known to the lookup",
            "a protocol in the hints that the system has not, or that does not go with the socket type",
            "ask for TCP or UDP, or leave the protocol out"),
    /** A signal interrupted a wait for lookups (glibc, getaddrinfo_a). */
    LOOKUP_INTERRUPTED(
            posix("EAI_INTR", -104, 0),
            nearest("WSAEINTR", 10004),
            "a signal interrupted the wait for the lookup",
            "a signal that came during gai_suspend",
            "wait again"),
    /** The lookup was cancelled (glibc, getaddrinfo_a). */
    LOOKUP_CANCELLED(
            posix("EAI_CANCELED", -101, 0),
            winsock("WSA_E_CANCELLED", 10111),
            "the lookup was cancelled",
            "the program itself cancelled it",
            "look up again if it is still wanted"),
    /** The lookup is still under way (glibc, getaddrinfo_a). */
    LOOKUP_IN_PROGRESS(
            posix("EAI_INPROGRESS", -100, 0),
            nearest("WSAEINPROGRESS", 10036),
            "the lookup is under way",
            "the result was asked for before the lookup had ended",
            "wait for the lookup"),
    /** The lookup could not be cancelled (glibc, getaddrinfo_a). */
    NOT_CANCELLED(
            posix("EAI_NOTCANCELED", -102, 0),
            nearest("WSA_INVALID_HANDLE", 6),
            "the lookup could not be cancelled",
            "the lookup had begun already",
            "wait for the lookup and drop its result"),
    /** All lookups had ended before (glibc, getaddrinfo_a). */
    ALL_DONE(
            posix("EAI_ALLDONE", -103, 0),
            nearest("WSA_E_NO_MORE", 10110),
            "all lookups have ended",
            "nothing was left to wait for or to cancel",
            "take the results"),

    /** Nobody listens on that port there, or its queue is full. */
    CONNECTION_REFUSED(
            posix("ECONNREFUSED", 111, 61),
            winsock("WSAECONNREFUSED", 10061),
            "refused",
            "the server does not run, listens on another port, address or family, or a firewall rejects",
            "check that the server runs and listens there"),
    /** No answer in time. */
    TIMED_OUT(
            posix("ETIMEDOUT", 110, 60),
            winsock("WSAETIMEDOUT", 10060),
            "no answer in time",
            "a firewall that drops packets, a host that is down, or a way that is broken or overloaded",
            "check firewalls on the way, allow more time"),
    /** No route to that network. */
    NETWORK_UNREACHABLE(
            posix("ENETUNREACH", 101, 51),
            winsock("WSAENETUNREACH", 10051),
            "network unreachable",
            "this machine has no default route, or no IPv6 at all and the address is one",
            "check the routes of this machine"),
    /** No way to that host; also what some firewalls answer. */
    HOST_UNREACHABLE(
            posix("EHOSTUNREACH", 113, 65),
            winsock("WSAEHOSTUNREACH", 10065),
            "host unreachable",
            "nobody answers to that address on its own network, or a router or firewall says so",
            "check that the host is up and no firewall rejects"),
    /** The host is down. */
    HOST_DOWN(
            posix("EHOSTDOWN", 112, 64),
            winsock("WSAEHOSTDOWN", 10064),
            "host is down",
            "a host of this machine's own network does not answer when its hardware address is asked for",
            "check that the host is up and its address is right"),
    /** The network layer of this machine is down. */
    NETWORK_DOWN(
            posix("ENETDOWN", 100, 50),
            winsock("WSAENETDOWN", 10050),
            "network down",
            "the interface is switched off, or the network service of this machine has failed",
            "check this machine's network interfaces"),
    /** The network dropped the connection. */
    NETWORK_RESET(
            posix("ENETRESET", 102, 52),
            winsock("WSAENETRESET", 10052),
            "the network dropped the connection",
            "keep-alive found that the connection is dead",
            "connect again, check the way to the host"),
    /** This machine is not on the network (Linux). */
    NOT_ON_NETWORK(
            posix("ENONET", 64, 0),
            nearest("WSAENETDOWN", 10050),
            "this machine is not on the network",
            "accept tells a failure of the new connection, which Linux passes on",
            "accept again, check this machine's network interfaces"),
    /** The source address is not one of this machine's, or does not fit the destination. */
    ADDRESS_NOT_AVAILABLE(
            posix("EADDRNOTAVAIL", 99, 49),
            winsock("WSAEADDRNOTAVAIL", 10049),
            "address not available on this machine",
            "a source address of another machine or family, no local port left, or on Windows a connect to port 0 or 0.0.0.0",
            "choose a source address of this machine and of the destination's family"),
    /** Address and port are taken. */
    ADDRESS_IN_USE(
            posix("EADDRINUSE", 98, 48),
            winsock("WSAEADDRINUSE", 10048),
            "address already in use",
            "another process listens there, or an earlier connection of the port has not faded yet",
            "choose another port or stop who has it"),
    /** Not allowed, by file permissions or by a local firewall. */
    PERMISSION_DENIED(
            posix("EACCES", 13, 13),
            winsock("WSAEACCES", 10013),
            "permission denied",
            "a port below 1024, a raw socket, a broadcast without its option, or on Windows a port held exclusively",
            "check permissions and the local firewall"),
    /** Not allowed to this user, or by a rule of the local firewall. */
    NOT_PERMITTED(
            posix("EPERM", 1, 1),
            nearest("WSAEACCES", 10013),
            "operation not permitted",
            "a rule of the local firewall, a sandbox, or a socket option that only the administrator may set",
            "check the local firewall and the rights of the process"),
    /** This machine does not have this address family. */
    FAMILY_NOT_SUPPORTED(
            posix("EAFNOSUPPORT", 97, 47),
            winsock("WSAEAFNOSUPPORT", 10047),
            "address family not supported",
            "IPv6 is switched off on this machine, or the address is of another family than the socket",
            "use an address of another family"),
    /** This machine does not have this protocol family. */
    PROTOCOL_FAMILY_NOT_SUPPORTED(
            posix("EPFNOSUPPORT", 96, 46),
            winsock("WSAEPFNOSUPPORT", 10046),
            "protocol family not supported",
            "a family that this system does not have; most systems say address family not supported in its place",
            "use another family"),
    /** The protocol is not there, or not for this type of socket. */
    PROTOCOL_NOT_SUPPORTED(
            posix("EPROTONOSUPPORT", 93, 43),
            winsock("WSAEPROTONOSUPPORT", 10043),
            "protocol not supported",
            "a protocol that does not go with the socket type, such as UDP with a stream, or that this system does not have",
            "use TCP with a stream and UDP with datagrams"),
    /** The family has no such type of socket. */
    SOCKET_TYPE_NOT_SUPPORTED(
            posix("ESOCKTNOSUPPORT", 94, 44),
            winsock("WSAESOCKTNOSUPPORT", 10044),
            "socket type not supported",
            "a socket type that this family does not have, such as sequenced packets over IP",
            "use a stream or a datagram socket"),
    /** The protocol does not fit the type of the socket. */
    PROTOCOL_WRONG_TYPE(
            posix("EPROTOTYPE", 91, 41),
            winsock("WSAEPROTOTYPE", 10041),
            "protocol of the wrong type for this socket",
            "a stream socket that connects to a Unix-domain datagram socket, or a protocol given with another type",
            "use the same socket type on both sides"),
    /** The socket does not know this option. */
    OPTION_NOT_KNOWN(
            posix("ENOPROTOOPT", 92, 42),
            winsock("WSAENOPROTOOPT", 10042),
            "socket option not known",
            "an option of another system, of another level or of a newer kernel",
            "leave the option out"),
    /** The call is not for this kind of socket. */
    OPERATION_NOT_SUPPORTED(
            posix("EOPNOTSUPP", 95, 102),
            winsock("WSAEOPNOTSUPP", 10045),
            "operation not supported by this socket",
            "listen or accept on a datagram socket, or a flag of send or recv that this socket does not know",
            "use the call that belongs to this kind of socket"),
    /** What was given is not a socket. */
    NOT_A_SOCKET(
            posix("ENOTSOCK", 88, 38),
            winsock("WSAENOTSOCK", 10038),
            "not a socket",
            "the descriptor of a file or a pipe; on Windows also a socket that is closed",
            "check which descriptor is used, and that it is still open"),
    /** The descriptor is not open. */
    BAD_DESCRIPTOR(
            posix("EBADF", 9, 9),
            winsock("WSAEBADF", 10009),
            "the socket is closed",
            "a socket that is used after it was closed; Winsock says not a socket in its place",
            "look for who closes it"),
    /** A pointer given to the system is not valid. */
    BAD_ADDRESS(
            posix("EFAULT", 14, 14),
            winsock("WSAEFAULT", 10014),
            "bad pointer",
            "native code that passes a pointer or a length that is wrong, or on Windows an address of another family",
            "check the address structure and its length"),
    /** The socket is connected already. */
    ALREADY_CONNECTED(
            posix("EISCONN", 106, 56),
            winsock("WSAEISCONN", 10056),
            "already connected",
            "connect or listen on a socket that has a peer",
            "use a new socket"),
    /** The socket is not connected. */
    NOT_CONNECTED(
            posix("ENOTCONN", 107, 57),
            winsock("WSAENOTCONN", 10057),
            "not connected",
            "read, written or shut down before the connection was made or after it was lost",
            "connect first"),
    /** That direction of the connection was shut down before. */
    SHUT_DOWN(
            posix("ESHUTDOWN", 108, 58),
            winsock("WSAESHUTDOWN", 10058),
            "this direction is shut down",
            "written after a half-close, or read after the reading side was shut down",
            "send everything before the half-close"),
    /** The connection is being made, and a caller that does not wait gets this. */
    IN_PROGRESS(
            posix("EINPROGRESS", 115, 36),
            winsock("WSAEINPROGRESS", 10036),
            "in progress",
            "connect on a non-blocking socket, for which Winsock says would block; in Winsock another blocking call that runs",
            "wait until the socket is writable, then ask for its error"),
    /** An earlier connect of this socket is under way. */
    ALREADY(
            posix("EALREADY", 114, 37),
            winsock("WSAEALREADY", 10037),
            "already under way",
            "connect was called again before the first one had ended",
            "wait until the socket is writable"),
    /** The peer broke the connection. */
    CONNECTION_RESET(
            posix("ECONNRESET", 104, 54),
            winsock("WSAECONNRESET", 10054),
            "reset by peer",
            "the server crashed, closed without reading all, or something on the way forgot the connection",
            "look at the server's log"),
    /** This machine gave the connection up. */
    CONNECTION_ABORTED(
            posix("ECONNABORTED", 103, 53),
            winsock("WSAECONNABORTED", 10053),
            "connection aborted",
            "this machine gave up sending again, or the client left before its connection was accepted",
            "check this machine's network"),
    /** Written to a connection that the peer has closed; Winsock says connection reset. */
    BROKEN_PIPE(
            posix("EPIPE", 32, 32),
            nearest("WSAECONNRESET", 10054),
            "closed by peer",
            "the peer closed the connection, or a reader of our output has had enough",
            "look at the server's log"),
    /** The protocol was broken. */
    PROTOCOL_ERROR(
            posix("EPROTO", 71, 100),
            nearest("WSAECONNABORTED", 10053),
            "protocol error",
            "accept tells that the new connection was broken before it was taken",
            "accept again"),
    /** A datagram or message is longer than the socket takes at once. */
    MESSAGE_TOO_LONG(
            posix("EMSGSIZE", 90, 40),
            winsock("WSAEMSGSIZE", 10040),
            "message too long",
            "a datagram above the limit of its protocol or of the way, or on Windows one above the reader's buffer",
            "send less at once"),
    /** The socket has no peer and the call named none. */
    DESTINATION_REQUIRED(
            posix("EDESTADDRREQ", 89, 39),
            winsock("WSAEDESTADDRREQ", 10039),
            "destination address required",
            "a datagram sent from a socket without a peer",
            "connect first, or name the destination"),
    /** No file descriptor is left. */
    TOO_MANY_OPEN_FILES(
            posix("EMFILE", 24, 24),
            winsock("WSAEMFILE", 10024),
            "too many open files",
            "the process has reached its limit of descriptors, often because sockets are not closed",
            "raise the limit, look for leaks"),
    /** The whole system has no file descriptor left. */
    TOO_MANY_OPEN_FILES_IN_SYSTEM(
            posix("ENFILE", 23, 23),
            nearest("WSAEMFILE", 10024),
            "too many open files in system",
            "all processes together have reached the limit of the system",
            "raise the system's limit, look for the process that leaks"),
    /** No memory for buffers, or no free local port. */
    NO_BUFFER_SPACE(
            posix("ENOBUFS", 105, 55),
            winsock("WSAENOBUFS", 10055),
            "no buffer space",
            "a full queue, or on Windows no local port left after very many connections",
            "free memory, reduce connections"),
    /** No memory is left. */
    OUT_OF_MEMORY(
            posix("ENOMEM", 12, 12),
            winsock("WSA_NOT_ENOUGH_MEMORY", 8),
            "out of memory",
            "a limit of the process or of its container has been reached, or the socket memory of the system is used up",
            "free memory or raise the limit"),
    /** The system has no stream resources (Linux passes it on from accept). */
    NO_STREAM_RESOURCES(
            posix("ENOSR", 63, 98),
            nearest("WSAENOBUFS", 10055),
            "out of streams resources",
            "accept tells a failure of the new connection",
            "accept again"),
    /** Too many references to something in the kernel. */
    TOO_MANY_REFERENCES(
            posix("ETOOMANYREFS", 109, 59),
            winsock("WSAETOOMANYREFS", 10059),
            "too many references",
            "too many descriptors are on their way through Unix-domain sockets",
            "receive what is under way, or raise the limit of open files"),
    /** The limit of processes that may use the network is reached. */
    TOO_MANY_PROCESSES(
            posix("EPROCLIM", 0, 67),
            winsock("WSAEPROCLIM", 10067),
            "too many processes",
            "more programs use Winsock at the same time than it allows",
            "stop some of them"),
    /** An argument or an option is not valid for this socket. */
    INVALID_ARGUMENT(
            posix("EINVAL", 22, 22),
            winsock("WSAEINVAL", 10022),
            "invalid argument",
            "bound twice, accept before listen, on Windows listen before bind, or an address of the wrong length or scope",
            "check the socket options and addresses"),
    /** The path of a Unix-domain socket does not exist. */
    NO_SUCH_FILE(
            posix("ENOENT", 2, 2),
            nearest("WSAECONNREFUSED", 10061),
            "no such file",
            "the server of the Unix-domain socket has not started, or the path is misspelled",
            "check the path, check that the server runs"),
    /** A part of the path of a Unix-domain socket is not a folder. */
    NOT_A_DIRECTORY(
            posix("ENOTDIR", 20, 20),
            nearest("WSAEINVAL", 10022),
            "not a directory",
            "a part of the path of the Unix-domain socket is a file",
            "check the path"),
    /** The path of a Unix-domain socket is too long. */
    NAME_TOO_LONG(
            posix("ENAMETOOLONG", 36, 63),
            winsock("WSAENAMETOOLONG", 10063),
            "name too long",
            "the path of a Unix-domain socket has more than 107 bytes, 103 on macOS",
            "use a shorter path"),
    /** The path of a Unix-domain socket goes round in circles. */
    LOOP(
            posix("ELOOP", 40, 62),
            winsock("WSAELOOP", 10062),
            "too many symbolic links",
            "the path of a Unix-domain socket leads through symbolic links that point at each other",
            "check the links of the path"),
    /** A Unix-domain socket cannot be made where nothing may be written. */
    READ_ONLY_FILE_SYSTEM(
            posix("EROFS", 30, 30),
            nearest("WSAEACCES", 10013),
            "read-only file system",
            "a Unix-domain socket is to be made on a file system that is read-only",
            "choose a path that can be written to"),
    /** There is no such network interface. */
    NO_SUCH_DEVICE(
            posix("ENODEV", 19, 19),
            nearest("WSAEADDRNOTAVAIL", 10049),
            "no such device",
            "the interface named after the % of an address, or by an option, is not there",
            "check the names of this machine's interfaces"),
    /** The queue of a Unix-domain server is full. */
    WOULD_BLOCK(
            posix("EAGAIN", 11, 35),
            winsock("WSAEWOULDBLOCK", 10035),
            "the server's queue is full",
            "a Unix-domain server that accepts too slowly; with any non-blocking socket, nothing to read or no room to write",
            "try again"),
    /** The caller was interrupted. */
    INTERRUPTED(
            posix("EINTR", 4, 4),
            winsock("WSAEINTR", 10004),
            "interrupted",
            "a signal, an interrupted thread, or in Winsock a blocking call that was cancelled",
            "dial again if it is still wanted"),
    /** The caller gave up. */
    CANCELLED(
            posix("ECANCELED", 125, 89),
            winsock("WSA_OPERATION_ABORTED", 995),
            "cancelled",
            "the program itself gave up, or closed the socket while the call ran",
            "dial again if it is still wanted"),

    /** The peer's certificate is not to be trusted, or is another host's. */
    TLS_CERTIFICATE(
            nearest("WSAEACCES", 10013),
            "certificate not accepted",
            "a certificate for another name, one that has expired, or an issuer that this program does not trust",
            "compare the name with those of the certificate, check this machine's clock and the roots it trusts"),
    /** The peer was reached, and no TLS session came about. */
    TLS_HANDSHAKE(
            nearest("WSAECONNABORTED", 10053),
            "TLS handshake failed",
            "a peer that speaks no TLS on that port, or none of our protocol versions, cipher suites or ALPN names",
            "check that the port is one for TLS and what the server's log says"),

    /** Winsock was not started. */
    NOT_INITIALISED(
            winsock("WSANOTINITIALISED", 10093),
            "Winsock is not started",
            "a call before WSAStartup, or after as many calls of WSACleanup",
            "call WSAStartup first"),
    /** Winsock cannot start now. */
    SYSTEM_NOT_READY(
            winsock("WSASYSNOTREADY", 10091),
            "the network of this system is not ready",
            "the network part of Windows is not there or has not started",
            "start the program later, check the installation"),
    /** Winsock does not have the version asked for. */
    VERSION_NOT_SUPPORTED(
            winsock("WSAVERNOTSUPPORTED", 10092),
            "Winsock version not supported",
            "WSAStartup was asked for a version that does not exist",
            "ask for version 2.2"),
    /** A service provider has a broken table of procedures. */
    INVALID_PROCEDURE_TABLE(
            winsock("WSAEINVALIDPROCTABLE", 10104),
            "broken table of a network provider",
            "software that puts itself into Winsock is damaged",
            "remove such software, or set Winsock back with netsh winsock reset"),
    /** A service provider is of the wrong version. */
    INVALID_PROVIDER(
            winsock("WSAEINVALIDPROVIDER", 10105),
            "network provider of the wrong version",
            "software that puts itself into Winsock is too old or too new",
            "remove such software, or set Winsock back with netsh winsock reset"),
    /** A service provider did not start. */
    PROVIDER_FAILED(
            winsock("WSAEPROVIDERFAILEDINIT", 10106),
            "network provider did not start",
            "a library of Winsock is missing or damaged, or the environment variable SystemRoot is not set",
            "check SystemRoot, or set Winsock back with netsh winsock reset"),
    /** The peer has begun to close. */
    GRACEFUL_CLOSE(
            winsock("WSAEDISCON", 10101),
            "the peer closes",
            "the peer will send no more; only message-oriented protocols tell it so",
            "send what is left and close"),
    /** An event handle is not valid. */
    INVALID_HANDLE(
            winsock("WSA_INVALID_HANDLE", 6),
            "handle not valid",
            "an event that is closed or never was one",
            "check which handle is used"),
    /** A parameter of a call that Winsock passes on is not valid. */
    INVALID_PARAMETER(
            winsock("WSA_INVALID_PARAMETER", 87),
            "parameter not valid",
            "an argument that Winsock passes on to the system, which does not take it",
            "check the arguments"),
    /** An overlapped call has not ended. */
    OVERLAPPED_INCOMPLETE(
            winsock("WSA_IO_INCOMPLETE", 996),
            "overlapped call not yet done",
            "its result was asked for before it had ended",
            "wait for its event"),
    /** An overlapped call has begun. */
    OVERLAPPED_PENDING(
            winsock("WSA_IO_PENDING", 997),
            "overlapped call under way",
            "it was begun and will end later, which is no failure",
            "wait for its event"),

    /** A reason that this table does not know; the message has the system's words. */
    UNKNOWN(
            posix("EIO", 5, 5),
            winsock("WSASYSCALLFAILURE", 10107),
            "failed",
            "a failure of a device or of the system, or one that this table does not know",
            "see the message");

    private final @Nullable String posix;
    private final int linux;
    private final int macos;
    private final String winsockName;
    private final int winsock;
    private final boolean ownWinsock;
    private final String meaning;
    private final String causes;
    private final String advice;
    private final String codes;

    ErrorCode(Winsock winsock, String meaning, String causes, String advice) {
        this(new Posix(null, 0, 0), winsock, meaning, causes, advice);
    }

    ErrorCode(Posix posix, Winsock winsock, String meaning, String causes, String advice) {
        this.posix = posix.name();
        this.linux = posix.linux();
        this.macos = posix.macos();
        this.winsockName = winsock.name();
        this.winsock = winsock.number();
        this.ownWinsock = winsock.own();
        this.meaning = meaning;
        this.causes = causes;
        this.advice = advice;
        String names = winsockName + " " + winsock.number();
        this.codes = posix.name() != null ? posix.name() + ", " + names : ownWinsock ? names : name();
    }

    /** A POSIX name with its numbers; zero where the system does not have it. */
    private record Posix(@Nullable String name, int linux, int macos) {}

    /** A Winsock name and number; not {@code own} where Winsock has none for this error and another comes nearest. */
    private record Winsock(String name, int number, boolean own) {}

    private static Posix posix(String name, int linux, int macos) {
        return new Posix(name, linux, macos);
    }

    private static Winsock winsock(String name, int number) {
        return new Winsock(name, number, true);
    }

    private static Winsock nearest(String name, int number) {
        return new Winsock(name, number, false);
    }

    /** The name on POSIX systems, for example {@code ECONNREFUSED} or {@code EAI_NONAME}; null for what only Winsock has, and for TLS. */
    public @Nullable String posix() {
        return posix;
    }

    /** The name in Winsock, for example {@code WSAECONNREFUSED}; the nearest one where Winsock has none of its own. */
    public String winsockName() {
        return winsockName;
    }

    /** The number in Winsock, for example 10061; that of {@link #winsockName()}. */
    public int winsock() {
        return winsock;
    }

    /**
     * The one name to show where there is room for one: the POSIX name, or the Winsock name of what only Winsock has; for what no system
     * has a number for, as TLS, the name here.
     */
    public String shortName() {
        if (posix != null) {
            return posix;
        }
        return ownWinsock ? winsockName : name();
    }

    /**
     * The code's own number on a system: its {@code errno} or {@code EAI_} number (negative on Linux), or its Winsock number. Empty where
     * that system does not have the code; on Windows {@link #winsock()} then has the nearest.
     */
    public OptionalInt number(ErrorNumbering numbering) {
        int number = switch (numbering) {
            case LINUX -> linux;
            case MACOS -> macos;
            case WINDOWS -> ownWinsock ? winsock : 0;
        };
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** What it means, in a few words without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** What it usually comes from, in one sentence without a full stop. */
    public String causes() {
        return causes;
    }

    /** What to try next, in a few words without a full stop. */
    public String advice() {
        return advice;
    }

    /** Whether this is a failure to resolve a name or a service rather than to connect. */
    public boolean isResolution() {
        return posix != null && posix.startsWith("EAI_");
    }

    /**
     * All names and the Winsock number: {@code ECONNREFUSED, WSAECONNREFUSED 10061}, or {@code WSANOTINITIALISED 10093}. For what no system
     * has a number for, as TLS, the name here alone: the nearest number is that of something else.
     */
    public String codes() {
        return codes;
    }
}
