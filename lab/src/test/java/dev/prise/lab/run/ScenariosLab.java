package dev.prise.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.lab.net.SystemCommand;
import dev.prise.lab.scenario.Scenario;
import dev.prise.lab.scenario.ScenarioFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The command in every scenario of {@code lab/scenarios.yaml}, and the row of it in the table of the IMC study of 2025. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ScenariosLab {
    private final Map<String, List<Scenario>> families = new LinkedHashMap<>();
    private Laboratory laboratory;
    private ExecutorService lanes;
    private Map<String, List<CompletableFuture<Observation>>> runs;

    @BeforeAll
    void begin() throws IOException {
        Root.assumeLaboratory();
        Client prise = ClientFile.prise(Root.FOLDER);
        SystemCommand.run(List.of(prise.command().getFirst(), "--version")); // builds when needed
        List<Scenario> scenarios = ScenarioFile.read(Root.FOLDER.resolve("lab/scenarios.yaml"));
        for (Scenario scenario : scenarios) {
            families.computeIfAbsent(scenario.family(), name -> new ArrayList<>())
                    .add(scenario);
        }
        laboratory = Laboratory.open(Root.FOLDER);
        lanes = Campaign.lanes();
        runs = Campaign.start(lanes, laboratory, scenarios, prise);
    }

    @AfterAll
    void end() throws IOException {
        if (lanes != null) {
            lanes.shutdownNow();
        }
        if (laboratory != null) {
            laboratory.close();
        }
    }

    @TestFactory
    @DisplayName("the command does in each scenario what it must")
    Stream<DynamicTest> scenarios() {
        return families.entrySet().stream()
                .map(family -> DynamicTest.dynamicTest(family.getKey(), () -> {
                    List<String> problems = new ArrayList<>();
                    String figures = "";
                    for (Scenario scenario : family.getValue()) {
                        Verdict verdict = Verdict.of(scenario, observations(scenario.name()));
                        verdict.problems().forEach(problem -> problems.add(scenario.name() + ": " + problem));
                        figures = verdict.figures();
                    }
                    boolean single = family.getValue().size() == 1;
                    System.out.printf(
                            "%s - %s%s%n",
                            problems.isEmpty() ? "ok" : "not ok",
                            family.getKey(),
                            !single
                                    ? ", " + family.getValue().size() + " values"
                                    : figures.isEmpty() ? "" : ": " + figures);
                    assertThat(problems).isEmpty();
                }));
    }

    @Test
    @DisplayName("the row of the IMC table: attempt delay, order of queries, Resolution Delay")
    void row() {
        Row row =
                Row.of(family("dual-healthy"), family("cad"), family("rd"), family("late-a"), family("all-dead-10-10"));
        System.out.println(row);
        assertThat(row.problems()).isEmpty();
    }

    private List<Observation> family(String name) {
        return families.get(name).stream()
                .flatMap(scenario -> observations(scenario.name()).stream())
                .toList();
    }

    private List<Observation> observations(String scenario) {
        return runs.get(scenario).stream().map(CompletableFuture::join).toList();
    }
}
