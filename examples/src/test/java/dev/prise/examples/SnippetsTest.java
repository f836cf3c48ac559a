package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No page shows Java that does not exist. */
class SnippetsTest {
    @Test
    @DisplayName("each block of Java in README.md and docs is an excerpt of the source that it names")
    void excerpts() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Page.ROOT.resolve("README.md")));
        try (Stream<Path> files = Files.walk(Page.ROOT.resolve("docs"), 2)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        int excerpts = 0;
        for (Path page : pages) {
            excerpts += new Page(page).excerpts().size();
        }
        assertThat(excerpts).isGreaterThan(60);
    }
}
