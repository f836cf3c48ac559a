package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** One element of the list that getaddrinfo returns. */
class AddressInfoTest {
    private static AddressInfo stream(int... bytes) throws UnknownHostException {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        return AddressInfo.stream(new InetSocketAddress(InetAddress.getByAddress("a.name", raw), 80));
    }

    @Test
    void inet() throws UnknownHostException {
        AddressInfo info = stream(192, 0, 2, 1);
        assertThat(info.family()).isEqualTo(AddressFamily.INET);
        assertThat(info.protocol()).isEqualTo(Protocol.TCP);
        assertThat(info).hasToString("192.0.2.1:80");
        assertThat(info.isLocal()).isFalse();
        assertThat(stream(127, 1, 2, 3).isLocal()).isTrue();
    }

    @Test
    void inet6() throws UnknownHostException {
        AddressInfo info = stream(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(info.family()).isEqualTo(AddressFamily.INET6);
        assertThat(info).hasToString("[::1]:80");
        assertThat(info.isLocal()).isTrue();
    }

    @Test
    void unix() {
        AddressInfo info = AddressInfo.stream(UnixDomainSocketAddress.of("/run/x"));
        assertThat(info.family()).isEqualTo(AddressFamily.UNIX);
        assertThat(info.protocol()).isEqualTo(Protocol.ANY);
        assertThat(info).hasToString("unix:/run/x");
        assertThat(info.port()).isZero();
        assertThat(info.inetAddress()).isNull();
        assertThat(info.isLocal()).isTrue();
    }

    @Test
    void theFamilyMustBeThatOfTheAddress() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("a.name", 80);
        assertThatIllegalArgumentException().isThrownBy(() -> AddressInfo.stream(unresolved));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressInfo(
                        AddressFamily.INET,
                        SocketType.STREAM,
                        Protocol.TCP,
                        UnixDomainSocketAddress.of("/run/x"),
                        null));
    }

    @Test
    void aQuestionForAnyFamilyAdmitsBoth() {
        assertThat(AddressFamily.UNSPEC.admits(AddressFamily.INET)).isTrue();
        assertThat(AddressFamily.UNSPEC.admits(AddressFamily.INET6)).isTrue();
        assertThat(AddressFamily.UNSPEC.admits(AddressFamily.UNIX)).isFalse();
        assertThat(AddressFamily.INET.admits(AddressFamily.INET6)).isFalse();
        assertThat(AddressFamily.INET.admits(AddressFamily.INET)).isTrue();
    }
}
