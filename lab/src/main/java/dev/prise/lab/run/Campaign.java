package dev.prise.lab.run;

import dev.prise.lab.scenario.Scenario;
import dev.prise.lab.scenario.ScenarioFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many runs: clients by scenarios. As a command it writes what was observed, one line of JSON for each run:
 *
 * <pre>{@code
 * Campaign ROOT RESULTS [--clients NAME,NAME...] [--scenarios REGEX] [--runs N]
 * }</pre>
 *
 * <p>All clients that are installed take part unless some are named. Exit status 0 when all runs were made, whatever came of them.
 */
public final class Campaign {
    /** How many runs may be under way, most of them waiting. */
    private static final int LANES = 24;

    private Campaign() {}

    /**
     * Runs a client in each of these scenarios, as often as they say; several are under way at once.
     *
     * @return by scenario, what was observed
     */
    public static Map<String, List<CompletableFuture<Observation>>> start(
            ExecutorService executor, Laboratory laboratory, List<Scenario> scenarios, Client client) {
        Map<String, List<CompletableFuture<Observation>>> all = new HashMap<>();
        int most = scenarios.stream().mapToInt(Scenario::runCount).max().orElse(0);
        for (int run = 1; run <= most; run++) {
            for (Scenario scenario : scenarios) {
                if (run <= scenario.runCount()) {
                    all.computeIfAbsent(scenario.name(), name -> new ArrayList<>())
                            .add(start(executor, laboratory, scenario, client));
                }
            }
        }
        return all;
    }

    /** Threads for runs; most of them wait. */
    public static ExecutorService lanes() {
        return Executors.newFixedThreadPool(
                LANES, Thread.ofPlatform().daemon().name("run-", 1).factory());
    }

    private static CompletableFuture<Observation> start(
            ExecutorService executor, Laboratory laboratory, Scenario scenario, Client client) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return laboratory.run(scenario, client);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CompletionException(e);
                    }
                },
                executor);
    }

    /**
     * Makes the runs and writes what was observed.
     *
     * @param arguments as the class comment says
     * @throws IOException if the laboratory fails
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toAbsolutePath();
        Path results = Path.of(arguments[1]);
        Map<String, String> options = new HashMap<>();
        for (int at = 2; at + 1 < arguments.length; at += 2) {
            options.put(arguments[at], arguments[at + 1]);
        }
        List<String> missing = new ArrayList<>();
        List<Client> clients = ClientFile.read(root, missing);
        if (options.containsKey("--clients")) {
            List<String> wanted = List.of(options.get("--clients").split(","));
            List<String> known = clients.stream().map(Client::name).toList();
            if (!known.containsAll(wanted)) {
                System.err.println("Campaign: of " + wanted + " not all are there; there are " + known);
                System.exit(2);
            }
            clients = clients.stream()
                    .filter(client -> wanted.contains(client.name()))
                    .toList();
        }
        for (String name : missing) {
            System.out.println("Left out: " + name + ", because it is not installed; lab/rivals/install does it.");
        }
        Pattern wanted = Pattern.compile(options.getOrDefault("--scenarios", ".*"));
        List<Scenario> scenarios = ScenarioFile.read(root.resolve("lab/scenarios.yaml")).stream()
                .filter(scenario -> wanted.matcher(scenario.family()).matches())
                .toList();
        int runs = Integer.parseInt(options.getOrDefault("--runs", "3"));
        if (runs < 1) {
            System.err.println("Campaign: --runs is 1 or more");
            System.exit(2);
        }
        if (scenarios.isEmpty() || clients.isEmpty()) {
            System.err.println("Campaign: no such scenario or client");
            System.exit(2);
        }
        ExecutorService executor = lanes();
        try (Laboratory laboratory = Laboratory.open(root);
                BufferedWriter out = Files.newBufferedWriter(results)) {
            write(laboratory, executor, order(scenarios, clients, runs), out);
        } finally {
            executor.shutdownNow(); // after a failure nobody writes down what the others do
        }
        System.exit(0);
    }

    /** One run of a client in a scenario. */
    private record Task(Scenario scenario, Client client) {}

    /** All clients meet a scenario one after the other, and then all of it is done again, so that a slow hour slows all. */
    private static List<Task> order(List<Scenario> scenarios, List<Client> clients, int runs) {
        List<Task> tasks = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            for (Scenario scenario : scenarios) {
                for (Client client : clients) {
                    boolean once = scenario.of() != null && run > 1;
                    if (!once && (client.isPrise() || scenario.isForAll())) {
                        tasks.add(new Task(scenario, client));
                    }
                }
            }
        }
        return tasks;
    }

    private static void write(Laboratory laboratory, ExecutorService executor, List<Task> tasks, BufferedWriter out)
            throws IOException {
        JsonMapper json = new JsonMapper();
        List<CompletableFuture<Observation>> futures = tasks.stream()
                .map(task -> start(executor, laboratory, task.scenario, task.client))
                .toList();
        int done = 0;
        for (CompletableFuture<Observation> future : futures) {
            Observation observation = future.join();
            out.write(json.writeValueAsString(observation) + "\n");
            out.flush();
            done++;
            System.out.printf(
                    "%d of %d: %s, %s: %s%n",
                    done,
                    tasks.size(),
                    observation.scenario(),
                    observation.client(),
                    observation.connectedMillis() == null
                            ? "not connected, exit status " + observation.exit()
                            : observation.winner() + " after " + observation.connectedMillis() + " ms");
        }
    }
}
