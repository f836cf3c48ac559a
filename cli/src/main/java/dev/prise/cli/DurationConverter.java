package dev.prise.cli;

import java.time.Duration;
import picocli.CommandLine;

/** Turns an option's value into a duration. */
final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        Duration duration = Durations.parse(value);
        if (duration == null) {
            throw new CommandLine.TypeConversionException(
                    "'" + value + "' is not a duration such as 30s, 500ms, 1m30s or a number of seconds");
        }
        return duration;
    }
}
