package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The servers on loopback, told by lines. */
@Timeout(60)
class LabServerIT {
    private static final InetAddress FOUR = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress SIX = InetAddress.ofLiteral("::1");

    private LabServer server = new LabServer(100, Duration.ofMinutes(1));

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void echoSendsBackWhatComesAndEndsWhenThePeerHasEnded() throws Exception {
        try (Socket socket = connect(serve("echo"))) {
            socket.getOutputStream().write("to and fro".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().readNBytes(10)).asString().isEqualTo("to and fro");
            socket.getOutputStream().write("last".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("last");
        }
    }

    @Test
    void withoutAnAddressBothFamiliesAreServed() throws Exception {
        int port = serve("echo");
        List<InetAddress> loopback = new ArrayList<>(List.of(FOUR));
        if (NetworkInterface.getByInetAddress(SIX) != null) {
            loopback.add(SIX);
        } else {
            System.out.println("Left out: a server on ::1, because loopback has no ::1");
        }
        for (InetAddress address : loopback) {
            try (Socket socket = new Socket(address, port)) {
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void withAnAddressOnlyThatIsServed() throws Exception {
        int port = port(server.reply("serve echo 0 127.0.0.1"));
        connect(port).close();

        assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral("127.0.0.2"), port))
                .isInstanceOf(ConnectException.class);
        assertThat(server.reply("serve echo " + port + " 127.0.0.2")).isEqualTo("ok " + port);
        new Socket(InetAddress.ofLiteral("127.0.0.2"), port).close();
        assertThat(server.reply("close " + port + " 127.0.0.1")).isEqualTo("ok");
        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        new Socket(InetAddress.ofLiteral("127.0.0.2"), port).close();
    }

    @ParameterizedTest
    @CsvSource({"GET / HTTP/1.1, true", "POST /a?b HTTP/1.0, true", "OPTIONS * HTTP/1.1, true", "HEAD / HTTP/1.1, false"
    })
    void httpAnswersAnyRequest(String request, boolean body) throws Exception {
        try (Socket socket = connect(serve("http"))) {
            String answer = exchange(socket, request);

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nConnection: close\r\n", "\r\nContent-Length: 24\r\n")
                    .endsWith("\r\n\r\n" + (body ? "This is the laboratory.\n" : ""));
        }
    }

    @Test
    void httpAnswersWhoSendsABodyWithAnEndAndNoReset() throws Exception {
        try (Socket socket = connect(serve("http"))) {
            byte[] body = new byte[1 << 20];
            socket.getOutputStream()
                    .write("PUT / HTTP/1.1\r\nContent-Length: 1048576\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);

            assertThat(socket.getInputStream().readAllBytes()).asString().startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void tlsAnswersAsHttpDoes() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(connect(serve("tls")), "r1.lab.test", 443, true)) {
            socket.startHandshake();

            assertThat(((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectAlternativeNames())
                    .contains(List.of(2, "*.lab.test"));
            assertThat(exchange(socket, "GET / HTTP/1.1"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("This is the laboratory.\n");
        }
        try (Socket plain = connect(serve("tls"))) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(plain.getInputStream().readAllBytes()).as("an alert").startsWith(21);
        }
    }

    @Test
    void silentSaysNothingUntilThePeerCloses() throws Exception {
        try (Socket socket = connect(serve("silent"))) {
            socket.getOutputStream().write(new byte[1000]);
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            socket.shutdownOutput();
            socket.setSoTimeout(0);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void resetResets() throws Exception {
        try (Socket socket = connect(serve("reset"))) {
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.2"})
    void backlogLetsNobodyConnectMore(String address) throws Exception {
        int port = port(server.reply("serve backlog 0 " + address));
        InetSocketAddress target =
                new InetSocketAddress(address.isEmpty() ? FOUR : InetAddress.ofLiteral(address), port);
        for (int i = 0; i < 3; i++) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(target, 300)).isInstanceOf(SocketTimeoutException.class);
            }
        }

        assertThat(server.reply("close " + port + " " + address)).isEqualTo("ok");
        assertThatThrownBy(() -> new Socket(target.getAddress(), target.getPort()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void closeStopsListeningAndEndsTheConnections() throws Exception {
        int port = serve("echo");
        int other = serve("silent");
        try (Socket socket = connect(port);
                Socket untouched = connect(other)) {
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read())
                    .as("what is still in the queue would be reset")
                    .isEqualTo(7);

            assertThat(server.reply("close " + port)).isEqualTo("ok");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            assertThat(server.reply("serve echo " + port)).as("at once again").isEqualTo("ok " + port);
            connect(port).close();
            untouched.shutdownOutput();
            assertThat(untouched.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aConnectionOnWhichNothingHappensIsClosedUnlessItIsSilent() throws Exception {
        server.close();
        server = new LabServer(100, Duration.ofMillis(100));
        try (Socket silent = connect(serve("silent"));
                Socket echo = connect(serve("echo"));
                Socket http = connect(serve("http"));
                Socket tls = connect(serve("tls"))) {
            assertThat(echo.getInputStream().read()).isEqualTo(-1);
            assertThat(http.getInputStream().read()).isEqualTo(-1);
            assertThat(tls.getInputStream().read()).isEqualTo(-1);
            silent.setSoTimeout(300);
            assertThatThrownBy(() -> silent.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aPeerThatNeverReadsIsIdleToo() throws Exception {
        server.close();
        server = new LabServer(100, Duration.ofMillis(100));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
            channel.connect(new InetSocketAddress(FOUR, serve("echo")));

            // What neither side reads fills the buffers of both, and then the server is waiting to write.
            assertThatThrownBy(() -> {
                        while (true) {
                            channel.write(ByteBuffer.allocate(1 << 20));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedAndOneAfterThatWorks() throws Exception {
        server.close();
        server = new LabServer(2, Duration.ofMinutes(1));
        int port = serve("echo");
        try (Socket first = connect(port);
                Socket second = connect(port);
                Socket third = connect(port)) {
            assertThat(third.getInputStream().read()).isEqualTo(-1);
            first.shutdownOutput();
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            second.getOutputStream().write(7);
            assertThat(second.getInputStream().read()).isEqualTo(7);
        }
        while (!echoes(port)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void namesComeAndGoWhileTheDnsServerRuns(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("dns.log");
        int port = port(server.reply("dns 127.0.0.1 0 " + log));
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(FOUR, port));
        assertThat(ask(resolver).getRcode()).isEqualTo(Rcode.NXDOMAIN);

        assertThat(server.reply("name r1.lab.test A answer 192.0.2.1")).isEqualTo("ok");
        assertThat(ask(resolver).getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("192.0.2.1");

        assertThat(server.reply("name r1.lab.test A servfail")).isEqualTo("ok");
        resolver.setTCP(true);
        assertThat(ask(resolver).getRcode()).isEqualTo(Rcode.SERVFAIL);

        assertThat(server.reply("forget r1.lab.test")).isEqualTo("ok");
        assertThat(ask(resolver).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(server.reply("forget r1.lab.test")).isEqualTo("error there is no r1.lab.test");

        assertThat(server.reply("close " + port + " 127.0.0.1")).isEqualTo("ok");
        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        assertThat(Files.readString(log)).contains("udp\tr1.lab.test\tA\tquery", "tcp\tr1.lab.test\tA\tquery");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; expected dns, name, forget, serve, close or mark, but found \"\"",
                "stop; expected dns, name, forget, serve, close or mark, but found \"stop\"",
                "dns 127.0.0.1; expected dns ADDRESS PORT [LOGFILE]",
                "dns localhost 53; Invalid IP address literal: localhost",
                "dns 192.0.2.1 0; cannot serve on 192.0.2.1:0: Cannot assign requested address",
                "dns 127.0.0.1 0 /nowhere/log; /nowhere/log",
                "name r1.lab.test; expected a type (A, AAAA, HTTPS, SVCB, SRV or CNAME), but the line ends",
                "name r1.lab.test A drop now; expected the end of the line, but found \"now\"",
                "name a.test CNAME a.test; expected an alias that ends somewhere, but a.test leads back to itself",
                "forget; expected forget NAME",
                "forget a..test; expected a name, but found \"a..test\"",
                "serve echo; expected serve KIND PORT [ADDRESS]",
                "serve chargen 0; expected echo, http, tls, silent, reset or backlog, but found \"chargen\"",
                "serve echo 65536; PORT should be a number from 0 to 65535 and is 65536",
                "serve echo 0 192.0.2.1; cannot serve on 192.0.2.1:0: Cannot assign requested address",
                "serve backlog 0 192.0.2.1; cannot serve on 192.0.2.1:0: Cannot assign requested address",
                "close 1 127.0.0.1; nothing was started on 127.0.0.1:1",
                "close; expected close PORT [ADDRESS]"
            })
    void aMistakeIsASentence(String line, String sentence) {
        assertThat(server.reply(line)).startsWith("error ").contains(sentence);
    }

    @Test
    void aPortThatIsTakenIsAMistake() {
        int port = serve("echo");

        assertThat(server.reply("serve http " + port))
                .startsWith("error cannot serve on ")
                .endsWith(":" + port + ": Address already in use");
        assertThat(server.reply("dns 127.0.0.1 " + port))
                .isEqualTo("error cannot serve on 127.0.0.1:" + port + ": Address already in use");
    }

    @Test
    void asAProcessItAnswersLinesAndEndsWithItsInput() throws Exception {
        Process process = process();
        try (BufferedReader out = process.inputReader();
                PrintWriter in = new PrintWriter(process.outputWriter(), true)) {
            assertThat(out.readLine()).isEqualTo("ready");
            in.println("serve http 0");
            int port = port(out.readLine());
            in.println("nonsense");
            assertThat(out.readLine()).startsWith("error expected ");
            in.println("name r1.lab.test AAAA answer 2001:db8::1");
            assertThat(out.readLine()).isEqualTo("ok");
            // They are accepted in this order, so an answer for the second means that the first is not in the queue any
            // more.
            try (Socket open = connect(port);
                    Socket socket = connect(port)) {
                assertThat(exchange(socket, "GET / HTTP/1.1")).startsWith("HTTP/1.1 200 OK\r\n");
                in.close();
                assertThat(open.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor()).isZero();
            assertThat(process.getErrorStream().readAllBytes()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void asAProcessItTakesNoArguments() throws Exception {
        Process process = process("127.0.0.1");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(process.getErrorStream().readAllBytes())
                .asString()
                .startsWith("LabServer: ")
                .hasLineCount(1);
    }

    private static Process process(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("prise.lab.jar"),
                "dev.prise.lab.LabServer"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private int serve(String kind) {
        return port(server.reply("serve " + kind + " 0"));
    }

    private static int port(String reply) {
        assertThat(reply).matches("ok \\d+");
        return Integer.parseInt(reply.substring("ok ".length()));
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(FOUR, port);
    }

    private static boolean echoes(int port) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(7);
            return socket.getInputStream().read() == 7;
        } catch (SocketException e) {
            // It was closed with a byte that nobody had read.
            return false;
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write((request + "\r\nHost: lab.test\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Message ask(SimpleResolver resolver) throws IOException {
        return resolver.send(
                Message.newQuery(Record.newRecord(Name.fromConstantString("r1.lab.test."), Type.A, DClass.IN)));
    }

    /** Believes any certificate. */
    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
