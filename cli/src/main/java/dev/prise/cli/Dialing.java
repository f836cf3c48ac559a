package dev.prise.cli;

import dev.prise.DialFailure;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.trace.Trace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Dials, and shows how it goes on the errors where that is wanted. */
final class Dialing {
    private Dialing() {}

    static DialResult dial(Console console, DialOptions options, Dialer dialer, Target target) throws IOException {
        Screen screen = options.verbose ? console.errorScreen(options.color) : null;
        return dial(console, options, dialer, target, screen);
    }

    /** With a live view while it runs; {@code screen} is null for none. */
    static DialResult dial(Console console, DialOptions options, Dialer dialer, Target target, @Nullable Screen screen)
            throws IOException {
        try {
            DialResult result = followed(dialer, target, screen);
            show(console, options, result.trace(), TlsFacts.of(result));
            return result;
        } catch (IOException e) {
            if (e instanceof DialFailure failure) {
                show(console, options, failure.trace(), null);
                throw e;
            }
            throw Failures.cannotDial(target, e);
        }
    }

    private static DialResult followed(Dialer dialer, Target target, @Nullable Screen screen) throws IOException {
        try (LiveWaterfall live = LiveWaterfall.begin(screen, target)) {
            return live == null
                    ? dialer.dial(target)
                    : dialer.toBuilder().listener(live).build().dial(target);
        }
    }

    private static void show(Console console, DialOptions options, Trace trace, @Nullable TlsFacts agreed) {
        if (!options.verbose) {
            return;
        }
        Style style = console.errorStyle(options.color);
        Waterfall.of(trace, style).forEach(console::errorLine);
        if (agreed != null) {
            style.fitted(agreed.lines()).forEach(console::errorLine);
        }
    }
}
