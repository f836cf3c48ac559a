package dev.prise.lab.run;

import dev.prise.lab.net.SystemCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a machine must have and allow. */
public final class Requirements {
    private Requirements() {}

    /**
     * Installs what is missing, where that is possible, and says why the laboratory cannot run; null when it can.
     *
     * @param root the folder of the project
     */
    public static @Nullable String missing(Path root) {
        try {
            SystemCommand.run(List.of(root.resolve("lab/install").toString()));
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).strip().lines().reduce("", (before, last) -> last);
        }
    }
}
