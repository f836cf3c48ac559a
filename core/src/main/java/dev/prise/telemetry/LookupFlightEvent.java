package dev.prise.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A name lookup of a dial in a recording. */
@Name("dev.prise.Lookup")
@Label("Lookup")
@Category("Prise")
@Description("A name lookup of a dial, from the question until its last answer or until nobody waited for it any more")
@StackTrace(false)
final class LookupFlightEvent extends Event {
    @DialId
    @Label("Dial")
    long dialId;

    @Label("Number")
    @Description("The number within the dial, from 1")
    int id;

    @Label("Host")
    @Description("As it was asked for")
    @Nullable
    String host;

    @Label("Family")
    @Description("The family asked for: inet6, inet or any")
    @Nullable
    String family;

    @Label("Resolver")
    @Nullable
    String resolver;

    @Label("Fallback Reason")
    @Description("Why this resolver stands in for the preferred one; none when it stands in for none")
    @Nullable
    String fallbackReason;

    @Label("Outcome")
    @Description("answered, empty, failed or cancelled")
    @Nullable
    String outcome;

    @Label("Addresses")
    @Description("In the order in which they came")
    @Nullable
    String addresses;

    @Label("Error")
    @Description("The code of the failure; none without one")
    @Nullable
    String error;

    @Label("Message")
    @Description("The failure in a sentence; none without one")
    @Nullable
    String message;
}
