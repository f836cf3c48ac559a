package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorNumbering;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/winsock.md shows code that exists and numbers that are in the table. */
class WinsockPageTest {
    private static final Pattern CODE_ROW =
            Pattern.compile("^\\| `(E\\w+)` \\| (-?\\d+) \\| `(WSA\\w+)` \\| (\\d+) \\| (.*?) \\|$", Pattern.MULTILINE);

    @Test
    void everyJavaBlockIsAnExcerptOfTheSourceItNames() throws IOException {
        assertThat(Page.WINSOCK.excerpts()).hasSizeGreaterThan(10);
    }

    @Test
    void allOtherBlocksAreDialoguesAndLinksLeadSomewhere() throws IOException {
        assertThat(Page.WINSOCK.blocks()).extracting(Page.Block::language).containsOnly("java", "console");
        Page.WINSOCK.requireSound();
    }

    @Test
    void theCodesAreThoseOfTheTable() throws IOException {
        List<MatchResult> rows = CODE_ROW.matcher(Page.WINSOCK.text()).results().toList();
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
}
