package dev.prise.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** docs/winsock.md. */
final class WinsockPage {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs").resolve("winsock.md");
    private static final Pattern FENCED =
            Pattern.compile("(?:^<!-- (\\S+) -->\n)?^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private WinsockPage() {}

    /**
     * A fenced block.
     *
     * @param source the file named in the comment before it, null for none
     * @param language the word after the fence
     * @param text what is between the fences
     */
    record Block(String source, String language, String text) {}

    static String text() throws IOException {
        return Files.readString(PAGE);
    }

    static List<Block> blocks() throws IOException {
        return FENCED.matcher(text())
                .results()
                .map(match -> new Block(match.group(1), match.group(2), match.group(3)))
                .toList();
    }

    /** The blocks that show what is typed and what comes. */
    static List<Block> dialogues() throws IOException {
        return blocks().stream()
                .filter(block -> block.language().equals("console"))
                .toList();
    }
}
