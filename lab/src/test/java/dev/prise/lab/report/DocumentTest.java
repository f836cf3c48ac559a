package dev.prise.lab.report;

import static dev.prise.lab.report.Invented.connected;
import static dev.prise.lab.report.Invented.scenario;
import static dev.prise.lab.report.Invented.unconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.lab.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private static final Scenario BARE = scenario("bare", "inet6: [syn delay 100 ms]");
    private static final Scenario NOTED = scenario("noted", "faster: \"It guesses a|b.\"");
    private static final Scenario OURS = scenario("ours", "priseOnly: true");
    private static final Study STUDY = Invented.study(
            List.of(BARE, NOTED, OURS),
            List.of("prise", "a", "absent"),
            connected("bare", "prise", 160, "6a", "syn 6a", 1, "accepted 6a", 101.25),
            connected("bare", "a", 101, "6a", "syn 6a", 1, "accepted 6a", 101.5),
            connected("noted", "prise", 260),
            connected("noted", "a", 3),
            connected("noted", "gone", 2),
            connected("noted", "gone", 2),
            unconnected("noted", "gone", null, 12_000),
            connected("ours", "prise", 1));
    private final Document document = new Document(STUDY, Invented.MACHINE, List.of("absent"));
    private final String text = document.text();

    @Test
    void theTableHasAColumnForEachClientThatWasRun() {
        assertThat(text)
                .contains("| scenario | prise | a | gone |\n|---|---|---|---|\n")
                .contains("| bare | ⚠ 160 | **101** |  |\n")
                .contains("| noted | 260 | **3.0** | 2.0 (2/3) |\n")
                .contains("| ours | 1.0 |  |  |\n");
    }

    @Test
    void aFasterClientIsExplainedOrSeen() {
        assertThat(text)
                .contains("- `bare`: a by 59.0 ms. UNEXPLAINED\n")
                .contains("- `noted`: a by 257 ms. It guesses a|b.\n");
        assertThat(document.unexplained()).containsExactly("bare");
    }

    @Test
    void clientsHaveTheirVersionsAndAbsentOnesAreNamed() {
        assertThat(text)
                .contains("| prise | The client prise | 0.1.0-SNAPSHOT |\n")
                .contains("| a | The client a | 1.0 |\n")
                .contains("| gone | gone | unknown |\n")
                .contains("| absent |  | not installed, left out |\n");
    }

    @Test
    void theHeadTellsTheCommandAndTheMachine() {
        assertThat(text.lines().limit(3))
                .last()
                .asString()
                .contains("Made by `sudo lab/report` on 2026-01-02", "Linux 6.1", "2 processors", "glibc 2.36");
    }

    @Test
    void thePrecisionIsThatOfAllClients() {
        assertThat(text).contains("| bare | 100 | 2 | 0.25 | 0.38 | 0.50 |\n");
    }

    @Test
    void aPipeDoesNotEndACell() {
        Table table = new Table(List.of("one"));
        table.add(List.of("a|b\nc"));

        assertThat(table.toString()).isEqualTo("| one |\n|---|\n| a\\|b c |\n");
    }

    @Test
    void aWholeCampaignMakesAWholeDocumentAndAPicture() throws IOException {
        Study study = InventedCampaign.study();

        String whole = new Document(study, Invented.MACHINE, List.of()).text();
        String picture = DelayPicture.svg(study);

        Path folder = Files.createDirectories(Path.of("target/invented")); // to be looked at
        Files.writeString(folder.resolve("lab.md"), whole);
        Files.writeString(folder.resolve("lab-cad.svg"), picture);
        for (Scenario scenario : study.plainScenarios()) {
            assertThat(whole.lines().filter(line -> line.startsWith("| " + scenario.name() + " |")))
                    .as(scenario.name())
                    .hasSizeGreaterThanOrEqualTo(2);
        }
        assertThat(picture)
                .startsWith("<?xml version=\"1.0\"")
                .contains("<polyline")
                .doesNotContain("<line");
    }
}
