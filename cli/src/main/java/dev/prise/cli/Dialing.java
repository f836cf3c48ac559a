package dev.prise.cli;

import dev.prise.DialFailure;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.Target;
import dev.prise.trace.Trace;
import java.io.IOException;

/** Dials, and shows how it went on the errors where that is wanted. */
final class Dialing {
    private Dialing() {}

    static DialResult dial(Console console, DialOptions options, Dialer dialer, Target target) throws IOException {
        try {
            DialResult result = dialer.dial(target);
            show(console, options, result.trace());
            TlsFacts agreed = TlsFacts.of(result);
            if (options.verbose && agreed != null) {
                agreed.lines().forEach(console::errorLine);
            }
            return result;
        } catch (IOException e) {
            if (e instanceof DialFailure failure) {
                show(console, options, failure.trace());
                throw e;
            }
            throw Failures.cannotDial(target, e);
        }
    }

    private static void show(Console console, DialOptions options, Trace trace) {
        if (options.verbose) {
            for (String line : Waterfall.of(trace, console.errorStyle(options.color))) {
                console.errorLine(line);
            }
        }
    }
}
