package dev.prise.lab.report;

import dev.prise.lab.net.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What the campaign ran on, as text.
 *
 * @param day the day of the campaign, in UTC
 * @param kernel the release of the kernel
 * @param distribution the name of the system
 * @param processors how many processors there are
 * @param java the Java that our own command and the rivals on it run on
 * @param libc the C library
 * @param prise what our own command calls its version
 */
record Machine(String day, String kernel, String distribution, int processors, String java, String libc, String prise) {

    /**
     * This machine.
     *
     * @param root the folder of the project
     * @param results the file of the campaign, whose time tells the day
     */
    static Machine here(Path root, Path results) throws IOException {
        return new Machine(
                LocalDate.ofInstant(Files.getLastModifiedTime(results).toInstant(), ZoneOffset.UTC)
                        .toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                distribution(Path.of("/etc/os-release")),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                said("getconf", "GNU_LIBC_VERSION"),
                said(root.resolve("prise").toString(), "--version").replaceFirst("^prise ", ""));
    }

    private static String distribution(Path release) throws IOException {
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                .findFirst()
                .orElse("a system without a name");
    }

    private static String said(String... command) throws IOException {
        return SystemCommand.run(List.of(command)).strip();
    }
}
