package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import dev.prise.lab.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A campaign of the real scenarios that never was: clients of the kinds there are, with times by rule of thumb. */
final class InventedCampaign {
    /** How a client behaves: which family it tries first, when it tries the other one, and what it needs for itself. */
    private record Kind(String name, boolean sixFirst, double attemptDelay, double own) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("prise", true, 250, 4),
            new Kind("jdk-socket", false, 1e9, 13),
            new Kind("jdk-http", false, 1e9, 35),
            new Kind("okhttp", true, 250, 18),
            new Kind("apache-classic", false, 1e9, 14),
            new Kind("apache-async", false, 1e9, 15),
            new Kind("netty", false, 1e9, 5),
            new Kind("netty-dns", false, 1e9, 11),
            new Kind("vertx", false, 1e9, 9),
            new Kind("go", true, 300, 0.6),
            new Kind("curl", true, 200, 0.7),
            new Kind("ncat", true, 10_000, 90),
            new Kind("nc", true, 1e9, 0.5),
            new Kind("socat", false, 1e9, 0.5),
            new Kind("asyncio", true, 250, 2.3),
            new Kind("node", true, 250, 1.3));

    private final Random random = new Random(1);

    static Study study() throws IOException {
        return new InventedCampaign().invent();
    }

    private Study invent() throws IOException {
        List<Scenario> scenarios = ScenarioFile.read(Path.of("scenarios.yaml"));
        List<Observation> runs = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Kind kind : KINDS) {
                for (int run = 0; run < scenario.runCount(); run++) {
                    if (scenario.isForAll() || kind.name.equals(Client.PRISE)) {
                        runs.add(run(scenario, kind));
                    }
                }
            }
        }
        List<Client> clients =
                KINDS.stream().map(kind -> Invented.client(kind.name)).toList();
        return Study.of(scenarios, clients, new Results(runs));
    }

    private Observation run(Scenario scenario, Kind kind) {
        double own = kind.own * (0.8 + random.nextDouble() / 2);
        if ("cad".equals(scenario.of())) {
            return kind.sixFirst ? delayed(scenario, kind, own) : four(scenario, kind, own);
        }
        if (Outcome.mustFail(scenario)) {
            return Invented.unconnected(scenario.name(), kind.name, 1, own + 30, "syn 6a", own, "syn 4a", own + 1);
        }
        return random.nextInt(9) == 0
                ? Invented.unconnected(scenario.name(), kind.name, null, scenario.limit() * 1000.0)
                : four(scenario, kind, own);
    }

    private static Observation four(Scenario scenario, Kind kind, double own) {
        return Invented.connected(
                scenario.name(), kind.name, own, "4a", "query A", 0, "query AAAA", 0.2, "syn 4a", own);
    }

    private static Observation delayed(Scenario scenario, Kind kind, double own) {
        double late = scenario.value() + 0.2;
        return late < kind.attemptDelay
                ? Invented.connected(
                        scenario.name(),
                        kind.name,
                        own + late,
                        "6a",
                        "query AAAA",
                        0,
                        "query A",
                        0.1,
                        "syn 6a",
                        own,
                        "accepted 6a",
                        own + late)
                : Invented.connected(
                        scenario.name(),
                        kind.name,
                        own + kind.attemptDelay,
                        "4a",
                        "query AAAA",
                        0,
                        "query A",
                        0.1,
                        "syn 6a",
                        own,
                        "syn 4a",
                        own + kind.attemptDelay);
    }
}
