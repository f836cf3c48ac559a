package dev.prise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.race.Race;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/race.md shows the states of the race and what leads from one to another, as the small world has it. */
class RaceDocTest {
    @Test
    void theDiagramIsThatOfTheCode() throws IOException {
        Transitions transitions = Transitions.ofSmallWorld();
        assertThat(transitions.unexplained()).isEmpty();
        String text = transitions.diagram() + "\n" + transitions.table();
        for (Race.State state : Race.State.values()) {
            assertThat(text).contains("| " + state + " |");
        }
        GeneratedPart.check("race.md", text, part -> part, "RaceDocTest");
    }
}
