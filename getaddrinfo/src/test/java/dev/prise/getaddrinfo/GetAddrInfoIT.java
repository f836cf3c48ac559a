package dev.prise.getaddrinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfoException;
import dev.prise.address.AddressInfos;
import dev.prise.address.ErrorCode;
import dev.prise.address.Hints;
import dev.prise.address.Hints.Flag;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import dev.prise.resolve.Resolver;
import dev.prise.resolve.Resolvers;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The system's own function, on the machine at hand. Nothing here needs a name server. */
@Timeout(60)
@EnabledIf("isAvailable")
class GetAddrInfoIT {
    /** Says so where it is not. */
    static boolean isAvailable() {
        String reason = GetAddrInfo.unavailableReason();
        if (reason != null) {
            System.out.println("Left out: the system's getaddrinfo, because " + reason);
        }
        return reason == null;
    }

    @Test
    void literals() throws Exception {
        List<AddressInfo> four = AddressInfos.lookup("127.0.0.1", "27015", Hints.DEFAULT);
        assertThat(four)
                .containsExactly(new AddressInfo(
                        AddressFamily.INET,
                        SocketType.STREAM,
                        Protocol.TCP,
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 27015),
                        null));
        assertThat(AddressInfos.lookup("2001:db8::1", null, Hints.DEFAULT)).hasToString("[[2001:db8::1]:0]");
        assertThat(AddressInfos.provider()).isEqualTo("getaddrinfo");
    }

    @Test
    void zonesAreKept() throws Exception {
        AddressInfo info = AddressInfos.lookup("fe80::1%1", "1", Hints.DEFAULT).get(0);
        assertThat(info).hasToString("[fe80::1%1]:1");
        assertThat(((Inet6Address) info.inetAddress()).getScopeId()).isEqualTo(1);
        NativeAnswer answer = GetAddrInfo.call("fe80::1%4294967295", "1", GetAddrInfo.hints(Hints.DEFAULT));
        assertThat(answer.results().get(0).scopeId()).isEqualTo(-1);
    }

    @Test
    void mappedAddressesStaySix() throws Exception {
        Hints hints = Hints.DEFAULT.withFamily(AddressFamily.INET6).withFlags(Flag.V4MAPPED);
        AddressInfo info = AddressInfos.lookup("127.0.0.1", "1", hints).get(0);
        assertThat(info.family()).isEqualTo(AddressFamily.INET6);
        assertThat(info.addressText()).isEqualTo("::ffff:127.0.0.1");
    }

    @Test
    void canonicalNameIsThatOfTheFirst() throws Exception {
        assertThat(AddressInfos.lookup("127.1", "1", Hints.DEFAULT.withFlags(Flag.CANONNAME))
                        .get(0)
                        .canonicalName())
                .isEqualTo("127.1");
        assertThat(AddressInfos.lookup("127.1", "1", Hints.DEFAULT).get(0).canonicalName())
                .isNull();
    }

    @Test
    void nullNodeIsThisMachine() throws Exception {
        Hints four = Hints.DEFAULT.withFamily(AddressFamily.INET);
        assertThat(AddressInfos.lookup(null, "27015", four)).hasToString("[127.0.0.1:27015]");
        assertThat(AddressInfos.lookup(null, "27015", four.withFlags(Flag.PASSIVE)))
                .hasToString("[0.0.0.0:27015]");
        assertThat(AddressInfos.lookup("127.0.0.1", "9", null)).hasSizeGreaterThan(1);
    }

    @Test
    void failuresCarryTheSystemsCode() {
        assertFails(() -> AddressInfos.lookup(null, null, Hints.DEFAULT), ErrorCode.HOST_NOT_FOUND);
        assertFails(
                () -> AddressInfos.lookup("256.1.1.1", "1", Hints.DEFAULT.withFlags(Flag.NUMERICHOST)),
                ErrorCode.HOST_NOT_FOUND);
        assertFails(
                () -> AddressInfos.lookup("127.0.0.1", "nosuchservice", Hints.DEFAULT), ErrorCode.SERVICE_NOT_FOUND);
        assertFails(
                () -> AddressInfos.lookup("127.0.0.1", "1", Hints.DEFAULT.withType(SocketType.of(99))),
                ErrorCode.LOOKUP_SOCKET_TYPE);
        assertFails(
                () -> AddressInfos.lookup("127.0.0.1", "1", Hints.DEFAULT.withFamily(AddressFamily.UNIX)),
                ErrorCode.LOOKUP_FAMILY);
        assertFails(() -> AddressInfos.lookup(null, "1", Hints.DEFAULT.withFlags(Flag.CANONNAME)), ErrorCode.BAD_FLAGS);
        assertFails(
                () -> AddressInfos.lookup("127.0.0.1", "1", Hints.DEFAULT.withFlags(Flag.FQDN, Flag.V4MAPPED_CFG)),
                ErrorCode.BAD_FLAGS);
    }

    @Test
    @DisplayName("what is no C string is not handed to the system, which would read half of it")
    void noCString() {
        assertFails(() -> AddressInfos.lookup("127.0.0.1\0.example", "1", Hints.DEFAULT), ErrorCode.HOST_NOT_FOUND);
        assertFails(() -> AddressInfos.lookup("127.0.0.1", "80\0", Hints.DEFAULT), ErrorCode.SERVICE_NOT_FOUND);
        assertFails(() -> AddressInfos.lookup("a".repeat(1 << 20), "1", Hints.DEFAULT), ErrorCode.HOST_NOT_FOUND);
    }

    @Test
    @DisplayName("texts that do not fit into the memory that is kept get memory of their own")
    void longTexts() throws Exception {
        Hints numeric = Hints.DEFAULT.withFlags(Flag.NUMERICHOST);
        for (int length : new int[] {1000, 1300, 1400, 5000, 60_000}) {
            assertFails(() -> AddressInfos.lookup("x".repeat(length), "1", numeric), ErrorCode.HOST_NOT_FOUND);
            assertFails(() -> AddressInfos.lookup("\u20ac".repeat(length), "1", numeric), ErrorCode.HOST_NOT_FOUND);
        }
        // a service of digits alone may be as long as it likes
        String service = "0".repeat(5000) + "80";
        assertThat(AddressInfos.lookup("127.0.0.1", service, numeric)).hasToString("[127.0.0.1:80]");
    }

    @Test
    @DisplayName("many threads at once, of which only one at a time has the memory that is kept")
    void manyThreads() throws Exception {
        AtomicInteger good = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String node = "127.0.0." + (i + 1);
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    for (int j = 0; j < 2000; j++) {
                        String found = AddressInfos.lookup(node, "27015", Hints.DEFAULT)
                                .toString();
                        if (found.equals("[" + node + ":27015]")) {
                            good.incrementAndGet();
                        }
                    }
                } catch (InterruptedException | UnknownHostException e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(good).hasValue(16 * 2000);
    }

    @Test
    @DisplayName("a list that is not given back would be some 100 bytes; 400,000 of them would be seen")
    void nothingIsLeft() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            System.out.println("Left out: memory that lookups leave, because there is no /proc");
            return;
        }
        Hints hints = Hints.DEFAULT.withFlags(Flag.CANONNAME);
        lookUp(hints, 100_000);
        long before = residentKib(status);
        long descriptors = descriptors();
        lookUp(hints, 400_000);
        assertThat(residentKib(status) - before).isLessThan(16 * 1024);
        assertThat(descriptors()).isEqualTo(descriptors);
    }

    private static void lookUp(Hints hints, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            AddressInfos.lookup("127.0.0.1", "27015", hints);
        }
    }

    private static long residentKib(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new AssertionError("no VmRSS");
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void resolverAsksPerFamily() {
        Resolver resolver = Resolvers.named("getaddrinfo");
        assertThat(resolver).isNotNull();
        assertThat(Resolvers.preferred()).isSameAs(resolver);
        assertThat(resolver.fallbackReason()).isNull();
        assertThat(resolver.lookups(AddressFamily.UNSPEC)).containsExactly(AddressFamily.INET6, AddressFamily.INET);
    }

    @Test
    void systemsWordsForItsCodes() {
        assertThat(GetAddrInfo.errorText(GetAddrInfo.systemCode(ErrorCode.HOST_NOT_FOUND)))
                .isNotBlank();
        assertThat(GetAddrInfo.errorCode(GetAddrInfo.systemCode(ErrorCode.TRY_AGAIN)))
                .isEqualTo(ErrorCode.TRY_AGAIN);
        assertThat(GetAddrInfo.errorCode(123_456)).isEqualTo(ErrorCode.UNKNOWN);
    }

    private static void assertFails(ThrowingCallable lookup, ErrorCode code) {
        assertThatThrownBy(lookup).isInstanceOfSatisfying(AddressInfoException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(GetAddrInfo.errorCode(failure.systemCode())).isEqualTo(code);
            assertThat(failure.reason()).isNotBlank();
        });
    }
}
