package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AcceptPendingException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ReadPendingException;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.channels.WritePendingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions of the Java library, with the system's words, become codes. */
class ErrorCodesTest {

    @ParameterizedTest
    @DisplayName("messages of a failed connect")
    @CsvSource(delimiter = '|', textBlock = """
            Connection refused                                                       | CONNECTION_REFUSED
            Connection refused: connect                                              | CONNECTION_REFUSED
            No connection could be made because the target machine actively refused it | CONNECTION_REFUSED
            Connection timed out                                                     | TIMED_OUT
            Connection timed out: no further information                             | TIMED_OUT
            Operation timed out                                                      | TIMED_OUT
            Network is unreachable                                                   | NETWORK_UNREACHABLE
            A socket operation was attempted to an unreachable network: connect      | NETWORK_UNREACHABLE
            No route to host                                                         | HOST_UNREACHABLE
            Host is unreachable                                                      | HOST_UNREACHABLE
            Host is down                                                             | HOST_DOWN
            Network is down                                                          | NETWORK_DOWN
            Cannot assign requested address                                          | ADDRESS_NOT_AVAILABLE
            Can't assign requested address                                           | ADDRESS_NOT_AVAILABLE
            Address already in use                                                   | ADDRESS_IN_USE
            Permission denied                                                        | PERMISSION_DENIED
            Operation not permitted                                                  | NOT_PERMITTED
            Address family not supported by protocol                                 | FAMILY_NOT_SUPPORTED
            Protocol family unavailable                                              | FAMILY_NOT_SUPPORTED
            Connection reset by peer                                                 | CONNECTION_RESET
            Connection reset                                                         | CONNECTION_RESET
            Software caused connection abort                                         | CONNECTION_ABORTED
            Broken pipe                                                              | BROKEN_PIPE
            Too many open files                                                      | TOO_MANY_OPEN_FILES
            No buffer space available                                                | NO_BUFFER_SPACE
            Invalid argument                                                         | INVALID_ARGUMENT
            No such file or directory                                                | NO_SUCH_FILE
            Resource temporarily unavailable                                         | WOULD_BLOCK
            Connection reset by network                                              | NETWORK_RESET
            Network dropped connection on reset                                      | NETWORK_RESET
            Machine is not on the network                                            | NOT_ON_NETWORK
            Network unreachable                                                      | NETWORK_UNREACHABLE
            Address in use                                                           | ADDRESS_IN_USE
            Unsupported address type                                                 | FAMILY_NOT_SUPPORTED
            Protocol family not supported                                            | PROTOCOL_FAMILY_NOT_SUPPORTED
            Protocol not supported                                                   | PROTOCOL_NOT_SUPPORTED
            Socket type not supported                                                | SOCKET_TYPE_NOT_SUPPORTED
            Protocol wrong type for socket                                           | PROTOCOL_WRONG_TYPE
            Protocol not available                                                   | OPTION_NOT_KNOWN
            Bad protocol option                                                      | OPTION_NOT_KNOWN
            Operation not supported                                                  | OPERATION_NOT_SUPPORTED
            Operation not supported on socket                                        | OPERATION_NOT_SUPPORTED
            Socket operation on non-socket                                           | NOT_A_SOCKET
            Socket operation on nonsocket: connect                                   | NOT_A_SOCKET
            Not a socket                                                             | NOT_A_SOCKET
            Bad file descriptor                                                      | BAD_DESCRIPTOR
            Socket closed                                                            | BAD_DESCRIPTOR
            Socket is closed                                                         | BAD_DESCRIPTOR
            Bad address                                                              | BAD_ADDRESS
            Transport endpoint is already connected                                  | ALREADY_CONNECTED
            Socket is already connected                                              | ALREADY_CONNECTED
            Socket is connected                                                      | ALREADY_CONNECTED
            already connected                                                        | ALREADY_CONNECTED
            Transport endpoint is not connected                                      | NOT_CONNECTED
            Socket is not connected                                                  | NOT_CONNECTED
            Socket not connected                                                     | NOT_CONNECTED
            Cannot send after transport endpoint shutdown                            | SHUT_DOWN
            Can't send after socket shutdown                                         | SHUT_DOWN
            Socket output is shutdown                                                | SHUT_DOWN
            Socket input is already shutdown                                         | SHUT_DOWN
            Operation already in progress                                            | ALREADY
            Operation now in progress                                                | IN_PROGRESS
            Operation in progress                                                    | IN_PROGRESS
            Protocol error                                                           | PROTOCOL_ERROR
            Message too long                                                         | MESSAGE_TOO_LONG
            Message too large                                                        | MESSAGE_TOO_LONG
            The message is larger than the maximum supported by the underlying transport | MESSAGE_TOO_LONG
            Destination address required                                             | DESTINATION_REQUIRED
            Too many open files in system                                            | TOO_MANY_OPEN_FILES_IN_SYSTEM
            No file descriptors available                                            | TOO_MANY_OPEN_FILES
            Cannot allocate memory                                                   | OUT_OF_MEMORY
            Out of memory                                                            | OUT_OF_MEMORY
            Insufficient memory available                                            | OUT_OF_MEMORY
            Out of streams resources                                                 | NO_STREAM_RESOURCES
            Too many references: cannot splice                                       | TOO_MANY_REFERENCES
            Too many processes                                                       | TOO_MANY_PROCESSES
            Not a directory                                                          | NOT_A_DIRECTORY
            File name too long                                                       | NAME_TOO_LONG
            Filename too long                                                        | NAME_TOO_LONG
            Unix domain path too long                                                | NAME_TOO_LONG
            Too many levels of symbolic links                                        | LOOP
            Symbolic link loop                                                       | LOOP
            Read-only file system                                                    | READ_ONLY_FILE_SYSTEM
            No such device                                                           | NO_SUCH_DEVICE
            Interrupted system call                                                  | INTERRUPTED
            Interrupted function call: accept failed                                 | INTERRUPTED
            Closed by interrupt                                                      | INTERRUPTED
            Operation canceled                                                       | CANCELLED
            Overlapped operation aborted                                             | CANCELLED
            Successful WSAStartup not yet performed                                  | NOT_INITIALISED
            Network subsystem is unavailable                                         | SYSTEM_NOT_READY
            Winsock.dll version out of range                                         | VERSION_NOT_SUPPORTED
            Invalid procedure table from service provider                            | INVALID_PROCEDURE_TABLE
            Invalid service provider version number                                  | INVALID_PROVIDER
            Unable to initialize a service provider                                  | PROVIDER_FAILED
            Graceful shutdown in progress                                            | GRACEFUL_CLOSE
            Specified event object handle is invalid                                 | INVALID_HANDLE
            Input/output error                                                       | UNKNOWN
            something else                                                           | UNKNOWN
            """)
    void connect(String message, ErrorCode code) {
        assertThat(ErrorCodes.of(new SocketException(message))).isEqualTo(code);
    }

