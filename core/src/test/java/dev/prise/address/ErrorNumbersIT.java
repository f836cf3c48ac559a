package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table against the headers and the words of the C library of this machine. */
class ErrorNumbersIT {
    @TempDir
    Path folder;

    @Test
    void theHeadersOfThisMachineSayTheSame() throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            System.out.println("Left out: the numbers of Linux against its headers, because this is another system");
            return;
        }
        Map<String, String[]> told;
        try {
            told = askTheCompiler();
        } catch (IOException e) {
            System.out.println("Left out: the numbers of Linux against its headers, because there is no gcc");
            return;
        }
        for (ErrorCode code : ErrorCode.values()) {
            String[] numberAndWords = told.get(code.shortName());
            int number = numberAndWords == null ? 0 : Integer.parseInt(numberAndWords[0]);
            assertThat(code.number(ErrorNumbering.LINUX).orElse(0))
                    .as(code.name())
                    .isEqualTo(number);
            // glibc has no words for EAI_OVERFLOW
            if (numberAndWords != null && !numberAndWords[1].equals("Unknown error")) {
                String words = numberAndWords[1];
                Exception failure = code.isResolution()
                        ? new UnknownHostException("some.example: " + words)
                        : new SocketException(words);
                assertThat(ErrorCodes.of(failure)).as(words).isEqualTo(code);
            }
        }
    }

    /** Name to number and words, of all the POSIX names that the headers have. */
    private Map<String, String[]> askTheCompiler() throws IOException, InterruptedException {
        StringBuilder program = new StringBuilder("""
                #define _GNU_SOURCE
                #include <errno.h>
                #include <netdb.h>
                #include <stdio.h>
                #include <string.h>
                int main(void) {
                """);
        for (ErrorCode code : ErrorCode.values()) {
            String name = code.shortName();
            String words = code.isResolution() ? "gai_strerror" : "strerror";
            program.append(String.format(
                    Locale.ROOT, "#ifdef %1$s%nprintf(\"%1$s|%%d|%%s\\n\", %1$s, %2$s(%1$s));%n#endif%n", name, words));
        }
        Path source = Files.writeString(folder.resolve("numbers.c"), program.append("return 0; }\n"));
        Path binary = folder.resolve("numbers");
        run("gcc", "-o", binary.toString(), source.toString());
        Map<String, String[]> told = new TreeMap<>();
        for (String line : run(binary.toString())) {
            String[] parts = line.split("\\|", 3);
            told.put(parts[0], new String[] {parts[1], parts[2]});
        }
        assertThat(told).containsKeys("ECONNREFUSED", "EAI_NONAME");
        return told;
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(lines.toString()).isZero();
        return lines;
    }
}
