package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The server goes on where the system or its log fail. */
@Timeout(60)
class TroubleIT {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final DnsScript script;

    TroubleIT() throws ScriptException {
        script = DnsScript.parse("test.zone", List.of("a.dns.test A answer 192.0.2.1"));
    }

    private static Message ask(InetSocketAddress server, boolean tcp) throws IOException {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTCP(tcp);
        resolver.setTimeout(Duration.ofSeconds(20));
        return resolver.send(Message.newQuery(Record.newRecord(Name.fromString("a.dns.test."), Type.A, DClass.IN)));
    }

    /** Has no descriptors left for its first connections. */
    private static final class Exhausted extends ServerSocket {
        static final int FAILURES = 3;

        final ConcurrentLinkedQueue<Long> triedAtNanos = new ConcurrentLinkedQueue<>();

        Exhausted() throws IOException {
            bind(ANY_PORT);
        }

        @Override
        public Socket accept() throws IOException {
            triedAtNanos.add(System.nanoTime());
            if (triedAtNanos.size() <= FAILURES) {
                throw new IOException("Too many open files");
            }
            return super.accept();
        }
    }

    @Test
    @DisplayName("a connection that cannot be accepted is tried again, but not at once")
    void acceptThatFails() throws Exception {
        LogLines log = new LogLines();
        try (Exhausted listener = new Exhausted();
                TcpService service =
                        new TcpService(listener, new Responder(script, new DnsLog(log), Limits.USUAL), Limits.USUAL)) {
            assertThat(service).isNotNull();
            assertThat(ask((InetSocketAddress) listener.getLocalSocketAddress(), true)
                            .getRcode())
                    .isZero();
            List<Long> tries = List.copyOf(listener.triedAtNanos);
            for (int i = 1; i <= Exhausted.FAILURES; i++) {
                assertThat(tries.get(i) - tries.get(i - 1))
                        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(Responder.PAUSE_MILLIS));
            }
        }
        assertThat(log.lines().stream().filter(line -> line.event().equals("trouble")))
                .hasSize(Exhausted.FAILURES)
                .allSatisfy(line -> assertThat(line.detail()).isEqualTo("Too many open files"));
    }

    /** A file on a full disk. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @Test
    @DisplayName("a log that cannot be written keeps neither answers back nor connections")
    void logThatFails() throws Exception {
        try (ScriptedDns server = ScriptedDns.start(ANY_PORT, script, new DnsLog(new Full()))) {
            assertThat(ask(server.address(), false).getRcode()).isZero();
            assertThat(ask(server.address(), true).getRcode()).isZero();
        }
        Limits noConnections = new Limits(1, 0, Duration.ofSeconds(90));
        try (ScriptedDns server = ScriptedDns.start(ANY_PORT, script, new DnsLog(new Full()), noConnections)) {
            for (int i = 0; i < 2; i++) {
                try (Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
                    socket.setSoTimeout(20_000);
                    assertThat(socket.getInputStream().read())
                            .as("end of the one too many")
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    @DisplayName("packets that come while a server is being closed take no place for ever")
    void executorThatIsClosed() {
        Limits limits = new Limits(1, 1, Duration.ofSeconds(90));
        Responder responder = new Responder(script, new DnsLog(new LogLines()), limits);
        ExecutorService closed = Executors.newVirtualThreadPerTaskExecutor();
        closed.close();
        for (int i = 0; i <= limits.delayedAnswers() + Responder.PROMPT_ANSWERS; i++) {
            assertThatThrownBy(() -> responder.accept(
                            closed, Responder.Transport.UDP, "client", responder.nowNanos(), new byte[12], wire -> {}))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }
}
