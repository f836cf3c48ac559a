package dev.prise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/telemetry.md is the one list of names: what it says is what the code has. */
class TelemetryPageTest {
    private static final Path PAGE = Path.of("..", "docs", "telemetry.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern THREAD =
            Pattern.compile("(?:new Thread|new ConnectLoop)\\([^;]*?\"(prise-[a-z-]*)\"", Pattern.DOTALL);

    /** OpenTelemetry's own attributes that are used as they are. */
    private static final Set<String> BORROWED = Set.of(
            "dns.answers",
            "dns.question.name",
            "error.type",
            "network.peer.address",
            "network.peer.port",
            "network.transport",
            "network.type",
            "server.address",
            "server.port");

    /** The rows of the tables under a heading whose head begins with a word, each as its cells. */
    private static List<List<String>> rows(String heading, String head) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean under = false;
        boolean in = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("#")) {
                under = line.replaceFirst("^#+ ", "").equals(heading);
            }
            if (!line.startsWith("|")) {
                in = false;
            } else if (under && line.startsWith("| " + head + " |")) {
                in = true;
            } else if (in && !line.startsWith("|---")) {
                rows.add(Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList());
            }
        }
        assertThat(rows).as("%s under %s", head, heading).isNotEmpty();
        return rows;
    }

    private static List<String> codes(String cell) {
        List<String> codes = new ArrayList<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            codes.add(matcher.group(1));
        }
        return codes;
    }

    private static List<String> firstCells(String heading, String head) throws IOException {
        return rows(heading, head).stream()
                .flatMap(row -> codes(row.get(0)).stream())
                .toList();
    }

    private static String cell(String heading, String head, String first) throws IOException {
        return rows(heading, head).stream()
                .filter(row -> codes(row.get(0)).contains(first))
                .findFirst()
                .orElseThrow()
                .get(2);
    }

    @Test
    @DisplayName("the kinds of event of a listener")
    void kinds() throws IOException {
        assertThat(firstCells("A listener", "kind"))
                .containsExactlyElementsOf(
                        Arrays.stream(TraceEvent.Kind.values()).map(Enum::name).toList());
    }

    @Test
    @DisplayName("the events of a recording, with their fields and labels")
    void recordings() throws IOException {
        fields("dev.prise.Dial", DialFlightEvent.class);
        fields("dev.prise.Lookup", LookupFlightEvent.class);
        fields("dev.prise.Attempt", AttemptFlightEvent.class);
    }

    private static void fields(String name, Class<? extends Event> event) throws IOException {
        EventType type = EventType.getEventType(event);
        assertThat(type.getName()).isEqualTo(name);
        assertThat(type.getCategoryNames()).containsExactly("Prise");
        List<ValueDescriptor> ours = type.getFields().stream()
                .filter(field -> !Set.of("startTime", "duration", "eventThread", "stackTrace")
                        .contains(field.getName()))
                .toList();
        assertThat(rows("`" + name + "`", "field"))
                .extracting(row -> row.get(0) + " " + row.get(1))
                .containsExactlyInAnyOrderElementsOf(ours.stream()
                        .map(field -> "`" + field.getName() + "` " + field.getLabel())
                        .toList());
        assertThat(type.getDescription()).isNotBlank();
        assertThat(ours).filteredOn(field -> field.getName().equals("dialId")).hasSize(1);
    }

    @Test
    @DisplayName("the values of fields")
    void values() throws IOException {
        assertThat(codes(cell("`dev.prise.Dial`", "field", "outcome")))
                .containsExactlyElementsOf(
                        names(Arrays.stream(Trace.Outcome.values()).map(Trace.Outcome::jsonName)));
        assertThat(codes(cell("`dev.prise.Lookup`", "field", "outcome")))
                .containsExactlyElementsOf(
                        names(Arrays.stream(Trace.LookupOutcome.values()).map(Trace.LookupOutcome::jsonName)));
        assertThat(codes(cell("`dev.prise.Attempt`", "field", "outcome")))
                .containsExactlyElementsOf(
                        names(Arrays.stream(Trace.AttemptOutcome.values()).map(Trace.AttemptOutcome::jsonName)));
        assertThat(codes(cell("`dev.prise.Attempt`", "field", "why")))
                .containsExactlyElementsOf(
                        names(Arrays.stream(Trace.Why.values()).map(Trace.Why::jsonName)));
        List<String> families = names(Arrays.stream(AddressFamily.values()).map(AddressFamily::jsonName));
        Set<String> written = new TreeSet<>();
        for (String event : List.of("Dial", "Lookup", "Attempt")) {
            written.addAll(codes(cell("`dev.prise." + event + "`", "field", "family")));
        }
        assertThat(written).containsExactlyInAnyOrderElementsOf(families);
    }

    private static List<String> names(Stream<String> names) {
        return names.toList();
    }

    @Test
    @DisplayName("the logger")
    void logger() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("The system's logger (`System.getLogger`) is `" + DialLog.LOGGER + "`.");
        assertThat(firstCells("The logger", "system property"))
                .containsExactlyInAnyOrderElementsOf(DialLog.ASKING_PROPERTIES);
    }

    @Test
    @DisplayName("the names of threads")
    void threads() throws IOException {
        Set<String> made = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher matcher = THREAD.matcher(Files.readString(file));
                while (matcher.find()) {
                    made.add(matcher.group(1));
                }
            }
        }
        assertThat(firstCells("Threads", "name")).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    @DisplayName(
            "reserved names: a metric and a span for each event of a recording, attributes that are listed with their values")
    void reserved() throws IOException {
        String heading = "Metrics and spans, reserved";
        assertThat(firstCells(heading, "span")).containsExactly("prise.dial", "prise.lookup", "prise.attempt");
        assertThat(firstCells(heading, "metric"))
                .contains("prise.dial.duration", "prise.lookup.duration", "prise.attempt.duration")
                .allMatch(name -> name.matches("prise(\\.[a-z]+){2}"));
        Set<String> used = new TreeSet<>();
        for (List<String> row : rows(heading, "metric")) {
            used.addAll(codes(row.get(2)));
        }
        for (List<String> row : rows(heading, "span")) {
            used.addAll(codes(row.get(2)));
        }
        assertThat(firstCells(heading, "attribute")).isSubsetOf(used);
        used.removeAll(firstCells(heading, "attribute"));
        assertThat(used).as("attributes without values are OpenTelemetry's").isSubsetOf(BORROWED);
    }
}
