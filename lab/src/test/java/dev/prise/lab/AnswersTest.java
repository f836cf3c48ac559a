package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class AnswersTest {
    private final Answers answers = new Answers(DnsScript.parse("test.zone", List.of("a.dns.test A answer 192.0.2.1")));

    AnswersTest() throws ScriptException {}

    @Test
    void whatIsNoQuestionGetsNoAnswer() {
        byte[] query = query(DClass.IN).toWire();
        query[2] |= (byte) 0x80;

        assertThat(answers.to(query).message()).isNull();
        assertThat(answers.to(query).silence()).isEqualTo("not a question");
        assertThat(answers.to(new byte[11]).silence()).isEqualTo("shorter than a header");
        assertThat(answers.to(new byte[0]).silence()).isEqualTo("shorter than a header");
    }

    @Test
    void aQuestionCutShortIsAFormatError() {
        byte[] query = query(DClass.IN).toWire();

        for (int length = 12; length < query.length; length++) {
            Answer answer = answers.to(Arrays.copyOf(query, length));

            assertThat(answer.message()).isNotNull();
            assertThat(answer.message().getRcode()).isEqualTo(Rcode.FORMERR);
            assertThat(answer.message().getHeader().getID())
                    .isEqualTo(query(DClass.IN).getHeader().getID());
        }
    }

    @Test
    void twoQuestionsAreAFormatErrorAndOtherRequestsAreNotKnown() {
        byte[] two = query(DClass.IN).toWire();
        two[5] = 0;
        Message update = query(DClass.IN);
        update.getHeader().setOpcode(Opcode.NOTIFY);

        assertThat(answers.to(two).message().getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(answers.to(update.toWire()).message().getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(answers.to(query(DClass.CH).toWire()).message().getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void anAnswerCarriesTheQuestionItsNumberAndWhetherRecursionWasWanted() throws Exception {
        Message query = query(DClass.IN);

        Message answer = new Message(answers.to(query.toWire()).toWire(true));

        assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
        assertThat(answer.getQuestion()).isEqualTo(query.getQuestion());
        assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isTrue();
        assertThat(answer.getOPT()).isNull();
    }

    /** Any bytes are possible; a failure names the seed. */
    @Test
    void nothingInAPacketIsAnException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] query = query(DClass.IN).toWire();
        for (int run = 0; run < 20_000; run++) {
            byte[] packet = run % 2 == 0 ? query.clone() : new byte[random.nextInt(80)];
            if (run % 2 == 0) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            } else {
                random.nextBytes(packet);
            }
            assertThatCode(() -> {
                        Answer answer = answers.to(packet);
                        if (answer.message() != null) {
                            answer.toWire(true);
                            answer.toWire(false);
                        }
                    })
                    .as("seed %d, run %d", seed, run)
                    .doesNotThrowAnyException();
        }
    }

    private static Message query(int dnsClass) {
        Message message = new Message(4711);
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(Record.newRecord(Name.fromConstantString("a.dns.test."), Type.A, dnsClass), 0);
        return message;
    }
}
