package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The server on loopback, asked by dnsjava's resolver. */
class ScriptedDnsIT {
    private static final String[] SCRIPT = {
        "both.dns.test AAAA answer 2001:db8::21 2001:db8::22",
        "both.dns.test A answer 192.0.2.21 192.0.2.22",
        "slow.dns.test A delay 300ms answer 192.0.2.2",
        "late.dns.test A delay 60s answer 192.0.2.2",
        "dead.dns.test A drop",
        "fail.dns.test A servfail",
        "refused.dns.test A refused",
        "no.dns.test A nxdomain",
        "empty.dns.test A empty",
        "big.dns.test A truncate answer 192.0.2.31 192.0.2.32",
        "many.dns.test A answer" + " 192.0.2.1".repeat(100),
        "alias.dns.test CNAME both.dns.test",
        "dangling.dns.test CNAME nowhere.dns.test",
        "svc.dns.test HTTPS answer 1 . alpn=h2 port=8443",
        "_game._tcp.dns.test SRV answer 10 5 27015 both.dns.test",
    };

    private final LogLines log = new LogLines();
    private final ScriptedDns server = start(Limits.USUAL);

    ScriptedDnsIT() throws Exception {}

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersWithTheRecordsInTheirOrder(boolean tcp) throws Exception {
        SimpleResolver resolver = resolver();
        resolver.setTCP(tcp);

        Message answer = resolver.send(query("both.dns.test", Type.AAAA));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(rdata(answer)).containsExactly("2001:db8:0:0:0:0:0:21", "2001:db8:0:0:0:0:0:22");
        LogLines.Line query = log.await(line -> line.event().equals("query"));
        LogLines.Line left = log.await(line -> line.event().equals("answer"));
        assertThat(query)
                .extracting("transport", "name", "type", "detail")
                .containsExactly(tcp ? "tcp" : "udp", "both.dns.test", "AAAA", "-");
        assertThat(left.detail()).isEqualTo("NOERROR 2");
        assertThat(left.client()).isEqualTo(query.client()).startsWith("127.0.0.1:");
        assertThat(left.timeNanos()).isGreaterThanOrEqualTo(query.timeNanos());
    }

    @Test
    void answersServiceRecords() throws Exception {
        assertThat(rdata(ask("svc.dns.test", Type.HTTPS))).containsExactly("1 . alpn=h2 port=8443");
        assertThat(rdata(ask("_game._tcp.dns.test", Type.SRV))).containsExactly("10 5 27015 both.dns.test.");
    }

