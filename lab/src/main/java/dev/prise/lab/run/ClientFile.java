package dev.prise.lab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads which clients there are: our own command, and the rivals that {@code lab/rivals/install} has installed. */
public final class ClientFile {
    private ClientFile() {}

    /**
     * All clients that can be run, our own first.
     *
     * @param root the folder of the project
     * @param missing gets the names of rivals that are not installed
     */
    public static List<Client> read(Path root, List<String> missing) throws IOException {
        List<Client> clients = new ArrayList<>(List.of(prise(root)));
        Path rivals = root.resolve("lab/rivals");
        Path installed = rivals.resolve("target/clients.tsv");
        Map<String, String> versions = new HashMap<>();
        if (Files.exists(installed)) {
            for (String line : Files.readAllLines(installed)) {
                String[] columns = line.split("\t", 2);
                versions.put(columns[0], columns.length > 1 ? columns[1] : "");
            }
        }
        for (Written written : written(rivals.resolve("clients.yaml"))) {
            String version = versions.get(written.name);
            if (version == null) {
                missing.add(written.name);
            } else {
                clients.add(new Client(
                        written.name,
                        written.title,
                        written.port.equals("http"),
                        Boolean.TRUE.equals(written.brackets),
                        fill(written.command, rivals),
                        fill(written.timed, rivals),
                        version));
            }
        }
        return clients;
    }

    /** Our own command, as a user starts it from the sources. */
    public static Client prise(Path root) {
        List<String> command = List.of(root.resolve("prise").toString(), "connect", "-z", "{host}", "{port}");
        List<String> timed = new ArrayList<>(command);
        timed.addAll(List.of("--timeout", "{seconds}s"));
        return new Client(Client.PRISE, "Prise", false, false, command, timed, "");
    }

    private static List<String> fill(List<String> words, Path rivals) {
        return words.stream()
                .map(word -> word.replace("{rivals}", rivals.resolve("target").toString())
                        .replace("{java}", System.getProperty("java.home") + "/bin/java"))
                .toList();
    }

    /** An entry of the file. */
    private record Written(
            String name,
            String title,
            String port,
            @Nullable Boolean brackets,
            List<String> command,
            List<String> timed,
            @Nullable List<String> version,
            @Nullable String versionPattern) {}

    private static List<Written> written(Path file) throws IOException {
        try {
            return YAMLMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build()
                    .readValue(Files.readString(file), new TypeReference<List<Written>>() {});
        } catch (JacksonException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
