package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever code the product, its pages or its laboratory name, {@code prise explain} knows. */
class CodesInSourcesTest {
    private static final Pattern CODE = Pattern.compile("\\b(?:E[A-Z]{3,}|EAI_[A-Z_]+|WSA_?[A-Z_]+)\\b");
    /** Strings and comments; a character that is a quotation mark begins none. */
    private static final Pattern WORDS = Pattern.compile(
            "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|//.*|/\\*[\\s\\S]*?\\*/|'(?:\\\\.|[^'\\\\\\n])'");

    private static final List<String> MODULES = List.of("core", "cli", "getaddrinfo", "examples", "lab");

    /** Words in capitals that look like codes. */
    private static final Set<String> NO_CODES = Set.of("EAGER", "EMPTY", "EPYC", "EVENT", "EXEC", "EXIT", "EXPECTED");

    @Test
    void explainKnowsEachCodeThatTheSourcesName() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Path source : sources()) {
            CODE.matcher(words(source)).results().map(MatchResult::group).forEach(codes::add);
        }
        assertThat(codes)
                .contains("ECONNREFUSED", "EAI_SERVICE", "WSAECONNREFUSED")
                .containsAll(NO_CODES);
        codes.removeAll(NO_CODES);
        assertThat(codes)
                .allSatisfy(
                        code -> assertThat(InProcess.run("explain", code)).returns(ExitStatus.DONE, InProcess::status));
    }

    private static String words(Path source) throws IOException {
        String text = Files.readString(source);
        return source.toString().endsWith(".java")
                ? WORDS.matcher(text).results().map(MatchResult::group).collect(Collectors.joining("\n"))
                : text;
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> sources = new ArrayList<>();
        for (String page : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "lab/run")) {
            sources.add(root.resolve(page));
        }
        sources.addAll(files(root.resolve("docs"), ".md"));
        for (String module : MODULES) {
            sources.addAll(files(root.resolve(module).resolve("src/main"), ".java"));
        }
        assertThat(sources)
                .anyMatch(file -> file.endsWith("ErrorCode.java"))
                .anyMatch(file -> file.endsWith("docs/winsock.md"));
        return sources;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
