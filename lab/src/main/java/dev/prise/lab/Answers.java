package dev.prise.lab;

import java.io.IOException;
import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Decides what a packet is answered with. Has no state of its own but the script. */
final class Answers {
    /** What a client takes over UDP that says nothing (RFC 1035 section 4.2.1). */
    private static final int PLAIN_UDP_BYTES = 512;

    private static final int OUR_UDP_BYTES = 1232;

    private final Script script;

    Answers(Script script) {
        this.script = script;
    }

    /** Decides once for nothing: the first time loads classes, and would be late by some 50 ms. */
    void warmUp() {
        Record question = Record.newRecord(Name.root, Type.NS, DClass.IN);
        to(Message.newQuery(question).toWire()).toWire(true);
    }

    /** What this packet is answered with; nothing in it is a failure. */
    Answer to(byte[] packet) {
        Header header;
        try {
            header = new Header(packet);
        } catch (IOException e) {
            return silent(-1, "shorter than a header");
        }
        if (header.getFlag(Flags.QR)) {
            // Two servers that answer each other's answers would never stop.
            return silent(header.getID(), "not a question");
        }
        try {
            return toMessage(new Message(packet));
        } catch (IOException | RuntimeException e) {
            // The packet is anything that somebody sent, and dnsjava has exceptions of both kinds for it.
            return bare(header, Rcode.FORMERR);
        }
    }

    private Answer toMessage(Message query) {
        Header header = query.getHeader();
        if (header.getOpcode() != Opcode.QUERY) {
            return bare(header, Rcode.NOTIMP);
        }
        if (header.getCount(Section.QUESTION) != 1) {
            return bare(header, Rcode.FORMERR);
        }
        Record question = query.getQuestion();
        Message answer = blank(header);
        answer.addRecord(question, Section.QUESTION);
        int udpLimitBytes = PLAIN_UDP_BYTES;
        OPTRecord extension = query.getOPT();
        if (extension != null) {
            udpLimitBytes = Math.max(PLAIN_UDP_BYTES, extension.getPayloadSize());
            answer.addRecord(new OPTRecord(OUR_UDP_BYTES, 0, 0), Section.ADDITIONAL);
        }
        Reaction reaction = Reaction.of(Reaction.Kind.REFUSED);
        if (question.getDClass() == DClass.IN) {
            Script.Verdict verdict = script.verdict(question.getName(), question.getType());
            reaction = verdict.reaction();
            fill(answer, verdict);
        } else {
            answer.getHeader().setRcode(Rcode.REFUSED);
        }
        boolean dropped = reaction.kind() == Reaction.Kind.DROP;
        return new Answer(
                question.getName().toString(true),
                Type.string(question.getType()),
                header.getID(),
                dropped ? null : answer,
                dropped ? "drop" : "",
                reaction.delay(),
                reaction.truncated(),
                udpLimitBytes);
    }

    private static void fill(Message answer, Script.Verdict verdict) {
        Reaction reaction = verdict.reaction();
        switch (reaction.kind()) {
            case SERVFAIL -> answer.getHeader().setRcode(Rcode.SERVFAIL);
            case REFUSED -> answer.getHeader().setRcode(Rcode.REFUSED);
            case NXDOMAIN, EMPTY -> {
                // The code is that of the last name, and the aliases on the way stay (RFC 6604 section 3).
                verdict.aliases().forEach(alias -> answer.addRecord(alias, Section.ANSWER));
                answer.addRecord(startOf(verdict.zone()), Section.AUTHORITY);
                if (reaction.kind() == Reaction.Kind.NXDOMAIN) {
                    answer.getHeader().setRcode(Rcode.NXDOMAIN);
                }
            }
            case ANSWER -> {
                verdict.aliases().forEach(alias -> answer.addRecord(alias, Section.ANSWER));
                reaction.records().forEach(record -> answer.addRecord(record, Section.ANSWER));
            }
            case DROP -> {}
        }
    }

    /** The record that a denial carries, so that it may be kept (RFC 2308 section 3). */
    private static Record startOf(Name zone) {
        long seconds = ScriptParser.TTL_SECONDS;
        return new SOARecord(zone, DClass.IN, seconds, zone, zone, 1, seconds, seconds, seconds, seconds);
    }

    private static Message blank(Header header) {
        Message answer = new Message(header.getID());
        answer.getHeader().setOpcode(header.getOpcode());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        if (header.getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        return answer;
    }

    private static Answer bare(Header header, int code) {
        Message answer = blank(header);
        answer.getHeader().setRcode(code);
        return new Answer("-", "-", header.getID(), answer, "", Duration.ZERO, false, PLAIN_UDP_BYTES);
    }

    private static Answer silent(int number, String why) {
        return new Answer("-", "-", number, null, why, Duration.ZERO, false, PLAIN_UDP_BYTES);
    }
}
