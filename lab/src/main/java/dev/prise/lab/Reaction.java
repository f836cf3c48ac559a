package dev.prise.lab;

import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Record;

/**
 * What the server does with a question for one name and type.
 *
 * @param kind what kind of answer it gives, if any
 * @param delay how long after the question the answer leaves; zero is at once
 * @param truncated whether the answer over UDP has no records and the bit that sends the client to TCP
 * @param records the records of an answer; empty for all other kinds
 */
record Reaction(Kind kind, Duration delay, boolean truncated, List<Record> records) {
    /** The kinds of answers. */
    enum Kind {
        /** Records. */
        ANSWER,
        /** Success without a record: the name exists, and has none of this type (RFC 2308 section 2.2). */
        EMPTY,
        /** The name does not exist (RFC 2308 section 2.1). */
        NXDOMAIN,
        /** The server could not find out. */
        SERVFAIL,
        /** The server does not want to. */
        REFUSED,
        /** No answer at all. */
        DROP
    }

    Reaction {
        records = List.copyOf(records);
    }

    /** A reaction at once and without records. */
    static Reaction of(Kind kind) {
        return new Reaction(kind, Duration.ZERO, false, List.of());
    }
}
