package dev.prise.telemetry;

import java.lang.System.Logger;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Stands in for a logger that cannot be had. */
final class NoLogger implements Logger {
    @Override
    public String getName() {
        return DialLog.LOGGER;
    }

    @Override
    public boolean isLoggable(Level level) {
        return false;
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
        // nobody is there to read it
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object @Nullable ... values) {
        // nobody is there to read it
    }
}
