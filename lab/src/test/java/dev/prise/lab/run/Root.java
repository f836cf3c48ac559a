package dev.prise.lab.run;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the project is, for tests that need a laboratory. */
final class Root {
    private Root() {}

    static final Path FOLDER =
            Path.of(System.getProperty("prise.lab.root", "..")).toAbsolutePath().normalize();

    /** Skips the test, and prints why, on a machine that a laboratory cannot run on. */
    static void assumeLaboratory() {
        String reason = Requirements.missing(FOLDER);
        if (reason != null) {
            System.out.println("Left out: the laboratory, because " + reason + ".");
            Assumptions.abort("the laboratory is left out, because " + reason);
        }
    }
}