    @ParameterizedTest
    @DisplayName("the words of Windows")
    @CsvSource(delimiter = '|', textBlock = """
            The handle is invalid                                            | INVALID_HANDLE
            Not enough memory resources are available to process this command | OUT_OF_MEMORY
            Not enough storage is available to process this command          | OUT_OF_MEMORY
            The parameter is incorrect                                       | INVALID_PARAMETER
            The I/O operation has been aborted because of either a thread exit or an application request | CANCELLED
            Overlapped I/O event is not in a signaled state                  | OVERLAPPED_INCOMPLETE
            Overlapped I/O operation is in progress                          | OVERLAPPED_PENDING
            A blocking operation was interrupted by a call to WSACancelBlockingCall | INTERRUPTED
            The file handle supplied is not valid                            | BAD_DESCRIPTOR
            An attempt was made to access a socket in a way forbidden by its access permissions | PERMISSION_DENIED
            The system detected an invalid pointer address in attempting to use a pointer argument in a call | BAD_ADDRESS
            An invalid argument was supplied                                 | INVALID_ARGUMENT
            Too many open sockets                                            | TOO_MANY_OPEN_FILES
            A non-blocking socket operation could not be completed immediately | WOULD_BLOCK
            A blocking operation is currently executing                      | IN_PROGRESS
            An operation was attempted on a non-blocking socket that already had an operation in progress | ALREADY
            An operation was attempted on something that is not a socket     | NOT_A_SOCKET
            A required address was omitted from an operation on a socket     | DESTINATION_REQUIRED
            A message sent on a datagram socket was larger than the internal message buffer | MESSAGE_TOO_LONG
            A protocol was specified that does not support the semantics of the socket type requested | PROTOCOL_WRONG_TYPE
            An unknown, invalid, or unsupported option or level was specified | OPTION_NOT_KNOWN
            The requested protocol has not been configured into the system   | PROTOCOL_NOT_SUPPORTED
            The support for the specified socket type does not exist in this address family | SOCKET_TYPE_NOT_SUPPORTED
            The attempted operation is not supported for the type of object referenced | OPERATION_NOT_SUPPORTED
            The protocol family has not been configured into the system      | PROTOCOL_FAMILY_NOT_SUPPORTED
            An address incompatible with the requested protocol was used     | FAMILY_NOT_SUPPORTED
            Only one usage of each socket address is normally permitted      | ADDRESS_IN_USE
            The requested address is not valid in its context                | ADDRESS_NOT_AVAILABLE
            A socket operation encountered a dead network                    | NETWORK_DOWN
            A socket operation was attempted to an unreachable network       | NETWORK_UNREACHABLE
            The connection has been broken due to keep-alive activity detecting a failure | NETWORK_RESET
            An established connection was aborted by the software in your host machine | CONNECTION_ABORTED
            An existing connection was forcibly closed by the remote host    | CONNECTION_RESET
            The system lacked sufficient buffer space or a queue was full    | NO_BUFFER_SPACE
            A connect request was made on an already connected socket        | ALREADY_CONNECTED
            A request to send or receive data was disallowed because the socket is not connected | NOT_CONNECTED
            A request was disallowed because the socket had already been shut down in that direction | SHUT_DOWN
            Too many references to some kernel object                        | TOO_MANY_REFERENCES
            A connection attempt failed because the connected party did not properly respond | TIMED_OUT
            No connection could be made because the target machine actively refused it | CONNECTION_REFUSED
            Cannot translate name                                            | LOOP
            Name component or name was too long                              | NAME_TOO_LONG
            A socket operation failed because the destination host was down  | HOST_DOWN
            A socket operation was attempted to an unreachable host          | HOST_UNREACHABLE
            A Windows Sockets implementation may have a limit on the number of applications | TOO_MANY_PROCESSES
            WSAStartup cannot function at this time                          | SYSTEM_NOT_READY
            The Windows Sockets version requested is not supported           | VERSION_NOT_SUPPORTED
            Either the application has not called WSAStartup, or WSAStartup failed | NOT_INITIALISED
            The remote party has initiated a graceful shutdown sequence      | GRACEFUL_CLOSE
            The procedure call table is invalid                              | INVALID_PROCEDURE_TABLE
            The requested service provider is invalid                        | INVALID_PROVIDER
            The requested service provider could not be loaded or initialized | PROVIDER_FAILED
            A system call has failed                                         | UNKNOWN
            """)
    void windows(String message, ErrorCode code) {
        assertThat(ErrorCodes.of(new SocketException(message))).isEqualTo(code);
        assertThat(ErrorCodes.of(new SocketException(message + ": connect"))).isEqualTo(code);
    }

