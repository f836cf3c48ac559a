package dev.prise.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a user's files are kept that may be lost. */
final class CacheFolder {
    private CacheFolder() {}

    /** A file of ours in it; null when the environment does not tell where the folder is. */
    static @Nullable Path file(Console console, String name) {
        return file(console, System.getProperty("os.name", ""), name);
    }

    static @Nullable Path file(Console console, String system, String name) {
        String folder = folder(console, system.toLowerCase(Locale.ROOT));
        try {
            // XDG Base Directory Specification: a relative path is to be passed over
            Path path = folder.isEmpty() ? null : Path.of(folder);
            return path == null || !path.isAbsolute()
                    ? null
                    : path.resolve("prise").resolve(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String folder(Console console, String system) {
        String xdg = console.environment("XDG_CACHE_HOME");
        if (!xdg.isEmpty()) {
            return xdg;
        }
        if (system.startsWith("windows")) {
            return console.environment("LOCALAPPDATA");
        }
        String home = console.environment("HOME");
        if (home.isEmpty()) {
            return "";
        }
        return home + (system.startsWith("mac") ? "/Library/Caches" : "/.cache");
    }
}
