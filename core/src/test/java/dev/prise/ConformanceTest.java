package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * docs/conformance.md: each case collected from other implementations, and the test that shows it here or the reason why there is none. It
 * is made from the names of the tests and from conformance.tsv; {@code -Dprise.regenerate=true} writes it anew.
 */
class ConformanceTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs").resolve("conformance.md");

    private static final int CASES = 155;
    private static final List<Integer> ACCEPTANCE =
            List.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 15, 16, 17, 20, 21, 23, 25);
    private static final List<String> WORKED = List.of(
            "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "G1", "G2", "G3", "G4", "X1", "X3",
            "X6", "X7", "X9", "X11");

    private static final Pattern CASE = Pattern.compile("case (\\d+(?:, \\d+)*) \\(([^)]+)\\): (.+)");
    private static final Pattern NUMBERED = Pattern.compile("([PEGX]\\d+)\\b(.*)");

    /** A test method. */
    private record Shown(Method method, String name) {
        String text() {
            Class<?> outer = method.getDeclaringClass();
            String classes = outer.getName().substring(outer.getPackageName().length() + 1);
            return "`" + classes.replace('$', '.') + "." + method.getName() + "`";
        }
    }

    /**
     * A row.
     *
     * @param tests what shows it, empty when it does not apply
     */
    private record Row(String from, String what, List<String> tests, String reason) {
        String text(String number) {
            String shown = tests.isEmpty() ? "does not apply: " + reason : String.join(", ", tests);
            return "| " + number + " | " + from + " | " + what + " | " + shown + " |";
        }
    }

    @Test
    @DisplayName("each case has a test that exists, or a reason why it does not apply")
    void everyCase() throws Exception {
        Map<Integer, Row> rows = cases();
        assertThat(rows.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CASES).boxed().toList());
        assertThat(rows.values())
                .allSatisfy(row -> assertThat(row.tests.isEmpty()).as("%s", row).isEqualTo(!row.reason.isEmpty()));
    }

    @Test
    @DisplayName("each acceptance case has a test")
    void everyAcceptanceCase() throws Exception {
        assertThat(numbered(shown(), "P").keySet())
                .containsExactlyElementsOf(
                        ACCEPTANCE.stream().map(number -> "P" + number).toList());
    }

    @Test
    @DisplayName("each worked example has a test")
    void everyWorkedExample() throws Exception {
        assertThat(worked().keySet()).containsAll(WORKED);
    }

    @Test
    @DisplayName("docs/conformance.md is what the tests say; -Dprise.regenerate=true writes it")
    void page() throws Exception {
        String text = text();
        if (Boolean.getBoolean("prise.regenerate")) {
            Files.writeString(PAGE, text);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(text);
    }

    private static String text() throws Exception {
        Map<Integer, Row> cases = cases();
        long tested =
                cases.values().stream().filter(row -> !row.tests.isEmpty()).count();
        List<String> lines = new ArrayList<>(List.of(
                "# Conformance",
                "",
                "What other implementations of Happy Eyeballs test, collected from their tests and retold as " + CASES
                        + " cases, and where",
                "Prise shows the same: " + tested + " have a test, " + (CASES - tested)
                        + " do not apply. A test's own name says where it differs on purpose, or a comment in it.",
                "",
                "This page is made from the names of the tests (`mvn test -pl core -Dtest=ConformanceTest -Dprise.regenerate=true`), and a",
                "test fails when it is stale. The classes are those of core's tests.",
                "",
                "## Cases of other implementations",
                "",
                "| case | from | what | shown by |",
                "|---|---|---|---|"));
        cases.forEach((number, row) -> lines.add(row.text(number.toString())));
        lines.addAll(List.of(
                "", "## Acceptance cases of our own machine", "", "| case | what | shown by |", "|---|---|---|"));
        numbered(shown(), "P").forEach((id, tests) -> lines.add(row(id, tests)));
        lines.addAll(List.of(
                "",
                "## Worked examples of destination address selection",
                "",
                "E are those of RFC 6724 section 10, G those of glibc's and Go's tests, X are derived.",
                "",
                "| case | what | shown by |",
                "|---|---|---|"));
        worked().forEach((id, tests) -> lines.add(row(id, tests)));
        return String.join("\n", lines) + "\n";
    }

    private static String row(String id, List<Shown> tests) {
        String what = tests.stream()
                .map(test -> told(test.name.replaceFirst("^[PEGX]\\d+( \\([a-z]\\))?:? ?", "")))
                .distinct()
                .collect(Collectors.joining("; "));
        String by = tests.stream().map(Shown::text).distinct().collect(Collectors.joining(", "));
        return "| " + id + " | " + what + " | " + by + " |";
    }

    private static String told(String text) {
        return text.replace("|", "\\|");
    }

    // ---- what the tests say

    private static Map<Integer, Row> cases() throws Exception {
        Map<Integer, Row> rows = new TreeMap<>();
        for (Shown shown : shown()) {
            Matcher name = CASE.matcher(shown.name);
            if (name.matches()) {
                for (String number : name.group(1).split(", ", -1)) {
                    Row row = new Row(name.group(2), told(name.group(3)), List.of(shown.text()), "");
                    rows.merge(Integer.valueOf(number), row, ConformanceTest::both);
                }
            } else {
                assertThat(shown.name).as("%s", shown.method).doesNotStartWith("case ");
            }
        }
        for (String line : written()) {
            String[] parts = line.split("\t", -1);
            assertThat(parts).as(line).hasSize(4);
            Integer number = Integer.valueOf(parts[0]);
            assertThat(rows).as("a test is named after it").doesNotContainKey(number);
            if (parts[3].startsWith("no: ")) {
                rows.put(number, new Row(parts[1], parts[2], List.of(), parts[3].substring(4)));
            } else {
                assertThat(parts[3]).startsWith("test: ");
                List<String> tests = Arrays.stream(parts[3].substring(6).split(", ", -1))
                        .map(ConformanceTest::existing)
                        .map(Shown::text)
                        .toList();
                rows.put(number, new Row(parts[1], parts[2], tests, ""));
            }
        }
        return rows;
    }

    private static Row both(Row first, Row second) {
        List<String> tests = Stream.concat(first.tests.stream(), second.tests.stream())
                .distinct()
                .toList();
        return new Row(
                first.from, first.what.equals(second.what) ? first.what : first.what + "; " + second.what, tests, "");
    }

    private static List<String> written() throws IOException {
        try (InputStream table = Objects.requireNonNull(ConformanceTest.class.getResourceAsStream("conformance.tsv"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static Shown existing(String test) {
        String[] parts = test.split("#", -1);
        try {
            Class<?> type = Class.forName(parts[0], false, ConformanceTest.class.getClassLoader());
            return shownBy(type).stream()
                    .filter(shown -> shown.method.getName().equals(parts[1]))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no such test: " + test));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no such test: " + test, e);
        }
    }

    /** P1 and so on, from names that begin so. */
    private static Map<String, List<Shown>> numbered(List<Shown> all, String letters) {
        Map<String, List<Shown>> found = new TreeMap<>(byNumber());
        for (Shown shown : all) {
            Matcher name = NUMBERED.matcher(shown.name);
            if (name.matches() && letters.indexOf(name.group(1).charAt(0)) >= 0) {
                found.computeIfAbsent(name.group(1), id -> new ArrayList<>()).add(shown);
            }
        }
        return found;
    }

    /** The worked examples, by the names of tests and by what tests are run with. */
    private static Map<String, List<Shown>> worked() throws Exception {
        Map<String, List<Shown>> worked = numbered(shown(), "EGX");
        worked.putAll(parameterised(worked));
        return worked;
    }

    /** The same from the first column of what a test is run with; the other columns say what it is. */
    private static Map<String, List<Shown>> parameterised(Map<String, List<Shown>> named) throws Exception {
        Map<String, List<Shown>> found = new TreeMap<>(byNumber());
        for (Shown shown : shown()) {
            CsvSource source = shown.method.getAnnotation(CsvSource.class);
            if (source == null || !shown.method.getDeclaringClass().getName().endsWith("DestinationOrderTest")) {
                continue;
            }
            Stream.concat(Stream.of(source.value()), source.textBlock().lines()).forEach(line -> {
                String[] columns = line.strip().split("\\s*[,|]\\s*", -1);
                if (WORKED.contains(columns[0])) {
                    String what = String.join(", ", Arrays.asList(columns).subList(1, columns.length));
                    found.computeIfAbsent(columns[0], id -> new ArrayList<>(named.getOrDefault(id, List.of())))
                            .add(new Shown(shown.method, what));
                }
            });
        }
        return found;
    }

    private static Comparator<String> byNumber() {
        Function<String, Integer> number = id -> Integer.valueOf(id.substring(1));
        return Comparator.<String, Character>comparing(id -> id.charAt(0)).thenComparing(number);
    }

    /** All test methods of core, by class and name. */
    private static List<Shown> shown() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(ConformanceTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(file -> file.toString().matches(".*(Test|IT|Contract)(\\$\\w+)?\\.class"))
                    .sorted()
                    .toList();
        }
        List<Shown> shown = new ArrayList<>();
        for (Path file : files) {
            String name = classes.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), ".");
            name = name.substring(0, name.length() - ".class".length());
            shown.addAll(shownBy(Class.forName(name, false, ConformanceTest.class.getClassLoader())));
        }
        return shown;
    }

    private static List<Shown> shownBy(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && isTest(method))
                .map(method -> new Shown(method, nameOf(method)))
                .sorted(Comparator.comparing(shown -> shown.method.getName()))
                .toList();
    }

    private static boolean isTest(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().endsWith("Test"));
    }

    private static String nameOf(Method method) {
        DisplayName name = method.getAnnotation(DisplayName.class);
        return name == null ? method.getName() : name.value();
    }
}
