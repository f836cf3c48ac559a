package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Links between the pages of this repository lead to files and headings that exist. */
class LinksTest {
    /** In Markdown, or the picture of a tag. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|\\bsrc(?:set)?=\"([^\"\\s]+)\"");

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern CODE_BLOCK = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INDENTED = Pattern.compile("(?<=\n\n) {4}.*\n(?: {4}.*\n|\n)*");
    private static final Pattern CODE = Pattern.compile("`[^`]+`");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+)$", Pattern.MULTILINE);
    private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}\\p{M}_ -]");

    @Test
    @DisplayName("each link to a file or a heading of this repository leads there")
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        List<Path> pages = pages();
        for (Path page : pages) {
            for (String link : links(Files.readString(page))) {
                if (!leadsSomewhere(page, link)) {
                    broken.add(Page.ROOT.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    @Test
    @DisplayName("docs/README.md has a line for each page of docs, and the decisions for each decision")
    void indexesAreComplete() throws IOException {
        assertThat(links(Files.readString(docs().resolve("README.md")))).containsAll(pagesOf(docs()));
        Path decisions = docs().resolve("decisions");
        assertThat(links(Files.readString(decisions.resolve("README.md")))).containsAll(pagesOf(decisions));
    }

    @Test
    @DisplayName("a heading's anchor is made as forges make it")
    void anchors() {
        assertThat(anchors("# One: `two`, *three*\ntext\n## A_b – c\n\n```\n# none\n```\n## A_b – c\n"))
                .containsExactly("one-two-three", "a_b--c", "a_b--c-1");
    }

    @Test
    @DisplayName("what stands in code is no link")
    void noLinksInCode() {
        assertThat(links("a [b](c.md) `[d](e.md)` ![f](g.svg)\n\n    [h](i.md)\n\n```\n[j](k.md)\n```\n"))
                .containsExactly("c.md", "g.svg");
    }

    @Test
    @DisplayName("the pictures of a tag are links too")
    void picturesOfTags() {
        assertThat(links("<picture>\n  <source srcset=\"a-dark.png\">\n  <img src=\"a.png\" alt=\"b\">\n</picture>\n"))
                .containsExactly("a-dark.png", "a.png");
    }

    private static Path docs() {
        return Page.ROOT.resolve("docs");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(docs(), Page.ROOT.resolve("lab"))) {
            try (Stream<Path> files = Files.walk(folder, 2)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            pages.add(Page.ROOT.resolve(name));
        }
        return pages;
    }

    private static List<String> pagesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .toList();
        }
    }

    private static List<String> links(String text) {
        String prose = CODE.matcher(withoutBlocks(text)).replaceAll("");
        return LINK.matcher(prose)
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }

    private static String withoutBlocks(String text) {
        return INDENTED.matcher(CODE_BLOCK.matcher(text).replaceAll("")).replaceAll("");
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path there = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        boolean inside = there.startsWith(Page.ROOT) && Files.exists(there);
        return inside && (hash < 0 || anchors(Files.readString(there)).contains(link.substring(hash + 1)));
    }

    /** Lower case, without punctuation, hyphens for blanks, and a number for one that comes again. */
    private static List<String> anchors(String text) {
        Map<String, Integer> times = new HashMap<>();
        return HEADING.matcher(CODE_BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
                .map(title -> NO_PART_OF_AN_ANCHOR.matcher(title).replaceAll("").replace(' ', '-'))
                .map(anchor -> {
                    int before = times.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .toList();
    }
}
