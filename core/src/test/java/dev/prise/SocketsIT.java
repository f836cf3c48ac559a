package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** socket(2), as far as the Java library goes. */
class SocketsIT {
    private static AddressInfo loopback(SocketType type, Protocol protocol) {
        return new AddressInfo(
                AddressFamily.INET, type, protocol, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 6"})
    void streams(int type, int protocol) throws IOException {
        try (NetworkChannel channel = Sockets.open(loopback(SocketType.of(type), Protocol.of(protocol)))) {
            assertThat(channel).isInstanceOf(SocketChannel.class);
            assertThat(((SocketChannel) channel).isBlocking()).isTrue();
            assertThat(channel.getLocalAddress()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "2, 17"})
    void datagrams(int type, int protocol) throws IOException {
        try (NetworkChannel channel = Sockets.open(loopback(SocketType.of(type), Protocol.of(protocol)))) {
            assertThat(channel).isInstanceOf(DatagramChannel.class);
        }
    }

    @ParameterizedTest
    @DisplayName("the codes of Linux for what is no socket")
    @CsvSource({
        "INET, 1, 17, PROTOCOL_NOT_SUPPORTED",
        "INET6, 2, 6, PROTOCOL_NOT_SUPPORTED",
        "INET, 1, 99, PROTOCOL_NOT_SUPPORTED",
        "INET, 1, -1, INVALID_ARGUMENT",
        "INET, 1, 263, INVALID_ARGUMENT",
        "INET, 3, 0, PROTOCOL_NOT_SUPPORTED",
        "INET, 3, 1, SOCKET_TYPE_NOT_SUPPORTED",
        "INET6, 4, 0, SOCKET_TYPE_NOT_SUPPORTED",
        "INET, 5, 132, SOCKET_TYPE_NOT_SUPPORTED",
        "INET, 0, 6, SOCKET_TYPE_NOT_SUPPORTED",
        "INET, 99, 6, INVALID_ARGUMENT",
        "INET, -1, 6, INVALID_ARGUMENT",
        "UNSPEC, 1, 6, FAMILY_NOT_SUPPORTED",
        "UNSPEC, 1, 17, FAMILY_NOT_SUPPORTED",
        "UNIX, 1, 6, PROTOCOL_NOT_SUPPORTED",
        "UNIX, 2, 0, SOCKET_TYPE_NOT_SUPPORTED",
        "UNIX, 4, 1, SOCKET_TYPE_NOT_SUPPORTED",
        "UNIX, 2, 17, PROTOCOL_NOT_SUPPORTED",
        "UNIX, 4, 6, PROTOCOL_NOT_SUPPORTED",
        "UNIX, 3, 17, PROTOCOL_NOT_SUPPORTED",
        "UNIX, 1, -1, PROTOCOL_NOT_SUPPORTED",
        "UNIX, 99, 6, INVALID_ARGUMENT"
    })
    void noSocket(AddressFamily family, int type, int protocol, ErrorCode code) {
        assertThatThrownBy(() -> Sockets.open(family, SocketType.of(type), Protocol.of(protocol)))
                .isInstanceOfSatisfying(SocketOpenException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure).hasMessageContaining(code.meaning() + " (" + code.codes() + ")");
                    assertThat(ErrorCodes.of(failure)).isEqualTo(code);
                });
    }

    @Test
    void server() throws IOException {
        AddressInfo address = loopback(SocketType.STREAM, Protocol.TCP);
        try (ServerSocketChannel server = Sockets.openServer(address)) {
            server.bind(address.address());
            assertThat(server.getLocalAddress()).isInstanceOf(InetSocketAddress.class);
        }
        assertThatThrownBy(() -> Sockets.openServer(loopback(SocketType.DATAGRAM, Protocol.UDP)))
                .isInstanceOfSatisfying(
                        SocketOpenException.class,
                        failure -> assertThat(List.of(failure.code(), ErrorCodes.of(failure)))
                                .containsOnly(ErrorCode.OPERATION_NOT_SUPPORTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void unixDomainStream(int protocol) throws IOException {
        try (NetworkChannel channel = Sockets.open(AddressFamily.UNIX, SocketType.STREAM, Protocol.of(protocol))) {
            assertThat(channel).isInstanceOf(SocketChannel.class);
        }
    }
}
