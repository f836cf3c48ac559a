package dev.prise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The C program that calls {@code getaddrinfo} as a test's questions say. */
final class GetaddrinfoProgram {
    private final Path binary;

    private GetaddrinfoProgram(Path binary) {
        this.binary = binary;
    }

    /**
     * Compiles it.
     *
     * @param what what is left out, as it then stands in the log, where it cannot be compiled
     * @return null where it cannot
     */
    static @Nullable GetaddrinfoProgram compiled(Path folder, String what) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            System.out.println("Left out: " + what + ", because the numbers of the questions are those of Linux");
            return null;
        }
        Path binary = folder.resolve("getaddrinfo");
        Path source = Path.of(System.getProperty("prise.test.c"), "getaddrinfo.c");
        Process gcc;
        try {
            gcc = new ProcessBuilder("gcc", "-O2", "-D_GNU_SOURCE", "-o", binary.toString(), source.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            System.out.println("Left out: " + what + ", because there is no gcc");
            return null;
        }
        String said = new String(gcc.getInputStream().readAllBytes(), UTF_8);
        assertThat(gcc.waitFor()).as(said).isZero();
        return new GetaddrinfoProgram(binary);
    }

    /** Its answers, in one process. */
    List<String> ask(List<SystemQuestion> questions) throws IOException, InterruptedException {
        Path input = Files.write(
                binary.resolveSibling("questions"),
                questions.stream().map(SystemQuestion::line).toList());
        Process c = new ProcessBuilder(binary.toString())
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines =
                new String(c.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assertThat(c.waitFor()).isZero();
        assertThat(lines).hasSameSizeAs(questions);
        return lines;
    }

    /** An answer as far as it can be said in types: for each result family, type, protocol, address, scope, port, canonical name. */
    static String withoutFlagsAndLengths(String answer) {
        return answer.replaceAll(" -?[0-9]+,(-?[0-9]+,-?[0-9]+,-?[0-9]+),[0-9]+,", " $1,");
    }

    /** A text as it stands in an answer. */
    static String hex(@Nullable String text) {
        return text == null ? "-" : "x" + HexFormat.of().formatHex(text.getBytes(UTF_8));
    }
}
