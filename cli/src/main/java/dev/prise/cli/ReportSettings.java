package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.race.RaceSettings;
import dev.prise.trace.Elapsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a command as a report tells them: name and value, also of what was left out. */
final class ReportSettings {
    private final List<List<String>> pairs = new ArrayList<>();

    private ReportSettings() {}

    /**
     * The settings of a dial.
     *
     * @param history what --history was given, null when it was left out
     */
    static List<List<String>> of(DialOptions options, TlsOptions tls, @Nullable String history) {
        ReportSettings settings = new ReportSettings();
        settings.dial(options);
        settings.tls(tls);
        settings.add("Memory of earlier dials", history == null ? "as set by PRISE_HISTORY, or else a file" : history);
        return List.copyOf(settings.pairs);
    }

    private void dial(DialOptions options) {
        AddressFamily family = options.family.family();
        add("Families", family == AddressFamily.UNSPEC ? "IPv6 and IPv4" : ReportWords.family(family) + " alone");
        add("Time for the whole dial", deadline(options.timeout));
        RaceSettings start = options.eager ? RaceSettings.EAGER : RaceSettings.DEFAULT;
        add(
                "How addresses are tried",
                options.sequential ? "one after the other" : options.eager ? "as a race, eagerly" : "as a race");
        if (!options.sequential) {
            add("Attempt delay", given(options.attemptDelay, start.attemptDelayNanos()));
        }
        add("Resolution delay", given(options.resolutionDelay, start.resolutionDelayNanos()));
        add("Resolver", options.resolver.choice.name());
        // which one it is would be an address of this machine
        add("Source address", options.source == null ? "the system's choice" : "given (left out here)");
    }

    private void tls(TlsOptions options) {
        add("TLS", options.tls ? "yes" : "no");
        if (options.serverName != null) {
            add("Server name", options.serverName);
        }
        if (options.applicationProtocols != null) {
            add("Protocols offered (ALPN)", options.applicationProtocols);
        }
        if (options.tls) {
            add("Trusted certificates", options.roots == null ? "those of Java" : "those of a file alone");
        }
    }

    private static String deadline(@Nullable Duration given) {
        return given != null && given.isZero() ? "no limit" : given(given, RaceSettings.DEFAULT.deadlineNanos());
    }

    private static String given(@Nullable Duration given, long otherwiseNanos) {
        return given == null ? text(otherwiseNanos) + " (as usual)" : text(given.toNanos());
    }

    /** What somebody has set has no tenths. */
    private static String text(long nanos) {
        return Elapsed.text(nanos).replace(".0 ", " ");
    }

    private void add(String name, String value) {
        pairs.add(List.of(name, value));
    }
}
