package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other implementations of Happy Eyeballs test with sockets, on loopback; docs/conformance.md lists them all. */
@Timeout(60)
class SocketCasesIT {

    @Test
    @DisplayName("case 92 (Go): a thousand copies of a good address: one attempt, and no deadline divided to death")
    void copies() throws Exception {
        InetAddress[] copies = new InetAddress[1_000];
        Arrays.fill(copies, Loopback.FIRST);
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result = Dialer.builder()
                        .resolver(Loopback.answering(copies))
                        .build()
                        .dial("copies.test", server.port())) {
            assertThat(result.trace().attempts()).hasSize(1);
        }
    }

    @Test
    @DisplayName("case 96 (Go): ten dials at once to a hole and a good address: no descriptor is left")
    void descriptors() throws Exception {
        try (Loopback.Hole hole = new Loopback.Hole(Loopback.SECOND, 0);
                Loopback.Server server = new Loopback.Server(Loopback.FIRST, hole.port())) {
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.SECOND, Loopback.FIRST))
                    .history(DialHistory.off())
                    .build();
            tenAtOnce(dialer, server);
            long before = OpenDescriptors.count();
            if (before < 0) {
                return;
            }
            tenAtOnce(dialer, server);
            OpenDescriptors.await(before);
        }
    }

    private static void tenAtOnce(Dialer dialer, Loopback.Server server) throws Exception {
        List<CompletableFuture<DialResult>> dials = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            dials.add(dialer.dialAsync("two.test", server.port()));
        }
        int attempts = 0;
        for (CompletableFuture<DialResult> dial : dials) {
            try (DialResult result = dial.get();
                    Socket peer = server.accepted.take()) {
                assertThat(peer.isConnected()).isTrue();
                attempts += result.trace().attempts().size();
            }
        }
        // where others wait for the hole already, a dial may pass it over
        assertThat(attempts).isGreaterThan(10);
    }

    @Test
    @DisplayName("case 98 (Go): a cancel after the success: the connection stays usable")
    void cancelAfterSuccess() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            CompletableFuture<DialResult> future = Dialer.create().dialAsync("127.0.0.1", server.port());
            try (DialResult result = future.get();
                    Socket peer = server.accepted.take()) {
                assertThat(future.cancel(true)).isFalse();
                result.channel().write(ByteBuffer.wrap(new byte[] {42}));
                peer.setSoTimeout(10_000);
                assertThat(peer.getInputStream().read()).isEqualTo(42);
            }
        }
    }

    @Test
    @DisplayName(
            "case 99, 118 (Go, aiohappyeyeballs): only an IPv4 source: attempts to IPv6 fail, saying so, and IPv4 connects")
    void sourceOfOneFamily() throws Exception {
        if (!Loopback.hasSix()) {
            return;
        }
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Loopback.Server six = new Loopback.Server(Loopback.SIX, server.port());
                DialResult result = Dialer.builder()
                        .source(Loopback.SECOND)
                        .resolver(Loopback.answering(Loopback.SIX, Loopback.FIRST))
                        .build()
                        .dial("two.test", server.port())) {
            assertThat(result.address().inetAddress()).isEqualTo(Loopback.FIRST);
            assertThat(result.socket().getLocalAddress()).isEqualTo(Loopback.SECOND);
            assertThat(six.accepted).isEmpty();
            // Go passes over what does not go with the source; here it comes last, by rule 1 of RFC 6724
            assertThat(result.trace().candidates()).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "case 117 (aiohappyeyeballs): the source cannot be bound: the attempt fails with that address in its message")
    void sourceCannotBeBound() throws Exception {
        InetAddress elsewhere = Loopback.address("192.0.2.77");
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            DialConnectException failure = catchThrowableOfType(
                    DialConnectException.class,
                    () -> Dialer.builder().source(elsewhere).build().dial("127.0.0.1", server.port()));
            assertThat(failure.code()).isEqualTo(ErrorCode.ADDRESS_NOT_AVAILABLE);
            assertThat(server.accepted).isEmpty();
            Dialer wrongFamily = Dialer.builder().source(Loopback.SECOND).build();
            assertThatThrownBy(() -> wrongFamily.dial("::1", server.port()))
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .anySatisfy(cause -> assertThat(cause).hasMessageContaining("127.0.0.2")));
        }
    }

    @Test
    @DisplayName("case 119 (aiohappyeyeballs): a socket that cannot be set up is closed, and its error is kept")
    void setUpFails() throws Exception {
        Dialer dialer = Dialer.builder()
                .option(StandardSocketOptions.IP_MULTICAST_LOOP, true)
                .build();
        assertThatThrownBy(() -> dialer.dial("127.0.0.1", 1)).isInstanceOf(UnsupportedOperationException.class);
        long before = OpenDescriptors.count();
        if (before < 0) {
            return;
        }
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> dialer.dial("127.0.0.1", 1)).hasMessageContaining("IP_MULTICAST_LOOP");
        }
        OpenDescriptors.await(before);
    }

    @Test
    @DisplayName("case 111, 112 (aiohappyeyeballs): no socket of IPv6 is to be had: IPv4 connects")
    void noSocketOfSix() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.net.preferIPv4Stack=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WithoutSix.class.getName(),
                            Integer.toString(server.port()))
                    .redirectErrorStream(true)
                    .start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(said.lines())
                        .containsExactly(
                                "FAILED " + ErrorCode.CONNECTION_REFUSED,
                                "FAILED " + ErrorCode.FAMILY_NOT_SUPPORTED,
                                "CONNECTED");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** A program whose Java has no IPv6: dials an address that refuses, one of IPv6, and a good one. */
    static final class WithoutSix {
        private WithoutSix() {}

        public static void main(String[] args) throws IOException {
            byte[] six = new byte[16];
            six[15] = 1;
            Dialer dialer = Dialer.builder()
                    .deadline(Duration.ofSeconds(20))
                    .resolver(Loopback.answering(Loopback.SECOND, Loopback.FIRST, InetAddress.getByAddress(six)))
                    .build();
            try (DialResult result = dialer.dial("two.test", Integer.parseInt(args[0]))) {
                for (Trace.Attempt attempt : result.trace().attempts()) {
                    Trace.Failure error = attempt.error();
                    System.out.println(attempt.outcome() + (error == null ? "" : " " + error.code()));
                }
            }
        }
    }
}
