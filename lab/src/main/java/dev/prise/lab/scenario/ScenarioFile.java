package dev.prise.lab.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the file of scenarios. */
public final class ScenarioFile {
    private static final String VALUE = "$value";

    private ScenarioFile() {}

    /**
     * Reads scenarios; those with a sweep become one for each value, named after it.
     *
     * @throws IOException if the file cannot be read or is not as it should be
     */
    public static List<Scenario> read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * Reads the text of such a file.
     *
     * @param file what errors call it
     */
    public static List<Scenario> parse(String file, String text) throws IOException {
        List<Scenario> written;
        try {
            written = YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build()
                    .readValue(text, new TypeReference<List<Scenario>>() {});
        } catch (JacksonException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        List<Scenario> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Scenario scenario : written) {
            all.addAll(expand(scenario));
            if (!names.add(scenario.name())) {
                throw new IOException(file + ": two scenarios are called " + scenario.name());
            }
        }
        for (Scenario scenario : all) {
            try {
                scenario.check();
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + scenario.name() + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    private static List<Scenario> expand(Scenario scenario) {
        Expectation.Sweep sweep = scenario.sweep();
        if (sweep == null) {
            return List.of(scenario);
        }
        List<Scenario> all = new ArrayList<>();
        for (int value = sweep.from(); value <= sweep.to(); value += sweep.step()) {
            all.add(at(scenario, sweep, value));
        }
        return all;
    }

    private static Scenario at(Scenario scenario, Expectation.Sweep sweep, int value) {
        Expectation expect = scenario.expect();
        for (Expectation.Case part : sweep.cases()) {
            if (value >= part.from() && value <= part.to()) {
                expect = part.expect().or(scenario.expect());
            }
        }
        Map<String, String> dns = new TreeMap<>();
        if (scenario.dns() != null) {
            scenario.dns().forEach((type, text) -> dns.put(type, put(text, value)));
        }
        return new Scenario(
                "%s-%03d".formatted(scenario.name(), value),
                scenario.shows(),
                scenario.right(),
                scenario.rule(),
                scenario.host(),
                put(scenario.inet6(), value),
                put(scenario.inet(), value),
                dns,
                scenario.options(),
                scenario.priseOnly(),
                scenario.timedSeconds(),
                scenario.limitSeconds(),
                scenario.runs() == null ? 1 : scenario.runs(),
                scenario.dials(),
                scenario.faster(),
                expect,
                null,
                scenario.name(),
                value);
    }

    private static @Nullable List<String> put(@Nullable List<String> texts, int value) {
        return texts == null
                ? null
                : texts.stream().map(text -> put(text, value)).toList();
    }

    private static String put(String text, int value) {
        return text.replace(VALUE, Integer.toString(value));
    }
}