    @ParameterizedTest
    @DisplayName("messages of a failed lookup")
    @CsvSource(delimiter = '|', textBlock = """
            nosuch.example: Name or service not known                      | HOST_NOT_FOUND
            nosuch.example: nodename nor servname provided, or not known   | HOST_NOT_FOUND
            nosuch.example: Name does not resolve                          | HOST_NOT_FOUND
            No such host is known (nosuch.example)                         | HOST_NOT_FOUND
            nosuch.example                                                 | HOST_NOT_FOUND
            dual.example: Temporary failure in name resolution             | TRY_AGAIN
            dual.example: Try again                                        | TRY_AGAIN
            dual.example: Non-recoverable failure in name resolution       | NO_RECOVERY
            dual.example: No address associated with hostname              | NO_DATA
            dual.example: Address family for hostname not supported        | ADDRESS_FAMILY
            dual.example: Name has no usable address                       | NO_DATA
            dual.example: Servname not supported for ai_socktype           | SERVICE_NOT_FOUND
            dual.example: Unrecognized service                             | SERVICE_NOT_FOUND
            dual.example: Bad value for ai_flags                           | BAD_FLAGS
            dual.example: Invalid value for ai_flags                       | BAD_FLAGS
            dual.example: Invalid flags                                    | BAD_FLAGS
            dual.example: ai_family not supported                          | LOOKUP_FAMILY
            dual.example: Unrecognized address family or invalid length    | LOOKUP_FAMILY
            dual.example: ai_socktype not supported                        | LOOKUP_SOCKET_TYPE
            dual.example: Unrecognized socket type                         | LOOKUP_SOCKET_TYPE
            dual.example: Memory allocation failure                        | LOOKUP_MEMORY
            dual.example: Out of memory                                    | LOOKUP_MEMORY
            dual.example: System error                                     | LOOKUP_SYSTEM
            dual.example: Argument buffer overflow                         | LOOKUP_OVERFLOW
            dual.example: Overflow                                         | LOOKUP_OVERFLOW
            dual.example: Parameter string not correctly encoded           | LOOKUP_IDN
            dual.example: Bad hints                                        | LOOKUP_BAD_HINTS
            dual.example: Invalid value for hints                          | LOOKUP_BAD_HINTS
            dual.example: Resolved protocol is unknown                     | LOOKUP_PROTOCOL
            dual.example: Interrupted by a signal                          | LOOKUP_INTERRUPTED
            dual.example: Request canceled                                 | LOOKUP_CANCELLED
            dual.example: Request not canceled                             | NOT_CANCELLED
            dual.example: Processing request in progress                   | LOOKUP_IN_PROGRESS
            dual.example: All requests done                                | ALL_DONE
            This is usually a temporary error during hostname resolution and means so (dual.example) | TRY_AGAIN
            A non-recoverable error occurred during a database lookup (dual.example) | NO_RECOVERY
            The requested name is valid, but no data of the requested type was found (dual.example) | NO_DATA
            The specified class was not found (dual.example)               | SERVICE_NOT_FOUND
            Host not found (dual.example)                                  | HOST_NOT_FOUND
            Nonauthoritative host not found (dual.example)                 | TRY_AGAIN
            Valid name, no data record of requested type (dual.example)    | NO_DATA
            This is a nonrecoverable error (dual.example)                  | NO_RECOVERY
            Name or service not known                                      | HOST_NOT_FOUND
            Temporary failure in name resolution                           | TRY_AGAIN
            overflow                                                       | HOST_NOT_FOUND
            dual.example: something else                                   | HOST_NOT_FOUND
            connection-refused.example: Name or service not known          | HOST_NOT_FOUND
            try again.example                                              | HOST_NOT_FOUND
            """)
    void lookup(String message, ErrorCode code) {
        assertThat(ErrorCodes.of(new UnknownHostException(message))).isEqualTo(code);
    }

