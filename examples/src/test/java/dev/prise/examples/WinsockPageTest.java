package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorNumbering;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/winsock.md shows code that exists and numbers that are in the table. */
class WinsockPageTest {
    private static final Pattern CODE_ROW =
            Pattern.compile("^\\| `(E\\w+)` \\| (-?\\d+) \\| `(WSA\\w+)` \\| (\\d+) \\| (.*?) \\|$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https:)([^)#]+)");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private static String normalised(String code) {
        return SPACE.matcher(code).replaceAll(" ").strip();
    }

    @Test
    void everyJavaBlockIsAnExcerptOfTheSourceItNames() throws IOException {
        List<WinsockPage.Block> excerpts = WinsockPage.blocks().stream()
                .filter(block -> block.language().equals("java"))
                .toList();
        assertThat(excerpts).hasSizeGreaterThan(10);
        for (WinsockPage.Block excerpt : excerpts) {
            assertThat(excerpt.source()).as("source of %s", excerpt.text()).isNotNull();
            String source = Files.readString(WinsockPage.ROOT.resolve(excerpt.source()));
            assertThat(normalised(source)).contains(normalised(excerpt.text()));
        }
    }

    @Test
    void allOtherBlocksAreDialogues() throws IOException {
        assertThat(WinsockPage.blocks()).extracting(WinsockPage.Block::language).containsOnly("java", "console");
        assertThat(WinsockPage.text().lines().filter(line -> line.startsWith("```")))
                .hasSize(2 * WinsockPage.blocks().size());
    }

    @Test
    void theCodesAreThoseOfTheTable() throws IOException {
        List<MatchResult> rows = CODE_ROW.matcher(WinsockPage.text()).results().toList();
        assertThat(rows).hasSizeGreaterThan(10);
        for (MatchResult row : rows) {
            ErrorCode code = Arrays.stream(ErrorCode.values())
                    .filter(each -> row.group(1).equals(each.posix()))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.group(2))
                    .isEqualTo("" + code.number(ErrorNumbering.LINUX).orElseThrow());
            assertThat(row.group(3)).isEqualTo(code.winsockName());
            assertThat(row.group(4)).isEqualTo("" + code.winsock());
            assertThat(row.group(5)).isEqualTo(code.meaning());
        }
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        assertThat(LINK.matcher(WinsockPage.text()).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(WinsockPage.ROOT.resolve("docs").resolve(link))
                        .exists());
    }
}
