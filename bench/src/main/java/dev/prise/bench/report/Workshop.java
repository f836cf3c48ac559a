package dev.prise.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What measuring needs: the sources, the folder for what comes out, other processes, and somewhere to note things. */
public final class Workshop {
    private final Path root;
    private final int processes;
    private final List<String> notes = new ArrayList<>();

    /**
     * Made once for a figure.
     *
     * @param root the checkout
     * @param processes how many processes measure each comparison, one after the other; at least one
     */
    public Workshop(Path root, int processes) {
        this.root = root;
        this.processes = processes;
    }

    /** How many processes measure each comparison, one after the other. */
    public int processes() {
        return processes;
    }

    /** The folder of the bench module that is not kept. */
    public Path target() {
        return root.resolve("bench").resolve("target");
    }

    /** What has been noted so far. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Notes something that belongs into the page, a sentence in Markdown. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** A file under {@code bench/src/main}. */
    public Path source(String path) {
        return root.resolve("bench").resolve("src/main").resolve(path);
    }

    /** Compiles {@code bench/src/main/c/NAME.c} and answers the program. */
    public Path compiled(String name) throws IOException, InterruptedException {
        Path source = source("c").resolve(name + ".c");
        Path program = Files.createDirectories(target().resolve("c")).resolve(name);
        output(List.of("gcc", "-O2", "-pthread", "-o", program.toString(), source.toString()));
        return program;
    }

    /**
     * Has processes measure, one after the other.
     *
     * @param command prints a line for each round: our value, a space, the other one
     */
    public Comparison compare(Question question, List<String> command) throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> rival = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            for (String line : output(command).lines().toList()) {
                int space = line.indexOf(' ');
                ours.add(Double.valueOf(line.substring(0, space)));
                rival.add(Double.valueOf(line.substring(space + 1)));
            }
        }
        Comparison comparison = new Comparison(question, processes, ours, rival);
        Spread ratio = comparison.ratio();
        System.out.printf(
                Locale.ROOT,
                "%s: %s beside %s: %.2f (%.2f to %.2f)%n",
                question.part(),
                question.ours(),
                question.rival(),
                ratio.median(),
                ratio.lower(),
                ratio.upper());
        return comparison;
    }

    /** The command of another JVM like this one: its flags, then a main class and its arguments. */
    public static List<String> java(List<String> flags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // what getaddrinfo needs, so that nothing is said about it
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String classPath() {
        return Objects.requireNonNull(System.getProperty("java.class.path"));
    }

    /**
     * Runs a command to its end.
     *
     * @return what it has said on its standard output
     * @throws IOException when it cannot be started, or ends with another status than 0
     */
    public static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("%s ended with status %d".formatted(String.join(" ", command), status));
        }
        return said.strip();
    }
}
