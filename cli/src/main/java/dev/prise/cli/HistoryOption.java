package dev.prise.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --history}, and the variable that stands in for it. */
final class HistoryOption {
    private static final String VARIABLE = "PRISE_HISTORY";

    /** What somebody may write who does not mean a file. */
    private static final Set<String> SWITCHES = Set.of("on", "yes", "no", "true", "false", "none", "0", "1");

    @Option(
            names = "--history",
            paramLabel = "WHERE",
            description = {
                "Where it is remembered which addresses were fast, slow or silent, for ten minutes: auto, a file in your cache"
                        + " folder; off, nowhere; or FILE. If left out, what PRISE_HISTORY says, or else auto, and for check off."
            })
    @Nullable
    String where;

    /** Makes the memory one that has to be asked for, by the option or the variable. */
    void offUnlessAsked(Console console) {
        if (where == null && console.environment(VARIABLE).isEmpty()) {
            where = "off";
        }
    }

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
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "off" -> HistoryFile.off();
            case "auto" -> HistoryFile.automatic(CacheFolder.file(console, "paths"), console, options.verbose);
            case "" -> throw CommandException.usage(name + " takes auto, off or a file, not an empty word");
            default -> HistoryFile.named(file(name, given), console, options.verbose);
        };
    }

    private static Path file(String name, String given) {
        try {
            Path file = Path.of(given);
            if (SWITCHES.contains(given.toLowerCase(Locale.ROOT)) && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw CommandException.usage(name + " takes auto, off or a file, not '" + given
                        + "'; off is for no memory, and ./" + given + " for a file of that name");
            }
            return file;
        } catch (InvalidPathException e) {
            throw CommandException.usage(
                    name + " takes auto, off or a file, and '" + given + "' cannot be a file: " + e.getReason());
        }
    }
}
