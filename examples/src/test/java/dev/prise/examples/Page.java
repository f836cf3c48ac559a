package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of docs.
 *
 * @param file where it is
 */
record Page(Path file) {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final Page WINSOCK = of("winsock.md");
    static final Page DRIVING = of("driving-the-race.md");
    static final Page COOKBOOK = of("cookbook.md");
    static final Page QUICK_START = of("quick-start.md");

    private static final Pattern FENCED =
            Pattern.compile("(?:^<!-- ([^\n]+) -->\n)?^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https:)([^)#]+)");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private static Page of(String name) {
        return new Page(ROOT.resolve("docs").resolve(name));
    }

    /**
     * A fenced block.
     *
     * @param source what the comment before it says, for Java the file it is an excerpt of; null for none
     * @param language the word after the fence
     * @param text what is between the fences
     */
    record Block(String source, String language, String text) {}

    String text() throws IOException {
        return Files.readString(file);
    }

    List<Block> blocks() throws IOException {
        return FENCED.matcher(text())
                .results()
                .map(match -> new Block(match.group(1), match.group(2), match.group(3)))
                .toList();
    }

    /** The blocks that show what is typed and what comes. */
    List<Block> dialogues() throws IOException {
        return blocks().stream()
                .filter(block -> block.language().equals("console"))
                .toList();
    }

    /** The blocks of Java, each of which must be an excerpt of the source that it names. */
    List<Block> excerpts() throws IOException {
        List<Block> excerpts = blocks().stream()
                .filter(block -> block.language().equals("java"))
                .toList();
        for (Block excerpt : excerpts) {
            assertThat(excerpt.source()).as("source of %s", excerpt.text()).isNotNull();
            String source = Files.readString(ROOT.resolve(excerpt.source()));
            assertThat(normalised(source)).contains(normalised(excerpt.text()));
        }
        return excerpts;
    }

    /** Checks that all that begins a block is the beginning or the end of a known one, and that links lead somewhere. */
    void requireSound() throws IOException {
        assertThat(text().lines().filter(line -> line.startsWith("```"))).hasSize(2 * blocks().size());
        assertThat(LINK.matcher(text()).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
    }

    private static String normalised(String code) {
        return SPACE.matcher(code).replaceAll(" ").strip();
    }
}
