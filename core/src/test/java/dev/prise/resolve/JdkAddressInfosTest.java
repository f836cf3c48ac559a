package dev.prise.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfoException;
import dev.prise.address.ErrorCode;
import dev.prise.address.Hints;
import dev.prise.address.Hints.Flag;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of getaddrinfo over the Java library's lookups; none of these needs a name server. */
class JdkAddressInfosTest {
    private static final Hints SIX = Hints.DEFAULT.withFamily(AddressFamily.INET6);

    private final JdkAddressInfos infos = new JdkAddressInfos();

    private List<String> lookup(@Nullable String node, @Nullable String service, @Nullable Hints hints)
            throws AddressInfoException {
        return infos.lookup(node, service, hints).stream()
                .map(info -> info + " " + info.type() + " " + info.protocol()
                        + (info.canonicalName() == null ? "" : " " + info.canonicalName()))
                .toList();
    }

    private void assertFails(@Nullable String node, @Nullable String service, @Nullable Hints hints, ErrorCode code) {
        assertThatThrownBy(() -> infos.lookup(node, service, hints))
                .isInstanceOfSatisfying(AddressInfoException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure.systemCode()).isNotZero();
                    assertThat(failure.errno()).isEmpty();
                    assertThat(failure).hasMessageContaining(code.codes());
                });
    }

    @Test
    void literals() throws AddressInfoException {
        assertThat(lookup("127.1", "27015", Hints.DEFAULT)).containsExactly("127.0.0.1:27015 stream tcp");
        assertThat(lookup("::1", null, Hints.DEFAULT)).containsExactly("[::1]:0 stream tcp");
        assertThat(lookup("127.0.0.1", "80", Hints.ANY))
                .containsExactly("127.0.0.1:80 stream tcp", "127.0.0.1:80 datagram udp", "127.0.0.1:80 raw any");
        assertThat(lookup("127.0.0.1", "53", Hints.ANY.withType(SocketType.DATAGRAM)))
                .containsExactly("127.0.0.1:53 datagram udp");
        assertThat(lookup("127.0.0.1", null, Hints.DEFAULT.withFlags(Flag.CANONNAME, Flag.NUMERICHOST)))
                .containsExactly("127.0.0.1:0 stream tcp 127.0.0.1");
    }

    @Test
    void otherFamilyAndMappedAddresses() throws AddressInfoException {
        assertFails("127.0.0.1", "1", SIX, ErrorCode.ADDRESS_FAMILY);
        assertFails("::1", "1", Hints.DEFAULT.withFamily(AddressFamily.INET), ErrorCode.ADDRESS_FAMILY);
        assertThat(lookup("127.0.0.1", "1", SIX.withFlags(Flag.V4MAPPED)))
                .containsExactly("[::ffff:127.0.0.1]:1 stream tcp");
        assertThat(lookup("localhost", "1", SIX.withFlags(Flag.V4MAPPED, Flag.ALL)))
                .containsExactly("[::1]:1 stream tcp", "[::ffff:127.0.0.1]:1 stream tcp");
        assertThat(lookup("localhost", "1", SIX.withFlags(Flag.V4MAPPED))).containsExactly("[::1]:1 stream tcp");
    }

    @Test
    void thisMachine() throws AddressInfoException {
        assertThat(lookup(null, "1", Hints.DEFAULT)).containsExactly("[::1]:1 stream tcp", "127.0.0.1:1 stream tcp");
        assertThat(lookup(null, "1", Hints.DEFAULT.withFlags(Flag.PASSIVE)))
                .containsExactly("[::]:1 stream tcp", "0.0.0.0:1 stream tcp");
        assertThat(lookup("LOCALHOST", "1", Hints.DEFAULT.withFamily(AddressFamily.INET)))
                .containsExactly("127.0.0.1:1 stream tcp");
        assertFails(null, null, null, ErrorCode.HOST_NOT_FOUND);
        assertFails(null, "1", Hints.DEFAULT.withFlags(Flag.CANONNAME), ErrorCode.BAD_FLAGS);
    }

    @ParameterizedTest
    @CsvSource({
        "'', HOST_NOT_FOUND",
        "256.1.1.1, HOST_NOT_FOUND",
        "1.2.3.4., HOST_NOT_FOUND",
        "fe80::1%nosuchif, HOST_NOT_FOUND"
    })
    void whatIsNoAddress(String node, ErrorCode code) {
        assertFails(node, "1", Hints.DEFAULT, code);
        assertFails("localhost", "1", Hints.DEFAULT.withFlags(Flag.NUMERICHOST), ErrorCode.HOST_NOT_FOUND);
    }

    @Test
    void services() {
        assertFails("127.0.0.1", "nosuchservice", Hints.DEFAULT, ErrorCode.SERVICE_NOT_FOUND);
        assertFails("127.0.0.1", "65536", Hints.DEFAULT, ErrorCode.SERVICE_NOT_FOUND);
        assertFails("127.0.0.1", "1", Hints.ANY.withType(SocketType.RAW), ErrorCode.SERVICE_NOT_FOUND);
        assertFails("127.0.0.1", "http", Hints.DEFAULT.withFlags(Flag.NUMERICSERV), ErrorCode.HOST_NOT_FOUND);
    }

    @Test
    void hintsThatMakeNoSense() {
        assertFails("127.0.0.1", "1", Hints.DEFAULT.withFamily(AddressFamily.UNIX), ErrorCode.LOOKUP_FAMILY);
        assertFails("127.0.0.1", "1", Hints.DEFAULT.withType(SocketType.of(99)), ErrorCode.LOOKUP_SOCKET_TYPE);
        assertFails("127.0.0.1", "1", Hints.DEFAULT.withProtocol(Protocol.UDP), ErrorCode.LOOKUP_SOCKET_TYPE);
        assertFails("127.0.0.1", "1", Hints.DEFAULT.withFlags(Flag.IDN), ErrorCode.BAD_FLAGS);
    }

    @Test
    void hintsKeepTheirOwnCopyOfFlags() {
        Set<Flag> flags = new HashSet<>(Set.of(Flag.PASSIVE));
        Hints hints = new Hints(AddressFamily.UNSPEC, SocketType.STREAM, Protocol.TCP, flags);
        flags.add(Flag.ALL);
        assertThat(hints.flags()).containsExactly(Flag.PASSIVE);
        assertThat(hints.has(Flag.PASSIVE)).isTrue();
    }
}
