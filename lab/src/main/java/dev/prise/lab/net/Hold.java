package dev.prise.lab.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The program that holds the packets which {@link Faults} marks, compiled when it is needed. */
public final class Hold implements AutoCloseable {
    private final Process process;

    private Hold(Process process) {
        this.process = process;
    }

    /**
     * Compiles the program, when its source is newer than what was compiled, and starts it.
     *
     * @param source its source
     * @param target the folder for what is compiled
     */
    public static Hold open(Network network, Path source, Path target) throws IOException {
        Path program = target.resolve("hold");
        if (!Files.exists(program)
                || Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) < 0) {
            compile(source, program);
        }
        Process process = new ProcessBuilder(
                        network.inServer(List.of(program.toString(), Integer.toString(Faults.QUEUE))))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (said == null || !said.startsWith("holding")) {
            process.destroyForcibly();
            throw new IOException("the program that holds packets does not start; what it says stands above");
        }
        return new Hold(process);
    }

    /** Beside the program first, then in its place, so that two laboratories may do it at once. */
    private static void compile(Path source, Path program) throws IOException {
        Files.createDirectories(program.getParent());
        Path made = program.resolveSibling("hold-" + ProcessHandle.current().pid());
        SystemCommand.run(
                List.of("cc", "-std=gnu11", "-O2", "-o", made.toString(), source.toString(), "-lnetfilter_queue"));
        Files.move(made, program, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Ends the program; it ends by itself when this process does. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