    @Test
    void aDelayedAnswerLeavesAfterAPromptOneAndNotBeforeItsTime() throws Exception {
        CompletableFuture<Message> slow =
                resolver().sendAsync(query("slow.dns.test", Type.A)).toCompletableFuture();
        log.await(line -> line.name().equals("slow.dns.test"));
        ask("both.dns.test", Type.A);

        assertThat(rdata(slow.get(20, TimeUnit.SECONDS))).containsExactly("192.0.2.2");
        LogLines.Line query = log.await(line -> line.name().equals("slow.dns.test"));
        LogLines.Line late = log.await(
                line -> line.name().equals("slow.dns.test") && line.event().equals("answer"));
        LogLines.Line prompt = log.await(
                line -> line.name().equals("both.dns.test") && line.event().equals("answer"));
        assertThat(prompt.timeNanos()).isLessThan(late.timeNanos());
        assertThat(Duration.ofNanos(late.timeNanos() - query.timeNanos()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aDroppedQuestionGetsNoAnswer() throws Exception {
        SimpleResolver resolver = resolver();
        resolver.setTimeout(Duration.ofMillis(300));

        assertThatThrownBy(() -> resolver.send(query("dead.dns.test", Type.A))).hasMessageContaining("Timed out");
        assertThat(log.await(line -> line.event().equals("silence")).detail()).isEqualTo("drop");
    }

    @ParameterizedTest
    @CsvSource({
        "fail.dns.test, SERVFAIL, ''",
        "refused.dns.test, REFUSED, ''",
        "no.dns.test, NXDOMAIN, dns.test.",
        "empty.dns.test, NOERROR, dns.test.",
        "unknown.dns.test, NXDOMAIN, dns.test.",
        "nosuchhost.invalid, NXDOMAIN, ."
    })
    void failuresAndDenialsHaveTheirCodeAndDenialsTheStartOfTheirZone(String name, String code, String zone)
            throws Exception {
        Message answer = ask(name, Type.A);

        assertThat(Rcode.string(answer.getRcode())).isEqualTo(code);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY).stream().map(record -> ((SOARecord) record).getName() + ""))
                .isEqualTo(zone.isEmpty() ? List.of() : List.of(zone));
    }

    @Test
    void aTypeThatTheNameDoesNotHaveIsEmpty() throws Exception {
        Message answer = ask("fail.dns.test", Type.AAAA);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void anAliasComesWithWhatItStandsFor() throws Exception {
        assertThat(rdata(ask("ALIAS.dns.test", Type.A))).containsExactly("both.dns.test.", "192.0.2.21", "192.0.2.22");
        assertThat(rdata(ask("alias.dns.test", Type.CNAME))).containsExactly("both.dns.test.");

        Message dangling = ask("dangling.dns.test", Type.A);
        assertThat(dangling.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(rdata(dangling)).containsExactly("nowhere.dns.test.");
    }

    @Test
    void aTruncatedAnswerSendsTheClientToTcp() throws Exception {
        SimpleResolver content = resolver();
        content.setIgnoreTruncation(true);
        Message truncated = content.send(query("big.dns.test", Type.A));

        assertThat(truncated.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(truncated.getSection(Section.ANSWER)).isEmpty();
        assertThat(rdata(ask("big.dns.test", Type.A))).containsExactly("192.0.2.31", "192.0.2.32");
        log.await(line -> line.transport().equals("tcp") && line.detail().equals("NOERROR 2"));
        log.await(line -> line.transport().equals("udp") && line.detail().equals("NOERROR 0 truncated"));
    }

    @Test
    void anAnswerThatIsTooBigForUdpIsTruncatedToo() throws Exception {
        SimpleResolver content = resolver();
        content.setEDNS(-1);
        content.setIgnoreTruncation(true);

        assertThat(content.send(query("many.dns.test", Type.A)).getHeader().getFlag(Flags.TC))
                .isTrue();
        assertThat(ask("many.dns.test", Type.A).getSection(Section.ANSWER)).hasSize(100);
    }

    @Test
    void badPacketsAreAnsweredOrNotAndTheServerGoesOn() throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server.address());
            socket.setSoTimeout(20_000);
            socket.send(new DatagramPacket(new byte[0], 0));
            socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3));
            byte[] bad = query("both.dns.test", Type.A).toWire();
            socket.send(new DatagramPacket(bad, bad.length - 3));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);

