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
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
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
        assertFails(infos, node, service, hints, code);
    }

    private static void assertFails(
            JdkAddressInfos infos,
            @Nullable String node,
            @Nullable String service,
            @Nullable Hints hints,
            ErrorCode code) {
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
                .containsExactly("0.0.0.0:1 stream tcp", "[::]:1 stream tcp");
        assertThat(lookup("*", "1", Hints.DEFAULT.withFamily(AddressFamily.INET)))
                .containsExactly("127.0.0.1:1 stream tcp");
        assertThat(lookup("LOCALHOST", "1", Hints.DEFAULT.withFamily(AddressFamily.INET)))
                .containsExactly("127.0.0.1:1 stream tcp");
        assertFails(null, null, null, ErrorCode.HOST_NOT_FOUND);
        assertFails("*", "*", null, ErrorCode.HOST_NOT_FOUND);
        assertFails(null, "1", Hints.DEFAULT.withFlags(Flag.CANONNAME), ErrorCode.BAD_FLAGS);
        assertFails("*", "1", Hints.DEFAULT.withFlags(Flag.CANONNAME), ErrorCode.BAD_FLAGS);
    }

    @Test
    void mappedLiterals() throws AddressInfoException {
        assertThat(lookup("::ffff:1.2.3.4", "1", Hints.DEFAULT)).containsExactly("[::ffff:1.2.3.4]:1 stream tcp");
        assertThat(lookup("::ffff:1.2.3.4", "1", SIX)).containsExactly("[::ffff:1.2.3.4]:1 stream tcp");
        assertThat(lookup("::ffff:1.2.3.4", "1", Hints.DEFAULT.withFamily(AddressFamily.INET)))
                .containsExactly("1.2.3.4:1 stream tcp");
        assertThat(infos.lookup("::ffff:1.2.3.4", "1", SIX).get(0).family()).isEqualTo(AddressFamily.INET6);
    }

    @Test
    void zones() throws AddressInfoException {
        assertThat(lookup("2001:db8::1%1", "1", SIX)).containsExactly("[2001:db8::1%1]:1 stream tcp");
        assertThat(lookup("fe80::1%007", "1", SIX)).containsExactly("[fe80::1%7]:1 stream tcp");
        assertThat(lookup("fe80::1%0", "1", SIX)).containsExactly("[fe80::1]:1 stream tcp");
        assertThat(lookup("fe80::1%2147483647", "1", SIX)).containsExactly("[fe80::1%2147483647]:1 stream tcp");
        assertThat(lookup("fe80::1%4294967295", "1", SIX)).containsExactly("[fe80::1]:1 stream tcp");
        assertThat(lookup("::ffff:1.2.3.4%1", "1", Hints.DEFAULT.withFamily(AddressFamily.INET)))
                .containsExactly("1.2.3.4:1 stream tcp");
        assertFails("fe80::1%", "1", Hints.DEFAULT.withFamily(AddressFamily.INET), ErrorCode.ADDRESS_FAMILY);
        assertFails("::ffff:1.2.3.4%", "1", Hints.DEFAULT.withFamily(AddressFamily.INET), ErrorCode.HOST_NOT_FOUND);
        for (String none : List.of("fe80::1%4294967296", "fe80::1%", "fe80::1%-1", "fe80::1% 1", "fe80::1%nosuchif")) {
            assertFails(none, "1", SIX, ErrorCode.HOST_NOT_FOUND);
        }
    }

    @Test
    void namesOfInterfacesGoWithAddressesOfOneLink() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        String zone = "%" + loopback.getName();
        String index = "%" + loopback.getIndex();
        assertThat(lookup("fe80::1" + zone, "1", SIX)).containsExactly("[fe80::1" + index + "]:1 stream tcp");
        assertThat(lookup("ff02::1" + zone, "1", SIX)).containsExactly("[ff02::1" + index + "]:1 stream tcp");
        assertFails("2001:db8::1" + zone, "1", SIX, ErrorCode.HOST_NOT_FOUND);
        assertFails("::ffff:1.2.3.4" + zone, "1", SIX, ErrorCode.HOST_NOT_FOUND);
    }

    @Test
    void addressesOfFamiliesThatAreConfigured() throws AddressInfoException {
        Hints hints = Hints.DEFAULT.withFlags(Flag.ADDRCONFIG);
        JdkAddressInfos onlyFour = new JdkAddressInfos(() -> Set.of(AddressFamily.INET));
        assertThat(onlyFour.lookup(null, "1", hints))
                .extracting(Object::toString)
                .containsExactly("127.0.0.1:1");
        assertFails(onlyFour, "::1", "1", hints, ErrorCode.ADDRESS_FAMILY);
        assertFails(onlyFour, "::1", "1", hints.withFamily(AddressFamily.INET6), ErrorCode.HOST_NOT_FOUND);
        assertThat(onlyFour.lookup("::1", "1", SIX)).hasSize(1);
        JdkAddressInfos loopbackAlone = new JdkAddressInfos(Set::of);
        assertThat(loopbackAlone.lookup(null, "1", hints)).hasSize(2);
        assertFails(loopbackAlone, "127.0.0.1", "1", hints.withFamily(AddressFamily.INET), ErrorCode.HOST_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "'', HOST_NOT_FOUND",
        "256.1.1.1, HOST_NOT_FOUND",
        "1.2.3.4., HOST_NOT_FOUND",
        "[::1], HOST_NOT_FOUND",
        "[::1]:80, HOST_NOT_FOUND",
        "::1::2, HOST_NOT_FOUND",
        "fe80::1%nosuchif, HOST_NOT_FOUND"
    })
    void whatIsNoAddress(String node, ErrorCode code) {
        assertFails(node, "1", Hints.DEFAULT, code);
        assertFails("localhost", "1", Hints.DEFAULT.withFlags(Flag.NUMERICHOST), ErrorCode.HOST_NOT_FOUND);
    }

    @Test
    void servicesThatAreNotKnown() {
        assertFails("127.0.0.1", "nosuchservice", Hints.DEFAULT, ErrorCode.SERVICE_NOT_FOUND);
        assertFails("127.0.0.1", "1", Hints.ANY.withType(SocketType.RAW), ErrorCode.SERVICE_NOT_FOUND);
        assertFails("127.0.0.1", "http", Hints.ANY.withType(SocketType.RAW), ErrorCode.SERVICE_NOT_FOUND);
        assertFails("127.0.0.1", "nosuchservice", Hints.ANY, ErrorCode.SERVICE_NOT_FOUND);
        Hints numeric = Hints.DEFAULT.withFlags(Flag.NUMERICSERV);
        for (String noNumber : List.of("http", "- 80", "+", " ", "80 ", "0x50", "\u0668\u0660")) {
            assertFails("127.0.0.1", noNumber, numeric, ErrorCode.HOST_NOT_FOUND);
            assertFails("127.0.0.1", noNumber + "!", Hints.DEFAULT, ErrorCode.SERVICE_NOT_FOUND);
        }
        assertFails("127.0.0.1", "http", numeric.withProtocol(Protocol.UDP), ErrorCode.HOST_NOT_FOUND);
        for (String noPort : List.of("65536", "-1", " -80", "+99999999999", "9".repeat(60))) {
            assertFails("127.0.0.1", noPort, numeric, ErrorCode.SERVICE_NOT_FOUND);
            assertFails("127.0.0.1", noPort, Hints.DEFAULT, ErrorCode.SERVICE_NOT_FOUND);
        }
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            '',0
            *,0
            0,0
            -0,0
            007,7
            00000000080,80
             80,80
            +80,80
             +80,80
            65535,65535
            """)
    void portsAsStrtoulReadsThem(String service, int port) throws AddressInfoException {
        for (Hints hints : List.of(Hints.DEFAULT, Hints.DEFAULT.withFlags(Flag.NUMERICSERV))) {
            assertThat(lookup("127.0.0.1", service, hints)).containsExactly("127.0.0.1:" + port + " stream tcp");
        }
    }

    @Test
    void blanksOfAllKindsMayStandBeforeAPort() throws AddressInfoException {
        assertThat(lookup("127.0.0.1", "\t\n\u000b\f\r 80", Hints.DEFAULT)).containsExactly("127.0.0.1:80 stream tcp");
        assertFails("127.0.0.1", "\u00a080", Hints.DEFAULT, ErrorCode.SERVICE_NOT_FOUND);
    }

    @ParameterizedTest
    @DisplayName("with a type or a protocol there is one result for an address; raw takes any protocol")
    @CsvSource({
        "0, 6, stream tcp",
        "0, 17, datagram udp",
        "0, 132, stream 132",
        "0, 136, datagram 136",
        "0, 33, 6 33",
        "0, 255, raw 255",
        "0, -1, raw -1",
        "1, 0, stream tcp",
        "1, 132, stream 132",
        "2, 0, datagram udp",
        "2, 136, datagram 136",
        "3, 0, raw any",
        "3, 6, raw tcp",
        "3, 1, raw 1",
        "5, 0, seqpacket 132",
        "6, 0, 6 33"
    })
    void kinds(int type, int protocol, String kind) throws AddressInfoException {
        Hints hints = Hints.ANY.withType(SocketType.of(type)).withProtocol(Protocol.of(protocol));
        assertThat(lookup("127.0.0.1", null, hints)).containsExactly("127.0.0.1:0 " + kind);
        if (kind.startsWith("raw")) {
            assertFails("127.0.0.1", "80", hints, ErrorCode.SERVICE_NOT_FOUND);
        } else {
            assertThat(lookup("127.0.0.1", "80", hints)).containsExactly("127.0.0.1:80 " + kind);
        }
    }

    @Test
    void textsWithNulAreNotKnown() {
        assertFails("localhost\0", "1", Hints.DEFAULT, ErrorCode.HOST_NOT_FOUND);
        assertFails("127.0.0.1", "80\0", Hints.DEFAULT, ErrorCode.HOST_NOT_FOUND);
    }

    @Test
    void hintsThatMakeNoSense() {
        assertFails("127.0.0.1", "1", Hints.DEFAULT.withFamily(AddressFamily.UNIX), ErrorCode.LOOKUP_FAMILY);
        assertFails("127.0.0.1", "1", Hints.DEFAULT.withType(SocketType.of(99)), ErrorCode.LOOKUP_SOCKET_TYPE);
        assertFails("127.0.0.1", "1", Hints.DEFAULT.withProtocol(Protocol.UDP), ErrorCode.LOOKUP_SOCKET_TYPE);
        assertFails("127.0.0.1", "1", Hints.ANY.withType(SocketType.RDM), ErrorCode.LOOKUP_SOCKET_TYPE);
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
