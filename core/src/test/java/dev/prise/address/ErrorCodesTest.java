package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
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
            Host is down                                                             | HOST_UNREACHABLE
            Network is down                                                          | NETWORK_DOWN
            Cannot assign requested address                                          | ADDRESS_NOT_AVAILABLE
            Can't assign requested address                                           | ADDRESS_NOT_AVAILABLE
            Address already in use                                                   | ADDRESS_IN_USE
            Permission denied                                                        | PERMISSION_DENIED
            Operation not permitted                                                  | PERMISSION_DENIED
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
            something else                                                           | UNKNOWN
            """)
    void connect(String message, ErrorCode code) {
        assertThat(ErrorCodes.of(new SocketException(message))).isEqualTo(code);
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
        assertThat(ErrorCodes.of(new IOException())).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(ErrorCodes.of(new IllegalStateException("connection is odd")))
                .isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    @DisplayName("each code says what it is in all the ways it can be asked")
    void everyCodeIsWhole() {
        Map<String, Integer> numbers = new HashMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(code.posix()).matches("E[A-Z_]+");
            assertThat(code.winsockName()).matches("WSA[A-Z_]+");
            assertThat(code.winsock()).isBetween(995, 11004);
            assertThat(code.meaning()).isNotBlank().doesNotEndWith(".");
            assertThat(code.advice()).isNotBlank().doesNotEndWith(".");
            assertThat(code.codes()).isEqualTo(code.posix() + ", " + code.winsockName() + " " + code.winsock());
            Integer earlier = numbers.put(code.winsockName(), code.winsock());
            assertThat(earlier).as(code.winsockName()).isIn(null, code.winsock());
        }
        assertThat(ErrorCode.CONNECTION_REFUSED.codes()).isEqualTo("ECONNREFUSED, WSAECONNREFUSED 10061");
        assertThat(ErrorCode.HOST_NOT_FOUND.isResolution()).isTrue();
        assertThat(ErrorCode.CONNECTION_REFUSED.isResolution()).isFalse();
    }
}
