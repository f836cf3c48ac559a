package dev.prise.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A dial in a recording; it begins when the dial does, whatever thread ends it. */
@Name("dev.prise.Dial")
@Label("Dial")
@Category("Prise")
@Description(
        "From a host name to a connected socket: from the call until a socket was connected or the dial had failed")
@StackTrace(false)
final class DialFlightEvent extends Event {
    @DialId
    @Label("Dial")
    long dialId;

    @Label("Host")
    @Description("As it was asked for, or the path of a Unix-domain socket")
    @Nullable
    String host;

    @Label("Service")
    @Description("The port or service name as it was asked for")
    @Nullable
    String service;

    @Label("Outcome")
    @Description("connected or failed")
    @Nullable
    String outcome;

    @Label("Address")
    @Description("What it is connected to; none when it failed")
    @Nullable
    String address;

    @Label("Port")
    @Description("The port of the address, 0 without one")
    int port;

    @Label("Family")
    @Description("The family of the address: inet6, inet or unix")
    @Nullable
    String family;

    @Label("Error")
    @Description("The code of the primary reason; none when it connected")
    @Nullable
    String error;

    @Label("Message")
    @Description("The failure in a sentence; none when it connected")
    @Nullable
    String message;

    @Label("Lookups")
    @Description("How many lookups were started")
    int lookups;

    @Label("Attempts")
    @Description("How many connection attempts were started")
    int attempts;

    @Label("Before First Attempt")
    @Description("The time until the first attempt was started; none without an attempt")
    @Timespan(Timespan.NANOSECONDS)
    long beforeFirstAttempt;
}