            assertThat(new Message(Arrays.copyOf(answer.getData(), answer.getLength())).getRcode())
                    .isEqualTo(Rcode.FORMERR);
        }
        try (Socket half = connect()) {
            half.getOutputStream().write(new byte[] {0, 50, 1});
        }
        try (Socket junk = connect()) {
            junk.getOutputStream().write(new byte[] {0, 3, 1, 2, 3});
            log.await(line -> line.transport().equals("tcp") && line.detail().equals("shorter than a header"));
        }

        assertThat(rdata(ask("both.dns.test", Type.A))).hasSize(2);
    }

    @Test
    void aConnectionTakesManyQuestionsAndAnswersAfterItsClientHasSaidItAll() throws Exception {
        try (Socket socket = connect()) {
            for (String name : List.of("slow.dns.test", "dead.dns.test", "both.dns.test")) {
                byte[] wire = query(name, Type.A).toWire();
                socket.getOutputStream()
                        .write(ByteBuffer.allocate(2 + wire.length)
                                .putShort((short) wire.length)
                                .put(wire)
                                .array());
            }
            socket.shutdownOutput();

            DataInputStream in = new DataInputStream(socket.getInputStream());
            List<Integer> counts = new ArrayList<>();
            for (int answers = 0; answers < 2; answers++) {
                byte[] wire = new byte[in.readUnsignedShort()];
                in.readFully(wire);
                counts.add(new Message(wire).getSection(Section.ANSWER).size());
            }
            assertThat(counts).containsExactly(2, 1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void answersAThousandQuestionsAtOnce() throws Exception {
        List<CompletableFuture<Message>> answers = new ArrayList<>();
        for (int count = 0; count < 1_000; count++) {
            String name = count % 2 == 0 ? "both.dns.test" : "slow.dns.test";
            answers.add(resolver().sendAsync(query(name, Type.A)).toCompletableFuture());
        }

        for (int count = 0; count < 1_000; count++) {
            Message answer = answers.get(count).get(30, TimeUnit.SECONDS);
            assertThat(answer.getSection(Section.ANSWER)).hasSize(count % 2 == 0 ? 2 : 1);
        }
    }

    @Test
    void aDelayedAnswerBeyondTheLimitIsLeftOut() throws Exception {
        try (ScriptedDns small = start(new Limits(1, 64, Duration.ofSeconds(90)));
                DatagramSocket socket = new DatagramSocket()) {
            socket.connect(small.address());
            for (int count = 0; count < 2; count++) {
                byte[] wire = query("late.dns.test", Type.A).toWire();
                socket.send(new DatagramPacket(wire, wire.length));
            }

            log.await(line -> line.detail().equals("at the limit of 1 delayed answers"));
            assertThat(rdata(resolver(small).send(query("both.dns.test", Type.A))))
                    .hasSize(2);
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedAndThePlaceOfAnEndedOneIsFree() throws Exception {
        try (ScriptedDns small = start(new Limits(1_000, 1, Duration.ofSeconds(90)))) {
            try (Socket first = new Socket(
                            small.address().getAddress(), small.address().getPort());
                    Socket second = new Socket(
                            small.address().getAddress(), small.address().getPort())) {
                assertThat(first.isConnected()).isTrue();
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            log.await(line -> line.detail().equals("at the limit of 1 connections"));
            Message answer = null;
            while (answer == null) {
                SimpleResolver resolver = resolver(small);
                resolver.setTCP(true);
                try {
                    answer = resolver.send(query("both.dns.test", Type.A));
                } catch (IOException e) {
                    // The server has not yet seen that the first connection has ended; the resolver's own limit ends a
                    // try.
                    assertThat(log.lines()).last().extracting("event").isEqualTo("closed");
                }
            }
            assertThat(rdata(answer)).hasSize(2);
        }
    }

    @Test
    void aConnectionEndsAfterItsTime() throws Exception {
        try (ScriptedDns small = start(new Limits(1_000, 64, Duration.ofMillis(100)));
                Socket idle =
                        new Socket(small.address().getAddress(), small.address().getPort())) {
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            log.await(line -> line.detail().equals("open for PT0.1S"));
        }
    }

    @Test
    void closingLeavesThePortToTheNextAndForgetsWhatWasUnderWay() throws Exception {
        CompletableFuture<Message> late =
                resolver().sendAsync(query("late.dns.test", Type.A)).toCompletableFuture();
        log.await(line -> line.name().equals("late.dns.test"));
        server.close();

        try (ScriptedDns next = ScriptedDns.start(
                server.address(), DnsScript.parse("test.zone", List.of()), new DnsLog(new LogLines()))) {
            assertThat(next.address()).isEqualTo(server.address());
            assertThat(resolver(next).send(query("both.dns.test", Type.A)).getRcode())
                    .isEqualTo(Rcode.NXDOMAIN);
        }
        assertThat(late).isNotCompleted();
    }

    private ScriptedDns start(Limits limits) throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        return ScriptedDns.start(anyPort, DnsScript.parse("test.zone", List.of(SCRIPT)), new DnsLog(log), limits);
    }

    private SimpleResolver resolver() {
        return resolver(server);
    }

    private static SimpleResolver resolver(ScriptedDns server) {
        SimpleResolver resolver = new SimpleResolver(server.address());
        resolver.setTimeout(Duration.ofSeconds(20));
        return resolver;
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private Message ask(String name, int type) throws IOException {
        return resolver().send(query(name, type));
    }

    private static Message query(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
    }

    private static List<String> rdata(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }
}
