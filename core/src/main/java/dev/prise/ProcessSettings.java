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
    static final Setting SEQUENTIAL = Setting.of("sequential");
    private static final Setting ATTEMPT_DELAY = Setting.of("attemptDelay");
    private static final Setting RESOLUTION_DELAY = Setting.of("resolutionDelay");

    private ProcessSettings() {}

    /**
     * A setting. The names are made once, and the environment, which does not change, is read once, since each dial asks.
     *
     * @param inEnvironment the variable's value, null when it is not set
     */
    record Setting(
            String property, String environment, @Nullable String inEnvironment) {
        /** {@code attemptDelay}: {@code dev.prise.attemptDelay}, {@code PRISE_ATTEMPT_DELAY}. */
        static Setting of(String name) {
            String environment = "PRISE_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            return new Setting("dev.prise." + name, environment, System.getenv(environment));
        }

        @Nullable
        String value() {
            String value = System.getProperty(property);
            return value != null ? value : inEnvironment;
        }
    }

    /**
     * Whether dials to this host do not race: {@code dev.prise.sequential} or {@code PRISE_SEQUENTIAL} is {@code true}, or a list of hosts
     * with commas between them, where {@code .example.org} stands for all hosts below it.
     */
    static boolean isSequential(String host) {
        String value = SEQUENTIAL.value();
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
        milliseconds(ATTEMPT_DELAY, builder::attemptDelay);
        milliseconds(RESOLUTION_DELAY, builder::resolutionDelay);
    }

    private static void milliseconds(Setting name, Consumer<Duration> setting) {
        String value = name.value();
        if (value == null) {
            return;
        }
        try {
            setting.accept(Duration.ofMillis(Long.parseLong(value.strip())));
        } catch (IllegalArgumentException e) {
            System.getLogger("dev.prise")
                    .log(System.Logger.Level.WARNING, name.property + " is passed over: " + e.getMessage());
        }
    }
}
