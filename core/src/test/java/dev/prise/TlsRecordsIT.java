package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes that are right and yet need much: many records at once (RFC 5246 section 6.2.1 lets them have a byte), and long chains. */
@Timeout(60)
class TlsRecordsIT {
    private static final int HANDSHAKE = 22;
    private static final int CHANGE_CIPHER_SPEC = 20;

    @TempDir
    static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = new TestCertificates(folder);
        certificates.addLarge();
    }

    @ParameterizedTest
    @CsvSource({
        "good, TLSv1.2, 1, 500",
        "good, TLSv1.2, 16, 40",
        "large, TLSv1.2, 100, 250",
        "large, TLSv1.2, 16384, 2",
        "large, TLSv1.3, 16384, 2"
    })
    void longHandshakesPass(String alias, String protocol, int mostInARecord, int leastRecords) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            CompletableFuture<Integer> records = new CompletableFuture<>();
            new Thread(() -> serve(server, alias, protocol, mostInARecord, records), "records").start();
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST))
                    .deadline(Duration.ofSeconds(30))
                    .tls(TlsSettings.DEFAULT.withRoots(List.of(certificates.root())))
                    .build();
            try (DialResult result = dialer.dial("one.test", server.port())) {
                assertThat(((SSLSocket) result.socket()).getSession().getProtocol())
                        .isEqualTo(protocol);
                assertThat(records.get()).isGreaterThanOrEqualTo(leastRecords);
            }
        }
    }

    private static void serve(
            Loopback.Server server, String alias, String protocol, int mostInARecord, CompletableFuture<Integer> done) {
        try (Socket socket = server.accepted.take()) {
            SSLEngine engine = certificates.server(alias).createSSLEngine();
            engine.setUseClientMode(false);
            engine.setEnabledProtocols(new String[] {protocol});
            done.complete(shake(engine, socket, mostInARecord));
            socket.getInputStream().readAllBytes();
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    /** Each time all that there is to send goes at once; the number of records. */
    private static int shake(SSLEngine engine, Socket socket, int mostInARecord) throws IOException {
        OutputStream out = socket.getOutputStream();
        AtomicInteger records = new AtomicInteger();
        ByteBuffer flight = ByteBuffer.allocate(1 << 18);
        boolean[] encrypted = {false};
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> wrap(engine, flight, mostInARecord, encrypted, records);
                case FINISHED, NOT_HANDSHAKING -> {
                    out.write(flight.array(), 0, flight.position());
                    return records.get();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    out.write(flight.array(), 0, flight.position());
                    flight.clear();
                    engine.unwrap(record(socket.getInputStream()), ByteBuffer.allocate(1 << 15));
                }
            }
        }
    }

    private static ByteBuffer record(InputStream in) throws IOException {
        byte[] header = in.readNBytes(5);
        byte[] rest = in.readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
        return ByteBuffer.allocate(5 + rest.length).put(header).put(rest).flip();
    }

    /** Makes a record, and of it many where it is a plain one of the handshake. */
    private static void wrap(
            SSLEngine engine, ByteBuffer flight, int mostInARecord, boolean[] encrypted, AtomicInteger records)
            throws IOException {
        ByteBuffer made = ByteBuffer.allocate(1 << 15);
        engine.wrap(ByteBuffer.allocate(0), made);
        made.flip();
        while (made.hasRemaining()) {
            int type = made.get();
            short version = made.getShort();
            int length = made.getShort();
            encrypted[0] |= type == CHANGE_CIPHER_SPEC;
            int most = type == HANDSHAKE && !encrypted[0] ? mostInARecord : length;
            for (int left = length; left > 0; left -= Math.min(most, left)) {
                byte[] part = new byte[Math.min(most, left)];
                made.get(part);
                flight.put((byte) type)
                        .putShort(version)
                        .putShort((short) part.length)
                        .put(part);
                records.incrementAndGet();
            }
        }
    }
}
