package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/cookbook.md and docs/quick-start.md show code that exists; {@link ShellPagesIT} types what they have for the shell. */
class CookbookPageTest {
    private static final Pattern RECIPE = Pattern.compile("^## (\\d+)\\. ", Pattern.MULTILINE);
    private static final Pattern LISTED = Pattern.compile("\\]\\(#(\\d+)-");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    @Test
    void everyJavaBlockIsAnExcerptOfTheSourceItNames() throws IOException {
        assertThat(Page.COOKBOOK.excerpts()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(Page.QUICK_START.excerpts()).hasSize(1);
    }

    @Test
    void theRestIsForTheShellOrForMaven() throws IOException {
        assertThat(Page.COOKBOOK.blocks()).extracting(Page.Block::language).containsOnly("java", "console");
        assertThat(Page.QUICK_START.blocks()).extracting(Page.Block::language).containsOnly("java", "console", "xml");
        Page.COOKBOOK.requireSound();
        Page.QUICK_START.requireSound();
    }

    @Test
    void thereAreTwentyRecipesAndAllAreListed() throws IOException {
        List<String> numbers = RECIPE.matcher(Page.COOKBOOK.text())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(numbers).hasSize(20).doesNotHaveDuplicates().startsWith("1").endsWith("20");
        assertThat(LISTED.matcher(Page.COOKBOOK.text()).results().map(match -> match.group(1)))
                .containsExactlyElementsOf(numbers);
    }

    @Test
    void theVersionIsTheOneThatIsBuilt() throws IOException {
        String built = firstVersion(Files.readString(Page.ROOT.resolve("pom.xml")));
        assertThat(VERSION.matcher(Page.QUICK_START.text()).results().map((MatchResult match) -> match.group(1)))
                .hasSize(2)
                .containsOnly(built);
        assertThat(Page.QUICK_START.text()).contains("prise-core-" + built + ".jar");
    }

    private static String firstVersion(String pom) {
        return VERSION.matcher(pom).results().findFirst().orElseThrow().group(1);
    }
}
