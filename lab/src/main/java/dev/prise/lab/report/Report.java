package dev.prise.lab.report;

import dev.prise.lab.run.ClientFile;
import dev.prise.lab.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a document and a picture of what a campaign observed. As a command it writes {@code lab.md} and {@code lab-cad.svg}:
 *
 * <pre>{@code
 * Report ROOT RESULTS FOLDER
 * }</pre>
 *
 * <p>Exit status 1 when a rival is faster somewhere and the scenario does not say why that is no better.
 */
public final class Report {
    private Report() {}

    /**
     * Makes the document.
     *
     * @param arguments as the class comment says
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("Report ROOT RESULTS FOLDER");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path results = Path.of(arguments[1]);
        List<String> unexplained = write(root, results, Path.of(arguments[2]));
        System.out.println(arguments[2] + "/lab.md and " + arguments[2] + "/lab-cad.svg are made of " + results + ".");
        for (String scenario : unexplained) {
            System.err.println("UNEXPLAINED: in " + scenario
                    + " prise is wrong, or a client is faster and its entry has no `faster`.");
        }
        System.exit(unexplained.isEmpty() ? 0 : 1);
    }

    /** Writes both files; answers with the scenarios in which a rival is faster and nobody has said why. */
    private static List<String> write(Path root, Path results, Path folder) throws IOException {
        List<String> missing = new ArrayList<>();
        Study study = Study.of(
                ScenarioFile.read(root.resolve("lab/scenarios.yaml")),
                ClientFile.read(root, missing),
                Results.read(results));
        missing.removeAll(study.clients().stream().map(client -> client.name()).toList());
        Document document = new Document(study, Machine.here(root, results), missing);
        Files.writeString(folder.resolve("lab.md"), document.text());
        Files.writeString(folder.resolve("lab-cad.svg"), DelayPicture.svg(study));
        return document.unexplained();
    }
}
