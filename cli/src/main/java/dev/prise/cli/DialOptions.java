package dev.prise.cli;

import dev.prise.Dialer;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that connects. */
final class DialOptions {
    @Mixin
    final FamilyOptions family = new FamilyOptions();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time for the whole dial, lookups included: 30s if left out, 0 for no limit.")
    @Nullable
    Duration timeout;

    @Option(
            names = "--attempt-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "When the next address is tried beside one that has not answered: 100ms to 2s, 250ms if left out.")
    @Nullable
    Duration attemptDelay;

    @Option(
            names = "--resolution-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to wait for IPv6 addresses once IPv4 ones are there: 0 to 500ms, 50ms if left out.")
    @Nullable
    Duration resolutionDelay;

    @Option(
            names = "--eager",
            description =
                    "Try the next address sooner: after 100ms, or what --attempt-delay says, then twice as long with each"
                            + " attempt under way.")
    boolean eager;

    @Option(
            names = "--sequential",
            description =
                    "No race: the next address only when the one before has failed or had its share of the time, 2s at"
                            + " least.")
    boolean sequential;

    @Option(names = "--source", paramLabel = "ADDR", description = "The address of this machine to connect from.")
    @Nullable
    String source;

    @Mixin
    final ResolverOption resolver = new ResolverOption();

    @Option(
            names = {"-v", "--verbose"},
            description = "Show on standard error what happened.")
    boolean verbose;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never; auto looks at NO_COLOR too.")
    ColorChoice color = ColorChoice.auto;

    /**
     * The dialer.
     *
     * @throws CommandException when an option's value is not good
     */
    Dialer.Builder dialer() {
        Dialer.Builder builder = Dialer.builder().family(family.family()).resolver(resolver.resolver());
        if (timeout != null) {
            builder.deadline(timeout);
        }
        if (eager && sequential) {
            throw CommandException.usage("--eager races sooner and --sequential does not race; leave one of them out");
        }
        if (eager) {
            builder.eager();
        }
        if (sequential) {
            builder.sequential(true);
        }
        if (attemptDelay != null) {
            requireMillis("--attempt-delay", attemptDelay, 100, 2000);
            builder.attemptDelay(attemptDelay);
        }
        if (resolutionDelay != null) {
            requireMillis("--resolution-delay", resolutionDelay, 0, 500);
            builder.resolutionDelay(resolutionDelay);
        }
        if (source != null) {
            builder.source(sourceAddress(source));
        }
        return builder;
    }

    private static void requireMillis(String option, Duration value, long least, long most) {
        if (value.toMillis() < least || value.toMillis() > most) {
            throw CommandException.usage(
                    option + " is from " + least + "ms to " + most + "ms, not " + value.toMillis() + "ms");
        }
    }

    private static InetAddress sourceAddress(String text) {
        AddressLiteral literal = AddressLiteral.parse(text);
        if (literal == null) {
            throw CommandException.usage(
                    "--source takes an address of this machine such as 192.0.2.1, not '" + text + "'");
        }
        InetAddress address = literal.address();
        if (address == null) {
            throw CommandException.usage("--source " + text + ": this machine has no interface " + literal.zone() + " ("
                    + ErrorCode.ADDRESS_NOT_AVAILABLE.codes() + ")");
        }
        return address;
    }
}
