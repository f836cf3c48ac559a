package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/driving-the-race.md shows code that exists. */
class DrivingPageTest {
    @Test
    void everyJavaBlockIsAnExcerptOfTheSourceItNames() throws IOException {
        assertThat(Page.DRIVING.excerpts()).hasSizeGreaterThan(10);
    }

    @Test
    void allBlocksAreJavaAndLinksLeadSomewhere() throws IOException {
        assertThat(Page.DRIVING.blocks()).extracting(Page.Block::language).containsOnly("java");
        Page.DRIVING.requireSound();
    }
}
