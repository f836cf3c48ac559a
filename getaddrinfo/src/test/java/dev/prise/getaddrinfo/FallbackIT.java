package dev.prise.getaddrinfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.program.WhoAnswers;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the system's function cannot be used, the Java library stands in and says why; the JVM itself prints nothing. */
@Timeout(120)
class FallbackIT {
    private static final String JAR = System.getProperty("prise.jar");
    private static final String CORE = System.getProperty("prise.core");
    private static final String ENABLED = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    Path folder;

    private String run(String java, String... flags) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(List.of(flags));
        command.add("dev.prise.program.WhoAnswers");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        assertThat(Files.readString(errors)).as("standard error").isEmpty();
        assertThat(status).as(out).isZero();
        assertThat(out).contains("[127.0.0.1:27015]", "\"outcome\": \"connected\"");
        return out;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath(String... more) {
        List<String> entries = new ArrayList<>(List.of(CORE, testClasses()));
        entries.addAll(List.of(more));
        return String.join(File.pathSeparator, entries);
    }

    private static String testClasses() {
        return Path.of(WhoAnswers.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static void assertCannotBeCalled(String out, String reason) {
        assertStandsIn(out, reason);
        assertThat(out).contains("calls " + reason + ", " + reason + "\n");
    }

    private static void assertStandsIn(String out, String reason) {
        assertThat(out)
                .contains(
                        "provider jdk because getaddrinfo: " + reason + "\n",
                        "resolver jdk because getaddrinfo: " + reason + "\n",
                        "\"resolver\": \"jdk\"",
                        "\"fallback_reason\": \"getaddrinfo: " + reason + "\"");
    }

    @Test
    void systemAnswersWhereNativeAccessIsEnabled() throws Exception {
        assertThat(run(java(), ENABLED, "-cp", classPath(JAR)))
                .contains(
                        "provider getaddrinfo because null\n",
                        "resolver getaddrinfo because null\n",
                        "\"family\": \"inet6\", \"resolver\": \"getaddrinfo\"",
                        "\"family\": \"inet\", \"resolver\": \"getaddrinfo\"",
                        "\"fallback_reason\": null");
    }

    @Test
    void systemAnswersOnTheModulePath() throws Exception {
        assertThat(run(
                        java(),
                        "--enable-native-access=dev.prise.getaddrinfo",
                        "--add-modules=dev.prise.getaddrinfo",
                        "-p",
                        CORE + File.pathSeparator + JAR,
                        "-cp",
                        testClasses()))
                .contains("provider getaddrinfo because null\n", "resolver getaddrinfo because null\n");
    }

    @Test
    void withoutNativeAccess() throws Exception {
        String reason = "native access is not enabled, which " + ENABLED + " does";
        assertCannotBeCalled(run(java(), "-cp", classPath(JAR)), reason);
        assertCannotBeCalled(run(java(), "--illegal-native-access=deny", "-cp", classPath(JAR)), reason);
    }

    @Test
    void withoutNativeAccessOnTheModulePath() throws Exception {
        assertCannotBeCalled(
                run(
                        java(),
                        "--add-modules=dev.prise.getaddrinfo",
                        "-p",
                        CORE + File.pathSeparator + JAR,
                        "-cp",
                        testClasses()),
                "native access is not enabled, which --enable-native-access=dev.prise.getaddrinfo does");
    }

    @Test
    void onASystemThatIsNotKnown() throws Exception {
        assertCannotBeCalled(
                run(java(), ENABLED, "-Dos.name=Plan 9", "-cp", classPath(JAR)), "it is not known on Plan 9");
    }

    @Test
    @DisplayName("a JVM without a linker for native code, by the property that tells the JDK so")
    void withoutALinker() throws Exception {
        String out = run(java(), ENABLED, "-Djdk.internal.foreign.CABI=UNSUPPORTED", "-cp", classPath(JAR));
        assertThat(out)
                .contains(
                        "provider jdk because getaddrinfo: this Java has no linker for this machine (",
                        "resolver jdk because getaddrinfo: this Java has no linker for this machine (");
    }

    @Test
    void withoutTheArtifact() throws Exception {
        assertStandsIn(
                run(java(), ENABLED, "-cp", classPath()), "prise-getaddrinfo is not on the class path or module path");
    }

    @Test
    @DisplayName("who names a hosts file to the Java library wants names from there")
    void withAHostsFileOfTheJavaLibrary() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
        assertThat(run(java(), ENABLED, "-Djdk.net.hosts.file=" + hosts, "-cp", classPath(JAR)))
                .contains(
                        "provider getaddrinfo because null\n",
                        "resolver jdk because getaddrinfo: the property jdk.net.hosts.file is set\n");
    }

    @Test
    void onJava17() throws Exception {
        String java17 = java17();
        if (java17 == null) {
            System.out.println(
                    "Left out: the fallback on Java 17, because no JDK 17 was found in JAVA17_HOME or /usr/lib/jvm");
            return;
        }
        assertCannotBeCalled(run(java17, "-cp", classPath(JAR)), "it needs Java 25 and this is Java 17");
        assertCannotBeCalled(
                run(
                        java17,
                        "--add-modules=dev.prise.getaddrinfo",
                        "-p",
                        CORE + File.pathSeparator + JAR,
                        "-cp",
                        testClasses()),
                "it needs Java 25 and this is Java 17");
    }

    private static @Nullable String java17() throws IOException {
        List<Path> homes = new ArrayList<>();
        String named = System.getenv("JAVA17_HOME");
        if (named != null) {
            homes.add(Path.of(named));
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> found = Files.list(usual)) {
                found.sorted().forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.isReadable(release)
                    && Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(release).contains("JAVA_VERSION=\"17")) {
                return home.resolve("bin/java").toString();
            }
        }
        return null;
    }
}
