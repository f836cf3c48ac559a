package dev.prise;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the whole process, for those who run a program and cannot change it: system properties, or else environment variables.
 *
 * <p>A value that cannot be read is told to the system's logger {@code dev.prise} and passed over.
 */
final class ProcessSettings {
    private ProcessSettings() {}

    /**
     * Whether dials to this host do not race: {@code dev.prise.sequential} or {@code PRISE_SEQUENTIAL} is {@code true}, or a list of hosts
     * with commas between them, where {@code .example.org} stands for all hosts below it.
     */
    static boolean isSequential(String host) {
        String value = value("sequential");
        if (value == null) {
            return false;
        }
        String wanted = withoutDot(host.toLowerCase(Locale.ROOT));
        for (String part : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            String pattern = withoutDot(part.strip());
            if (pattern.equals("true")
                    || wanted.equals(pattern)
                    || (pattern.startsWith(".") && wanted.endsWith(pattern))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutDot(String host) {
        return host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** The delays that a builder begins with: {@code dev.prise.attemptDelay} and {@code dev.prise.resolutionDelay} in milliseconds. */
    static void apply(Dialer.Builder builder) {
        milliseconds("attemptDelay", builder::attemptDelay);
        milliseconds("resolutionDelay", builder::resolutionDelay);
    }

    private static void milliseconds(String name, Consumer<Duration> setting) {
        String value = value(name);
        if (value == null) {
            return;
        }
        try {
            setting.accept(Duration.ofMillis(Long.parseLong(value.strip())));
        } catch (IllegalArgumentException e) {
            System.getLogger("dev.prise")
                    .log(System.Logger.Level.WARNING, "dev.prise." + name + " is passed over: " + e.getMessage());
        }
    }

    private static @Nullable String value(String name) {
        String property = System.getProperty("dev.prise." + name);
        return property != null ? property : System.getenv(environmentName(name));
    }

    /** {@code attemptDelay}: {@code PRISE_ATTEMPT_DELAY}. */
    static String environmentName(String name) {
        return "PRISE_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
