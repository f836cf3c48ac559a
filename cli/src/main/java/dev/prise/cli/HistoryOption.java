package dev.prise.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --history}, and the variable that stands in for it. */
final class HistoryOption {
    private static final String VARIABLE = "PRISE_HISTORY";

    @Option(
            names = "--history",
            paramLabel = "WHERE",
            description = {
                "Where it is remembered which addresses were fast, slow or silent, for ten minutes: auto, a file in your cache"
                        + " folder; off, nowhere; or FILE. If left out, what PRISE_HISTORY says, or else auto."
            })
    @Nullable
    String where;

    /**
     * The memory, with what earlier commands have left in it.
     *
     * @throws CommandException when what was asked for cannot be a file
     */
    HistoryFile open(Console console, DialOptions options) {
        String given = where;
        String name = "--history";
        if (given == null) {
            given = console.environment(VARIABLE);
            name = VARIABLE;
            given = given.isEmpty() ? "auto" : given;
        }
        return switch (given) {
            case "off" -> HistoryFile.off();
            case "auto" -> HistoryFile.open(CacheFolder.file(console, "paths"), console, options.verbose);
            case "" -> throw CommandException.usage(name + " takes auto, off or a file, not an empty word");
            default -> HistoryFile.open(file(name, given), console, options.verbose);
        };
    }

    private static Path file(String name, String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw CommandException.usage(
                    name + " takes auto, off or a file, and '" + given + "' cannot be a file: " + e.getReason());
        }
    }
}
