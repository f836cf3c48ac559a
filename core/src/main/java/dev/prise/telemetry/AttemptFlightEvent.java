package dev.prise.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A connection attempt of a dial in a recording. */
@Name("dev.prise.Attempt")
@Label("Connection Attempt")
@Category("Prise")
@Description("A connection attempt of a dial, from its start until it was connected, had failed or was given up")
@StackTrace(false)
final class AttemptFlightEvent extends Event {
    @DialId
    @Label("Dial")
    long dialId;

    @Label("Number")
    @Description("The number within the dial, from 1")
    int id;

    @Label("Address")
    @Nullable
    String address;

    @Label("Port")
    @Description("The port of the address, 0 without one")
    int port;

    @Label("Family")
    @Description("The family of the address: inet6, inet or unix")
    @Nullable
    String family;

    @Label("Why")
    @Description("Why it was started: first, delay, failure, late_answer or eviction")
    @Nullable
    String why;

    @Label("Outcome")
    @Description("connected, failed or cancelled")
    @Nullable
    String outcome;

    @Label("Error")
    @Description("The code of the failure; none without one")
    @Nullable
    String error;

    @Label("Message")
    @Description("The failure in a sentence; none without one")
    @Nullable
    String message;

    @Label("Reached After")
    @Description(
            "The time until the peer was reached, where it had yet to show that it is ready, as by a TLS handshake; none otherwise")
    @Timespan(Timespan.NANOSECONDS)
    long reachedAfter;
}