    @Test
    @DisplayName("the class says it where the message does not")
    void byClass() {
        assertThat(ErrorCodes.of(new UnknownHostException())).isEqualTo(ErrorCode.HOST_NOT_FOUND);
        assertThat(ErrorCodes.of(new NoRouteToHostException())).isEqualTo(ErrorCode.HOST_UNREACHABLE);
        assertThat(ErrorCodes.of(new ConnectException())).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        assertThat(ErrorCodes.of(new SocketTimeoutException())).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(ErrorCodes.of(new BindException())).isEqualTo(ErrorCode.ADDRESS_NOT_AVAILABLE);
        assertThat(ErrorCodes.of(new NoSuchFileException("/run/x"))).isEqualTo(ErrorCode.NO_SUCH_FILE);
        assertThat(ErrorCodes.of(new ClosedByInterruptException())).isEqualTo(ErrorCode.INTERRUPTED);
        assertThat(ErrorCodes.of(new InterruptedException())).isEqualTo(ErrorCode.INTERRUPTED);
        assertThat(ErrorCodes.of(new UnsupportedOperationException())).isEqualTo(ErrorCode.FAMILY_NOT_SUPPORTED);
        assertThat(ErrorCodes.of(new PortUnreachableException())).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        assertThat(ErrorCodes.of(new InterruptedByTimeoutException())).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(ErrorCodes.of(new ProtocolException())).isEqualTo(ErrorCode.PROTOCOL_ERROR);
        assertThat(ErrorCodes.of(new InterruptedIOException())).isEqualTo(ErrorCode.INTERRUPTED);
        assertThat(ErrorCodes.of(new AsynchronousCloseException())).isEqualTo(ErrorCode.CANCELLED);
        assertThat(ErrorCodes.of(new ShutdownChannelGroupException())).isEqualTo(ErrorCode.CANCELLED);
        assertThat(ErrorCodes.of(new ClosedChannelException())).isEqualTo(ErrorCode.BAD_DESCRIPTOR);
        assertThat(ErrorCodes.of(new ClosedSelectorException())).isEqualTo(ErrorCode.BAD_DESCRIPTOR);
        assertThat(ErrorCodes.of(new UnresolvedAddressException())).isEqualTo(ErrorCode.HOST_NOT_FOUND);
        assertThat(ErrorCodes.of(new UnsupportedAddressTypeException())).isEqualTo(ErrorCode.FAMILY_NOT_SUPPORTED);
        assertThat(ErrorCodes.of(new NotYetConnectedException())).isEqualTo(ErrorCode.NOT_CONNECTED);
        assertThat(ErrorCodes.of(new NoConnectionPendingException())).isEqualTo(ErrorCode.NOT_CONNECTED);
        assertThat(ErrorCodes.of(new AlreadyConnectedException())).isEqualTo(ErrorCode.ALREADY_CONNECTED);
        assertThat(ErrorCodes.of(new ConnectionPendingException())).isEqualTo(ErrorCode.ALREADY);
        assertThat(ErrorCodes.of(new AcceptPendingException())).isEqualTo(ErrorCode.ALREADY);
        assertThat(ErrorCodes.of(new ReadPendingException())).isEqualTo(ErrorCode.ALREADY);
        assertThat(ErrorCodes.of(new WritePendingException())).isEqualTo(ErrorCode.ALREADY);
        assertThat(ErrorCodes.of(new AlreadyBoundException())).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(ErrorCodes.of(new NotYetBoundException())).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(ErrorCodes.of(new IllegalBlockingModeException())).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(ErrorCodes.of(new SecurityException())).isEqualTo(ErrorCode.NOT_PERMITTED);
        assertThat(ErrorCodes.of(new OutOfMemoryError())).isEqualTo(ErrorCode.OUT_OF_MEMORY);
        assertThat(ErrorCodes.of(new IOException())).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(ErrorCodes.of(new IllegalStateException("connection is odd")))
                .isEqualTo(ErrorCode.UNKNOWN);
    }

