package dev.prise.lab;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * What one packet is answered with.
 *
 * @param name the name it asks for, or {@code -}
 * @param type the type it asks for, or {@code -}
 * @param number the number of its message, or -1 where it has none
 * @param message the answer; null for none
 * @param silence why there is none; empty where there is one
 * @param delay how long after the question it leaves
 * @param truncated whether it has no records over UDP
 * @param udpLimitBytes how much the client takes over UDP
 */
record Answer(
        String name,
        String type,
        int number,
        @Nullable Message message,
        String silence,
        Duration delay,
        boolean truncated,
        int udpLimitBytes) {

    /** The bytes to send; only where there is an answer. */
    byte[] toWire(boolean overUdp) {
        Message whole = Objects.requireNonNull(message, silence);
        if (!overUdp) {
            return whole.toWire(Message.MAXLENGTH);
        }
        if (!truncated) {
            return whole.toWire(udpLimitBytes);
        }
        Message shortened = whole.clone();
        shortened.removeAllRecords(Section.ANSWER);
        shortened.removeAllRecords(Section.AUTHORITY);
        shortened.getHeader().setFlag(Flags.TC);
        return shortened.toWire(udpLimitBytes);
    }

    /** Tells response code and count of answer records from the header (RFC 1035 section 4.1.1). */
    static String describe(byte[] wire) {
        int count = (wire[6] & 0xff) << 8 | (wire[7] & 0xff);
        boolean truncated = (wire[2] & 0x02) != 0;
        return Rcode.string(wire[3] & 0x0f) + " " + count + (truncated ? " truncated" : "");
    }
}
