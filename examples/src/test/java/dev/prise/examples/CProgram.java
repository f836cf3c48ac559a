package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs in C, compiled when they are wanted. */
final class CProgram {
    private CProgram() {}

    /** Whether there is no compiler; says what is left out then. */
    static boolean cannotBeCompiled(String leftOut) throws InterruptedException {
        try {
            new ProcessBuilder("gcc", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return false;
        } catch (IOException e) {
            System.out.println("Left out: " + leftOut + ", because there is no gcc");
            return true;
        }
    }

    /** The program of a name, made for a port. */
    static Path of(String name, String port) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "c"));
        Path program = folder.resolve(name + "-" + port);
        List<String> compiler = List.of(
                "gcc",
                "-std=gnu11",
                "-Wall",
                "-Wextra",
                "-DDEFAULT_PORT=\"" + port + "\"",
                "-o",
                program.toString(),
                Path.of("src", "test", "c", name + ".c").toString());
        try (Running running = Running.start(compiler)) {
            assertThat(running.end()).isEqualTo(Running.Ended.of(0));
        }
        return program;
    }
}
