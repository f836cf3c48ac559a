package dev.prise.cli;

import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.Hints;
import dev.prise.address.PlainText;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/** Tells the demo, in numbered steps. */
final class DemoStory {
    private static final int NAME_WIDTH = 11;

    private final Console console;
    private final ColorChoice colors;
    private final int width;
    private @Nullable LiveWaterfall live;
    private int steps;

    DemoStory(Console console, ColorChoice colors) {
        this.console = console;
        this.colors = colors;
        this.width = console.outStyle(colors).width();
    }

    /** Shows a dial while it runs, below what is told meanwhile, until that is closed; null where it cannot be shown. */
    @Nullable
    LiveWaterfall follow(Target target) {
        live = LiveWaterfall.begin(console.outScreen(colors), target);
        return live;
    }

    /** A line of text, or more where the window has not enough room. */
    void line(String text) {
        Columns.wrapped(text, width).forEach(this::print);
    }

    /** A step: its number, its name, what happened. */
    void step(String name, String text) {
        steps++;
        told((steps < 10 ? " " : "") + steps + ". " + name + " ".repeat(NAME_WIDTH - name.length()), text);
    }

    /** More about the step before. */
    void more(String text) {
        told(" ".repeat(NAME_WIDTH + 4), text);
    }

    private void told(String label, String text) {
        String indent = " ".repeat(text.length() - text.stripLeading().length());
        String before = label + indent;
        for (String line : Columns.wrapped(PlainText.of(text), width - before.length())) {
            print(before + line);
            before = " ".repeat(before.length());
        }
    }

    private void print(String line) {
        if (live == null) {
            console.println(line);
        } else {
            live.above(line);
        }
    }

    void hints(AddressFamily family) {
        Hints hints = Hints.DEFAULT.withFamily(family);
        String wanted = switch (hints.family()) {
            case INET -> "IPv4";
            case INET6 -> "IPv6";
            case UNSPEC, UNIX -> "unspecified, that is IPv6 and IPv4";
        };
        step("Hints", "family " + wanted + "; type " + hints.type().jsonName() + "; protocol " + hints.protocol());
    }

    /** An event of a dial, as a step or as more about one. */
    void tell(Target target, TraceEvent event) {
        switch (event) {
            case TraceEvent.DialStarted start -> {}
            case TraceEvent.LookupStarted start ->
                step(
                        "Look-up",
                        target.host() + ", port " + target.service() + ", family "
                                + start.family().jsonName() + ", by the resolver " + start.resolver());
            case TraceEvent.LookupEnded end -> lookupEnded(end.lookup());
            case TraceEvent.AttemptStarted start -> attemptStarted(start);
            case TraceEvent.AttemptReached reached -> {}
            case TraceEvent.AttemptEnded end -> attemptEnded(end.attempt());
            case TraceEvent.DialEnded end -> {}
        }
    }

    private void lookupEnded(Trace.Lookup lookup) {
        String took = Elapsed.text(lookup.endNanos() - lookup.startNanos());
        Trace.Failure error = lookup.error();
        if (error != null) {
            more("failed after " + took + ": " + error.message() + " ("
                    + error.code().codes() + ")");
            return;
        }
        more((lookup.addresses().size() == 1 ? "one result" : lookup.addresses().size() + " results") + " after " + took
                + ":");
        int width = 0;
        for (String address : lookup.addresses()) {
            width = Math.max(width, address.length());
        }
        for (String address : lookup.addresses()) {
            more("  " + address + " ".repeat(width - address.length()) + "  family "
                    + (address.indexOf(':') >= 0 ? "inet6" : "inet") + ", type stream, protocol tcp");
        }
    }

    private void attemptStarted(TraceEvent.AttemptStarted start) {
        AddressInfo address = start.address();
        String why = switch (start.why()) {
            case FIRST -> "the first address";
            case FAILURE -> "the next address, since the last one failed";
            case DELAY -> "the next address, since the last one takes long";
            case LATE_ANSWER, EVICTION -> "one more address";
        };
        step(
                "Socket",
                "family " + address.family().jsonName() + ", type "
                        + address.type().jsonName() + ", protocol " + address.protocol() + "; " + why);
        step("Connect", "to " + address);
    }

    private void attemptEnded(Trace.Attempt attempt) {
        String took = Elapsed.text(attempt.endNanos() - attempt.startNanos());
        Trace.Failure error = attempt.error();
        switch (attempt.outcome()) {
            case CONNECTED -> more("connected after " + took);
            case CANCELLED -> more(attempt.address() + " given up after " + took);
            case FAILED ->
                more((error == null
                                ? "failed"
                                : error.code().meaning() + " (" + error.code().codes() + ")") + " after " + took);
        }
    }

    /** The table of a dial under a title. */
    void waterfall(String title, Trace trace) {
        line("");
        line(title + ":");
        Waterfall.of(trace, console.outStyle(colors)).forEach(this::print);
    }
}