    @ParameterizedTest
    @DisplayName("a message without its exception")
    @CsvSource(
            nullValues = "-",
            value = {
                "Connection refused, CONNECTION_REFUSED",
                "Name or service not known, HOST_NOT_FOUND",
                "nosuch.example: Name or service not known, HOST_NOT_FOUND",
                "No such host is known., HOST_NOT_FOUND",
                "No such host is known (nosuch.example), HOST_NOT_FOUND",
                "An invalid argument was supplied, INVALID_ARGUMENT",
                "An invalid argument was supplied., INVALID_ARGUMENT",
                "'An invalid argument was supplied. ', INVALID_ARGUMENT",
                "An invalid argument was supplied (dual.example), BAD_FLAGS",
                "dual.example: An invalid argument was supplied, BAD_FLAGS",
                "Out of memory, OUT_OF_MEMORY",
                "dual.example: Out of memory, LOOKUP_MEMORY",
                "Memory allocation failure, LOOKUP_MEMORY",
                "something else, -",
                "something else., -",
                ".., -",
                "'', -"
            })
    void messageAlone(String message, ErrorCode code) {
        assertThat(ErrorCodes.ofMessage(message)).isEqualTo(code);
    }

    @Test
    @DisplayName("a file's name is not taken for the system's words")
    void files() {
        String path = "/run/connection refused";
        assertThat(ErrorCodes.of(new NoSuchFileException(path))).isEqualTo(ErrorCode.NO_SUCH_FILE);
        assertThat(ErrorCodes.of(new AccessDeniedException(path))).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(ErrorCodes.of(new NotDirectoryException(path))).isEqualTo(ErrorCode.NOT_A_DIRECTORY);
        assertThat(ErrorCodes.of(new FileSystemLoopException(path))).isEqualTo(ErrorCode.LOOP);
        assertThat(ErrorCodes.of(new FileSystemException(path, null, "Read-only file system")))
                .isEqualTo(ErrorCode.READ_ONLY_FILE_SYSTEM);
        assertThat(ErrorCodes.of(new FileSystemException(path))).isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    @DisplayName("each code says what it is in all the ways it can be asked")
    void everyCodeIsWhole() {
        Map<String, Integer> numbers = new HashMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            String posix = code.posix();
            String winsock = code.winsockName() + " " + code.winsock();
            if (posix == null) {
                boolean own = code.number(ErrorNumbering.WINDOWS).isPresent();
                assertThat(code.codes()).isEqualTo(own ? winsock : code.name());
                assertThat(code.shortName()).isEqualTo(own ? code.winsockName() : code.name());
                assertThat(code.isResolution()).isFalse();
            } else {
                assertThat(posix).matches("E[A-Z_]+");
                assertThat(code.codes()).isEqualTo(posix + ", " + winsock);
                assertThat(code.shortName()).isEqualTo(posix);
                assertThat(code.isResolution()).isEqualTo(posix.startsWith("EAI_"));
            }
            assertThat(code.winsockName()).matches("WSA[A-Z_]+");
            assertThat(code.winsock()).isBetween(6, 11004);
            for (String words : List.of(code.meaning(), code.causes(), code.advice())) {
                assertThat(words).isNotBlank().doesNotEndWith(".");
            }
            Integer earlier = numbers.put(code.winsockName(), code.winsock());
            assertThat(earlier).as(code.winsockName()).isIn(null, code.winsock());
        }
        assertThat(ErrorCode.CONNECTION_REFUSED.codes()).isEqualTo("ECONNREFUSED, WSAECONNREFUSED 10061");
        assertThat(ErrorCode.NOT_INITIALISED.codes()).isEqualTo("WSANOTINITIALISED 10093");
        assertThat(ErrorCode.TLS_CERTIFICATE.codes()).isEqualTo("TLS_CERTIFICATE");
        assertThat(ErrorCode.HOST_NOT_FOUND.isResolution()).isTrue();
        assertThat(ErrorCode.CONNECTION_REFUSED.isResolution()).isFalse();
    }
}
